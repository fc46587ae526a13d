/// The text of JSON strings: what stands between the quotes, and what it means.
package enum JSONString {
  /// Unescapes; lone surrogates and malformed UTF-8 become U+FFFD, unknown escapes their own character.
  static func decode(_ raw: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count { append(raw, &index, to: &out) }
    return out
  }

  /// The part of a key as it is written that is its text: without its quotes, of which one may be missing.
  static func keyText(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int> {
    let isSingle = end - start > 1 && text[start] == .apostrophe && text[end - 1] == .apostrophe
    let quote: UInt8 = isSingle ? .apostrophe : .quote
    let from = start < end && text[start] == quote ? start + 1 : start
    let to = end > from && text[end - 1] == quote ? end - 1 : end
    return from..<max(from, to)
  }

  /// Compares code points after unescaping, with or without stray quotes. Cost: one pass, no allocation unless there is an escape.
  static func equals(_ raw: Span<UInt8>, _ text: [UInt8]) -> Bool {
    var plain = true
    for index in raw.indices where raw[index] == .backslash || raw[index] == .quote || raw[index] >= 0x80 {
      plain = false
      break
    }
    guard plain else { return decode(raw) == text || decodeName(raw) == text }
    guard raw.count == text.count else { return false }
    for index in raw.indices where raw[index] != text[index] { return false }
    return true
  }

  /// A hash of the decoded text without stray quotes, so that `"\u0061"` and `"a"` agree.
  static func hash(_ raw: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in raw.indices {
      let byte = raw[index]
      if byte == .backslash || byte == .quote || byte >= 0x80 { return JSONString.hash(decoded: decodeName(raw)) }
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return hash
  }

  /// A key that somebody put a quote into is still that key.
  static func decodeName(_ raw: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
      if raw[index] == .quote { index += 1 } else { append(raw, &index, to: &out) }
    }
    return out
  }

  static func hash(decoded text: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  private static func append(_ raw: Span<UInt8>, _ index: inout Int, to out: inout [UInt8]) {
    let byte = raw[index]
    if byte >= 0x80 {
      let unit = UTF8Unit(raw, at: index)
      if unit.isValid {
        for offset in 0..<unit.length { out.append(raw[index + offset]) }
      } else {
        append(0xFFFD, to: &out)
      }
      index += unit.length
      return
    }
    guard byte == .backslash, index + 1 < raw.count else {
      out.append(byte)
      index += 1
      return
    }
    let letter = raw[index + 1]
    switch letter {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "u"):
      let escape = UnicodeEscape(raw, at: index)
      append(escape.scalar, to: &out)
      index += escape.length
      return
    default:
      // The backslash falls away; the character itself is read next.
      index += 1
      if letter < 0x80 {
        out.append(letter)
        index += 1
      }
      return
    }
    index += 2
  }

  private static func append(_ value: UInt32, to out: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// The JSON string, with quotes, that means `text`.
  package static func encode(_ text: some Sequence<UInt8>) -> [UInt8] {
    var out: [UInt8] = [.quote]
    for byte in text {
      switch byte {
      case .quote, .backslash: out += [.backslash, byte]
      case 0x0A: out += [.backslash, UInt8(ascii: "n")]
      case 0x0D: out += [.backslash, UInt8(ascii: "r")]
      case 0x09: out += [.backslash, UInt8(ascii: "t")]
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        out += [.backslash, UInt8(ascii: "u"), 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: out.append(byte)
      }
    }
    out.append(.quote)
    return out
  }
}

/// `\u0041`, or a pair of surrogates.
struct UnicodeEscape {
  var length: Int
  var scalar: UInt32
  enum Fault { case none, malformed, loneSurrogate }
  var fault: Fault

  /// `start` is the backslash, and a `u` follows it.
  init(_ text: Span<UInt8>, at start: Int) {
    guard let first = UnicodeEscape.hex(text, at: start + 2) else {
      var length = 2
      while length < 6, start + length < text.count, text[start + length].hexValue != nil { length += 1 }
      (self.length, scalar, fault) = (length, 0xFFFD, .malformed)
      return
    }
    (length, scalar, fault) = (6, first, .none)
    guard (0xD800...0xDFFF).contains(first) else { return }
    if first < 0xDC00, start + 7 < text.count, text[start + 6] == .backslash, text[start + 7] == UInt8(ascii: "u"),
      let second = UnicodeEscape.hex(text, at: start + 8), (0xDC00...0xDFFF).contains(second)
    {
      (length, scalar) = (12, 0x10000 + ((first - 0xD800) << 10 | (second - 0xDC00)))
    } else {
      (scalar, fault) = (0xFFFD, .loneSurrogate)
    }
  }

  private static func hex(_ text: Span<UInt8>, at start: Int) -> UInt32? {
    guard start + 4 <= text.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      guard let digit = text[index].hexValue else { return nil }
      value = value << 4 | digit
    }
    return value
  }
}
