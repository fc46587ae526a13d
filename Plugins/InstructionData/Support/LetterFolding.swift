/// Letters beyond ASCII in lower case, without asking Unicode's tables for each: the letters of most texts are worked out once.
enum LetterFolding {
  enum Folded {
    /// White space.
    case space
    /// So many bytes, the first one lowest.
    case bytes(UInt32, count: Int)
    /// To be asked of Unicode.
    case unknown
  }

  /// Latin with its marks, Greek, Cyrillic, Armenian and Hebrew.
  private static let low: [UInt32] = (0..<0x600).map { entry(of: $0) }
  private static let highStart: UInt32 = 0x1E00
  /// The letters of Vietnamese, old Greek, and common punctuation.
  private static let high: [UInt32] = (highStart..<0x2080).map { entry(of: $0) }
  /// Entries that are no letter.
  private static let isUnknown: UInt32 = 0
  private static let isSpace: UInt32 = 1

  /// How a letter is folded, written in `count` bytes that begin with the lowest of `bytes`. Cost: a look into a table.
  static func folded(_ scalar: UInt32, written bytes: UInt32, count: Int) -> Folded {
    let entry: UInt32
    if scalar < 0x600 {
      entry = low[Int(scalar)]
    } else if scalar >= highStart, scalar < 0x2080 {
      entry = high[Int(scalar - highStart)]
    } else {
      return hasNoCase(scalar) ? .bytes(bytes, count: count) : .unknown
    }
    switch entry {
    case isUnknown: return .unknown
    case isSpace: return .space
    default: return .bytes(entry & 0xFF_FFFF, count: Int(entry >> 24))
    }
  }

  /// Scripts from Arabic to Burmese; kana, Chinese characters; Korean syllables: neither have they capitals nor is white space among them.
  private static func hasNoCase(_ scalar: UInt32) -> Bool {
    scalar >= 0x600 && scalar < 0x10A0 || scalar >= 0x3041 && scalar < 0xA000 || scalar >= 0xAC00 && scalar < 0xD7A4
  }

  /// At most three bytes of UTF-8, and how many in the highest byte.
  private static func entry(of number: UInt32) -> UInt32 {
    guard let scalar = Unicode.Scalar(number) else { return isUnknown }
    if scalar.properties.isWhitespace { return isSpace }
    let bytes = Array(scalar.properties.lowercaseMapping.utf8)
    guard bytes.count <= 3 else { return isUnknown }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) } | UInt32(bytes.count) << 24
  }
}
