import PluginKit

/// A line of an RTTM file that programs can't read.
struct RTTMMalformedLine: RecordRule {
  static let info = RuleInfo(
    id: "rttm-malformed-line", severity: .error,
    summary: "A line of an RTTM file has nine or ten words, each in its place.",
    why: "Programs read by place: a word too many moves all others, and a time is read as a name.",
    source: "NIST's RTTM. Many programs write nine words and leave the tenth out; both are read. NeMo-Speech #8100.",
    message: "This line has {count} words, but nine or ten belong there. Write `<NA>` for what is not known.",
    messages: [
      "space":
        "A name with a space in it moves all that follows: *{name}* is read as several words. Write `_` for the space.",
      "number": "A number belongs here, and *{text}* is none.",
      "type": "No program knows lines that begin with *{text}*. A line about who speaks begins with `SPEAKER`.",
      "upper": "Write `{name}`",
    ],
    good: [
      lines(
        "SPEAKER call-1 1 0.5 1.2 <NA> <NA> anna <NA> <NA>", ";; a note", "SPEAKER call-1 1 2 1.2 <NA> <NA> anna <NA>"),
      lines("SPKR-INFO call-1 1 <NA> <NA> <NA> unknown anna <NA> <NA>"),
    ],
    bad: [
      lines("⟪SPEAKER call-1 1 0.5 1.2 anna⟫"), lines("SPEAKER ⟪my call⟫ 1 0.5 1.2 <NA> <NA> anna <NA> <NA>"),
      lines("SPEAKER call-1 1 ⟪0,5⟫ 1.2 <NA> <NA> anna <NA> <NA>"),
      lines("⟪speaker⟫ call-1 1 0.5 1.2 <NA> <NA> anna <NA> <NA>"),
    ])
  static let reads = Reads(fields: [.rttmType, .recordingName, .utteranceStart, .utteranceLength], needs: [.rttmType])

  static let types: Set<String> = [
    "SPEAKER", "SPKR-INFO", "SEGMENT", "NOSCORE", "NO_RT_METADATA", "LEXEME", "NON-LEX", "NON-SPEECH", "FILLER", "EDIT",
    "IP", "SU", "CB", "A/P",
  ]

  func check(_ record: Record, _ report: inout Report) {
    guard let type = record.first(.rttmType), let name = type.text else { return }
    guard Self.types.contains(name) else {
      let upper = name.uppercased()
      let fixes =
        Self.types.contains(upper)
        ? [Fix("upper", ["name": upper], isCertain: true, edits: [.replace(type, with: upper.json)])] : []
      return report.finding(at: type, "type", ["text": name], severity: .warning, fixes: fixes, fold: name)
    }
    let words = Array(record.root.children)
    guard name == "SPEAKER" else { return }
    // Nine words and a space in a name are ten.
    if words.count > 9, let file = record.first(.recordingName), reportSpace(words, file, &report) { return }
    guard (9...10).contains(words.count) else {
      return report.finding(at: record, "", ["count": words.count])
    }
    for time in [record.first(.utteranceStart), record.first(.utteranceLength)] {
      guard let time, time.number == nil else { continue }
      return report.finding(at: time, "number", ["text": time.text ?? "<NA>"])
    }
  }

  /// Whether a file's name in several words explains the surplus: then channel and times stand so many words later.
  private func reportSpace(_ words: [Value], _ file: FieldValue, _ report: inout Report) -> Bool {
    let surplus = [words.count - 10, words.count - 9].first { surplus in
      surplus > 0 && words.count > 4 + surplus && (2...4).allSatisfy { Self.isNumber(words[$0 + surplus]) }
        && !Self.isNumber(words[2])
    }
    guard let surplus else { return false }
    let parts = words[1...1 + surplus]
    let name = parts.compactMap(\.scalarText).joined(separator: " ")
    report.finding(at: file.place.through(parts[1 + surplus].place), "space", ["name": name])
    return true
  }

  private static func isNumber(_ value: Value) -> Bool {
    value.number != nil || value.text.flatMap(Double.init) != nil
  }

  private static func lines(_ lines: String...) -> String {
    SpeechExample.dataset(("call-1.rttm", lines.joined(separator: "\n")))
  }
}
