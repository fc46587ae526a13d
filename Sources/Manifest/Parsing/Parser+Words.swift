extension Parser {
  /// Reads a number, a literal, or whatever else is no string and no structure.
  mutating func word(_ text: Span<UInt8>) {
    let start = position
    var at = start
    var scan = WordScan.start
    let limit = start + Limits.token
    while at < text.count, at < limit, !endsWord(text, at, first: at == start) { readWord(text, &at, &scan) }
    if at >= limit, at < text.count, !endsWord(text, at, first: false) {
      position = at
      tokenStart = start
      enterLongWord(scan)
      return
    }
    if at < text.count, text[at] == .quote, !scan.isNumber, isWordQuote(text, at) { at += 1 }
    position = at
    wordToken(text, start, at, scan)
  }

  private func endsWord(_ text: Span<UInt8>, _ at: Int, first: Bool) -> Bool {
    switch text[at] {
    case .space, .tab, .lineFeed, .carriageReturn, .quote, .comma, .colon, .openBrace, .closeBrace, .openBracket,
      .closeBracket:
      true
    case .slash: !first && isComment(text, at)
    default: false
    }
  }

  private mutating func readWord(_ text: Span<UInt8>, _ at: inout Int, _ scan: inout WordScan) {
    let byte = text[at]
    scan.add(byte)
    guard byte >= 0x80 else {
      at += 1
      return
    }
    let unit = UTF8Unit(text, at: at)
    if !unit.isValid { sink.problem(.invalidUTF8, at, at + unit.length, .unknown) }
    at += unit.length
  }

  /// `label": 1`: the quote ends a string that lost its first one.
  private func isWordQuote(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch ahead(text, at + 1, horizon: at + Limits.look) {
    case .byte(let byte, _): byte == .comma || byte == .colon || byte.isCloser
    case .end, .far: true
    }
  }

  private mutating func wordToken(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ scan: WordScan) {
    if scan.isNumber {
      placeWord(text, .number, start, end, malformed: false)
      return
    }
    let lostQuote = text[end - 1] == .quote
    if scan == .other && !lostQuote, let literal = literal(text, start, end) {
      placeWord(text, literal, start, end, malformed: false)
      return
    }
    placeWord(text, lostQuote ? .string : guess(text, start, scan), start, end, malformed: true)
  }

  private func literal(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Node.Kind? {
    guard end - start == 4 || end - start == 5 else { return nil }
    var letters: UInt64 = 0
    for index in start..<end { letters = letters << 8 | UInt64(text[index]) }
    return Parser.literal(letters, length: end - start)
  }

  /// What a malformed word was probably meant to be.
  private func guess(_ text: Span<UInt8>, _ start: Int, _ scan: WordScan) -> Node.Kind {
    guard scan == .other else { return .number }
    switch text[start] {
    case UInt8(ascii: "t"), UInt8(ascii: "T"): return .true
    case UInt8(ascii: "f"), UInt8(ascii: "F"): return .false
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "N"):
      let isNaN = start + 1 < text.count && text[start + 1] == UInt8(ascii: "a")
      return isNaN ? .number : .null
    case UInt8(ascii: "I"): return .number
    default: return .string
    }
  }

  private mutating func placeWord(_ text: Span<UInt8>, _ kind: Node.Kind, _ start: Int, _ end: Int, malformed: Bool) {
    let isKey = ahead(text, end, horizon: end + Limits.look).isByte(.colon)
    let keyMayStand = top.kind == .object && top.expect != .value && top.expect != .colon
    if keyMayStand {
      if isKey {
        damage(.invalidLiteral, start, end, text[end - 1] == .quote ? .insert(.quote) : .quoted)
        takeKey(text, start, end, malformed: true)
      } else if top.expect == .comma {
        damage(.unexpectedCharacter, start, end, .unknown)
      } else {
        damage(.missingKey, start, end, .unknown)
        top.expect = .comma
      }
      return
    }
    if malformed, isKey, top.kind == .array, kind == .string {
      damage(.invalidLiteral, start, end, text[end - 1] == .quote ? .insert(.quote) : .quoted)
      keyInArray(text, start, end, malformed: true)
      return
    }
    if malformed {
      let standsAlone = top.expect == .comma || top.expect == .end || top.expect == .excess
      if standsAlone {
        if top.expect == .comma { damage(.unexpectedCharacter, start, end, .unknown) } else { excess(start, end) }
        return
      }
      let code: SyntaxProblem.Code = kind == .number ? .invalidNumber : .invalidLiteral
      let isQuotable = kind == .string && text[end - 1] != .quote && text[start].isLetter
      damage(code, start, end, text[end - 1] == .quote ? .insert(.quote) : isQuotable ? .quoted : .unknown)
    }
    scalar(text, kind, start, end, malformed: malformed)
  }

  // MARK: Long words

  private mutating func enterLongWord(_ scan: WordScan) {
    if top.kind == .object && top.expect != .value && top.expect != .colon {
      damage(.missingKey, position, position, .unknown)
      top.expect = .value
      top.keyHash = 0
    }
    beginScalar(at: tokenStart)
    mode = .word(scan)
  }

  mutating func longWord(_ text: Span<UInt8>, _ limit: Int, _ before: WordScan) {
    var scan = before
    var at = position
    while at < limit, at < text.count {
      if endsWord(text, at, first: false) {
        position = at
        endLongWord(scan)
        return
      }
      readWord(text, &at, &scan)
    }
    position = at
    mode = .word(scan)
  }

  mutating func endLongWord(_ scan: WordScan) {
    mode = .normal
    let kind: Node.Kind = scan == .other ? .string : .number
    if !scan.isNumber { damage(kind == .number ? .invalidNumber : .invalidLiteral, position, position, .unknown) }
    endScalar(kind, tokenStart, position, malformed: !scan.isNumber)
  }
}
