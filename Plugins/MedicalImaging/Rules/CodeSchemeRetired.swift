import PluginKit

/// A code from a list that nobody keeps any more.
struct CodeSchemeRetired: RecordRule {
  static let info = RuleInfo(
    id: "code-scheme-retired", severity: .warning,
    summary: "Codes come from lists that are kept.",
    why: "The same thing under an old code and a new one is two things to every program that counts.",
    source: "DICOM PS3.16, section 8: `SRT`, `SNM3` and `99SDM` gave way to `SCT`.",
    message: "The list {scheme} is retired. Take the code that `SCT` has for *{meaning}*.",
    messages: ["take": "Take {code} from `SCT`"],
    good: [MedicalExample.segment(type: MedicalExample.tissue)],
    bad: [
      MedicalExample.segment(type: "⟪\(MedicalExample.code("T-D0050", "Tissue", scheme: "SRT"))⟫"),
      MedicalExample.segment(type: "⟪\(MedicalExample.code("G-A101", "Left", scheme: "SNM3"))⟫"),
    ])
  static let reads = Reads(fields: [.coded], vocabularies: [Vocabulary.segments])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.coded) {
      guard let code = Code(field), ["SRT", "SNM3", "99SDM"].contains(code.scheme) else { continue }
      // The code itself is another one: only what the meaning says is known.
      let term = report.term(code.meaning, in: Vocabulary.segments)
      let isCode = term.map { $0.id.utf8.count > 6 && $0.id.utf8.allSatisfy { (48...57).contains($0) } } ?? false
      let fixes = term.flatMap { term in
        isCode ? [Fix("take", ["code": term.id], edits: [.replace(field, with: Code.json(term.id, term.label))])] : nil
      }
      report.finding(
        at: field, "", ["scheme": code.scheme, "meaning": code.meaning.isEmpty ? code.text : code.meaning],
        fixes: fixes ?? [], fold: code.scheme + code.text)
    }
  }
}
