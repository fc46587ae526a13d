import PluginKit

/// A side at something that the body has once.
struct LateralityOnUnpaired: RecordRule {
  static let info = RuleInfo(
    id: "laterality-on-unpaired", severity: .warning,
    summary: "What the body has once has no side.",
    why: "A left liver is a wrong side or a wrong organ, and nobody can tell which.",
    source: "The marks for pairs in dcmqi's list of types.",
    message: "There is only one *{thing}*, so it has no side. Take the side away, or correct what it is.",
    messages: ["remove": "Take the side away"],
    good: [
      MedicalExample.segment(category: MedicalExample.structure, type: liver),
      MedicalExample.segment(
        category: MedicalExample.structure, type: MedicalExample.code("64033007", "Kidney"), side(right)),
    ],
    bad: [MedicalExample.segment(category: MedicalExample.structure, type: liver, side("⟪\(right)⟫"))])
  static let reads = Reads(
    fields: [.segmentType, .segmentSide], needs: [.segmentSide],
    vocabularies: [Vocabulary.segments, Vocabulary.laterality])

  func check(_ record: Record, _ report: inout Report) {
    guard let thing = Code(record.first(.segmentType)), let term = thing.term(in: Vocabulary.segments, report),
      term.broader.contains("unpaired"),
      // Anything else that may stand there, such as `upper`, is no side.
      let side = Code(record.first(.segmentSide)), side.side(report) != nil
    else { return }
    report.finding(
      at: side.whole, "", ["thing": term.label], fixes: [Fix("remove", edits: [.remove(side.whole)])], fold: term.id)
  }

  private static let liver = MedicalExample.code("10200004", "Liver")
  private static let right = MedicalExample.code("24028007", "Right")
  private static func side(_ code: String) -> String { #""SegmentedPropertyTypeModifierCodeSequence": \#(code)"# }
}
