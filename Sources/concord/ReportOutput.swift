import Files
import Findings
import Reporting
import Workspace

/// Prints a report in the format that was asked for.
struct ReportOutput {
  private let format: CheckCommand.Format
  private let rules: [RuleInfo]
  private let words: Phrasebook
  private let language: String
  private let text: TextReport
  private var gitHub: GitHubReport

  init(format: CheckCommand.Format, inputs: [CheckInput], rules: [RuleInfo], words: Phrasebook, language: String) {
    self.format = format
    self.rules = rules
    self.words = words
    self.language = language
    let contents = Dictionary(inputs.compactMap { input in input.content.map { (input.path, $0) } }) { first, _ in first
    }
    let style = TextReport.Style(isColored: Output.wantsColor, width: Output.terminalWidth)
    text = TextReport(style: style, words: words) { path, range in
      guard let content = contents[path] else { return try? FileSystem.bytes(of: path, in: range) }
      return Array(content[range.clamped(to: 0..<content.count)])
    }
    gitHub = GitHubReport(words: words)
  }

  /// Prints what needs not wait for the other files, and lets go of it. `hidden` is what may not be shown of this file.
  ///
  /// JSON and SARIF say first what holds of all files, so they wait.
  mutating func stream(_ file: inout CheckedFile, hidden: HiddenText) {
    switch format {
    case .json, .sarif: return
    case .jsonl: JSONLinesReport.write(file) { Output.write($0) }
    case .github: gitHub.add(file)
    case .text:
      var pieces = OutputPieces()
      text.write(file, hidden: hidden) { pieces.add($0) }
      pieces.flush()
    }
    file.findings = []
  }

  /// Prints the rest.
  func print(_ report: CheckReport, _ sieve: Sieve) {
    switch format {
    case .json: JSONReport(report, version: concordVersion).write { Output.write($0) }
    case .jsonl: Output.complain(SummaryLine(report, counts: sieve.counts, words: words).text)
    case .sarif:
      SARIFReport(report, version: concordVersion, rules: rules, words: words, language: language)
        .write { Output.write($0) }
    case .github: gitHub.write(report, counts: sieve.counts) { Output.write(Array($0.utf8)) }
    case .text: text.writeEnd(of: report, counts: sieve.counts) { Output.write(Array($0.utf8)) }
    }
  }
}

/// Gathers small pieces of text, so that a finding does not cost a system call.
private struct OutputPieces {
  private var bytes: [UInt8] = []
  private static let limit = 1 << 16

  mutating func add(_ text: String) {
    bytes += text.utf8
    if bytes.count >= Self.limit { flush() }
  }

  mutating func flush() {
    if !bytes.isEmpty { Output.write(bytes) }
    bytes.removeAll(keepingCapacity: true)
  }
}
