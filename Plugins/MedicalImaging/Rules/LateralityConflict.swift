import PluginKit

/// A finding on one side in the image and on the other in the note.
struct LateralityConflict: GroupRule {
  static let info = RuleInfo(
    id: "laterality-conflict", severity: .error,
    summary: "A finding is on the same side in the image and in the note.",
    why: "The wrong side is operated on, or a model learns that left is right.",
    source:
      "What is on the same side in both is matched first, so that a finding with a wrong side has no other partner.",
    message:
      "In the image *{concept}* is on the {image}, in the note on the {note}. Look at the image, and correct the one that is wrong.",
    messages: [
      "image": "In the image", "note": "In the note",
      "adjudicate": "Ask somebody to decide: an adjudication is added, and no label is changed",
    ],
    good: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "left lower lobe", "laterality": "left""#),
        MedicalExample.said(#""nodule""#, #""site": "left lower lobe""#)),
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "lung", "laterality": "left""#),
        MedicalExample.said(#""nodule""#, #""site": "lung", "laterality": "right", "presence": "absent""#)),
    ],
    bad: [
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "lower lobe", "laterality": ⟪"left"⟫"#),
        MedicalExample.said(#""nodule""#, #""site": "lower lobe", "laterality": ⟪"right"⟫"#)),
      // The one that agrees does not hide the one that does not.
      MedicalExample.study(
        MedicalExample.seen(#""nodule""#, #""site": "lung", "laterality": "left""#),
        #"{"id": "a2", "source": "ct", "kind": "classification", "label": "nodule", "site": "lung", "laterality": ⟪"left"⟫, "entity": "e2"}"#,
        MedicalExample.said(#""nodule""#, #""site": "lung", "laterality": "left""#),
        #"{"id": "n2", "source": "note", "kind": "span", "span": [9, 15], "label": "nodule", "site": "lung", "laterality": ⟪"right"⟫, "entity": "e2"}"#,
        things: "e2"),
    ])
  static let reads = Reads(
    fields: Observation.fields + Adjudications.fields + [.noteEntity, .noteStudy, .noteAccession],
    needs: [.concept, .noteEntity, .studySample],
    context: StudyKeys.context, vocabularies: [Vocabulary.findings, Vocabulary.places, Vocabulary.categories],
    lookups: [.definition(of: .asset)])
  static let kind = Observation.kind
  static let states = [kind]
  static let fewest = 3

  func state(_ record: Record, _ report: inout Report) {
    Adjudications.state(record, Self.kind, &report)
    if let main = record.first(.concept), let what = Observation(record, report), let payload = what.payload {
      func place(_ field: Field) -> Place { (record.first(field) ?? main).place }
      let side = record.first(.findingSide) ?? record.first(.findingPlace) ?? main
      for key in StudyKeys.ofSample(record) {
        report.state(
          Self.kind, key: key, at: main,
          also: [
            "side": side, "presence": place(.presence), "size": place(.longAxis), "category": place(.categoryValue),
            "image": place(.imageNumber),
          ], payload: payload)
      }
    }
    let keys = StudyKeys.ofNote(record)
    guard !keys.isEmpty else { return }
    for finding in NoteFinding.all(in: record, report) {
      guard let payload = finding.observation.payload else { continue }
      for key in keys {
        report.state(
          Self.kind, key: key, at: finding.words,
          also: ["side": finding.side ?? finding.words, "size": finding.size ?? finding.words], payload: payload)
      }
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    let adjudications = Adjudications(group)
    for (image, note) in StudyFindings(group).pairs {
      guard let seen = image.what.side, let said = note.what.side, seen != said, image.what.presence != .absent,
        note.what.presence != .absent
      else { continue }
      let arguments: Arguments = ["concept": image.what.concept, "image": seen.rawValue, "note": said.rawValue]
      report.finding(
        at: image.place("side"), "", arguments, related: [Related(at: note.place("side"), "note")],
        fixes: adjudications.fixes(image, note))
      report.finding(
        at: note.place("side"), "", arguments, related: [Related(at: image.place("side"), "image")],
        fixes: adjudications.fixes(note, image))
    }
  }
}
