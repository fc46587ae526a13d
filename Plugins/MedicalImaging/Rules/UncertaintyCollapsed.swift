import PluginKit

/// Something that the note is unsure of and the image has as certain.
struct UncertaintyCollapsed: GroupRule {
  static let info = RuleInfo(
    id: "uncertainty-collapsed", severity: .warning,
    summary: "What the note is unsure of is not certain in the image, unless the dataset says that it counts so.",
    why: "A model learns to be sure where the radiologist was not.",
    source:
      "CheXpert: uncertain labels may be kept, or counted as seen or not seen, but the choice belongs into the data.",
    message:
      "The note is unsure of this *{concept}*, and the image is marked as having it for certain. Mark it `uncertain`, or say what uncertain findings count as (`uncertain` in the sample).",
    messages: ["note": "In the note"],
    good: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "lung", "presence": "uncertain""#),
        MedicalExample.said(#""nodule""#, #""site": "lung", "presence": "uncertain""#)),
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "lung""#),
        MedicalExample.said(#""nodule""#, #""site": "lung", "presence": "uncertain""#),
        about: #""uncertain": "present""#),
    ],
    bad: [
      MedicalExample.study(
        MedicalExample.seen(#"⟪"nodule"⟫"#, #""site": "lung""#),
        MedicalExample.said(#""nodule""#, #""site": "lung", "presence": "uncertain""#))
    ])
  static let reads = Reads(fields: [.concept, .noteEntity])
  static let kind = Observation.kind
  static let fewest = 3

  func group(_ group: Group, _ report: inout Report) {
    for (image, note) in StudyFindings(group).pairs {
      guard note.what.presence == .uncertain, image.what.presence == .present, image.what.policy != "present" else {
        continue
      }
      report.finding(
        at: image.place("presence"), "", ["concept": image.what.concept],
        related: [Related(at: note.place("presence"), "note")])
    }
  }
}
