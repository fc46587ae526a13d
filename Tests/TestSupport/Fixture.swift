/// Text with marks: `⟪…⟫` around a range, `▮` at a cursor, `//- name` before each of several files.
package struct Fixture: Sendable {
  package struct File: Sendable {
    package var name: String
    package var bytes: [UInt8]
    package var ranges: [Range<Int>]
    package var cursors: [Int]
  }

  package var files: [File]
  /// The first file, for fixtures that have only one.
  package var file: File { files[0] }

  package init(_ text: String, name: String = "test.json") {
    var files: [File] = []
    var lines: [Substring] = []
    var current = name
    func flush() {
      if files.isEmpty && lines.isEmpty && current != name { return }
      files.append(Self.parse(lines.joined(separator: "\n"), name: current))
      lines = []
    }
    var sawHeader = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("//- ") else {
        lines.append(line)
        continue
      }
      if sawHeader || lines.contains(where: { !$0.isEmpty }) { flush() }
      lines = []
      sawHeader = true
      current = String(line.dropFirst(4))
    }
    flush()
    self.files = files
  }

  private static func parse(_ text: String, name: String) -> File {
    var file = File(name: name, bytes: [], ranges: [], cursors: [])
    var open: [Int] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "⟪": open.append(file.bytes.count)
      case "⟫":
        if let start = open.popLast() { file.ranges.append(start..<file.bytes.count) }
      case "▮": file.cursors.append(file.bytes.count)
      default: file.bytes.append(contentsOf: String(scalar).utf8)
      }
    }
    file.ranges.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    return file
  }
}
