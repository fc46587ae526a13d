/// Writes JSON straight to bytes, two spaces a level or all on one line, members in the order they are given.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var needsComma = false
  /// Everything on one line.
  private let isCompact: Bool

  package init(isCompact: Bool = false) { self.isCompact = isCompact }

  package mutating func object(_ content: (inout JSONWriter) -> Void) {
    nest(UInt8(ascii: "{"), UInt8(ascii: "}"), content)
  }

  package mutating func array<Element>(
    _ elements: some Sequence<Element>, _ content: (inout JSONWriter, Element) -> Void
  ) {
    nest(UInt8(ascii: "["), UInt8(ascii: "]")) { writer in
      for element in elements {
        writer.beginItem()
        content(&writer, element)
        writer.needsComma = true
      }
    }
  }

  package mutating func member(_ key: String, _ value: (inout JSONWriter) -> Void) {
    beginItem()
    string(key)
    bytes += ": ".utf8
    value(&self)
    needsComma = true
  }

  package mutating func member(_ key: String, _ value: String?) {
    member(key) { writer in
      if let value { writer.string(value) } else { writer.bytes += "null".utf8 }
    }
  }

  package mutating func member(_ key: String, _ value: Int) {
    member(key) { $0.bytes += String(value).utf8 }
  }

  package mutating func member(_ key: String, _ value: Bool) {
    member(key) { $0.bytes += (value ? "true" : "false").utf8 }
  }

  package mutating func member(_ key: String, _ values: [String]) {
    member(key) { $0.array(values) { $0.string($1) } }
  }

  /// Something already in JSON, on one line.
  package mutating func bytes(of text: String) { bytes += text.utf8 }

  /// On one line: for pairs of numbers.
  package mutating func pair(_ first: Int, _ second: Int) {
    bytes += "[\(first), \(second)]".utf8
  }

  package mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case UInt8(ascii: "\n"): bytes += #"\n"#.utf8
      case UInt8(ascii: "\r"): bytes += #"\r"#.utf8
      case UInt8(ascii: "\t"): bytes += #"\t"#.utf8
      case 0..<0x20, 0x7F:
        let digits = Array("0123456789abcdef".utf8)
        bytes += #"\u00"#.utf8
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// What follows is a JSON text of its own.
  package mutating func beginText() { needsComma = false }

  package mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }

  /// The bytes so far; they are forgotten here, so that a long report need not be held whole.
  package mutating func takeBytes() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func nest(_ opener: UInt8, _ closer: UInt8, _ content: (inout JSONWriter) -> Void) {
    bytes.append(opener)
    depth += 1
    needsComma = false
    content(&self)
    depth -= 1
    let isEmpty = !needsComma
    if !isEmpty { breakLine() }
    bytes.append(closer)
    needsComma = true
  }

  private mutating func beginItem() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    breakLine()
    needsComma = false
  }

  private mutating func breakLine() {
    if isCompact {
      if bytes.last == UInt8(ascii: ",") { bytes.append(UInt8(ascii: " ")) }
      return
    }
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: depth * 2)
  }
}
