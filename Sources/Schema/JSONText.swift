/// Reads the content of JSON strings without making `String`s.
enum JSONText {
  /// The bytes between the quotes of a string token; from its start or up to its end where a quote is missing.
  static func content(of token: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
    guard !token.isEmpty else { return token }
    let quote = UInt8(ascii: "\"")
    let start = bytes[token.lowerBound] == quote ? token.lowerBound + 1 : token.lowerBound
    var end = token.upperBound
    if start < end, bytes[end - 1] == quote {
      // Behind an odd number of backslashes the last quote is part of the text.
      var slashes = end - 1
      while slashes > start, bytes[slashes - 1] == UInt8(ascii: "\\") { slashes -= 1 }
      if (end - 1 - slashes) % 2 == 0 { end -= 1 }
    }
    return start..<end
  }

  /// Appends what the content means, as UTF-8. Lone surrogates become U+FFFD; a broken escape stands for its own characters.
  static func unescape(_ content: Range<Int>, in bytes: Span<UInt8>, into out: inout [UInt8]) {
    var at = content.lowerBound
    let end = content.upperBound
    while at < end {
      let byte = bytes[at]
      guard byte == UInt8(ascii: "\\"), at + 1 < end else {
        out.append(byte)
        at += 1
        continue
      }
      at += 2
      switch bytes[at - 1] {
      case UInt8(ascii: "n"): out.append(10)
      case UInt8(ascii: "t"): out.append(9)
      case UInt8(ascii: "r"): out.append(13)
      case UInt8(ascii: "b"): out.append(8)
      case UInt8(ascii: "f"): out.append(12)
      case UInt8(ascii: "u"):
        guard let unit = hex4(at, end, bytes) else {
          out.append(UInt8(ascii: "u"))
          continue
        }
        at += 4
        var scalar = unit
        if unit & 0xFC00 == 0xD800 {
          let isPair = at + 5 < end && bytes[at] == UInt8(ascii: "\\") && bytes[at + 1] == UInt8(ascii: "u")
          if isPair, let low = hex4(at + 2, end, bytes), low & 0xFC00 == 0xDC00 {
            scalar = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF)
            at += 6
          }
        }
        out.append(contentsOf: Unicode.UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}")!)
      default: out.append(bytes[at - 1])
      }
    }
  }

  /// How many code points the content means. `isEscaped` says whether it holds a backslash.
  static func length(_ content: Range<Int>, in bytes: Span<UInt8>, isEscaped: Bool) -> Int {
    if isEscaped {
      var plain: [UInt8] = []
      unescape(content, in: bytes, into: &plain)
      return plain.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
    var count = 0
    for at in content where bytes[at] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// `text` as a JSON string with its quotes.
  static func quoted(_ text: some Sequence<UInt8>) -> [UInt8] {
    var out = [UInt8(ascii: "\"")]
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
      case 10: out += Array("\\n".utf8)
      case 13: out += Array("\\r".utf8)
      case 9: out += Array("\\t".utf8)
      case 0..<32:
        let digits = String(byte, radix: 16)
        out += Array(("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
    return out
  }

  private static func hex4(_ at: Int, _ end: Int, _ bytes: Span<UInt8>) -> UInt32? {
    guard at + 4 <= end else { return nil }
    var value: UInt32 = 0
    for index in at..<(at + 4) {
      guard let digit = hexDigit(bytes[index]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
