package import Findings
package import Workspace

/// A report for people: one finding after the other, file by file, the last line says what was checked.
package struct TextReport: Sendable {
  /// How it is shown.
  package struct Style: Sendable {
    /// Terminal colours.
    package var isColored: Bool
    /// Columns for source excerpts; `nil`: no excerpts, one line a finding.
    package var width: Int?

    package init(isColored: Bool = false, width: Int? = nil) {
      self.isColored = isColored
      self.width = width
    }
  }

  /// Gives the bytes of a file in a range, fewer where it ends before; `nil` if it can't be read any more.
  package typealias Source = @Sendable (_ path: String, _ range: Range<Int>) -> [UInt8]?

  private let style: Style
  private let words: Phrasebook
  private let source: Source

  /// - Parameters:
  ///   - style: for whom.
  ///   - words: the reader's language.
  ///   - source: for excerpts.
  package init(style: Style, words: Phrasebook = .english, source: @escaping Source = { _, _ in nil }) {
    self.style = style
    self.words = words
    self.source = source
  }

  /// Writes what was found in one file, a piece a finding; `hidden` is what not to show of it.
  package func write(_ file: CheckedFile, hidden: HiddenText, to output: (String) -> Void) {
    writeKinds(file.disagreements, to: output)
    for finding in file.findings where finding.accepted == nil {
      output(text(of: finding, in: file, hidden: hidden))
    }
  }

  /// Writes what comes behind all files. `counts` is how many findings of each severity they have.
  package func writeEnd(of report: CheckReport, counts: [Severity: Int], to output: (String) -> Void) {
    for join in report.joins {
      output(
        words(
          "{name}: of {made} {made#thing|things} in `{files}`, {met} {met#is|are} in the other files too.",
          .init("name", join.alignment.printable), .init("files", join.files.printable),
          .init("made", String(join.made)), .init("met", String(join.met))) + "\n")
    }
    output(SummaryLine(report, counts: counts, words: words).text + "\n")
  }

  /// How many kinds of disagreement are listed.
  private static let kindLimit = 20

  /// Kinds come before cases: one decision may settle all of a kind.
  private func writeKinds(_ kinds: [DisagreementSummary], to output: (String) -> Void) {
    for kind in kinds.prefix(Self.kindLimit) {
      func side(_ modality: String, _ value: String) -> String {
        [modality.isEmpty ? "" : words(modality), value.isEmpty ? "" : "`\(value.printable)`"]
          .filter { !$0.isEmpty }.joined(separator: " ")
      }
      let line = words(
        "{one}, {other}: {count} {count#thing|things}", .init("one", side(kind.modality, kind.value)),
        .init("other", side(kind.otherModality, kind.otherValue)), .init("count", String(kind.count)))
      output(style.paint(.bold, line) + "\n")
    }
    let left = kinds.count - Self.kindLimit
    if left > 0 { output(words("{count} {count#kind|kinds} more", .init("count", String(left))) + "\n") }
    if !kinds.isEmpty { output("\n") }
  }

  private func text(of finding: CheckedFinding, in file: CheckedFile, hidden: HiddenText) -> String {
    var out = style.paint(.bold, Self.place(file.path, finding.start) + ":") + " "
    out += style.paint(.severity(finding.severity), words(finding.severity.name) + ":") + " "
    out += finding.message.printable
    if finding.count > 1 { out += " " + words("({count} times)", .init("count", String(finding.count))) }
    out += " " + style.paint(.faint, "[\(finding.rule.printable)]") + "\n"
    if let width = style.width, !finding.isSensitive {
      out += excerpt(at: finding, in: file, hidden: hidden, width: width)
    }
    for related in finding.related {
      out += "  \(words("also")) \(Self.place(related.path, related.start)): \(related.message.printable)\n"
    }
    for fix in finding.fixes {
      out += "  \(words(fix.isCertain ? "fix" : "possible fix")): \(fix.title.printable)\n"
    }
    return out
  }

  /// Every phrase of the report but the last line's, for translation.
  package static let phrases =
    [
      "({count} times)", "also", "fix", "possible fix", "{one}, {other}: {count} {count#thing|things}",
      "{count} {count#kind|kinds} more",
      "{name}: of {made} {made#thing|things} in `{files}`, {met} {met#is|are} in the other files too.", "image",
      "video",
      "audio", "text", "document", "pointcloud", "radar", "sar", "optical", "depth", "tabular", "message",
    ] + Severity.allCases.map(\.name)

  /// One-based, as editors and other tools print places.
  private static func place(_ path: String, _ position: CheckedPosition) -> String {
    "\(path.printable):\(position.line + 1):\(position.character + 1)"
  }

  private func excerpt(
    at finding: CheckedFinding, in file: CheckedFile, hidden: HiddenText, width: Int
  ) -> String {
    let number = String(finding.start.line + 1)
    let gutter = number.utf8.count + 4
    let room = max(8, width - gutter)
    // A column takes at most a few bytes, with marks upon marks as many as wished: then the excerpt is shorter.
    let reach = room * 8
    let first = max(0, finding.bytes.lowerBound - reach)
    let last = finding.bytes.lowerBound + min(finding.bytes.count, reach) + reach
    guard let window = source(file.path, first..<last) else { return "" }
    let excerpt = Excerpt(
      of: hidden.masking(window, from: first, of: file.path),
      range: finding.bytes.lowerBound - first..<max(finding.bytes.upperBound, finding.bytes.lowerBound) - first,
      width: room, isCutBefore: first > 0, isCutAfter: window.count == last - first)
    let margin = String(repeating: " ", count: gutter - 2)
    let mark = String(repeating: "^", count: excerpt.underline)
    return style.paint(.faint, " \(number) │ ") + excerpt.line + "\n" + style.paint(.faint, margin + "│ ")
      + String(repeating: " ", count: excerpt.indent) + style.paint(.severity(finding.severity), mark) + "\n"
  }
}

extension TextReport.Style {
  fileprivate enum Paint {
    case bold, faint
    case severity(Severity)

    var code: String {
      switch self {
      case .bold: "1"
      case .faint: "2"
      case .severity(.error): "1;31"
      case .severity(.warning): "1;33"
      case .severity(.information): "1;34"
      case .severity(.hint): "1;36"
      }
    }
  }

  fileprivate func paint(_ paint: Paint, _ text: String) -> String {
    isColored ? "\u{1B}[\(paint.code)m\(text)\u{1B}[0m" : text
  }
}
