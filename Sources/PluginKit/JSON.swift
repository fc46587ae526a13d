/// A small JSON value: a setting, a context member, the members a definition exports.
public enum JSON: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSON])
  /// Of equal keys the last one counts.
  case object([String: JSON])

  /// A string's text; `nil` for anything else.
  public var text: String? { if case .string(let text) = self { text } else { nil } }
  /// A number; `nil` for anything else.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }
  /// A number without fraction that fits; `nil` for anything else.
  public var integer: Int? { number.flatMap { Int(exactly: $0) } }
  /// `true` or `false`; `nil` for anything else.
  public var bool: Bool? { if case .bool(let bool) = self { bool } else { nil } }
  /// The elements; `nil` for anything but an array.
  public var array: [JSON]? { if case .array(let array) = self { array } else { nil } }
  /// The member of an object; `nil` if there is none.
  public subscript(key: String) -> JSON? { if case .object(let members) = self { members[key] } else { nil } }

  /// `nil` if `text` is not JSON, or nested deeper than 32.
  public init?(parsing text: String) {
    var parser = JSONParser(bytes: Array(text.utf8))
    guard let value = parser.document() else { return nil }
    self = value
  }

  /// A JSON string with this text, for use as the value of an edit.
  public static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}

/// Reads JSON of a few hundred bytes. Depth is bounded, so that recursion is.
private struct JSONParser {
  let bytes: [UInt8]
  var offset = 0
  static let maxDepth = 32

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() -> JSON? {
    guard let value = value(depth: 0) else { return nil }
    skipSpace()
    return offset == bytes.count ? value : nil
  }

  private mutating func value(depth: Int) -> JSON? {
    skipSpace()
    guard depth < Self.maxDepth, let byte = peek else { return nil }
    switch byte {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func object(depth: Int) -> JSON? {
    var members: [String: JSON] = [:]
    offset += 1
    skipSpace()
    if take("}") { return .object(members) }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\""), let key = string() else { return nil }
      skipSpace()
      guard take(":"), let value = value(depth: depth + 1) else { return nil }
      members[key] = value
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { return nil }
    }
  }

  private mutating func array(depth: Int) -> JSON? {
    var elements: [JSON] = []
    offset += 1
    skipSpace()
    if take("]") { return .array(elements) }
    while true {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { return nil }
    }
  }

  private mutating func number() -> JSON? {
    let start = offset
    while let byte = peek, "+-.eE0123456789".utf8.contains(byte) { offset += 1 }
    guard offset > start, let number = Double(String(decoding: bytes[start..<offset], as: UTF8.self)), number.isFinite
    else { return nil }
    return .number(number)
  }

  private mutating func string() -> String? {
    offset += 1
    var out: [UInt8] = []
    while let byte = peek {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        out.append(contentsOf: Character(scalar).utf8)
      default: out.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = peek else { return nil }
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"):
      guard let first = hex() else { return nil }
      guard first & 0xFC00 == 0xD800 else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
      guard take("\\u"), let second = hex(), second & 0xFC00 == 0xDC00 else { return "\u{FFFD}" }
      return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF))
    default: return Unicode.Scalar(byte)
    }
  }

  private mutating func hex() -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    defer { offset += 4 }
    return UInt32(String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self), radix: 16)
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }
  private mutating func skipSpace() {
    while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { offset += 1 }
  }
  private mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset + count <= bytes.count else { return false }
    let matches = unsafe bytes[offset..<(offset + count)].elementsEqual(
      UnsafeBufferPointer(start: text.utf8Start, count: count))
    if matches { offset += count }
    return matches
  }
}
