import PluginKit

/// One of a pair without its side.
struct LateralityMissingPaired: RecordRule {
  static let info = RuleInfo(
    id: "laterality-missing-paired", severity: .warning,
    summary: "What the body has twice has a side.",
    why: "A kidney without a side is nobody's: the surgeon asks which.",
    source: "The marks for pairs in dcmqi's list of types. Both sides at once count as a side.",
    message: "There are two of *{thing}*, one on each side, and nothing says which. Add the side, or that it is both.",
    messages: ["right": "It is the right one", "left": "It is the left one", "both": "It is both"],
    good: [
      MedicalExample.segment(
        category: MedicalExample.structure, type: kidney,
        #""SegmentedPropertyTypeModifierCodeSequence": \#(MedicalExample.code("51440002", "Right and left"))"#),
      MedicalExample.segment(category: MedicalExample.structure, type: MedicalExample.code("10200004", "Liver")),
      MedicalExample.segment(category: MedicalExample.structure, type: MedicalExample.code("59441001", "Lymph node")),
    ],
    bad: [MedicalExample.segment(category: MedicalExample.structure, type: "⟪\(kidney)⟫")])
  static let reads = Reads(
    fields: [.segment, .segmentType, .segmentSide, .segmentRegion, .regionSide], needs: [.segmentType],
    vocabularies: [Vocabulary.segments])

  func check(_ record: Record, _ report: inout Report) {
    guard let thing = Code(record.first(.segmentType)), let term = thing.term(in: Vocabulary.segments, report),
      term.broader.contains("paired"), let segment = record.first(.segment),
      // What the place says may say the side as well.
      [.segmentSide, .segmentRegion, .regionSide].allSatisfy({ record.first($0) == nil })
    else { return }
    let fixes = Self.sides.map { title, code, meaning in
      Fix(
        title,
        edits: [
          .insertMember(
            into: segment, key: "SegmentedPropertyTypeModifierCodeSequence", value: Code.json(code, meaning))
        ])
    }
    report.finding(at: thing.whole, "", ["thing": term.label], fixes: fixes, fold: term.id)
  }

  private static let sides = [
    ("right", "24028007", "Right"), ("left", "7771000", "Left"), ("both", "51440002", "Right and left"),
  ]
  private static let kidney = MedicalExample.code("64033007", "Kidney")
}
