package import Workspace

/// A report for programs that read line by line: one finding a line, nothing else.
///
/// A line has the members of a finding in `JSONReport` and the `path` of its file.
package enum JSONLinesReport {
  /// Writes the lines of one file's findings, in order of place, some at a time.
  package static func write(_ file: CheckedFile, to output: ([UInt8]) -> Void) {
    var writer = JSONWriter(isCompact: true)
    for finding in file.findings {
      writer.finding(finding, path: file.path)
      writer.endLine()
      writer.beginText()
      if writer.bytes.count >= part { output(writer.takeBytes()) }
    }
    if writer.bytes.count > 0 { output(writer.takeBytes()) }
  }

  /// About as many bytes are handed out at a time.
  private static let part = 1 << 16
}
