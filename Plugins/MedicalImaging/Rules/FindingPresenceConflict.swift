import PluginKit

/// Something that the image has and the note denies.
struct FindingPresenceConflict: GroupRule {
  static let info = RuleInfo(
    id: "finding-presence-conflict", severity: .error,
    summary: "What is marked in the image is not denied in the note, and the other way round.",
    why: "One of the two has overlooked something, or a label stands at the wrong image.",
    source: "Only where one label of the image fits one of the note.",
    message:
      "*{concept}* is marked in the image, and the note says that there is none. Have a second person look at it.",
    messages: [
      "said": "The note has a *{concept}*, and the image is marked as having none. Have a second person look at it.",
      "image": "In the image", "note": "In the note",
      "adjudicate": "Ask somebody to decide: an adjudication is added, and no label is changed",
    ],
    good: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung""#),
        MedicalExample.said(#""nodule""#, #""site": "left lung""#)),
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung""#),
        MedicalExample.said(#""nodule""#, #""site": "right lung", "presence": "absent""#)),
      MedicalExample.study(
        MedicalExample.seen(#""cyst""#, #""site": "liver""#),
        MedicalExample.said(#""cyst""#, #""site": "left kidney", "presence": "absent""#)),
    ],
    bad: [
      MedicalExample.study(
        MedicalExample.seen(#"⟪"nodule"⟫"#, #""site": "left lung""#),
        MedicalExample.said(#""nodule""#, #""site": "left lung", "presence": ⟪"absent"⟫"#)),
      MedicalExample.study(
        MedicalExample.seen(#""effusion""#, #""presence": ⟪"absent"⟫"#), MedicalExample.said(#"⟪"effusion"⟫"#)),
    ])
  static let reads = Reads(fields: [.concept, .noteEntity])
  static let kind = Observation.kind
  static let fewest = 3

  func group(_ group: Group, _ report: inout Report) {
    let adjudications = Adjudications(group)
    for (image, note) in StudyFindings(group).pairs {
      let pair = (image.what.presence, note.what.presence)
      guard pair == (.present, .absent) || pair == (.absent, .present) else { continue }
      let message = pair.0 == .present ? "" : "said"
      let arguments: Arguments = ["concept": image.what.concept]
      report.finding(
        at: image.place("presence"), message, arguments, related: [Related(at: note.place("presence"), "note")],
        fixes: adjudications.fixes(image, note))
      report.finding(
        at: note.place("presence"), message, arguments, related: [Related(at: image.place("presence"), "image")],
        fixes: adjudications.fixes(note, image))
    }
  }
}
