/// A value that writes its own JSON, because it is sent often and large: many times as fast as through json-c.
///
/// Where it is `Encodable` too, both must describe the same; a test compares them.
package protocol JSONWritable {
  func write(to writer: inout JSONWriter) throws(JSONCodecError)
}

/// Writes JSON text front to back; commas come by themselves.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false
  private var depth = 0
  private let limits: JSONCodec.Limits

  package init(limits: JSONCodec.Limits = .init()) { self.limits = limits }

  package mutating func object(_ members: (inout JSONWriter) throws(JSONCodecError) -> Void) throws(JSONCodecError) {
    try nest(UInt8(ascii: "{"), UInt8(ascii: "}"), members)
  }

  package mutating func array(_ elements: (inout JSONWriter) throws(JSONCodecError) -> Void) throws(JSONCodecError) {
    try nest(UInt8(ascii: "["), UInt8(ascii: "]"), elements)
  }

  private mutating func nest(
    _ opener: UInt8, _ closer: UInt8, _ content: (inout JSONWriter) throws(JSONCodecError) -> Void
  ) throws(JSONCodecError) {
    guard depth < limits.depth else { throw JSONCodecError(.tooDeep, "Nested deeper than \(limits.depth)") }
    separate()
    bytes.append(opener)
    needsComma = false
    depth += 1
    try content(&self)
    depth -= 1
    bytes.append(closer)
    needsComma = true
  }

  /// Comes before the member's value. The name needs no escapes.
  package mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// The same of a name that may be anything.
  mutating func key(text: String) {
    string(text)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func integer(_ value: Int) {
    separate()
    var rest = value.magnitude
    var digits: [20 of UInt8] = .init(repeating: 0)
    var start = 20
    repeat {
      start -= 1
      digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    for index in start..<20 { bytes.append(digits[index]) }
    needsComma = true
  }

  package mutating func null() { word("null") }
  package mutating func bool(_ value: Bool) { word(value ? "true" : "false") }

  private mutating func word(_ word: StaticString) {
    separate()
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    needsComma = true
  }

  package mutating func string(_ value: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    var value = value
    value.withUTF8 { text in
      var start = 0
      for index in 0..<text.count {
        let byte = unsafe text[index]
        guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
        unsafe bytes.append(contentsOf: text[start..<index])
        escape(byte)
        start = index + 1
      }
      unsafe bytes.append(contentsOf: text[start...])
    }
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Any value: itself where it can, otherwise through json-c.
  package mutating func value(_ value: some Encodable) throws(JSONCodecError) {
    if let value = value as? any JSONWritable { return try value.write(to: &self) }
    try tree(value)
  }

  /// A value through json-c.
  mutating func tree(_ value: some Encodable) throws(JSONCodecError) {
    let text = try JSONCodec.encodeTree(value)
    separate()
    bytes.append(contentsOf: text)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func escape(_ byte: UInt8) {
    let hex = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x22, 0x5C: bytes.append(byte)
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(hex[Int(byte >> 4)])
      bytes.append(hex[Int(byte & 15)])
    }
  }
}
