extension Parser {
  /// Reads the string at `position`, or enters it if it is long.
  mutating func string(_ text: Span<UInt8>) {
    let start = position
    position += 1
    let ended = scanString(text, from: start, until: start + Limits.token)
    switch ended {
    case .closed: stringToken(text, start, position, malformed: false)
    case .broken: stringToken(text, start, position, malformed: true)
    case .dropped:
      damage(.strayQuote, start, start + 1, .remove)
      position = start + 1
      before = tokenBefore
    case .open where position >= text.count:
      if let lost = lostQuote(text, start, beforeLineEnd: position, tokenBefore), case .end(let end) = lost {
        position = end
      }
      damage(.unterminatedString, position, position, .insert(.quote))
      stringToken(text, start, position, malformed: true)
    case .open: enterLongString(text, start)
    }
  }

  enum StringEnd { case closed, broken, open, dropped }

  /// Reads string content from `position` on; stops at the end of the string or at the first character from `limit` on.
  /// `start` is where the string began; `nil` if that is too far back for a second thought.
  private mutating func scanString(_ text: Span<UInt8>, from start: Int?, until limit: Int) -> StringEnd {
    let end = min(limit, text.count)
    var at = position
    while at < end {
      let byte = text[at]
      if byte >= 0x20 && byte < 0x80 && byte != .quote && byte != .backslash {
        at += 1
        continue
      }
      switch byte {
      case .quote:
        if isLastQuote(text, at) {
          position = at + 1
          return .closed
        }
        if let start, let lost = lostQuote(text, start, beforeQuote: at, tokenBefore) { return endLost(lost) }
        if start != nil, !hasLastQuote(text, at + 1, limit) {
          position = at + 1
          return .closed
        }
        damage(.strayQuote, at, at + 1, .insert(.backslash))
        at += 1
      case .backslash: at += escape(text, at)
      case .lineFeed, .carriageReturn:
        if let start, let lost = lostQuote(text, start, beforeLineEnd: at, tokenBefore) { return endLost(lost) }
        return endLost(.end(at))
      case 0..<0x20:
        sink.problem(.controlCharacter, at, at + 1, .unknown)
        at += 1
      default:
        let unit = UTF8Unit(text, at: at)
        if !unit.isValid { sink.problem(.invalidUTF8, at, at + unit.length, .unknown) }
        at += unit.length
      }
    }
    position = at
    return .open
  }

  private mutating func endLost(_ quote: LostQuote) -> StringEnd {
    guard case .end(let end) = quote else { return .dropped }
    damage(.unterminatedString, end, end, .insert(.quote))
    position = end
    return .broken
  }

