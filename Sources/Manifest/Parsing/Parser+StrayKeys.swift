// What to do with keys that do not fit. Every rule acts only where the text is already malformed, and looks at most
// `Limits.look` bytes ahead of a token and `Limits.climb` frames up.
extension Parser {
  /// A string followed by a colon, in an array. Either an object's opener is missing here, or the array's closer.
  mutating func keyInArray(_ text: Span<UInt8>, _ start: Int, _ end: Int, malformed: Bool) {
    if let level = levelOfElement(text, start, end) {
      for _ in 0..<level { closeMissing(at: start) }
      openImplicit(.object, at: start)
    } else {
      let followsComma = top.expect == .element
      while top.kind == .array { closeMissing(at: start) }
      if followsComma && top.expect == .comma { top.expect = .key }
    }
    takeKey(text, start, end, malformed: malformed)
  }

  /// How many arrays end before an object whose opener is missing; `nil` if the key belongs to the object around them.
  mutating func levelOfElement(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
    let key = keySet(text, start, end)
    var up = 0
    var known: Int?
    var collection: Int?
    while up < Limits.climb, let candidate = frame(up), candidate.kind == .array {
      if known == nil && candidate.remembers(key) { known = up }
      if collection == nil && candidate.hasMemory { collection = up }
      up += 1
    }
    guard let holder = frame(up), holder.kind == .object else { return known ?? 0 }
    if let braces = surplus(of: .object, text), let brackets = surplus(of: .array, text), braces >= 0, brackets > 0 {
      return nil
    }
    if let known, !belongs(key, to: holder, at: up) { return known }
    // Directly behind the opener: the array would be empty, so the brace is missing.
    if top.expect == .firstElement && !belongs(key, to: holder, at: up) { return 0 }
    if let collection, let array = frame(collection), resembles(keysAhead(text, end), array) { return collection }
    return known == nil && closesAsElement(text, end) && !belongs(key, to: holder, at: up) ? 0 : nil
  }

  /// Whether the keys that follow are those of a container's children, even though the first was not.
  func resembles(_ keys: [KeySet], _ container: Frame) -> Bool {
    let known = keys.filter { container.remembers($0) }.count
    return known >= 1 && known * 2 >= keys.count
  }

  /// Whether the next closer without an opener is `}` and an array's closer follows it, and then more of an object.
  func closesAsElement(_ text: Span<UInt8>, _ start: Int) -> Bool {
    let horizon = start + Limits.look
    var at = start
    var depth = 0
    while at < min(horizon, text.count) {
      let byte = text[at]
      if byte == .quote {
        at = skipString(text, at, horizon: horizon)
        continue
      }
      if byte.isOpener { depth += 1 }
      if byte.isCloser {
        if depth == 0 {
          guard byte == .closeBrace, case .byte(.closeBracket, let bracket) = ahead(text, at + 1, horizon: horizon),
            case .byte(let next, _) = ahead(text, bracket + 1, horizon: horizon)
          else { return false }
          return next == .closeBrace || next == .comma
        }
        depth -= 1
      }
      at += 1
    }
    return false
  }

  /// Whether the object `up` frames above lacks a key that its siblings have.
  func belongs(_ key: KeySet, to object: Frame, at up: Int) -> Bool {
    guard !object.has(key), let siblings = frame(up + 1) else { return false }
    return siblings.remembers(key)
  }

  /// A container whose opener is missing.
  mutating func openImplicit(_ kind: Frame.Kind, at start: Int) {
    beforeValue(at: start)
    damage(.missingOpener, start, start, .insert(kind == .object ? .openBrace : .openBracket))
    push(kind, at: start, isImplicit: true)
  }
}
