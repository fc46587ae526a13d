import PluginKit

/// Something that is said to be named, and is not.
struct EntityNotInTranscript: RecordRule {
  static let info = RuleInfo(
    id: "entity-not-in-transcript", severity: .information,
    summary: "What is named in what somebody says stands in its words, and at its time.",
    why: "A model that learns to find names learns that they may come from nowhere.",
    source:
      "The setting `namedThings`: with `said` a value must be heard and its lack is a warning; with `meant` it may be anything, and nothing is "
      + "said. Values with figures in them are left alone: they are spoken in words.",
    message: "*{value}* is not in what is said here ({text}). Listen again, or mark where it is.",
    messages: [
      "time": "From {from} to {to} *{value}* is not heard: it is said elsewhere in this part. Look at its times again.",
      "text": "What is said",
    ],
    good: [
      turn(#"{"entity": "thing", "value": "Card"}"#), turn(#"{"entity": "number", "value": "7419"}"#),
      turn(#"{"entity": "thing", "value": "card", "from": 0.4, "to": 0.9}"#),
      meant(#"{"entity": "thing", "value": "debit"}"#),
    ],
    bad: [
      turn(#"{"entity": "thing", "value": ⟪"order"⟫}"#),
      turn(#"{"entity": "thing", "value": ⟪"card"⟫, "from": 1.2, "to": 1.9}"#),
    ])
  static let reads = Reads(
    fields: SpokenWord.fields + [.utteranceText, .intentEntity, .entityValue, .entityStart, .entityFrom, .entityTo],
    needs: [.intentEntity], context: ["namedThings"])

  /// So far beside a word its entity may begin or end.
  static let slack = 0.25

  func check(_ record: Record, _ report: inout Report) {
    let policy = record.context("namedThings")?.text
    guard policy != "meant", let field = record.first(.utteranceText), let text = field.value.text else { return }
    let whole = Speech.letters(Speech.spoken(text))
    for entity in record.all(.intentEntity) {
      func inner(_ field: Field) -> FieldValue? {
        record.all(field).first { $0.place.start >= entity.place.start && $0.place.end <= entity.place.end }
      }
      // One with letters is held against its letters.
      guard inner(.entityStart) == nil, let value = inner(.entityValue), let meant = value.value.text,
        !meant.unicodeScalars.contains(where: { $0.properties.numericType != nil })
      else { continue }
      let letters = Speech.letters(meant)
      guard !letters.isEmpty else { continue }
      let related = [Related(at: field, "text")]
      guard whole.contains(letters) else {
        report.finding(
          at: value, "", ["value": meant, "text": String(text.prefix(60))], severity: policy == "said" ? .warning : nil,
          related: related)
        continue
      }
      guard let from = inner(.entityFrom)?.number, let to = inner(.entityTo)?.number, from <= to,
        let heard = Self.heard(from, to, record), !heard.contains(letters)
      else { continue }
      report.finding(
        at: value, "time", ["value": meant, "from": Clock.text(from), "to": Clock.text(to)],
        severity: policy == "said" ? .warning : nil, related: related)
    }
  }

  /// What the words say in a time; `nil` where one of them has no time or no text.
  private static func heard(_ from: Double, _ to: Double, _ record: Record) -> String? {
    let words = SpokenWord.all(of: record)
    guard !words.isEmpty, words.allSatisfy({ $0.from != nil && $0.to != nil && $0.text?.text != nil }) else {
      return nil
    }
    return words.filter { ($0.to ?? 0) > from - slack && ($0.from ?? 0) < to + slack }
      .compactMap { $0.text?.text }.map { Speech.letters(Speech.spoken($0)) }.joined()
  }

  private static func turn(_ slot: String) -> String {
    SpeechExample.conversation(
      #"{"id": "t1", "source": "mic", "kind": "transcript", "segment": [0, 2], "text": "My card broke today.", "slots": [\#(slot)], "#
        + #""words": [{"word": "My", "start": 0.1, "end": 0.3}, {"word": "card", "start": 0.4, "end": 0.7}, {"word": "broke", "start": 0.8, "end": 1.1}, {"word": "today.", "start": 1.5, "end": 1.9}]}"#
    )
  }

  private static func meant(_ slot: String) -> String {
    "//- concord.json\n{\"plugins\": {\"speech\": {\"settings\": {\"namedThings\": \"meant\"}}}}\n//- calls.json\n"
      + turn(slot)
  }
}