  /// Whether the line has a quote from `start` on that may end a string; `true` if that is too far to see.
  private func hasLastQuote(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Bool {
    var at = start
    while at < limit {
      guard at < text.count, text[at] != .lineFeed, text[at] != .carriageReturn else { return false }
      if text[at] == .quote && isLastQuote(text, at) { return true }
      at += text[at] == .backslash ? 2 : 1
    }
    return true
  }

  private func isLastQuote(_ text: Span<UInt8>, _ at: Int) -> Bool {
    let next = at + 1
    guard next < text.count else { return true }
    switch text[next] {
    case .comma, .colon, .closeBrace, .closeBracket: return true
    case .quote:
      // Of two quotes in a row the second ends the string if it can.
      guard next + 1 < text.count else { return false }
      switch text[next + 1] {
      case .comma, .colon, .closeBrace, .closeBracket: return false
      default: return true
      }
    default: return closesString(text, next, horizon: next + Limits.look)
    }
  }

  /// The length of the escape at `at`.
  private mutating func escape(_ text: Span<UInt8>, _ at: Int) -> Int {
    guard at + 1 < text.count else {
      sink.problem(.invalidEscape, at, at + 1, .unknown)
      return 1
    }
    switch text[at + 1] {
    case .quote, .backslash, .slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
      UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      let escape = UnicodeEscape(text, at: at)
      switch escape.fault {
      case .none: break
      case .malformed: sink.problem(.invalidEscape, at, at + escape.length, .unknown)
      case .loneSurrogate: sink.problem(.loneSurrogate, at, at + escape.length, .unknown)
      }
      return escape.length
    case 0x20..<0x80:
      sink.problem(.invalidEscape, at, at + 2, .unknown)
      return 2
    default:
      sink.problem(.invalidEscape, at, at + 1, .unknown)
      return 1
    }
  }

  /// A string of known end.
  private mutating func stringToken(_ text: Span<UInt8>, _ start: Int, _ end: Int, malformed: Bool) {
    let isKey =
      text.count > end && text[end] == .colon
      || ahead(text, end, horizon: end + Limits.look).isByte(.colon)
    switch top.kind {
    case .object: memberString(text, start, end, malformed: malformed, isKey: isKey)
    case .array where isKey: keyInArray(text, start, end, malformed: malformed)
    case .root where isKey && top.expect == .value, .lines where isKey && top.expect == .value:
      openImplicit(.object, at: start)
      takeKey(text, start, end, malformed: malformed)
    case .array, .root, .lines: scalar(text, .string, start, end, malformed: malformed)
    }
  }

  private mutating func memberString(_ text: Span<UInt8>, _ start: Int, _ end: Int, malformed: Bool, isKey: Bool) {
    switch top.expect {
    case .colon where isKey:
      missingValue(at: start)
      takeKey(text, start, end, malformed: malformed)
    case .value where isKey:
      if top.remembers(keySet(text, start, end)) {
        openImplicit(.object, at: start)
      } else if !returnToMap(text, start, end) {
        missingValue(at: start)
      }
      takeKey(text, start, end, malformed: malformed)
    case .colon, .value: scalar(text, .string, start, end, malformed: malformed)
    case .comma where !isKey: damage(.unexpectedCharacter, start, end, .unknown)
    default:
      if isKey { _ = returnToMap(text, start, end) }
      takeKey(text, start, end, malformed: malformed)
    }
  }

  /// The member's key, in an object. Reports a missing comma.
  mutating func takeKey(_ text: Span<UInt8>, _ start: Int, _ end: Int, malformed: Bool) {
    if top.expect == .comma { damage(.missingComma, start, start, .insert(.comma)) }
    let hash = keyHash(text, start, end)
    if top.keyCount < Frame.maxKeys {
      top.keyCount += 1
      top.keys.insert(KeySet(hash))
    } else {
      top.keyCount = Frame.maxKeys + 1
      top.keys = .empty
    }
    if top.patterns != 0 {
      top.childPatterns = shape.member(
        top.patterns, depth: top.depth, key: text.extracting(keyText(text, start, end)))
      top.keyHash = top.childType == 0 ? 0 : UInt32(truncatingIfNeeded: hash ^ hash >> 32) | 1
    }
    top.expect = .colon
    sink.key(start, end, malformed: malformed)
  }

  // MARK: Long strings

  private mutating func enterLongString(_ text: Span<UInt8>, _ start: Int) {
    tokenStart = start
    let isKey = top.kind == .object && top.expect != .value && top.expect != .colon
    if isKey {
      if top.expect == .comma { damage(.missingComma, start, start, .insert(.comma)) }
    } else {
      beginScalar(at: start)
    }
    mode = .string(isKey: isKey)
  }

  mutating func longString(_ text: Span<UInt8>, _ limit: Int, isKey: Bool) {
    switch scanString(text, from: nil, until: limit) {
    case .closed: endLongString(isKey: isKey, malformed: false)
    case .broken, .dropped: endLongString(isKey: isKey, malformed: true)
    case .open: break
    }
  }

  mutating func endLongString(isKey: Bool, malformed: Bool) {
    mode = .normal
    if isKey {
      top.keyCount = Frame.maxKeys + 1
      top.keys = .empty
      top.keyHash = top.childType == 0 ? 0 : 1
      top.childPatterns = shape.elements(top.patterns, depth: top.depth)
      top.expect = .colon
      sink.key(tokenStart, position, malformed: malformed)
    } else {
      endScalar(.string, tokenStart, position, malformed: malformed)
    }
  }
}
