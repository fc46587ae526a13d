import Manifest

/// Lays a file out so that each entry of its lists stands on a line of its own.
///
/// Only space between values changes; numbers, texts and everything else stay byte for byte. Space within a line stays as somebody
/// wrote it, what holds no entries keeps its lines, and lines of a file of lines are never broken.
struct RecordLayout {
  var indent: [UInt8]
  var insertsFinalNewline = false
  var trimsFinalNewlines = false

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  /// The edits, in order, of a text without fault.
  ///
  /// `records` is where entries stand in it, by their beginnings. `nil` if there are more than `limit`. Cost: two walks over the bytes.
  func edits(of bytes: [UInt8], records: [Range<Int>], limit: Int) -> [TextEdit]? {
    let expanded = Self.expanded(bytes, records)
    let newline: [UInt8] = bytes.firstIndex(of: 0x0A).map { $0 > 0 && bytes[$0 - 1] == 0x0D } == true ? [13, 10] : [10]
    var edits: [TextEdit] = []
    /// Whether each container around is laid out over lines.
    var stack: [Bool] = []
    var record = 0
    /// Up to here an entry goes that stands on one line.
    var lineEnd = 0
    var previous: UInt8 = 0
    var gap = 0..<0
    var offset = Self.start(of: bytes)

    func line(_ depth: Int) -> [UInt8] { newline + Array(repeatElement(indent, count: depth).joined()) }
    /// What belongs between the byte before and the one that comes; `nil`: whatever is there.
    func wanted(before next: UInt8) -> [UInt8]? {
      let closes = next == UInt8(ascii: "}") || next == UInt8(ascii: "]")
      let opened = previous == UInt8(ascii: "{") || previous == UInt8(ascii: "[")
      if stack.last == true, gap.lowerBound >= lineEnd {
        if closes { return opened ? [] : line(stack.count - 1) }
        if opened || previous == UInt8(ascii: ",") { return line(stack.count) }
      } else if gap.upperBound > lineEnd {
        return nil
      }
      guard bytes[gap].contains(0x0A) else { return nil }
      if next == UInt8(ascii: ",") || next == UInt8(ascii: ":") || closes || opened { return [] }
      return previous == UInt8(ascii: ",") || previous == UInt8(ascii: ":") ? [0x20] : nil
    }

    while offset < bytes.count {
      let byte = bytes[offset]
      if Self.isSpace(byte) {
        offset += 1
        continue
      }
      gap = gap.upperBound..<offset
      while record < records.count, records[record].lowerBound < offset { record += 1 }
      if previous != 0, let text = wanted(before: byte), !bytes[gap].elementsEqual(text) {
        edits.append(TextEdit(range: gap, replacement: text))
      }
      if record < records.count, records[record].lowerBound == offset, !expanded.contains(offset) {
        lineEnd = max(lineEnd, records[record].upperBound)
      }
      guard edits.count <= limit else { return nil }
      let start = offset
      offset = Self.end(of: start, in: bytes)
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["): stack.append(expanded.contains(start))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = stack.popLast()
      default: break
      }
      previous = byte
      gap = offset..<offset
    }
    finish(bytes, from: gap.upperBound, newline, &edits)
    return edits
  }

  /// Spaces at both ends of the lines of a file of lines.
  func edits(ofLines bytes: [UInt8], limit: Int) -> [TextEdit]? {
    var edits: [TextEdit] = []
    var start = 0
    while start < bytes.count {
      let feed = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      var end = feed
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      let isBlank: (Int) -> Bool = { bytes[$0] == 0x20 || bytes[$0] == 0x09 }
      let head = (start..<end).first { !isBlank($0) } ?? end
      let tail = (head..<end).last { !isBlank($0) }.map { $0 + 1 } ?? head
      if head > start { edits.append(TextEdit(range: start..<head, replacement: [])) }
      if tail < end { edits.append(TextEdit(range: tail..<end, replacement: [])) }
      guard edits.count <= limit else { return nil }
      start = feed + 1
    }
    if insertsFinalNewline, let last = bytes.last, last != 0x0A {
      edits.append(TextEdit(range: bytes.count..<bytes.count, replacement: [0x0A]))
    }
    return edits
  }

  /// An entry by itself, on one line.
  static func line(of bytes: [UInt8]) -> [TextEdit] {
    RecordLayout(indent: []).edits(of: bytes, records: [0..<bytes.count], limit: .max) ?? []
  }

  private func finish(_ bytes: [UInt8], from end: Int, _ newline: [UInt8], _ edits: inout [TextEdit]) {
    guard end > 0 else { return }
    let rest = end..<bytes.count
    let feeds = bytes[rest].count { $0 == 0x0A }
    let isTooMuch = trimsFinalNewlines && (feeds > 1 || (feeds == 0 && !rest.isEmpty))
    let isTooLittle = insertsFinalNewline && feeds == 0
    guard isTooMuch || isTooLittle else { return }
    edits.append(TextEdit(range: rest, replacement: insertsFinalNewline || feeds > 0 ? newline : []))
  }

  /// Behind a byte order mark.
  private static func start(of bytes: [UInt8]) -> Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// Where the token at an offset ends: a text, a mark, or a number or word.
  private static func end(of start: Int, in bytes: [UInt8]) -> Int {
    switch bytes[start] {
    case UInt8(ascii: "\""):
      var offset = start + 1
      while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
        offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
      }
      return min(offset + 1, bytes.count)
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","),
      UInt8(ascii: ":"):
      return start + 1
    default:
      var offset = start + 1
      while offset < bytes.count, !isSpace(bytes[offset]), !",:]}".utf8.contains(bytes[offset]) { offset += 1 }
      return offset
    }
  }

  /// Beginnings of the containers that hold entries, at any depth.
  private static func expanded(_ bytes: [UInt8], _ records: [Range<Int>]) -> Set<Int> {
    var expanded: Set<Int> = []
    var stack: [Int] = []
    var record = 0
    var offset = start(of: bytes)
    while offset < bytes.count, record < records.count {
      let byte = bytes[offset]
      if isSpace(byte) {
        offset += 1
        continue
      }
      while record < records.count, records[record].lowerBound < offset { record += 1 }
      if record < records.count, records[record].lowerBound == offset {
        for start in stack.reversed() where !expanded.insert(start).inserted { break }
      }
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { stack.append(offset) }
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { _ = stack.popLast() }
      offset = end(of: offset, in: bytes)
    }
    return expanded
  }
}
