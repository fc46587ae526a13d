extension Parser {
  /// Reads a number, a literal, or whatever else is no string and no structure.
  mutating func word(_ text: Span<UInt8>) {
    let start = position
    if text[start] == .apostrophe, let end = apostropheEnd(text, start) {
      position = end
      placeWord(text, .string, start, end, malformed: true)
      return
    }
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
    if scan == .other, literal(text, start, at) == nil { readPhrase(text, &at, limit) }
    if at < text.count, text[at] == .quote, !scan.isNumber, isWordQuote(text, at) { at += 1 }
    position = at
    wordToken(text, start, at, scan)
  }

  /// Reads on over words and the spaces between them: a string without quotes is one mistake, not one for each word.
  private mutating func readPhrase(_ text: Span<UInt8>, _ at: inout Int, _ limit: Int) {
    var scan = WordScan.other
    while true {
      var next = at
      while next < text.count, next < limit, text[next] == .space { next += 1 }
      guard next > at, next < limit, next < text.count else { return }
      if endsWord(text, next, first: false) {
        if text[next] == .quote && isWordQuote(text, next) { at = next }
        return
      }
      at = next
      while at < text.count, at < limit, !endsWord(text, at, first: false) { readWord(text, &at, &scan) }
    }
  }

  /// Behind the end of `'text'`, if it is near.
  private mutating func apostropheEnd(_ text: Span<UInt8>, _ start: Int) -> Int? {
    var at = start + 1
    while at < text.count, at - start < Limits.token {
      switch text[at] {
      case 0..<0x20, .quote: return nil
      case .backslash: at += 2
      case .apostrophe:
        at += 1
        switch ahead(text, at, horizon: at + Limits.look) {
        case .byte(let byte, _): if byte == .comma || byte == .colon || byte.isCloser { return at }
        case .end: return at
        case .far: return nil
        }
      case 0x80...:
        let unit = UTF8Unit(text, at: at)
        guard unit.isValid else { return nil }
        at += unit.length
      default: at += 1
      }
    }
    return nil
  }

  private func endsWord(_ text: Span<UInt8>, _ at: Int, first: Bool) -> Bool {
    switch text[at] {
    case .space, .tab, .lineFeed, .carriageReturn, .quote, .comma, .colon, .openBrace, .closeBrace, .openBracket,
      .closeBracket:
      true
    case .slash: !first && isComment(text, at)
    case .semicolon: !first
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
      if lacksArrayOpener(text, behindNumber: end) { openImplicit(.array, at: start) }
      placeWord(text, .number, start, end, malformed: false)
      return
    }
    let lostQuote = text[end - 1] == .quote
    if scan == .other && !lostQuote, let literal = literal(text, start, end) {
      placeWord(text, literal, start, end, malformed: false)
      return
    }
    let isPhrase = end - start > 1 && hasSpace(text, start, end)
    placeWord(text, lostQuote || isPhrase ? .string : guess(text, start, scan), start, end, malformed: true)
  }

  /// `"box": 1, 2, 3]`: more numbers behind a member's, and then the end of an array.
  private func lacksArrayOpener(_ text: Span<UInt8>, behindNumber start: Int) -> Bool {
    guard top.kind == .object, top.expect == .value, start < text.count, text[start] == .comma,
      case .byte(let first, var at) = ahead(text, start + 1, horizon: start + Limits.look),
      first.isDigit || first == UInt8(ascii: "-")
    else { return false }
    let horizon = min(start + Limits.look, text.count)
    while at < horizon {
      switch text[at] {
      case .closeBracket: return true
      case 0x30...0x39, .space, .comma, UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"):
        at += 1
      default: return false
      }
    }
    return false
  }

  private func hasSpace(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for index in start..<end where text[index] == .space { return true }
    return false
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
      let isQuotable =
        kind == .string && text[end - 1] != .quote && (text[start].isLetter || isApostrophized(text, start, end))
      damage(code, start, end, text[end - 1] == .quote ? .insert(.quote) : isQuotable ? .quoted : .unknown)
    }
    scalar(text, kind, start, end, malformed: malformed)
  }

  /// `;` where a comma belongs; otherwise it is as good as any other word.
  mutating func semicolon(_ text: Span<UInt8>) {
    let at = position
    position += 1
    if top.expect == .comma {
      damage(.unexpectedCharacter, at, at + 1, .insert(.comma))
      separate(text, at)
    } else {
      placeWord(text, .string, at, at + 1, malformed: true)
    }
  }

  private func isApostrophized(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    end - start > 1 && text[start] == .apostrophe && text[end - 1] == .apostrophe
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
