import PluginKit

/// A size in the note that is not the one in the image.
struct MeasurementNoteMismatch: GroupRule {
  static let info = RuleInfo(
    id: "measurement-note-mismatch", severity: .warning,
    summary: "A finding has about the same size in the image and in the note.",
    why: "Growth is told from sizes: a wrong one is growth that is none, or hides one.",
    source:
      "Lung-RADS counts 1.5 mm as growth. Both 1.5 mm and a fifth of the larger size must be exceeded; the plugin's settings `sizeTolerance` and `sizeShare` say otherwise.",
    message: "In the image it is {image} mm, in the note {note} mm: more than {allowed} mm apart. Measure again.",
    messages: [
      "image": "In the image", "note": "In the note",
      "adjudicate": "Ask somebody to decide: an adjudication is added, and no label is changed",
    ],
    good: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung", "longAxis": 8.4"#),
        MedicalExample.said(#""nodule""#, #""site": "left lung", "longAxis": 8"#))
    ],
    bad: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung", "longAxis": ⟪8.4⟫"#),
        MedicalExample.said(#""nodule""#, #""site": "left lung", "longAxis": ⟪14⟫"#))
    ])
  static let reads = Reads(fields: [.concept, .noteEntity], settings: ["sizeTolerance", "sizeShare"])
  static let kind = Observation.kind
  static let fewest = 3

  func group(_ group: Group, _ report: inout Report) {
    let adjudications = Adjudications(group)
    let absolute = report.setting("sizeTolerance")?.number ?? 1.5
    let share = report.setting("sizeShare")?.number ?? 0.2
    for (image, note) in StudyFindings(group).pairs {
      guard let seen = image.what.size, let said = note.what.size, seen > 0, said > 0 else { continue }
      let allowed = max(absolute, share * max(seen, said))
      // What is ten times as large is a matter of units.
      guard abs(seen - said) > allowed, !MeasurementUnitScale.isTenfold(seen, said) else { continue }
      let arguments: Arguments = ["image": seen, "note": said, "allowed": allowed]
      report.finding(
        at: image.place("size"), "", arguments, related: [Related(at: note.place("size"), "note")],
        fixes: adjudications.fixes(image, note))
      report.finding(
        at: note.place("size"), "", arguments, related: [Related(at: image.place("size"), "image")],
        fixes: adjudications.fixes(note, image))
    }
  }
}
