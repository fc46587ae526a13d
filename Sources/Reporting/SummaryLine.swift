import Findings
package import Workspace

/// The last line: what was checked, what was found, what was not run, and why.
package struct SummaryLine: Sendable {
  package let text: String

  package init(_ report: CheckReport) {
    var text = report.files.isEmpty ? "Nothing was checked." : Self.checked(report)
    let reasons = Self.notRun(report)
    if !reasons.isEmpty { text += " Not run: " + reasons.joined(separator: "; ") + "." }
    self.text = text
  }

  private static func checked(_ report: CheckReport) -> String {
    let files = report.files
    let records = files.reduce(0) { $0 + $1.records }
    let checks = report.rules.count { $0.ran > 0 }
    var text = "Checked \(count(files.count, "file", "files"))"
    if let only = files.first, files.count == 1 {
      text = "Checked \(only.path.printable)" + (only.dialect.map { " (\($0.printable))" } ?? "")
    }
    text += ", \(count(records, "entry", "entries")), \(count(checks, "check", "checks")): \(found(report))"
    let unknown = files.count { $0.dialect == nil }
    if unknown > 0 {
      text += files.count == 1 ? " Its kind of file is not known." : " \(unknown) of a kind that is not known."
    }
    return text
  }

  private static func found(_ report: CheckReport) -> String {
    let findings = report.files.lazy.flatMap(\.findings)
    var parts: [String] = []
    for severity in Severity.allCases {
      let number = findings.count { $0.severity == severity }
      if number > 0 { parts.append(count(number, noun(for: severity), noun(for: severity) + "s")) }
    }
    let accepted = report.rules.reduce(0) { $0 + $1.accepted }
    if parts.isEmpty { parts.append("all well") }
    if accepted > 0 { parts.append("\(accepted) accepted earlier") }
    return parts.joined(separator: ", ") + "."
  }

  private static func noun(for severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .information: "note"
    case .hint: "hint"
    }
  }

  /// Rules skipped for one reason together, then whatever else could not be done.
  private static func notRun(_ report: CheckReport) -> [String] {
    var reasons: [(why: String, rules: [String])] = []
    for rule in report.rules {
      guard let why = rule.skipped else { continue }
      if let index = reasons.firstIndex(where: { $0.why == why }) {
        reasons[index].rules.append(rule.id)
      } else {
        reasons.append((why, [rule.id]))
      }
    }
    let skipped = reasons.map { reason in
      let named = reason.rules.prefix(3).joined(separator: ", ")
      let others = reason.rules.count > 3 ? " and \(reason.rules.count - 3) more" : ""
      return "\(named)\(others) (\(withoutStop(reason.why)))"
    }
    return (skipped + report.notRun.map(withoutStop)).map(\.printable)
  }

  private static func withoutStop(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }

  private static func count(_ number: Int, _ one: String, _ several: String) -> String {
    "\(number) \(number == 1 ? one : several)"
  }
}
