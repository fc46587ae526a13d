import PluginKit

/// Centimetres where millimetres belong.
struct MeasurementUnitScale: GroupRule {
  static let info = RuleInfo(
    id: "measurement-unit-scale", severity: .warning,
    summary: "Sizes are millimetres, and no finding is larger than a person.",
    why: "A nodule of 8 cm that is one of 8 mm is operated on.",
    source: "Sizes that differ ten times between image and note; and sizes above 500 mm.",
    message:
      "This is {size} mm, the other side says {other} mm: ten times apart, so one of them is in centimetres. Write millimetres.",
    messages: [
      "large": "A finding of {size} mm is larger than what it could be in. Write millimetres.",
      "other": "The other size",
    ],
    good: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung", "longAxis": 8"#),
        MedicalExample.said(#""nodule""#, #""site": "left lung", "longAxis": 8"#)),
      MedicalExample.study(MedicalExample.seen(#""cyst""#, #""site": "liver", "longAxis": 240"#)),
    ],
    bad: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung", "longAxis": ⟪8⟫"#),
        MedicalExample.said(#""nodule""#, #""site": "left lung", "longAxis": ⟪0.8⟫"#)),
      MedicalExample.study(MedicalExample.seen(#""cyst""#, #""site": "liver", "longAxis": ⟪2400⟫"#)),
    ])
  static let reads = Reads(fields: [.concept, .noteEntity])
  static let kind = Observation.kind

  func group(_ group: Group, _ report: inout Report) {
    let study = StudyFindings(group)
    for finding in study.all {
      guard let size = finding.what.size, size > 500 else { continue }
      report.finding(at: finding.place("size"), "large", ["size": size])
    }
    for (image, note) in study.pairs {
      guard let seen = image.what.size, let said = note.what.size, Self.isTenfold(seen, said) else { continue }
      report.finding(
        at: image.place("size"), "", ["size": seen, "other": said], related: [Related(at: note.place("size"), "other")])
      report.finding(
        at: note.place("size"), "", ["size": said, "other": seen], related: [Related(at: image.place("size"), "other")])
    }
  }

  /// Ten times apart, within what measuring twice gives.
  static func isTenfold(_ one: Double, _ other: Double) -> Bool {
    let (small, large) = (min(one, other), max(one, other))
    return small > 0 && large / small >= 9.5 && large / small <= 10.5
  }
}
