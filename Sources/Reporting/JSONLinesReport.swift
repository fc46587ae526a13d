package import Workspace

/// A report for programs that read line by line: one finding a line, nothing else.
///
/// A line has the members of a finding in `JSONReport` and the `path` of its file.
package enum JSONLinesReport {
  /// The lines of one file's findings, in order of place.
  package static func lines(of file: CheckedFile) -> [UInt8] {
    var writer = JSONWriter(isCompact: true)
    for finding in file.findings {
      writer.finding(finding, path: file.path)
      writer.endLine()
      writer.beginText()
    }
    return writer.takeBytes()
  }
}
