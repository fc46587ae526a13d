package import Findings
package import Workspace

/// A report for GitHub's workflows: commands that put findings beside the lines they are about, then a summary in plain text.
///
/// GitHub shows ten of each level for a step and drops the others, so no more are printed; the summary counts them all.
package struct GitHubReport: Sendable {
  private let words: Phrasebook
  /// What may be shown, by severity: of each the first few, in order.
  private var shown: [Severity: [(file: String, finding: CheckedFinding)]] = [:]
  private var count = 0

  /// Every phrase but the last line's, for translation.
  package static let phrases = [omission]
  private static let omission =
    "{count} more {count#finding is|findings are} not shown beside the lines; `concord check` prints them all."

  /// What GitHub shows of each level.
  package static let limit = 10

  package init(words: Phrasebook = .english) { self.words = words }

  /// Takes in the next file. Of its findings no more are kept than may be shown.
  package mutating func add(_ file: CheckedFile) {
    for finding in file.findings where finding.accepted == nil {
      count += 1
      guard shown[finding.severity, default: []].count < Self.limit else { continue }
      shown[finding.severity, default: []].append((file.path, finding))
    }
  }

  /// Writes what is shown of all files, and what they came to. `counts` is how many findings of each severity they have.
  package func write(_ report: CheckReport, counts: [Severity: Int], to output: (String) -> Void) {
    var left: [String: Int] = [:]
    var written = 0
    for severity in Severity.allCases {
      let level = Self.level(of: severity)
      for (file, finding) in (shown[severity] ?? []).prefix(left[level, default: Self.limit]) {
        left[level, default: Self.limit] -= 1
        written += 1
        output(Self.command(level, finding, in: file))
      }
    }
    if written < count {
      output(words(Self.omission, .init("count", String(count - written))) + "\n")
    }
    output(SummaryLine(report, counts: counts, words: words).text + "\n")
  }

  private static func level(of severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .information, .hint: "notice"
    }
  }

  /// Lines and columns are one-based; columns only where the range lies on one line, as GitHub wants it.
  private static func command(_ level: String, _ finding: CheckedFinding, in file: String) -> String {
    var properties = [("file", file), ("line", String(finding.start.line + 1))]
    if finding.end.line == finding.start.line {
      properties.append(("col", String(finding.start.character + 1)))
      properties.append(("endColumn", String(finding.end.character + 1)))
    } else {
      properties.append(("endLine", String(finding.end.line + 1)))
    }
    properties.append(("title", finding.rule))
    let written = properties.map { "\($0.0)=\(escaped($0.1, isProperty: true))" }.joined(separator: ",")
    return "::\(level) \(written)::\(escaped(finding.message, isProperty: false))\n"
  }

  /// What would end a command, or a property of one, is written as `%` and two digits.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": out += "%25"
      case "\r": out += "%0D"
      case "\n": out += "%0A"
      case ":" where isProperty: out += "%3A"
      case "," where isProperty: out += "%2C"
      default: out.unicodeScalars.append(TerminalText.visible(scalar))
      }
    }
    return out
  }
}
