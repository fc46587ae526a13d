import PluginKit

/// A segment whose type does not belong to its category.
struct SegmentCategoryType: RecordRule {
  static let info = RuleInfo(
    id: "segment-category-type", severity: .warning,
    summary: "What a segment is belongs to the category it is put under.",
    why: "Viewers and searches go by the category: a liver among the tissues is found under neither.",
    source:
      "DICOM CID 7150 and the lists under it, as in dcmqi's own list of types. A type may be in several categories.",
    message:
      "*{type}* is no {category} here: it belongs to {right}. Correct the category, or the type if that is wrong.",
    messages: ["take": "Put it under {right}"],
    good: [
      MedicalExample.segment(category: MedicalExample.structure, type: liver),
      MedicalExample.segment(type: MedicalExample.code("51114001", "Artery")),
      MedicalExample.segment(category: MedicalExample.structure, type: MedicalExample.code("51114001", "Artery")),
      MedicalExample.segment(type: MedicalExample.code("85756007", "Tissue")),
      MedicalExample.segment(type: MedicalExample.code("999", "My own", scheme: "99MINE")),
    ],
    bad: [
      MedicalExample.segment(category: "⟪\(MedicalExample.tissue)⟫", type: liver),
      MedicalExample.segment(
        category: "⟪\(MedicalExample.structure)⟫", type: MedicalExample.code("79654002", "Edema")),
    ])
  static let reads = Reads(
    fields: [.segmentCategory, .segmentType], needs: [.segmentCategory], vocabularies: [Vocabulary.segments])

  func check(_ record: Record, _ report: inout Report) {
    guard let category = Code(record.first(.segmentCategory)), let type = Code(record.first(.segmentType)),
      category.scheme == "SCT", let sort = report.term(category.text, in: Vocabulary.segments), sort.broader.isEmpty,
      let term = type.term(in: Vocabulary.segments, report), term.id != sort.id, !term.broader.contains(sort.id)
    else { return }
    // Those with a name of their own only: sides and pairs stand in the list too.
    let right = term.broader.filter { $0.utf8.allSatisfy { (48...57).contains($0) } }
      .compactMap { report.term($0, in: Vocabulary.segments) }
    guard let first = right.first else { return }
    let replacement = Code.json(first.id, first.label)
    report.finding(
      at: category.whole, "",
      ["type": term.label, "category": sort.label, "right": right.map(\.label).joined(separator: " / ")],
      fixes: right.count == 1
        ? [Fix("take", ["right": first.label], edits: [.replace(category.whole, with: replacement)])] : [],
      fold: term.id)
  }

  private static let liver = MedicalExample.code("10200004", "Liver")
}
