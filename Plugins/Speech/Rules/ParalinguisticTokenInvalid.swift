import PluginKit

/// A mark such as `[laughter]` that is not closed, stands in a word, or is not one of those that were agreed on.
struct ParalinguisticTokenInvalid: TallyRule {
  static let info = RuleInfo(
    id: "paralinguistic-token-invalid", severity: .warning,
    summary: "Marks for laughter, noise and the like are whole, and written in one way.",
    why: "Programs take out the marks they know; what is left of the others is learned as words.",
    source:
      "Brackets, angles and braces are all in use, but not for one thing in one file. Which marks there are is said by the setting `marks`; "
      + "without it none is unknown. `[laughter-word]`, said while laughing, is fine.",
    message: "*{token}* is none of the marks that were agreed on. Take one of: {known}.",
    messages: [
      "open": "A mark is opened here and never closed. Add the `{closer}` it lacks.",
      "inside": "The mark *{token}* stands inside a word. Put a space before and behind it.",
      "end": "*{token}* ends something that never began here. Add its beginning, or take it out.",
      "cross": "*{token}* ends before what began after it has ended. Put the two ends the other way round.",
      "mixed": "What is *{token}* here stands in other brackets {count} times in this file. Write it in one way.",
      "use": "Write *{name}*", "close": "Close it", "other": "The other way",
    ],
    good: [
      said("[laughter] yes"), said("<laughter>well yes</laughter>"), said("so [laughter-what] now"),
      said("3 < 4 and 5 > 2"),
      said("a [0] b"), said("{COUGH} yes [inaudible 00:01:02]"), declared(#"["laughter", "noise"]"#, "yes [noise]"),
    ],
    bad: [
      said("⟪well [laughter yes⟫"), said("⟪wo[noise]rd⟫"), said("⟪well</laughter> yes⟫"),
      said("⟪<a>well <b>yes</a></b>⟫"), declared(#"["laughter", "noise"]"#, "⟪yes [laughing]⟫"),
    ])
  static let reads = Reads(fields: [.utteranceText], needs: [.utteranceText], context: ["marks"])
  static let kind = FactKind("speech/marks")
  static let states = [kind]

  func tally(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.utteranceText), let text = field.value.text, text.utf8.count < 20_000,
      text.utf8.contains(where: { [0x5B, 0x3C, 0x7B].contains($0) })
    else { return }
    let scalars = Array(text.unicodeScalars)
    let (marks, open) = Mark.all(in: scalars)
    if let open { sayOpen(open, field, scalars, &report) }
    let isFaulty = reportFault(marks, scalars, field, &report)
    if !isFaulty { reportUnknown(marks, text, field, record, &report) }
    for mark in marks where !mark.isEnd {
      report.tally(Self.kind, key: .text(mark.name.lowercased()), bin: mark.bracket.rawValue, at: field)
    }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    guard totals.count > 1, let most = totals.max(by: { ($0.amount, $1.bin) < ($1.amount, $0.bin) }) else { return }
    for total in totals where total.bin != most.bin {
      guard let place = total.places.first, let bracket = Mark.Bracket(rawValue: total.bin) else { continue }
      report.finding(
        at: place, "mixed", ["token": "\(bracket.opener)…\(bracket.closer)", "count": most.amount],
        severity: .information, related: most.places.prefix(1).map { Related(at: $0, "other") })
    }
  }

  private func sayOpen(_ open: Int, _ field: FieldValue, _ text: [Unicode.Scalar], _ report: inout Report) {
    let bracket = Mark.Bracket.allCases.first { $0.opener == text[open] } ?? .square
    // The name goes as far as its word.
    let end = text[(open + 1)...].firstIndex { !Mark.isLetter($0) } ?? text.count
    var whole = text
    whole.insert(bracket.closer, at: end)
    report.finding(
      at: field, "open", ["closer": "\(bracket.closer)"],
      fixes: [Fix("close", edits: [.replace(field, with: String(String.UnicodeScalarView(whole)).json)])])
  }

  /// The first thing that is wrong with how marks stand.
  private func reportFault(
    _ marks: [Mark], _ text: [Unicode.Scalar], _ field: FieldValue, _ report: inout Report
  ) -> Bool {
    var began: [String] = []
    for mark in marks {
      if !mark.isEnd, Self.isInWord(mark, text) {
        report.finding(at: field, "inside", ["token": mark.text])
        return true
      }
      guard mark.isEnd else {
        began.append(mark.name)
        continue
      }
      guard let last = began.lastIndex(where: { $0.utf8.elementsEqual(mark.name.utf8) }) else {
        report.finding(at: field, "end", ["token": mark.text])
        return true
      }
      // What began since and has no end of its own is a mark that stands alone.
      let isCrossed = began[(last + 1)...].contains { name in
        marks.contains {
          $0.isEnd && $0.range.lowerBound > mark.range.lowerBound && $0.name.utf8.elementsEqual(name.utf8)
        }
      }
      if isCrossed {
        report.finding(at: field, "cross", ["token": mark.text])
        return true
      }
      began.removeSubrange(last...)
    }
    return false
  }

  private func reportUnknown(
    _ marks: [Mark], _ text: String, _ field: FieldValue, _ record: Record, _ report: inout Report
  ) {
    let known = (record.context("marks")?.array ?? []).compactMap(\.text)
    guard !known.isEmpty else { return }
    for mark in marks {
      // `[laughter-word]` is a word, said while laughing; `[inaudible 0:12]` says when.
      let name = String(mark.name.prefix { $0 != "-" && $0 != " " && $0 != ":" }).lowercased()
      guard !known.contains(where: { $0.lowercased().utf8.elementsEqual(name.utf8) }) else { continue }
      let near = Nearest.name(to: name, among: known)
      let fixes = near.map { near in
        let right = "\(mark.bracket.opener)\(mark.isEnd ? "/" : "")\(near)\(mark.bracket.closer)"
        var scalars = Array(text.unicodeScalars)
        scalars.replaceSubrange(mark.range, with: right.unicodeScalars)
        return [
          Fix("use", ["name": right], edits: [.replace(field, with: String(String.UnicodeScalarView(scalars)).json)])
        ]
      }
      report.finding(
        at: field, "", ["token": mark.text, "known": known.prefix(12).joined(separator: ", ")], fixes: fixes ?? [],
        fold: mark.text)
      return
    }
  }

  /// Between two letters of one word. Scripts without spaces have no such words.
  private static func isInWord(_ mark: Mark, _ text: [Unicode.Scalar]) -> Bool {
    guard mark.bracket != .angle, mark.range.lowerBound > 0, mark.range.upperBound < text.count else { return false }
    return [text[mark.range.lowerBound - 1], text[mark.range.upperBound]].allSatisfy { scalar in
      guard Mark.isLetter(scalar) else { return false }
      switch Languages.Script(scalar) {
      case .latin, .cyrillic, .greek: return true
      default: return false
      }
    }
  }

  private static func said(_ text: String) -> String {
    let text = text.hasPrefix("⟪") ? "⟪\"\(text.dropFirst().dropLast())\"⟫" : "\"\(text)\""
    return SpeechExample.said(#""start": 0, "duration": 9, "text": \#(text)"#)
  }

  private static func declared(_ tokens: String, _ text: String) -> String {
    "//- concord.json\n{\"plugins\": {\"speech\": {\"settings\": {\"marks\": \(tokens)}}}}\n//- said.json\n\(said(text))"
  }
}
