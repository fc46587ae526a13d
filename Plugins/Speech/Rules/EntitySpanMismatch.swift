import PluginKit

/// What is named in a sentence, marked at the wrong letters.
struct EntitySpanMismatch: RecordRule {
  static let info = RuleInfo(
    id: "entity-span-mismatch", severity: .error,
    summary: "What is named in a sentence stands where it is marked, in whole words.",
    why: "A model learns the letters that are marked: half a word, or another one.",
    source:
      "Rasa warns of the same. A value that stands for other words (`entity_synonyms`) may differ from what is marked.",
    message: "The mark goes from letter {start} to {end}, but the sentence has {count}. Mark it again.",
    messages: [
      "part": "The mark cuts a word in two: it takes in *{marked}*. Mark the whole word.",
      "value":
        "Marked is *{marked}*, but it is said to mean *{value}*. Mark the other words, or name it as another word for the value.",
      "whole": "Mark *{marked}*", "take": "Mark *{value}*",
      "glued":
        "The pieces *{before}* and *{after}* make one word when they are put together. Put a space between them.",
      "space": "Put a space in",
    ],
    good: [
      rasa(entity(10, 17, #""chinese""#)), rasa(entity(10, 17, #""Chinese""#)),
      snips("turn ", "volume", " up"), snips("今日", "の天気"), snips("what's ", "anna", "'s name"),
      rasa(entity(10, 17, #""asian""#), more: #", "entity_synonyms": [{"value": "asian", "synonyms": ["chinese"]}]"#),
    ],
    bad: [
      rasa(entity(10, "⟪90⟫", #""chinese""#)), rasa(entity("⟪11⟫", 17, #""hinese""#)),
      rasa(entity(10, 17, #"⟪"food"⟫"#)), snips("turn ", "volume", "⟪up⟫"),
    ])
  static let reads = Reads(
    fields: [.intentText, .utteranceText, .intentEntity, .entityStart, .entityEnd, .entityValue, .chunk, .chunkText],
    needs: [.intentEntity, .chunk], lookups: [.definition(of: .entityValue)])

  func check(_ record: Record, _ report: inout Report) {
    if record.first(.chunk) != nil { checkChunks(record, &report) }
    guard let text = (record.first(.intentText) ?? record.first(.utteranceText))?.value.text else { return }
    let scalars = Array(text.unicodeScalars)
    let synonyms = record.facts(.definition(of: .entityValue)).compactMap { $0.exports["value"]?.scalarText }
    for entity in record.all(.intentEntity) { check(entity, scalars, synonyms, record, &report) }
  }

  private func check(
    _ entity: FieldValue, _ text: [Unicode.Scalar], _ synonyms: [String], _ record: Record, _ report: inout Report
  ) {
    func inner(_ field: Field) -> FieldValue? {
      record.all(field).first { $0.place.start >= entity.place.start && $0.place.end <= entity.place.end }
    }
    guard let first = inner(.entityStart), let last = inner(.entityEnd), let start = first.value.integer,
      let end = last.value.integer
    else { return }
    guard start >= 0, end <= text.count, start < end else {
      let isStart = start < 0 || start > text.count
      return report.finding(at: isStart ? first : last, "", ["start": start, "end": end, "count": text.count])
    }
    let marked = Self.text(text[start..<end])
    if let value = inner(.entityValue), let meant = value.value.scalarText, !Speech.letters(meant).isEmpty,
      Speech.letters(meant) != Speech.letters(marked), !synonyms.contains(meant)
    {
      // What is meant may be a number, or another form of the word: only words that stand in the sentence speak against the mark.
      guard let found = Self.only(Array(meant.unicodeScalars), in: text) else { return }
      let edits: [Edit] = [
        .replace(first, with: "\(found)"), .replace(last, with: "\(found + meant.unicodeScalars.count)"),
      ]
      return report.finding(
        at: value, "value", ["marked": marked, "value": meant], fixes: [Fix("take", ["value": meant], edits: edits)])
    }
    guard let (from, to) = Self.whole(start, end, text) else { return }
    let edits: [Edit] = [.replace(first, with: "\(from)"), .replace(last, with: "\(to)")]
    report.finding(
      at: from != start ? first : last, "part", ["marked": marked],
      fixes: [Fix("whole", ["marked": Self.text(text[from..<to])], edits: edits)])
  }

  /// A sentence in pieces is what they make together: where two meet, a space is easily lost.
  private func checkChunks(_ record: Record, _ report: inout Report) {
    let chunks = record.all(.chunkText)
    for (before, after) in zip(chunks, chunks.dropFirst()) {
      guard let one = before.value.text, let other = after.value.text, let last = one.unicodeScalars.last,
        let first = other.unicodeScalars.first, Self.isWord(last), Self.isWord(first)
      else { continue }
      let edits: [Edit] = [.replace(after, with: (" " + other).json)]
      report.finding(
        at: after, "glued", ["before": Self.end(one), "after": Self.start(other)], severity: .warning,
        fixes: [Fix("space", edits: edits)])
    }
  }

  private static func end(_ text: String) -> String { String(text.split(separator: " ").last ?? "") }
  private static func start(_ text: String) -> String { String(text.split(separator: " ").first ?? "") }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  /// Where the words stand in the sentence, if once.
  private static func only(_ words: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
    guard !words.isEmpty, words.count <= text.count else { return nil }
    let places = (0...text.count - words.count).filter { text[$0..<$0 + words.count].elementsEqual(words) }
    return places.count == 1 ? places[0] : nil
  }

  /// The words around a mark that cuts one; `nil` where it cuts none. Scripts without spaces have no such words.
  private static func whole(_ start: Int, _ end: Int, _ text: [Unicode.Scalar]) -> (Int, Int)? {
    var (from, to) = (start, end)
    while from > 0, isWord(text[from]), isWord(text[from - 1]) { from -= 1 }
    while to < text.count, isWord(text[to - 1]), isWord(text[to]) { to += 1 }
    return from == start && to == end ? nil : (from, to)
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    guard Speech.isLetter(scalar) else { return false }
    switch Languages.Script(scalar) {
    case .latin, .cyrillic, .greek: return true
    default: return false
    }
  }

  private static func entity(_ start: Any, _ end: Any, _ value: String) -> String {
    #"{"start": \#(start), "end": \#(end), "value": \#(value), "entity": "cuisine"}"#
  }

  private static func snips(_ chunks: String...) -> String {
    let data = chunks.map {
      $0.hasPrefix("⟪") ? #"{"text": ⟪"\#($0.dropFirst().dropLast())"⟫}"# : #"{"text": "\#($0)"}"#
    }
    return #"{"changeVolume": [{"data": [\#(data.joined(separator: ", "))]}]}"#
  }

  private static func rasa(_ entity: String, more: String = "") -> String {
    #"{"rasa_nlu_data": {"common_examples": [{"text": "show some chinese food", "intent": "find", "entities": [\#(entity)]}]\#(more)}}"#
  }
}
