import Manifest

/// The text that a JSON string means, and where each of its bytes is written.
struct EmbeddedText {
  let bytes: [UInt8]
  /// For each byte, and for the end, where in the record's own text it is written; an escape is one place.
  private let sources: [UInt32]

  /// `nil` if the node is no string, or its text is longer than `limit` bytes.
  init?(_ node: Int, of tree: RecordTree, limit: Int) {
    guard tree.nodes[node].kind == .string else { return nil }
    let content = JSONText.content(of: tree.nodes[node].range, in: tree.bytes.span)
    guard content.count <= limit else { return nil }
    var bytes: [UInt8] = []
    var sources: [UInt32] = []
    bytes.reserveCapacity(content.count)
    sources.reserveCapacity(content.count + 1)
    var at = content.lowerBound
    while at < content.upperBound {
      let next = Self.end(ofUnitAt: at, upTo: content.upperBound, in: tree.bytes)
      JSONText.unescape(at..<next, in: tree.bytes.span, into: &bytes)
      while sources.count < bytes.count { sources.append(UInt32(clamping: at)) }
      at = next
    }
    sources.append(UInt32(clamping: content.upperBound))
    self.bytes = bytes
    self.sources = sources
  }

  /// Past the byte or escape that begins there. Two escapes that make one character are one.
  private static func end(ofUnitAt at: Int, upTo end: Int, in bytes: [UInt8]) -> Int {
    guard bytes[at] == UInt8(ascii: "\\"), at + 1 < end else { return at + 1 }
    guard bytes[at + 1] == UInt8(ascii: "u") else { return at + 2 }
    let first = unit(at, end, bytes)
    guard let first else { return at + 2 }
    let isPair = first & 0xFC00 == 0xD800 && (unit(at + 6, end, bytes) ?? 0) & 0xFC00 == 0xDC00
    return isPair ? at + 12 : at + 6
  }

  private static func unit(_ at: Int, _ end: Int, _ bytes: [UInt8]) -> UInt32? {
    guard at + 6 <= end, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else { return nil }
    var value: UInt32 = 0
    for byte in bytes[(at + 2)..<(at + 6)] {
      guard let digit = JSONText.hexDigit(byte) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  /// Where a range of the text is written in the record's own text.
  func source(of range: Range<Int>) -> Range<Int> {
    let last = sources.count - 1
    let start = Int(sources[min(max(0, range.lowerBound), last)])
    return start..<max(start, Int(sources[min(max(0, range.upperBound), last)]))
  }

  /// The text as it must be written inside the string.
  static func written(_ text: [UInt8]) -> [UInt8] { Array(JSONText.quoted(text).dropFirst().dropLast()) }
}
