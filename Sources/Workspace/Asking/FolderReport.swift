package import Findings
import Manifest

/// What is found in the files of a folder.
package struct FolderReport: Sendable {
  package var files = 0
  /// Files in which something is found.
  package var filesWithFindings = 0
  package var findings: [Severity: Int] = [:]

  package init() {}
}

extension Workspace {
  /// Counts what is found in the files below a folder, open or not, once nothing is waiting to be computed; and shows it from now on.
  ///
  /// Cost: the reading and checking of every file that was not read yet.
  package func check(folder: String, among folders: [String]) async -> FolderReport {
    showFiles(true, below: folders)
    _ = await settledFiles()
    for state in documents.values where state.path.map({ Self.lies($0, in: folder) }) ?? false { await settled(state) }
    var report = FolderReport()
    let onDisk = datasets.values.flatMap(\.onDisk.values)
    for state in Array(documents.values) + onDisk where state.path.map({ Self.lies($0, in: folder) }) ?? false {
      report.files += 1
      guard !state.isUnopened || state.mayHaveFindings else { continue }
      let found = DocumentSnapshot(of: state, in: self).shown(limit: nil).findings.filter { $0.acceptance == nil }
      if !found.isEmpty { report.filesWithFindings += 1 }
      for finding in found { report.findings[finding.severity, default: 0] += max(1, finding.count) }
      if state.isUnopened { state.space.noteRead(state, bytes: state.document.byteCount) }
    }
    return report
  }

  private static func lies(_ path: String, in folder: String) -> Bool { Paths.relative(path, to: folder) != nil }
}
