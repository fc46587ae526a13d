import PluginKit

/// A nodule in the image and a mass in the note.
struct FindingTermDivergence: GroupRule {
  static let info = RuleInfo(
    id: "finding-term-divergence", severity: .warning,
    summary: "A finding has the same name in the image and in the note.",
    why: "Nodule, mass and cyst are followed up differently, and a model learns that they are the same.",
    source: "The list of findings maps synonyms; `lesion` and `tumour` may be any of them.",
    message: "In the image this is a *{image}*, in the note a *{note}*. Agree on one word for it.",
    messages: [
      "image": "In the image", "note": "In the note",
      "adjudicate": "Ask somebody to decide: an adjudication is added, and no label is changed",
    ],
    good: [
      MedicalExample.study(
        MedicalExample.seen(#""mass""#, #""site": "left lung""#),
        MedicalExample.said(#""masses""#, #""site": "left lung""#)),
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lung""#),
        MedicalExample.said(#""lesion""#, #""site": "left lung""#)),
    ],
    bad: [
      MedicalExample.study(
        MedicalExample.seen(#"⟪"cyst"⟫"#, #""site": "left kidney""#),
        MedicalExample.said(#"⟪"mass"⟫"#, #""site": "left kidney""#))
    ])
  static let reads = Reads(fields: [.concept, .noteEntity])
  static let kind = Observation.kind
  static let fewest = 3

  func group(_ group: Group, _ report: inout Report) {
    let adjudications = Adjudications(group)
    for (image, note) in StudyFindings(group).pairs {
      guard image.what.isToldApart, note.what.isToldApart, image.what.concept != note.what.concept,
        image.what.presence != .absent, note.what.presence != .absent
      else { continue }
      let arguments: Arguments = ["image": image.what.concept, "note": note.what.concept]
      report.finding(
        at: image.fact, "", arguments, related: [Related(at: note.fact, "note")],
        fixes: adjudications.fixes(image, note))
      report.finding(
        at: note.fact, "", arguments, related: [Related(at: image.fact, "image")],
        fixes: adjudications.fixes(note, image))
    }
  }
}
