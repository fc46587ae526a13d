import PluginKit

/// A thing that is on one side by itself, with a side beside it.
struct LateralityDoubleCoded: RecordRule {
  static let info = RuleInfo(
    id: "laterality-double-coded", severity: .error,
    summary: "The side is said once: by the code of the thing, or by a code for the side.",
    why: "Two sides beside each other assert both, and programs take one or the other.",
    source: "DICOM CID 244; the side of a code is in its meaning.",
    message:
      "*{thing}* is on the {own} already, and the side beside it says {other}. Look at the image, and correct one of them.",
    messages: [
      "same": "*{thing}* is on the {own} already. Take the side beside it away.", "remove": "Take the side away",
    ],
    good: [
      MedicalExample.segment(category: MedicalExample.structure, type: lung, side(left)),
      MedicalExample.segment(category: MedicalExample.structure, type: middleLobe),
    ],
    bad: [
      MedicalExample.segment(category: MedicalExample.structure, type: middleLobe, side("⟪\(left)⟫")),
      MedicalExample.segment(
        category: MedicalExample.structure, type: MedicalExample.code("1", "Right subclavian artery", scheme: "99X"),
        side("⟪\(left)⟫")),
      MedicalExample.segment(
        category: MedicalExample.structure, type: MedicalExample.code("82471001", "Left atrium"), side("⟪\(left)⟫")),
    ])
  static let reads = Reads(
    fields: [.segmentType, .segmentSide, .segmentRegion, .regionSide, .findingSite, .siteSide],
    needs: [.segmentSide, .regionSide, .siteSide], vocabularies: [Vocabulary.segments, Vocabulary.laterality])

  func check(_ record: Record, _ report: inout Report) {
    for (thing, side) in [
      (Field.segmentType, Field.segmentSide), (.segmentRegion, .regionSide), (.findingSite, .siteSide),
    ] {
      guard let thing = Code(record.first(thing)), let beside = Code(record.first(side)),
        let named = beside.side(report), let own = thing.ownSide(report)
      else { continue }
      let name = thing.meaning.isEmpty ? thing.text : thing.meaning
      if named == own {
        report.finding(
          at: beside.whole, "same", ["thing": name, "own": own.rawValue], severity: .warning,
          fixes: [Fix("remove", edits: [.remove(beside.whole)])])
      } else {
        report.finding(at: beside.whole, "", ["thing": name, "own": own.rawValue, "other": named.rawValue])
      }
    }
  }

  private static let lung = MedicalExample.code("39607008", "Lung")
  private static let middleLobe = MedicalExample.code("72481006", "Middle lobe of right lung")
  private static let left = MedicalExample.code("7771000", "Left")
  private static func side(_ code: String) -> String { #""SegmentedPropertyTypeModifierCodeSequence": \#(code)"# }
}
