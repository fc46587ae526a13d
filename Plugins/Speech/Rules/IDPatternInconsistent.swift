import PluginKit

/// A name that says something else than the members beside it.
struct IDPatternInconsistent: RecordRule {
  static let info = RuleInfo(
    id: "id-pattern-inconsistent", severity: .error,
    summary: "What a part's name says of language, speaker and recording is what stands beside it.",
    why: "Programs take either from the name or from the members: the same part then counts for two speakers.",
    source:
      "Emilia's names (`EN_B00000_S00000_W000000`). Of other files the setting `partNames` says how they are put together: "
      + "`{recording}-{number}`, `{language}_{speaker}_{number}`. Parts but the first hold nothing of what stands before them.",
    message: "By its name *{said}* speaks here, but beside it stands *{stated}*. One of the two is wrong.",
    messages: [
      "language": "By its name this is `{said}`, but the language beside it is `{stated}`. One of the two is wrong.",
      "recording":
        "By its name this is from the recording *{said}*, but beside it stands *{stated}*. One of the two is wrong.",
      "rebuild": "Write the name with *{stated}*", "stated": "What stands beside it",
    ],
    good: [
      emilia("EN_B00000_S00000_W000001", "EN_B00000_S00000", "en"),
      declared("{recording}-{number}", #""id": "call-1-7", "recording_id": "call-1""#),
      declared("{recording}-{number}", #""id": "x", "recording_id": "call-1""#),
    ],
    bad: [
      emilia("⟪EN_B00000_S00000_W000001⟫", "EN_B00000_S00007", "en"),
      emilia("⟪EN_B00000_S00000_W000001⟫", "EN_B00000_S00000", "de"),
      declared("{recording}-{number}", #""id": ⟪"call-2-7"⟫, "recording_id": "call-1""#),
    ])
  static let reads = Reads(
    fields: Recording.fields + [
      .utteranceID, .patternedID, .patternedSpeaker, .utteranceSpeaker, .utteranceLanguage,
    ], needs: [.utteranceID, .patternedID], context: ["partNames"])

  func check(_ record: Record, _ report: inout Report) {
    if let field = record.first(.patternedID), let name = field.value.text {
      for pattern in ["{speaker}_{utterance}", "{language}_{batch}_{speaker-number}_{utterance}"] {
        if reportFault(name, field, pattern, record, record.first(.patternedSpeaker), &report) { return }
      }
    }
    guard let field = record.first(.utteranceID), let name = field.value.text else { return }
    for pattern in (record.context("partNames")?.array ?? []).compactMap(\.text).prefix(16) {
      if reportFault(name, field, pattern, record, record.first(.utteranceSpeaker), &report) { return }
    }
  }

  private func reportFault(
    _ name: String, _ field: FieldValue, _ pattern: String, _ record: Record, _ speaker: FieldValue?,
    _ report: inout Report
  ) -> Bool {
    guard let parts = NamePattern(pattern)?.parts(of: name) else { return false }
    for (key, said) in parts {
      let stated: FieldValue? =
        switch key {
        case "language": record.first(.utteranceLanguage)
        case "speaker": speaker
        case "recording": record.first(.recordingName) ?? record.first(.recordingPath)
        default: nil
        }
      guard let stated, let text = stated.text, !text.isEmpty, !Self.agree(key, said, text) else { continue }
      // A path's name is not what its folder is called.
      let right = key == "recording" && record.first(.recordingName) == nil ? Recording.stem(text) : text
      let whole = NamePattern(pattern)?.name(
        parts.map { $0.0 == key ? ($0.0, Self.written(key, right, like: said)) : $0 })
      let fixes = whole.map { [Fix("rebuild", ["stated": right], edits: [.replace(field, with: $0.json)])] } ?? []
      report.finding(
        at: field, key == "speaker" ? "" : key, ["said": said, "stated": right],
        related: [Related(at: stated, "stated")], fixes: fixes)
      return true
    }
    return false
  }

  private static func written(_ key: String, _ text: String, like said: String) -> String {
    key == "language" && said == said.uppercased() ? text.uppercased() : text
  }

  private static func agree(_ key: String, _ said: String, _ stated: String) -> Bool {
    switch key {
    case "language":
      guard let one = Languages.language(of: said), let other = Languages.language(of: stated) else { return true }
      return one == other
    case "recording": return [stated, Recording.stem(stated)].contains { $0.utf8.elementsEqual(said.utf8) }
    default: return stated.utf8.elementsEqual(said.utf8)
    }
  }

  private static func emilia(_ id: String, _ speaker: String, _ language: String) -> String {
    let id = id.hasPrefix("⟪") ? "⟪\"\(id.dropFirst().dropLast())\"⟫" : "\"\(id)\""
    return SpeechExample.dataset(
      (
        "emilia.jsonl",
        #"{"id": \#(id), "wav": "a.mp3", "text": "yes", "duration": 1, "speaker": "\#(speaker)", "language": "\#(language)", "dnsmos": 3.3}"#
      ))
  }

  private static func declared(_ pattern: String, _ members: String) -> String {
    "//- concord.json\n{\"plugins\": {\"speech\": {\"settings\": {\"partNames\": [\"\(pattern)\"]}}}}\n"
      + "//- said.json\n[{\(members), \"start\": 0, \"duration\": 1}]"
  }
}

/// How names are put together: text, and parts in braces.
struct NamePattern {
  private let head: String
  /// Each part's name and the text behind it.
  private let pieces: [(name: String, tail: String)]

  init?(_ pattern: String) {
    var rest = pattern[...]
    guard let first = rest.firstIndex(of: "{") else { return nil }
    head = String(rest[..<first])
    var pieces: [(String, String)] = []
    rest = rest[first...]
    while rest.first == "{" {
      guard let end = rest.firstIndex(of: "}") else { return nil }
      let name = rest[rest.index(after: rest.startIndex)..<end]
      rest = rest[rest.index(after: end)...]
      let next = rest.firstIndex(of: "{") ?? rest.endIndex
      // Between two parts something must stand.
      guard next == rest.endIndex || next > rest.startIndex else { return nil }
      pieces.append((String(name), String(rest[..<next])))
      rest = rest[next...]
    }
    self.pieces = pieces
  }

  /// What each part is in a name, read from its end; `nil` if the name is not put together so.
  func parts(of name: String) -> [(String, String)]? {
    guard name.hasPrefix(head), name.utf8.count <= 512 else { return nil }
    var rest = name.dropFirst(head.count)
    guard let last = pieces.last, rest.hasSuffix(last.tail) else { return nil }
    rest = rest.dropLast(last.tail.count)
    var found: [(String, String)] = []
    for index in pieces.indices.reversed() {
      guard index > 0 else {
        guard !rest.isEmpty else { return nil }
        found.append((pieces[0].name, String(rest)))
        break
      }
      let before = Array(pieces[index - 1].tail)
      let characters = Array(rest)
      guard characters.count > before.count,
        let at = (0...characters.count - before.count).last(where: {
          Array(characters[$0..<$0 + before.count]) == before
        }),
        at + before.count < characters.count
      else { return nil }
      found.append((pieces[index].name, String(characters[(at + before.count)...])))
      rest = rest.dropLast(characters.count - at)
    }
    return found.reversed()
  }

  /// The name that such parts make.
  func name(_ parts: [(String, String)]) -> String {
    head + zip(parts, pieces).map { $0.1 + $1.tail }.joined()
  }
}
