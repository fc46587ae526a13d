package import Workspace

/// What edits change in a file, as `diff -u` prints it.
package struct UnifiedDiff: Sendable {
  package private(set) var text = ""

  private let bytes: [UInt8]
  /// Where each line begins, and the end of the file.
  private let starts: [Int]
  private static let context = 3

  /// - Parameters:
  ///   - path: as it is printed.
  ///   - bytes: the file as it is.
  ///   - edits: in order, apart, inside the file.
  ///   - hidden: what not to show; stars stand for it.
  package init(path: String, bytes: [UInt8], edits: [CheckedEdit], hidden: HiddenText) {
    self.bytes = hidden.masking(bytes, from: 0, of: path)
    var starts = [0]
    for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") && index + 1 < bytes.count {
      starts.append(index + 1)
    }
    self.starts = starts + [bytes.count]
    let hunks = hunks(edits)
    guard !hunks.isEmpty else { return }
    text = "--- \(path.printable)\n+++ \(path.printable)\n"
    var shift = 0
    for hunk in hunks { append(hunk, shift: &shift) }
  }

  private struct Hunk {
    /// Groups of edits, each with the lines it replaces.
    var changes: [(lines: Range<Int>, edits: [CheckedEdit])]
  }

  private var lineCount: Int { starts.count - 1 }

  private func hunks(_ edits: [CheckedEdit]) -> [Hunk] {
    var hunks: [Hunk] = []
    for edit in edits {
      let lines = lines(touchedBy: edit)
      guard let last = hunks.last?.changes.last, lines.lowerBound <= last.lines.upperBound + 2 * Self.context else {
        hunks.append(Hunk(changes: [(lines, [edit])]))
        continue
      }
      let hunk = hunks.count - 1
      let change = hunks[hunk].changes.count - 1
      if lines.lowerBound < last.lines.upperBound {
        let upper = max(last.lines.upperBound, lines.upperBound)
        hunks[hunk].changes[change] = (last.lines.lowerBound..<upper, last.edits + [edit])
      } else {
        hunks[hunk].changes.append((lines, [edit]))
      }
    }
    return hunks
  }

  private func lines(touchedBy edit: CheckedEdit) -> Range<Int> {
    let first = line(of: edit.bytes.lowerBound)
    let last = line(of: edit.bytes.upperBound)
    let endsAtLine = last > first && starts[last] == edit.bytes.upperBound
    let leavesWholeLines = edit.text.hasSuffix("\n") || (edit.text.isEmpty && starts[first] == edit.bytes.lowerBound)
    return first..<(endsAtLine && leavesWholeLines ? last : last + 1)
  }

  private func line(of offset: Int) -> Int {
    var low = 0
    var high = lineCount
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private mutating func append(_ hunk: Hunk, shift: inout Int) {
    guard let firstChange = hunk.changes.first?.lines, let lastChange = hunk.changes.last?.lines else { return }
    let first = max(0, firstChange.lowerBound - Self.context)
    let last = min(lineCount, lastChange.upperBound + Self.context)
    var body = ""
    var added = 0
    var next = first
    for change in hunk.changes {
      for line in next..<change.lines.lowerBound { body += Self.line(" ", bytes[starts[line]..<starts[line + 1]]) }
      for line in change.lines { body += Self.line("-", bytes[starts[line]..<starts[line + 1]]) }
      let new = Self.split(
        replacing(change.edits, in: starts[change.lines.lowerBound]..<starts[change.lines.upperBound]))
      for line in new { body += Self.line("+", line) }
      added += new.count - change.lines.count
      next = change.lines.upperBound
    }
    for line in next..<last { body += Self.line(" ", bytes[starts[line]..<starts[line + 1]]) }
    let old = last - first
    text += "@@ -\(first + 1),\(old) +\(first + 1 + shift),\(old + added) @@\n" + body
    shift += added
  }

  private func replacing(_ edits: [CheckedEdit], in range: Range<Int>) -> [UInt8] {
    var out: [UInt8] = []
    var position = range.lowerBound
    for edit in edits {
      out += bytes[position..<edit.bytes.lowerBound]
      out += edit.text.utf8
      position = edit.bytes.upperBound
    }
    return out + bytes[position..<range.upperBound]
  }

  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
      lines.append(bytes[start...index])
      start = index + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    return lines
  }

  private static func line(_ mark: String, _ bytes: ArraySlice<UInt8>) -> String {
    let hasEnd = bytes.last == UInt8(ascii: "\n")
    let content = String(decoding: hasEnd ? bytes.dropLast() : bytes, as: UTF8.self)
    return mark + content.printable + (hasEnd ? "\n" : "\n\\ No newline at end of file\n")
  }
}
