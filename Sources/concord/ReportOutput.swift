import Files
import Findings
import Reporting
import Workspace

/// Prints a report in the format that was asked for.
struct ReportOutput {
  let format: CheckCommand.Format
  let inputs: [CheckInput]
  let rules: [RuleInfo]
  let words: Phrasebook
  let language: String

  /// Prints what needs not wait for the other files, and lets go of it.
  func stream(_ file: inout CheckedFile) {
    guard format == .jsonl else { return }
    Output.write(JSONLinesReport.lines(of: file))
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
    case .github: GitHubReport(report, words: words).write { Output.write(Array($0.utf8)) }
    case .text: printText(report, hidden: sieve.hidden)
    }
  }

  private func printText(_ report: CheckReport, hidden: HiddenText) {
    let contents = Dictionary(inputs.compactMap { input in input.content.map { (input.path, $0) } }) { first, _ in first
    }
    let style = TextReport.Style(isColored: Output.wantsColor, width: Output.terminalWidth)
    let text = TextReport(report, style: style, hidden: hidden, words: words) { path, range in
      guard let content = contents[path] else { return try? FileSystem.bytes(of: path, in: range) }
      return Array(content[range.clamped(to: 0..<content.count)])
    }
    text.write { Output.write(Array($0.utf8)) }
  }
}
