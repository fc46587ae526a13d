/// What is known about a run of text without reading it; summaries of neighbors add up.
struct TextSummary: Sendable, Hashable {
  var bytes = 0
  /// Code units in UTF-16; each maximal malformed part counts as one U+FFFD.
  var utf16 = 0
  var scalars = 0
  /// Line ends as LSP counts them: `\n`, `\r\n` and `\r`.
  var lineEnds = 0
  /// `\n` alone, which is what ends a line of JSONL.
  var lineFeeds = 0
  var problems = 0
  /// `{` less `}`, outside strings.
  var braces = 0
  /// `[` less `]`, outside strings.
  var brackets = 0
  /// How often reading depended on whether the whole document's brackets balance.
  var balanceUses = 0
  var records = SIMD32<UInt32>()
  /// Bit `t`: a container of records of type `t` opens here.
  var opens: UInt32 = 0
  /// Bit `t`: a container of records of type `t` closes here.
  var closes: UInt32 = 0
  /// Bit `t`: a record of type `t` that began in an earlier leaf ends here.
  var ends: UInt32 = 0
  var firstLabel: UInt64 = 0
  var lastLabel: UInt64 = 0
  var startsWithLineFeed = false
  var endsWithReturn = false

  static func + (a: TextSummary, b: TextSummary) -> TextSummary {
    var sum = a
    sum.append(b)
    return sum
  }

  mutating func append(_ other: TextSummary) {
    guard other.bytes > 0 || other.hasMarks else { return }
    if endsWithReturn && other.startsWithLineFeed { lineEnds -= 1 }
    if bytes == 0 { startsWithLineFeed = other.startsWithLineFeed }
    if other.bytes > 0 { endsWithReturn = other.endsWithReturn }
    bytes += other.bytes
    utf16 += other.utf16
    scalars += other.scalars
    lineEnds += other.lineEnds
    lineFeeds += other.lineFeeds
    problems += other.problems
    braces += other.braces
    brackets += other.brackets
    balanceUses += other.balanceUses
    records &+= other.records
    opens |= other.opens
    closes |= other.closes
    ends |= other.ends
    if firstLabel == 0 { firstLabel = other.firstLabel }
    if other.lastLabel != 0 { lastLabel = other.lastLabel }
  }

  var balance: Balance { Balance(braces: braces, brackets: brackets) }

  /// Each byte is a character, and no line ends here.
  var isPlain: Bool { utf16 == bytes && lineEnds == 0 }

  private var hasMarks: Bool { problems > 0 || lastLabel != 0 || (opens | closes | ends) != 0 }

  func units(_ encoding: PositionEncoding) -> Int {
    switch encoding {
    case .utf8: bytes
    case .utf16: utf16
    case .utf32: scalars
    }
  }

  /// Counts the characters and line ends of a run that begins and ends between characters.
  mutating func count(_ text: Span<UInt8>) {
    bytes = text.count
    let (feeds, returns, isPlain) = Self.countLineEnds(text)
    lineFeeds = feeds
    lineEnds = feeds + returns
    if returns > 0 {
      for index in 1..<max(1, text.count) where text[index] == .lineFeed && text[index - 1] == .carriageReturn {
        lineEnds -= 1
      }
    }
    if text.count > 0 {
      startsWithLineFeed = text[0] == .lineFeed
      endsWithReturn = text[text.count - 1] == .carriageReturn
    }
    if isPlain {
      utf16 = text.count
      scalars = text.count
    } else {
      (utf16, scalars) = UTF8Unit.count(text, in: 0..<text.count)
    }
  }
}

extension TextSummary {
  /// Line feeds, carriage returns, and whether all bytes are ASCII. Cost: a step for 32 bytes, and one for each near a line's end.
  private static func countLineEnds(_ text: Span<UInt8>) -> (feeds: Int, returns: Int, isPlain: Bool) {
    typealias Block = SIMD4<UInt64>
    let ones = Block(repeating: 0x0101_0101_0101_0101)
    let (feed, carriageReturn) = (ones &* UInt64(UInt8.lineFeed), ones &* UInt64(UInt8.carriageReturn))
    var all = Block()
    var high: UInt8 = 0
    var (feeds, returns) = (0, 0)
    func look(_ range: Range<Int>) {
      for index in range {
        let byte = text[index]
        high |= byte
        feeds &+= byte == .lineFeed ? 1 : 0
        returns &+= byte == .carriageReturn ? 1 : 0
      }
    }
    var at = 0
    while at + 32 <= text.count {
      // All 32 bytes are the text's.
      let block = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: Block.self)
      all |= block
      let (a, b) = (block ^ feed, block ^ carriageReturn)
      // Tells of a block whether there is one, not which byte it is.
      let found = ((a &- ones) & ~a | (b &- ones) & ~b) & (ones &* 0x80)
      if found != Block() { look(at..<(at + 32)) }
      at += 32
    }
    look(at..<text.count)
    return (feeds, returns, high < 0x80 && all & (ones &* 0x80) == Block())
  }
}

