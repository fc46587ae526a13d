import Findings
import Reporting
import Workspace

/// What of a file's findings is printed, and what the run as a whole came to.
struct Sieve {
  private let severity: Severity
  private var baseline: Baseline?
  /// Of sensitive findings, also of those that are not printed.
  private(set) var hidden = HiddenText()
  private(set) var hasErrors = false
  /// How many findings the baseline has; `nil` without one.
  private(set) var known: Int?
  /// Those that are printed.
  private(set) var counts: [Severity: Int] = [:]

  init(severity: Severity, baseline: Baseline?) {
    self.severity = severity
    self.baseline = baseline
    known = baseline == nil ? nil : 0
  }

  /// Leaves what is to be printed. What the baseline has does not count; what matters less than asked for counts, unseen.
  mutating func sift(_ file: CheckedFile) -> CheckedFile {
    hidden.add(file)
    var file = file
    if let found = baseline?.removeKnown(from: &file) { known = (known ?? 0) + found }
    if file.findings.contains(where: { $0.severity == .error }) { hasErrors = true }
    file.findings.removeAll { $0.severity < severity }
    for finding in file.findings where finding.accepted == nil { counts[finding.severity, default: 0] += 1 }
    return file
  }

  mutating func sift(_ report: CheckReport) -> CheckReport {
    var report = report
    report.files = report.files.map { sift($0) }
    report.known = known
    return report
  }
}
