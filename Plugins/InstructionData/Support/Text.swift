import PluginKit

/// What rules ask of texts.
enum Text {
  static func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  /// In lower case, with one space for all white space between words and none around them.
  static func folded(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    fold(text, into: &out)
    return out
  }

  /// The same of a string's text; `nil` for anything else.
  static func folded(_ value: Value) -> [UInt8]? {
    value.withText { text in
      var out: [UInt8] = []
      fold(text, into: &out)
      return out
    }
  }

  /// Adds a text in lower case, with one space for all white space between words and none around them. Cost: one step a byte.
  static func fold(_ text: String, into out: inout [UInt8]) {
    var text = text
    text.makeContiguousUTF8()
    fold(text.utf8.span, into: &out)
  }

  /// The same of a text's bytes.
  static func fold(_ text: Span<UInt8>, into out: inout [UInt8]) {
    let start = out.count
    var isBetween = false
    var index = 0
    while index < text.count {
      index = foldPlain(text, from: index, into: &out, start, &isBetween)
      guard index < text.count else { break }
      // A run of other scripts' letters, decoded together.
      var run: [UInt8] = []
      while index < text.count, text[index] >= 0x80 {
        run.append(text[index])
        index += 1
      }
      fold(run, into: &out, start, &isBetween)
    }
  }

  /// Folds up to where ASCII ends; gives that place.
  private static func foldPlain(
    _ text: Span<UInt8>, from first: Int, into out: inout [UInt8], _ start: Int, _ isBetween: inout Bool
  ) -> Int {
    var end = first
    while end < text.count, text[end] < 0x80 { end += 1 }
    var count = out.count
    // Room for the most there can be: each byte, and a space before the first.
    out.append(contentsOf: repeatElement(0, count: end - first + 1))
    var span = out.mutableSpan
    for index in first..<end {
      let byte = text[index]
      if byte <= 0x20 {
        isBetween = true
        continue
      }
      if isBetween, count > start {
        span[count] = 0x20
        count += 1
      }
      isBetween = false
      span[count] = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
      count += 1
    }
    out.removeLast(out.count - count)
    return end
  }

  /// Whether any of these bytes is in a value's text. Cost: one step a byte.
  static func holds(_ value: Value, _ first: UInt8, _ second: UInt8? = nil) -> Bool {
    value.withText { text in
      let second = second ?? first
      for index in text.indices where text[index] == first || text[index] == second { return true }
      return false
    } ?? false
  }

  private static func fold(_ run: [UInt8], into out: inout [UInt8], _ start: Int, _ isBetween: inout Bool) {
    for scalar in String(decoding: run, as: UTF8.self).unicodeScalars {
      if scalar.properties.isWhitespace {
        isBetween = true
        continue
      }
      if isBetween, out.count > start { out.append(0x20) }
      isBetween = false
      if scalar.properties.changesWhenLowercased {
        out.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
      } else {
        out.append(contentsOf: String(scalar).utf8)
      }
    }
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
