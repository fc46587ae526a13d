// What to do with openers that do not fit. Every rule acts only where the text is already malformed, and looks at most
// `Limits.look` bytes ahead of a token and `Limits.climb` frames up.
extension Parser {
  mutating func open(_ kind: Frame.Kind, _ text: Span<UInt8>) {
    let at = position
    position += 1
    sink.bracket(kind, 1)
    let isPlausible = kind == .object ? mayBeginObject(text, at) : mayBeginArray(text, at) && !repeatsOpener(text, at)
    switch top.expect {
    case .firstElement, .element:
      if !isPlausible {
        strayOpener(at)
      } else {
        if kind == .object { returnToCollection(text, at) }
        push(kind, at: at)
      }
    case .value:
      if isPlausible {
        if kind == .object && lacksArrayOpener(text, at) { openImplicit(.array, at: at) }
        push(kind, at: at)
      } else {
        strayOpener(at)
      }
    case .colon:
      if isPlausible {
        if kind == .object { returnToCollection(text, at) }
        beforeValue(at: at)
        push(kind, at: at)
      } else {
        strayOpener(at)
      }
    case .comma where top.kind == .array:
      if isPlausible && (kind == .object || top.lastKind == .array) {
        if kind == .object { returnToCollection(text, at) }
        beforeValue(at: at)
        push(kind, at: at)
      } else {
        strayOpener(at)
      }
    case .comma, .firstKey, .key:
      if kind == .object, isPlausible, top.lastKind == .object, followsSibling(text, at) {
        damage(.missingKey, at, at, .unknown)
        sink.key(at, at, malformed: true)
        top.keyHash = 0
        top.childPatterns = shape.elements(top.patterns, depth: top.depth)
        push(.object, at: at)
      } else if kind == .object, isPlausible, beginsNextElement(text, at) {
        closeMissing(at: at)
        if top.expect == .comma { top.expect = .element }
        push(.object, at: at)
      } else {
        strayOpener(at)
      }
    case .end, .excess: excess(at, at + 1)
    }
  }

  mutating func strayOpener(_ at: Int) { damage(.strayOpener, at, at + 1, .remove) }

  /// `{` is followed by a key or by `}`, or by what somebody is about to write.
  mutating func mayBeginObject(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch ahead(text, at + 1, horizon: at + Limits.look) {
    case .end, .far: true
    case .byte(.comma, let comma): ahead(text, comma + 1, horizon: at + Limits.look).isByte(.quote)
    case .byte(.quote, let next):
      // `{"a": {"b", "c": 1}`: a value that somebody put a brace before.
      top.expect != .value || !isPlainValue(text, next) || surplus(of: .object, text) ?? 0 <= 0
    case .byte(let byte, let next):
      byte == .closeBrace || byte.isLetter || byte == .apostrophe || (byte.isDigit && precedesKey(text, next))
        || (byte != .openBrace && firstKey(text, next) != nil)
    }
  }

  /// `{1"id": …`: whether a key follows a stray word.
  func precedesKey(_ text: Span<UInt8>, _ start: Int) -> Bool {
    var at = start
    while at < text.count, at - start < 32, text[at].isDigit || text[at].isLetter { at += 1 }
    guard case .byte(.quote, let quote) = ahead(text, at, horizon: at + Limits.look) else { return false }
    return keyEnd(text, quote, horizon: quote + Limits.look) != nil
  }

  /// Whether a string is followed as a value is, not as a key.
  private func isPlainValue(_ text: Span<UInt8>, _ start: Int) -> Bool {
    // Nearly always a short key.
    var at = start + 1
    while at < text.count, at - start < 32, text[at].isNamePart { at += 1 }
    if at + 1 < text.count, text[at] == .quote, text[at + 1] == .colon { return false }
    let horizon = start + Limits.look
    guard case .byte(let next, _) = ahead(text, skipString(text, start, horizon: horizon), horizon: horizon) else {
      return false
    }
    return next == .comma || next.isCloser
  }

  /// The key at `start`, or behind one comma, colon or bracket that does not belong there.
  func firstKey(_ text: Span<UInt8>, _ start: Int) -> Range<Int>? {
    var start = start
    guard start < text.count else { return nil }
    if text[start] == .comma || text[start] == .colon || text[start].isBracket {
      guard case .byte(_, let next) = ahead(text, start + 1, horizon: start + Limits.look) else { return nil }
      start = next
    }
    return keyEnd(text, start, horizon: start + Limits.look).map { start..<$0 }
  }

  /// `[{…}, [{…}, …]`: the same kind of element as before, and the document has a `[` too many.
  mutating func repeatsOpener(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard top.kind == .array, top.hasMemory, top.lastKind == .object || top.lastKind == .missing,
      case .byte(.openBrace, let brace) = ahead(text, at + 1, horizon: at + Limits.look),
      fits(keysAhead(text, brace), top)
    else { return false }
    return surplus(of: .array, text) ?? 0 > 0
  }

