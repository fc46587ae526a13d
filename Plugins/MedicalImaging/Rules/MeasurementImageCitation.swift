import PluginKit

/// A note that names an image, and the label is in another one.
struct MeasurementImageCitation: GroupRule {
  static let info = RuleInfo(
    id: "measurement-image-citation", severity: .information,
    summary: "The image that a note names for a finding is the one, or next to the one, that the finding is marked in.",
    why: "Whoever opens the image that the note names sees nothing there.",
    source: "Up to five images away are taken for the same place, in one series.",
    message:
      "The note names image {said}, the label stands in image {seen} of this series. Look which of them shows it.",
    messages: ["image": "The label"],
    good: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung", "image": 45"#),
        MedicalExample.said(#""nodule""#, #""site": "left lung", "series": 3, "image": 47"#)),
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung", "image": 45"#),
        MedicalExample.said(#""nodule""#, #""site": "left lung", "series": 4, "image": 112"#)),
    ],
    bad: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung", "image": 45"#),
        MedicalExample.said(#""nodule""#, #""site": "left lung", "series": 3, "image": ⟪112⟫"#))
    ])
  static let reads = Reads(fields: [.concept, .noteEntity])
  static let kind = Observation.kind
  static let fewest = 3

  func group(_ group: Group, _ report: inout Report) {
    for (image, note) in StudyFindings(group).pairs {
      guard let seen = image.what.image, let said = note.what.image, let series = image.what.series,
        note.what.series == series, max(seen, said) < 1_000_000, min(seen, said) >= 0,
        abs(seen - said) > 5
      else { continue }
      report.finding(
        at: note.place("image"), "", ["said": said, "seen": seen], related: [Related(at: image.place("image"), "image")]
      )
    }
  }
}
