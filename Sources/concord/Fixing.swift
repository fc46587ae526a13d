import Files
import Reporting
import Workspace

/// `check --fix`: applies what is certain, and prints what it would change.
enum Fixing {
  /// A fix can make way for another one, but never for ever.
  private static let rounds = 10

  /// Prints the changes as a diff and touches nothing.
  static func printChanges(_ plan: FixPlan, _ report: CheckReport) {
    let hidden = HiddenText(report)
    for (path, edits) in plan.edits.sorted(by: { $0.key < $1.key }) {
      guard let bytes = try? FileSystem.bytes(of: path), FixPlan.applying(edits, to: bytes) != nil else { continue }
      Output.write(Array(UnifiedDiff(path: path, bytes: bytes, edits: edits, hidden: hidden).text.utf8))
    }
    Output.complain(count(plan.fixCount, of: plan.edits.count, done: "would be applied"))
  }

  /// Applies fixes and checks again until none is left. The result is the last report, and files that could not be written.
  static func apply(
    to first: CheckReport, checking check: () async throws(CommandFailure) -> CheckReport
  ) async throws(CommandFailure) -> (CheckReport, [FileError]) {
    var report = first
    var refusals: [FileError] = []
    var fixed: Set<String> = []
    var total = 0
    for _ in 0..<rounds {
      let plan = FixPlan(report)
      let hashes = Dictionary(report.files.map { ($0.path, $0.sha256) }) { first, _ in first }
      var written: [String] = []
      for path in plan.edits.keys.sorted() where !refusals.contains(where: { $0.path == path }) {
        do {
          try write(plan.edits[path] ?? [], to: path, hash: hashes[path])
          written.append(path)
        } catch {
          refusals.append(error)
          Output.complain("concord: \(error.path): \(error.message)")
        }
      }
      if written.isEmpty { break }
      fixed.formUnion(written)
      total += plan.fixCount
      report = try await check()
    }
    Output.complain(count(total, of: fixed.count, done: "applied"))
    return (report, refusals)
  }

  private static func write(_ edits: [CheckedEdit], to path: String, hash: String?) throws(FileError) {
    let bytes = try FileSystem.bytes(of: path)
    guard Digest.sha256(bytes) == hash, let changed = FixPlan.applying(edits, to: bytes) else {
      throw FileError(.failed, path: path, message: "It changed while it was checked, so it was left as it is.")
    }
    try FileSystem.replace(path, with: changed)
  }

  private static func count(_ fixes: Int, of files: Int, done: String) -> String {
    "\(fixes) \(fixes == 1 ? "fix" : "fixes") in \(files) \(files == 1 ? "file" : "files") \(done)."
  }
}