  /// `"records": {…}, {…}]`: an object where records are listed, and behind it another or the list's end.
  mutating func lacksArrayOpener(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard top.kind == .object, top.childPatterns != 0,
      shape.childType(top.childPatterns, depth: top.depth == .max ? .max : top.depth + 1) != 0,
      let end = closerAhead(text, at), case .byte(let byte, let next) = ahead(text, end, horizon: end + Limits.look)
    else { return false }
    if byte == .comma { return ahead(text, next + 1, horizon: next + Limits.look).isByte(.openBrace) }
    guard byte == .closeBracket, let key = firstKey(text, at + 1),
      case .byte(.colon, let colon) = ahead(text, key.upperBound, horizon: key.upperBound + Limits.look)
    else { return false }
    return !ahead(text, colon + 1, horizon: colon + Limits.look).isByte(.openBrace)
  }

  /// Behind the closer of the opener at `start`, if it is near.
  func closerAhead(_ text: Span<UInt8>, _ start: Int) -> Int? {
    let horizon = min(start + Limits.look, text.count)
    var at = start
    var depth = 0
    while at < horizon {
      let byte = text[at]
      if byte == .lineFeed && isLines { return nil }
      if byte == .quote {
        at = skipString(text, at, horizon: horizon)
        continue
      }
      at += 1
      if byte.isOpener { depth += 1 }
      if byte.isCloser { depth -= 1 }
      if depth == 0 { return at }
    }
    return nil
  }

  func mayBeginArray(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch ahead(text, at + 1, horizon: at + Limits.look) {
    case .end, .far: true
    case .byte(.comma, _): top.kind != .array
    case .byte(.closeBrace, _): top.expect == .value
    case .byte(let byte, _): byte != .colon
    }
  }

  /// An element begins in a damaged array whose own elements it does not resemble: if it resembles those of an array further out,
  /// everything up to there ends here.
  mutating func returnToCollection(_ text: Span<UInt8>, _ at: Int) {
    var isDamaged = top.isDamaged
    guard let outermost = frame(1), outermost.kind == .object || outermost.kind == .array else { return }
    var up = 1
    var keys: [KeySet]?
    while up < Limits.climb, let candidate = frame(up), candidate.kind != .root, candidate.kind != .lines {
      if candidate.kind == .array && candidate.hasMemory && isDamaged {
        let found = keys ?? keysAhead(text, at)
        keys = found
        if found.count > 1 && fits(found, candidate) && !fits(found, top) {
          for _ in 0..<up { closeMissing(at: at) }
          if top.expect == .comma { top.expect = .element }
          return
        }
      }
      isDamaged = isDamaged || candidate.isDamaged
      up += 1
    }
  }

  /// A member begins in an object that it does not resemble: if its value, an object, resembles the members of an object further out,
  /// everything up to there ends here. Acts only where something was wrong before, or where braces do not balance.
  mutating func returnToMap(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard case .byte(.colon, let colon) = ahead(text, end, horizon: end + Limits.look),
      case .byte(.openBrace, let brace) = ahead(text, colon + 1, horizon: colon + Limits.look)
    else { return false }
    var isDamaged = top.isDamaged
    var up = 1
    var keys: [KeySet]?
    while up < Limits.climb, let candidate = frame(up), candidate.kind != .root, candidate.kind != .lines {
      if candidate.kind == .object && candidate.hasMemory {
        let found = keys ?? keysAhead(text, brace)
        keys = found
        if found.count > 1 && fitsSteadily(found, candidate) && !fits(found, top)
          && !candidate.remembers(keySet(text, start, end))
        {
          guard isDamaged || surplus(of: .object, text) ?? 0 != 0 else { return false }
          let followsComma = top.expect == .key
          for _ in 0..<up { closeMissing(at: start) }
          if followsComma && top.expect == .comma { top.expect = .key }
          return true
        }
      }
      isDamaged = isDamaged || candidate.isDamaged
      up += 1
    }
    return false
  }

  /// Whether both of the last two children resemble an object with these keys: one alone may be the damage itself.
  func fitsSteadily(_ keys: [KeySet], _ container: Frame) -> Bool {
    !keys.isEmpty
      && keys.filter { container.last.contains($0) && container.beforeLast.contains($0) }.count * 4 >= keys.count * 3
  }

  /// Whether an object with these keys resembles the children of a container.
  func fits(_ keys: [KeySet], _ container: Frame) -> Bool {
    !keys.isEmpty && keys.filter { container.remembers($0) }.count * 4 >= keys.count * 3
  }

  /// `"a": {…}, {…}]`: whether the second object resembles the first, so that rather the array's opener is missing.
  func followsSibling(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let siblings = frame(1), top.hasMemory else { return false }
    let keys = keysAhead(text, at)
    return fits(keys, top) && !fits(keys, siblings)
  }

  /// Where a key belongs stands `{`: whether the object around it ends here, without its closer, and its array's next element begins.
  func beginsNextElement(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let outer = frame(1), outer.kind == .array else { return false }
    guard outer.hasMemory, case .byte(_, let next) = ahead(text, at + 1, horizon: at + Limits.look),
      let range = firstKey(text, next)
    else { return top.expect != .firstKey }
    let key = keySet(text, range.lowerBound, range.upperBound)
    // A key that this object lacks and its siblings have: the brace was put before one of its own members.
    return top.has(key) || !outer.remembers(key)
  }
}
