import PluginKit

/// What rules ask of texts.
package enum Text {
  static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy(isBlank) }

  /// The same of a string's text; `nil` for anything else. Cost: as far as the first letter.
  static func isBlank(_ value: Value) -> Bool? {
    value.withText { text in
      for index in text.indices where !isBlank(text[index]) { return false }
      return true
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  /// Whether any of these bytes is in a value's text. Cost: a step for 32 bytes.
  static func holds(_ value: Value, _ first: UInt8, _ second: UInt8? = nil) -> Bool {
    value.withText { holds($0, first, second ?? first) } ?? false
  }

  /// Whether a text of the record holds what tokens, tags and boxes begin with, worked out once for all rules that look for those.
  static func mayHoldTokens(_ record: Record) -> Bool {
    record.once("tokens", of: record.root, reading: [.text]) {
      record.each(.text).contains { holds($0.value, UInt8(ascii: "<"), UInt8(ascii: "[")) }
    }
  }

  private static func holds(_ text: Span<UInt8>, _ first: UInt8, _ second: UInt8) -> Bool {
    typealias Block = SIMD4<UInt64>
    let ones = Block(repeating: 0x0101_0101_0101_0101)
    let (firsts, seconds) = (ones &* UInt64(first), ones &* UInt64(second))
    var found = Block()
    var at = 0
    while at + 32 <= text.count {
      // All 32 bytes are the text's.
      let block = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: Block.self)
      // What equals is zero now, and only below or above a zero does taking one off set a highest bit that was not set.
      let (a, b) = (block ^ firsts, block ^ seconds)
      found |= (a &- ones) & ~a | (b &- ones) & ~b
      at += 32
    }
    if found & (ones &* 0x80) != Block() { return true }
    while at < text.count {
      if text[at] == first || text[at] == second { return true }
      at += 1
    }
    return false
  }

  /// Where part of a string's text is written, escapes and all. The range is in bytes of the text.
  static func place(of range: Range<Int>, in value: Value) -> Place {
    let source = value.withBytes { bytes in
      var reader = EscapeReader()
      let start = reader.source(of: range.lowerBound, in: bytes)
      return start..<reader.source(of: range.upperBound, in: bytes)
    }
    return value.place.part(offset: source.lowerBound, count: source.count)
  }

  /// Walks a JSON string, counting the bytes its text has.
  private struct EscapeReader {
    /// In the string as written; past the opening quote.
    var at = 1
    /// In its text.
    var offset = 0

    /// Where the byte of the text at `target` is written. Targets must not descend.
    mutating func source(of target: Int, in bytes: Span<UInt8>) -> Int {
      while offset < target, at < bytes.count {
        guard bytes[at] == UInt8(ascii: "\\") else {
          at += 1
          offset += 1
          continue
        }
        guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u"), let unit = hex(at + 2, bytes) else {
          at += 2
          offset += 1
          continue
        }
        let isPair =
          unit & 0xFC00 == 0xD800 && at + 11 < bytes.count && bytes[at + 6] == UInt8(ascii: "\\")
          && bytes[at + 7] == UInt8(ascii: "u") && (hex(at + 8, bytes) ?? 0) & 0xFC00 == 0xDC00
        at += isPair ? 12 : 6
        offset += isPair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3
      }
      return min(at, bytes.count)
    }

    private func hex(_ start: Int, _ bytes: Span<UInt8>) -> UInt32? {
      guard start + 4 <= bytes.count else { return nil }
      var value: UInt32 = 0
      for index in start..<(start + 4) {
        let byte = bytes[index]
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
        default: return nil
        }
      }
      return value
    }
  }
}