/// How LSP counts the characters of a line.
package enum PositionEncoding: Sendable, Hashable { case utf8, utf16, utf32 }

/// A zero-based line and a zero-based character in the units of some encoding.
package struct LinePosition: Sendable, Hashable, Comparable {
  package var line: Int
  package var character: Int
  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }
  package static func < (a: LinePosition, b: LinePosition) -> Bool {
    (a.line, a.character) < (b.line, b.character)
  }
}

/// One character of UTF-8, or one maximal malformed part, which counts as one U+FFFD.
struct UTF8Unit {
  var length: Int
  var isValid: Bool
  var scalar: UInt32

  /// The unit that begins at `start`, which must be a valid index.
  init(_ text: Span<UInt8>, at start: Int) {
    let lead = text[start]
    if lead < 0x80 {
      self.init(length: 1, isValid: true, scalar: UInt32(lead))
      return
    }
    let need: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    var scalar: UInt32
    switch lead {
    case 0xC2...0xDF: (need, scalar) = (1, UInt32(lead & 0x1F))
    case 0xE0...0xEF:
      (need, scalar) = (2, UInt32(lead & 0x0F))
      if lead == 0xE0 { low = 0xA0 }
      if lead == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      (need, scalar) = (3, UInt32(lead & 0x07))
      if lead == 0xF0 { low = 0x90 }
      if lead == 0xF4 { high = 0x8F }
    default:
      self.init(length: 1, isValid: false, scalar: 0xFFFD)
      return
    }
    var length = 1
    while length <= need {
      guard start + length < text.count, case low...high = text[start + length] else {
        self.init(length: length, isValid: false, scalar: 0xFFFD)
        return
      }
      scalar = scalar << 6 | UInt32(text[start + length] & 0x3F)
      low = 0x80
      high = 0xBF
      length += 1
    }
    self.init(length: length, isValid: true, scalar: scalar)
  }

  private init(length: Int, isValid: Bool, scalar: UInt32) {
    self.length = length
    self.isValid = isValid
    self.scalar = scalar
  }

  /// Code units in `encoding`; a malformed part keeps its bytes in UTF-8.
  func units(_ encoding: PositionEncoding) -> Int {
    switch encoding {
    case .utf8: length
    case .utf16: scalar > 0xFFFF ? 2 : 1
    case .utf32: 1
    }
  }

  static func count(_ text: Span<UInt8>, in range: Range<Int>) -> (utf16: Int, scalars: Int) {
    var utf16 = 0
    var scalars = 0
    var index = range.lowerBound
    while index < range.upperBound {
      if index + 8 <= range.upperBound {
        // All eight are the text's. Those before the first that is not ASCII.
        let word = unsafe text.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
        let plain = (word & 0x8080_8080_8080_8080).trailingZeroBitCount / 8
        utf16 += plain
        scalars += plain
        index += plain
        if plain == 8 { continue }
      }
      let lead = text[index]
      if lead < 0x80 {
        utf16 += 1
        scalars += 1
        index += 1
        continue
      }
      // Most letters of two bytes and more: no surrogate, and nothing that could be written shorter.
      let length = lead >= 0xC2 && lead < 0xE0 ? 2 : lead > 0xE0 && lead < 0xED ? 3 : 0
      if length > 0, index + length <= range.upperBound, text[index + 1] & 0xC0 == 0x80,
        length == 2 || text[index + 2] & 0xC0 == 0x80
      {
        utf16 += 1
        scalars += 1
        index += length
        continue
      }
      let unit = UTF8Unit(text, at: index)
      if index + unit.length > range.upperBound { break }
      utf16 += unit.units(.utf16)
      scalars += 1
      index += unit.length
    }
    return (utf16, scalars)
  }
}

extension UInt8 {
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let tab: UInt8 = 0x09
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")
  static let apostrophe = UInt8(ascii: "'")
  static let colon = UInt8(ascii: ":")
  static let slash = UInt8(ascii: "/")
  static let star = UInt8(ascii: "*")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")

  var isJSONSpace: Bool { self == .space || self == .lineFeed || self == .carriageReturn || self == .tab }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
  var isOpener: Bool { self == .openBrace || self == .openBracket }
  var isCloser: Bool { self == .closeBrace || self == .closeBracket }
  var hexValue: UInt32? {
    switch self {
    case 0x30...0x39: UInt32(self - 0x30)
    case 0x41...0x46: UInt32(self - 0x41 + 10)
    case 0x61...0x66: UInt32(self - 0x61 + 10)
    default: nil
    }
  }
}
