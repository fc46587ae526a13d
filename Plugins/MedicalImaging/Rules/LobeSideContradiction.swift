import PluginKit

/// A place that is on one side only, with the other side beside it.
struct LobeSideContradiction: RecordRule {
  static let info = RuleInfo(
    id: "lobe-side-contradiction", severity: .error,
    summary: "A place that is on one side of the body goes with that side.",
    why: "One of the two is wrong, and whoever operates goes by one of them.",
    source: "Anatomy: the right lung alone has a middle lobe, the left one alone a lingula.",
    message: "*{place}* is on the {own}, and the side says {other}. Look at the image, and correct one of them.",
    messages: [
      "note":
        "Here *{place}* and {other} stand together, but *{place}* is on the {own}. Compare the note with its entities.",
      "place": "The place",
    ],
    good: [
      MedicalExample.study(MedicalExample.seen(#""nodule""#, #""site": "lingula", "laterality": "left""#)),
      MedicalExample.note("left lower lobe nodule", entities(#""left""#, "lower lobe", 1)),
    ],
    bad: [
      MedicalExample.study(MedicalExample.seen(#""nodule""#, #""site": "right middle lobe", "laterality": ⟪"left"⟫"#)),
      MedicalExample.note("left middle lobe nodule", entities(#"⟪"left"⟫"#, "middle lobe", 1)),
    ])
  static let reads = Reads(
    fields: [.findingPlace, .findingSide, .noteEntity], needs: [.findingSide, .noteEntity],
    vocabularies: [Vocabulary.places])

  func check(_ record: Record, _ report: inout Report) {
    if let place = record.first(.findingPlace), let text = place.value.text, let field = record.first(.findingSide),
      let side = field.text.flatMap({ Side(rawValue: $0) }), let own = Self.ownSide(of: text, report), own != side
    {
      // Either may be the wrong one, so nothing is offered.
      report.finding(at: field, "", ["place": text, "own": own.rawValue, "other": side.rawValue])
    }
    for reading in NoteReading.all(in: record) {
      for entity in reading.entities where entity.isAnatomy { check(entity, in: reading, &report) }
    }
  }

  private func check(_ entity: NoteEntity, in reading: NoteReading, _ report: inout Report) {
    guard let side = Side(rawValue: entity.words.lowercased()), let words = entity.value["tokens"] else { return }
    for target in entity.targets("modify").prefix(4) {
      guard let other = reading[target], other.isAnatomy else { continue }
      // The place may be in several entities: `middle` and `lobe`.
      let parts = (reading.modifiers(of: target) + [other]).filter {
        $0.isAnatomy && NoteFinding.side(in: $0.words) == nil
      }
      let place = parts.sorted { $0.start < $1.start }.map(\.words).joined(separator: " ")
      guard let own = Self.ownSide(of: place, report) ?? Self.ownSide(of: other.words, report), own != side else {
        continue
      }
      report.finding(
        at: words, "note", ["place": place, "own": own.rawValue, "other": side.rawValue],
        related: [Related(at: other.value, "place")])
    }
  }

  private static func ownSide(of place: String, _ report: Report) -> Side? {
    let term = report.term(place, in: Vocabulary.places) ?? report.term(place.lowercased(), in: Vocabulary.places)
    return term.flatMap { term in Side.allCases.first { term.broader.contains("\($0.rawValue)-sided") } }
  }

  private static func entities(_ side: String, _ place: String, _ start: Int) -> String {
    #""1": {"tokens": \#(side), "label": "ANAT-DP", "start_ix": 0, "end_ix": 0, "relations": [["modify", "2"]]}, "#
      + #""2": {"tokens": "\#(place)", "label": "ANAT-DP", "start_ix": \#(start), "end_ix": \#(start + 1), "relations": []}"#
  }
}
