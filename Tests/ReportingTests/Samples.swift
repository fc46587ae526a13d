import Findings
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
