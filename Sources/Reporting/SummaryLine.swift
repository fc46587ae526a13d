package import Findings
package import Workspace

/// The last line: what was checked, what was found, what was not run, and why.
package struct SummaryLine: Sendable {
  package let text: String

  package init(_ report: CheckReport, words: Phrasebook = .english) {
    var counts: [Severity: Int] = [:]
    for finding in report.files.lazy.flatMap(\.findings) where finding.accepted == nil {
      counts[finding.severity, default: 0] += 1
    }
    self.init(report, counts: counts, words: words)
  }

  /// `counts` is the number of findings by severity, where the report's files don't have them any more.
  package init(_ report: CheckReport, counts: [Severity: Int], words: Phrasebook = .english) {
    var text =
      report.files.isEmpty ? words("Nothing was checked.") : Self.checked(report, counts: counts, words: words)
    let reasons = Self.notRun(report, words: words)
    if !reasons.isEmpty {
      text += " " + words("Not run: {reasons}.", .init("reasons", reasons.joined(separator: "; ")))
    }
    self.text = text
  }

  private static func checked(_ report: CheckReport, counts: [Severity: Int], words: Phrasebook) -> String {
    let files = report.files
    var what = words("{count} {count#file|files}", .init("count", String(files.count)))
    if let only = files.first, files.count == 1 {
      what = only.path.printable + (only.dialect.map { " (\($0.printable))" } ?? "")
    }
    let entries = words(
      "{count} {count#entry|entries}", .init("count", String(files.reduce(0) { $0 + $1.records })))
    let checks = words(
      "{count} {count#check|checks}", .init("count", String(report.rules.count { $0.ran > 0 })))
    var text = words(
      "Checked {what}, {entries}, {checks}: {found}.", .init("what", what), .init("entries", entries),
      .init("checks", checks), .init("found", found(report, counts: counts, words: words)))
    let unknown = files.count { $0.dialect == nil }
    if unknown > 0 {
      text +=
        " "
        + (files.count == 1
          ? words("Its kind of file is not known.")
          : words("{count} of a kind that is not known.", .init("count", String(unknown))))
    }
    return text
  }

  private static func found(_ report: CheckReport, counts: [Severity: Int], words: Phrasebook) -> String {
    var parts: [String] = []
    for severity in Severity.allCases {
      guard let number = counts[severity], number > 0 else { continue }
      parts.append(words(noun(for: severity), .init("count", String(number))))
    }
    let accepted = report.rules.reduce(0) { $0 + $1.accepted }
    if parts.isEmpty, accepted == 0 { parts.append(words("all well")) }
    if accepted > 0 { parts.append(words("{count} accepted earlier", .init("count", String(accepted)))) }
    if let known = report.known { parts.append(words("{count} known from before", .init("count", String(known)))) }
    return parts.joined(separator: ", ")
  }

  private static func noun(for severity: Severity) -> String {
    switch severity {
    case .error: "{count} {count#error|errors}"
    case .warning: "{count} {count#warning|warnings}"
    case .information: "{count} {count#note|notes}"
    case .hint: "{count} {count#hint|hints}"
    }
  }

  /// Every phrase of the line, for translation.
  package static let phrases =
    [
      "Nothing was checked.", "Not run: {reasons}.", "{count} {count#file|files}", "{count} {count#entry|entries}",
      "{count} {count#check|checks}", "Checked {what}, {entries}, {checks}: {found}.",
      "Its kind of file is not known.", "{count} of a kind that is not known.", "all well",
      "{count} accepted earlier", "{count} known from before", "{rules} and {count} more",
    ] + Severity.allCases.map(noun)

  /// Rules skipped for one reason together, then whatever else could not be done.
  private static func notRun(_ report: CheckReport, words: Phrasebook) -> [String] {
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
      var named = reason.rules.prefix(3).joined(separator: ", ")
      if reason.rules.count > 3 {
        named = words(
          "{rules} and {count} more", .init("rules", named), .init("count", String(reason.rules.count - 3)))
      }
      return "\(named) (\(withoutStop(words(reason.why))))"
    }
    return (skipped + report.notRun.map(withoutStop)).map(\.printable)
  }

  private static func withoutStop(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }
}
