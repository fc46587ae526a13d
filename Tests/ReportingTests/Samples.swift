import Findings
import Reporting
import Workspace

extension CheckedFinding {
  /// A finding at the first place of `text` in `line`, which begins at `offset` of the file.
  static func at(
    _ text: String, in source: String, severity: Severity = .error, message: String = "This barcode can't be right.",
    isSensitive: Bool = false
  ) -> CheckedFinding {
    let utf8 = Array(source.utf8)
    let wanted = Array(text.utf8)
    let start = (0...(utf8.count - wanted.count)).first { utf8[$0..<$0 + wanted.count].elementsEqual(wanted) } ?? 0
    let before = String(decoding: utf8[..<start], as: UTF8.self)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    let position = CheckedPosition(line: lines.count - 1, character: lines.last?.utf16.count ?? 0)
    let end = CheckedPosition(line: position.line, character: position.character + text.utf16.count)
    return CheckedFinding(
      rule: "retail-sku/gtin-check-digit", severity: severity, message: message, fingerprint: "f1",
      bytes: start..<start + wanted.count, start: position, end: end, pointer: "/label", isSensitive: isSensitive)
  }
}

extension CheckedEdit {
  /// An edit of a file's first line, in ASCII.
  static func at(_ range: Range<Int>, _ text: String, path: String = "a.json") -> CheckedEdit {
    CheckedEdit(
      path: path, bytes: range, start: CheckedPosition(line: 0, character: range.lowerBound),
      end: CheckedPosition(line: 0, character: range.upperBound), text: text)
  }
}

extension CheckReport {
  static func of(_ findings: [CheckedFinding], path: String = "a.json") -> CheckReport {
    let file = CheckedFile(
      path: path, sha256: "00", dialect: "retail-sku/shelf", recognised: "domain is retail-sku", records: 8,
      findings: findings, checks: 2)
    let rules = [
      RuleSummary(id: "retail-sku/gtin-check-digit", ran: 8, found: findings.count),
      RuleSummary(id: "vision/media-size-disagrees", ran: 0, found: 0, skipped: "the pictures are not here"),
    ]
    return CheckReport(asOf: "2026-11-21", configuration: "c0", rules: rules, files: [file])
  }
}

extension CheckReport {
  /// How many findings of each severity its files have.
  var counts: [Severity: Int] {
    Dictionary(
      files.flatMap(\.findings).filter { $0.accepted == nil }.map { ($0.severity, 1) }, uniquingKeysWith: +)
  }
}

extension TextReport {
  /// Everything it prints of a report, file after file.
  func text(of report: CheckReport) -> String {
    var out = ""
    for file in report.files { write(file, hidden: HiddenText(report)) { out += $0 } }
    writeEnd(of: report, counts: report.counts) { out += $0 }
    return out
  }
}

extension GitHubReport {
  static func write(_ report: CheckReport, to output: (String) -> Void) {
    var gitHub = GitHubReport()
    for file in report.files { gitHub.add(file) }
    gitHub.write(report, counts: report.counts, to: output)
  }
}
