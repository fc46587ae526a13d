import PluginKit

/// A text that is not written as was agreed.
struct TranscriptPolicyViolation: GroupRule {
  static let info = RuleInfo(
    id: "transcript-policy-violation", severity: .warning,
    summary: "Texts are written as was agreed: with every um or without, numbers as words or as figures.",
    why: "A model learns both ways at once, and its errors are counted by the one that was not meant.",
    source:
      "The settings `transcripts` (`verbatim` or `clean`) and `spokenNumbers` (`words` or `digits`); without them nothing is said. Sounds of "
      + "thinking are known of Dutch, English, French, German, Spanish and Vietnamese.",
    message: "Texts were agreed to be clean, but *{word}* stands here. Take it out.",
    messages: [
      "verbatim":
        "Every um was to be written, but in {minutes} minutes of speech there is none. Were these texts tidied?",
      "digits": "Numbers were agreed to be written as words, but *{word}* stands here. Write it as it is said.",
      "spelling": "The same sound is written *{word}* here and {other} elsewhere. Write it in one way.",
      "drop": "Take out *{word}*", "other": "Elsewhere",
    ],
    good: [
      said("", "um so what"), said(#""transcripts": "verbatim""#, "um so what"),
      said(#""transcripts": "clean""#, "so what"),
      said(#""spokenNumbers": "words""#, "at seven"), said(#""transcripts": "verbatim""#, "so what"),
    ],
    bad: [
      said(#""transcripts": "clean""#, "⟪um so what⟫"), said(#""spokenNumbers": "words""#, "⟪at 7⟫"),
      said(#""transcripts": "verbatim""#, "um so", "um what", "⟪umm yes⟫"),
    ])
  static let reads = Reads(
    fields: [.utteranceText, .utteranceLanguage] + Utterance.fields, needs: [.utteranceText],
    context: ["language", "transcripts", "spokenNumbers"])
  static let kind = FactKind("speech/policy")
  static let states = [kind]

  /// So much speech without a sound of thinking is not verbatim.
  static let longest = 600.0

  func state(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.utteranceText), let text = field.value.text, text.utf8.count < 20_000 else {
      return
    }
    let style = record.context("transcripts")?.text
    if record.context("spokenNumbers")?.text == "words" { checkFigures(text, field, &report) }
    guard style == "clean" || style == "verbatim",
      let tag = record.text(.utteranceLanguage) ?? record.context("language")?.text,
      let language = Languages.language(of: tag), let fillers = Fillers.of(language)
    else { return }
    let found = fillers.found(in: text)
    if style == "clean" {
      guard let first = found.first else { return }
      let rest = Fillers.taken(first.range, outOf: text)
      return report.finding(
        at: field, "", ["word": first.word],
        fixes: [Fix("drop", ["word": first.word], edits: [.replace(field, with: rest.json)])],
        fold: first.word)
    }
    for filler in found {
      report.state(
        Self.kind, key: .text("sound \(language) \(filler.sound)"), at: field,
        payload: Parts("sound", filler.word).payload)
    }
    let seconds = Utterance(record).map { $0.isSound ? $0.seconds : 0 } ?? 0
    report.state(
      Self.kind, key: .text("speech \(language)"), at: field,
      payload: Parts(found.isEmpty ? "without" : "with", "\(seconds)").payload)
  }

  func group(_ group: Group, _ report: inout Report) {
    let items = group.facts.map { (fact: $0, parts: Parts($0)) }
    guard let first = items.first else { return }
    if first.parts[0] == "sound" { return checkSpelling(items, &report) }
    let seconds = items.reduce(0) { $0 + ($1.parts.number(1) ?? 0) }
    guard !items.contains(where: { $0.parts[0] == "with" }), group.facts.total == group.facts.count || seconds > 3600,
      seconds >= Self.longest
    else { return }
    report.finding(at: first.fact, "verbatim", ["minutes": Int(seconds / 60)])
  }

  private func checkSpelling(_ items: [(fact: Fact, parts: Parts)], _ report: inout Report) {
    let spellings = Dictionary(grouping: items) { $0.parts[1] }
    guard spellings.count > 1, let most = spellings.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })
    else {
      return
    }
    for item in items where !item.parts[1].utf8.elementsEqual(most.key.utf8) {
      report.finding(
        at: item.fact, "spelling", ["word": item.parts[1], "other": most.key], severity: .information,
        related: [Related(at: most.value[0].fact, "other")], fold: item.parts[1])
    }
  }

  private func checkFigures(_ text: String, _ field: FieldValue, _ report: inout Report) {
    let spoken = Speech.spoken(text)
    guard
      let word = spoken.split(whereSeparator: \.isWhitespace).first(where: { word in
        word.utf8.contains { (0x30...0x39).contains($0) }
      })
    else { return }
    report.finding(at: field, "digits", ["word": String(word.prefix(40))], fold: "digits")
  }

  private static func said(_ settings: String, _ texts: String...) -> String {
    let parts = texts.enumerated().map { number, text in
      let quoted = text.hasPrefix("⟪") ? "⟪\"\(text.dropFirst().dropLast())\"⟫" : "\"\(text)\""
      return
        #"{"id": "u\#(number)", "recording_id": "c", "start": \#(number * 2), "duration": 2, "language": "en", "text": \#(quoted)}"#
    }
    return
      "//- concord.json\n{\"plugins\": {\"speech\": {\"settings\": {\(settings)}}}}\n//- said.json\n[\(parts.joined(separator: ", "))]"
  }
}
