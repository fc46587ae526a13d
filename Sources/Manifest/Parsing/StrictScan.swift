/// What a strict scan meets, in order of place. Answers `false` to have the scan give up.
protocol StrictVisitor {
  mutating func begin(_ kind: Node.Kind, at start: Int) -> Bool
  /// `end` is behind the closer.
  mutating func end(_ end: Int)
  mutating func key(_ start: Int, _ end: Int, isEscaped: Bool, in text: Span<UInt8>) -> Bool
  mutating func scalar(_ kind: Node.Kind, _ start: Int, _ end: Int, isEscaped: Bool)
}

/// Reads one JSON value without fault, several times as fast as the parser reads any text.
///
/// It gives up at the first byte of which the parser would have something to say, and at rare things that are right (deep nesting).
/// What it does accept, the parser reads in the same way; a test holds the two together.
struct StrictScan {
  /// In a line of JSONL, where a line feed ends it.
  let isLine: Bool
  /// One bit a level decides which closer is due.
  static let maxDepth = 60

  private enum Due { case value, key, separator }

  /// Behind the value that begins at `start`; `nil` if it is not read here. Looks at nothing from `limit` on.
  func end<Visitor: StrictVisitor>(
    of text: Span<UInt8>, from start: Int, before limit: Int, _ visitor: inout Visitor
  ) -> Int? {
    let limit = min(limit, text.count)
    var at = start
    var due = Due.value
    var objects: UInt64 = 0
    var depth = 0
    while at < limit {
      let byte = text[at]
      if byte <= .space {
        guard isSpace(byte) else { return nil }
        at += 1
        continue
      }
      switch due {
      case .value:
        switch byte {
        case .quote:
          guard let (end, isEscaped) = string(text, at, limit) else { return nil }
          visitor.scalar(.string, at, end, isEscaped: isEscaped)
          (at, due) = (end, .separator)
        case .openBrace, .openBracket:
          let isObject = byte == .openBrace
          guard depth < Self.maxDepth, visitor.begin(isObject ? .object : .array, at: at) else { return nil }
          objects = objects << 1 | (isObject ? 1 : 0)
          depth += 1
          at += 1
          while at < limit, isSpace(text[at]) { at += 1 }
          guard at < limit else { return nil }
          if text[at] == (isObject ? .closeBrace : .closeBracket) {
            due = .separator
          } else {
            due = isObject ? .key : .value
          }
          continue
        default:
          guard let (end, kind) = word(text, at, limit) else { return nil }
          visitor.scalar(kind, at, end, isEscaped: false)
          (at, due) = (end, .separator)
        }
        if depth == 0 { return at }
      case .key:
        guard byte == .quote, let (end, isEscaped) = string(text, at, limit),
          visitor.key(at, end, isEscaped: isEscaped, in: text)
        else { return nil }
        at = end
        while at < limit, isSpace(text[at]) { at += 1 }
        guard at < limit, text[at] == .colon else { return nil }
        at += 1
        due = .value
      case .separator:
        let isObject = objects & 1 == 1
        if byte == .comma {
          due = isObject ? .key : .value
          at += 1
        } else if byte == (isObject ? .closeBrace : .closeBracket) {
          at += 1
          visitor.end(at)
          objects >>= 1
          depth -= 1
          if depth == 0 { return at }
        } else {
          return nil
        }
      }
    }
    return nil
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == .space || byte == .tab || byte == .carriageReturn || (byte == .lineFeed && !isLine)
  }

  /// Behind the string's last quote.
  private func string(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> (end: Int, isEscaped: Bool)? {
    var at = start + 1
    var isEscaped = false
    while at < limit {
      at = text.plainEnd(from: at, before: limit)
      guard at < limit else { return nil }
      switch text[at] {
      case .quote: return (at + 1, isEscaped)
      case .backslash:
        guard let length = escape(text, at, limit) else { return nil }
        isEscaped = true
        at += length
      case 0..<0x20: return nil
      default:
        let unit = UTF8Unit(text, at: at)
        guard unit.isValid else { return nil }
        at += unit.length
      }
    }
    return nil
  }

  private func escape(_ text: Span<UInt8>, _ at: Int, _ limit: Int) -> Int? {
    guard at + 1 < limit else { return nil }
    switch text[at + 1] {
    case .quote, .backslash, .slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
      UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      let escape = UnicodeEscape(text, at: at)
      return escape.fault == .none ? escape.length : nil
    default: return nil
    }
  }

  /// A number or a literal.
  private func word(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> (end: Int, kind: Node.Kind)? {
    switch text[start] {
    case UInt8(ascii: "t"): literal(text, start, limit, 0x7472_7565, 4).map { ($0, .true) }
    case UInt8(ascii: "n"): literal(text, start, limit, 0x6E75_6C6C, 4).map { ($0, .null) }
    case UInt8(ascii: "f"): literal(text, start, limit, 0x66_616C_7365, 5).map { ($0, .false) }
    default: number(text, start, limit).map { ($0, .number) }
    }
  }

  private func literal(_ text: Span<UInt8>, _ start: Int, _ limit: Int, _ wanted: UInt64, _ length: Int) -> Int? {
    guard start + length <= limit else { return nil }
    var letters: UInt64 = 0
    for index in start..<start + length { letters = letters << 8 | UInt64(text[index]) }
    return letters == wanted ? start + length : nil
  }

  private func number(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    var at = start
    if text[at] == UInt8(ascii: "-") { at += 1 }
    guard at < limit, text[at].isDigit else { return nil }
    if text[at] == UInt8(ascii: "0") { at += 1 } else { skipDigits(text, &at, limit) }
    if at < limit, text[at] == UInt8(ascii: ".") {
      at += 1
      guard at < limit, text[at].isDigit else { return nil }
      skipDigits(text, &at, limit)
    }
    if at < limit, text[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < limit, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") { at += 1 }
      guard at < limit, text[at].isDigit else { return nil }
      skipDigits(text, &at, limit)
    }
    return at
  }

  private func skipDigits(_ text: Span<UInt8>, _ at: inout Int, _ limit: Int) {
    while at < limit, text[at].isDigit { at += 1 }
  }
}

extension Span<UInt8> {
  /// The first place from `start` on of a byte that means something in a string: a quote, a backslash, a control character, or part
  /// of a character beyond ASCII; `limit` if there is none. Cost: eight bytes a step.
  func plainEnd(from start: Int, before limit: Int) -> Int {
    var at = start
    let raw = unsafe bytes
    while at + 8 <= limit {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
      // In each term the lowest bit that is set tells the first byte right; those above it may not.
      let quote = word ^ 0x2222_2222_2222_2222
      let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      var found = (quote &- 0x0101_0101_0101_0101) & ~quote
      found |= (backslash &- 0x0101_0101_0101_0101) & ~backslash
      found |= (word &- 0x2020_2020_2020_2020) & ~word
      found = (found | word) & 0x8080_8080_8080_8080
      if found != 0 { return at + found.trailingZeroBitCount / 8 }
      at += 8
    }
    while at < limit {
      let byte = self[at]
      if byte < 0x20 || byte >= 0x80 || byte == .quote || byte == .backslash { return at }
      at += 1
    }
    return limit
  }
}
