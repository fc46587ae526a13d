import PluginKit

/// What rules ask of texts.
enum Text {
  static func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  /// In lower case, with one space for all white space between words and none around them.
  static func folded(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var isBetween = false
    var scalars = 0..<0
    for (offset, byte) in bytes.enumerated() where offset >= scalars.upperBound {
      if byte <= 0x20 {
        isBetween = true
      } else if byte < 0x80 {
        if isBetween, !out.isEmpty { out.append(0x20) }
        isBetween = false
        out.append(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
      } else {
        // A run of other scripts' letters, decoded together.
        let end = bytes[offset...].firstIndex { $0 < 0x80 } ?? bytes.count
        scalars = offset..<end
        fold(bytes[scalars], into: &out, &isBetween)
      }
    }
    return out
  }

  private static func fold(_ run: ArraySlice<UInt8>, into out: inout [UInt8], _ isBetween: inout Bool) {
    for scalar in String(decoding: run, as: UTF8.self).unicodeScalars {
      if scalar.properties.isWhitespace {
        isBetween = true
        continue
      }
      if isBetween, !out.isEmpty { out.append(0x20) }
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
