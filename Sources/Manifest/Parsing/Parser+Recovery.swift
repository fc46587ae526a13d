// What to do with brackets and keys that do not fit. Every rule acts only where the text is already malformed,
// and looks at most `Limits.look` bytes ahead and `Limits.climb` frames up.
extension Parser {
  // MARK: Openers

  mutating func open(_ kind: Frame.Kind, _ text: Span<UInt8>) {
    let at = position
    position += 1
    if kind == .object { sink.brace(1) }
    let isPlausible = kind == .object ? mayBeginObject(text, at) : mayBeginArray(text, at)
    switch top.expect {
    case .firstElement, .element:
      if !isPlausible {
        strayOpener(at)
      } else {
        if kind == .object { returnToCollection(text, at) }
        push(kind, at: at)
      }
    case .value:
      if isPlausible { push(kind, at: at) } else { strayOpener(at) }
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

  private mutating func strayOpener(_ at: Int) { damage(.strayOpener, at, at + 1, .remove) }

  /// `{` is followed by a key or by `}`, or by what somebody is about to write.
  private func mayBeginObject(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch ahead(text, at + 1, horizon: at + Limits.look) {
    case .end, .far: true
    case .byte(.comma, let comma): ahead(text, comma + 1, horizon: at + Limits.look).isByte(.quote)
    case .byte(let byte, let next):
      byte == .quote || byte == .closeBrace || byte.isLetter || (byte.isDigit && precedesKey(text, next))
    }
  }

  /// `{1"id": …`: whether a key follows a stray word.
  private func precedesKey(_ text: Span<UInt8>, _ start: Int) -> Bool {
    var at = start
    while at < text.count, at - start < 32, text[at].isDigit || text[at].isLetter { at += 1 }
    guard case .byte(.quote, let quote) = ahead(text, at, horizon: at + Limits.look) else { return false }
    return keyEnd(text, quote, horizon: quote + Limits.look) != nil
  }

  private func mayBeginArray(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch ahead(text, at + 1, horizon: at + Limits.look) {
    case .end, .far: true
    case .byte(.comma, _): top.kind != .array
    case .byte(.closeBrace, _): top.expect == .value
    case .byte(let byte, _): byte != .colon
    }
  }

  /// An element begins in a damaged array whose own elements it does not resemble: if it resembles those of an array further out,
  /// everything up to there ends here.
  private mutating func returnToCollection(_ text: Span<UInt8>, _ at: Int) {
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
          if !isDamaged { sink.needsBalance() }
          guard isDamaged || shape.isUnbalanced else { return false }
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
  private func fitsSteadily(_ keys: [KeySet], _ container: Frame) -> Bool {
    !keys.isEmpty
      && keys.filter { container.last.contains($0) && container.beforeLast.contains($0) }.count * 4 >= keys.count * 3
  }

  /// Whether an object with these keys resembles the children of a container.
  private func fits(_ keys: [KeySet], _ container: Frame) -> Bool {
    !keys.isEmpty && keys.filter { container.remembers($0) }.count * 4 >= keys.count * 3
  }

  /// `"a": {…}, {…}]`: whether the second object resembles the first, so that rather the array's opener is missing.
  private func followsSibling(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let siblings = frame(1), top.hasMemory else { return false }
    let keys = keysAhead(text, at)
    return fits(keys, top) && !fits(keys, siblings)
  }

  /// Where a key belongs stands `{`: whether the object around it ends here, without its closer, and its array's next element begins.
  private func beginsNextElement(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let outer = frame(1), outer.kind == .array else { return false }
    guard outer.hasMemory, case .byte(_, let first) = ahead(text, at + 1, horizon: at + Limits.look),
      let end = keyEnd(text, first, horizon: first + Limits.look)
    else { return top.expect != .firstKey }
    let key = keySet(text, first, end)
    // A key that this object lacks and its siblings have: the brace was put before one of its own members.
    return top.has(key) || !outer.remembers(key)
  }

  // MARK: Closers

  mutating func close(_ kind: Frame.Kind, _ text: Span<UInt8>) {
    let at = position
    position += 1
    if kind == .object { sink.brace(-1) }
    guard top.kind == .object || top.kind == .array else {
      if top.expect == .value {
        damage(.strayCloser, at, at + 1, .remove)
      } else {
        excess(at, at + 1)
      }
      return
    }
    if top.kind == kind {
      if staysOpen(text, at) {
        strayCloser(at)
      } else {
        closeHere(at)
      }
    } else if closesTwo(text, at) {
      closeMissing(at: at)
      closeHere(at)
    } else {
      strayCloser(at)
    }
  }

  private mutating func closeHere(_ at: Int) {
    completeMember(at: at)
    if top.expect == .key || top.expect == .element { sink.problem(.trailingComma, at, at, .unknown) }
    pop(end: at + 1, isClosed: true)
  }

  private mutating func strayCloser(_ at: Int) { damage(.strayCloser, at, at + 1, .remove) }

  /// Whether a closer of the right kind is one too many: what follows cannot stand in the outer container, but in this one.
  private func staysOpen(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let outer = frame(1) else { return false }
    guard case .byte(let next, let nextAt) = ahead(text, at + 1, horizon: at + Limits.look) else { return false }
    if next == .colon { return top.expect == .colon }
    let lacksValue = top.expect == .value || top.expect == .colon
    if outer.kind == .root || outer.kind == .lines {
      if next == .comma || next.isCloser || lacksValue { return true }
      return top.kind == .object && next == .quote && keyEnd(text, nextAt, horizon: nextAt + Limits.look) != nil
    }
    if next.isDigit || next.isLetter || next == UInt8(ascii: "-") {
      // A closer inside a number, or before a value; behind any other value the word is what does not belong.
      let splitsNumber = top.lastKind == .number && nextAt == at + 1
      return (lacksValue || splitsNumber) && keyEnd(text, nextAt, horizon: nextAt + Limits.look) == nil
    }
    if next.isOpener { return lacksValue || (top.kind == .array && outer.kind == .object) }
    if next == .quote && lacksValue && keyEnd(text, nextAt, horizon: nextAt + Limits.look) == nil { return true }
    guard next == .comma || next == .quote else { return false }
    let item = next == .comma ? ahead(text, nextAt + 1, horizon: nextAt + Limits.look) : .byte(next, at: nextAt)
    guard case .byte(let byte, let itemAt) = item, !byte.isCloser, byte != .comma else { return false }
    let end = keyEnd(text, itemAt, horizon: itemAt + Limits.look)
    let key = end.map { keySet(text, itemAt, $0) }
    switch (top.kind, outer.kind) {
    case (.array, .object):
      if let key { return top.isDamaged && top.remembers(key) && !top.last.contains(key) }
      return kind(of: byte) == kind(of: top.lastKind) && !endsRecord(text, byte, itemAt)
    case (.object, .array):
      guard let key, let end, !isSibling(text, end) else { return false }
      return continues(key, in: top, among: outer, beyond: 2)
    default: return false
    }
  }

  /// Behind an array in an object stands an object: whether it resembles the siblings of the one around the array, rather than the
  /// array's elements.
  private func endsRecord(_ text: Span<UInt8>, _ byte: UInt8, _ itemAt: Int) -> Bool {
    guard byte == .openBrace, let siblings = frame(2), siblings.kind == .array, siblings.hasMemory else { return false }
    let keys = keysAhead(text, itemAt)
    return fits(keys, siblings) && !fits(keys, top)
  }

  /// Behind an object's closer stands another key: whether its value is an object like the one that ends, so that both are members.
  private func isSibling(_ text: Span<UInt8>, _ keyEnd: Int) -> Bool {
    guard case .byte(.colon, let colon) = ahead(text, keyEnd, horizon: keyEnd + Limits.look),
      case .byte(.openBrace, let brace) = ahead(text, colon + 1, horizon: colon + Limits.look)
    else { return false }
    let keys = keysAhead(text, brace)
    return keys.count > 1 && keys.allSatisfy { top.has($0) }
  }

  /// Whether a key that follows an object's closer is rather the object's own.
  private func continues(_ key: KeySet, in object: Frame, among outer: Frame, beyond: Int) -> Bool {
    if object.has(key) { return false }
    if outer.hasMemory { return outer.remembers(key) }
    // The first element: the key may be one of the object around the array.
    guard let holder = frame(beyond), holder.kind == .object, let holders = frame(beyond + 1) else { return true }
    return !holders.remembers(key) || holder.has(key)
  }

  /// Whether a closer of the wrong kind closes the container around the innermost, whose own closer is missing.
  private func closesTwo(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let outer = frame(1), outer.kind != top.kind, outer.kind == .object || outer.kind == .array,
      let far = frame(2)
    else { return false }
    let next = ahead(text, at + 1, horizon: at + Limits.look)
    guard case .byte(let byte, let byteAt) = next else { return true }
    if far.kind == .root || far.kind == .lines { return false }
    if byte.isCloser {
      // `}]` in an array, `]}` in an object: the first is stray if the second closes this container.
      let fitsHere = (byte == .closeBracket) == (top.kind == .array)
      return !fitsHere || isLastOfCollection(text, byteAt, far)
    }
    guard byte == .comma, case .byte(let item, let itemAt) = ahead(text, byteAt + 1, horizon: byteAt + Limits.look)
    else {
      return false
    }
    let end = keyEnd(text, itemAt, horizon: itemAt + Limits.look)
    let key = end.map { keySet(text, itemAt, $0) }
    if top.kind == .object { return closesObjectAndArray(item, key, outer, far) }
    return closesArrayAndObject(text, item, itemAt, key, outer, far)
  }

  /// `[1, 2}]` in the last of several objects: whether what follows the second closer belongs neither to this object nor its siblings.
  private func isLastOfCollection(_ text: Span<UInt8>, _ at: Int, _ far: Frame) -> Bool {
    guard top.kind == .array, top.lastKind != .object, far.kind == .array, far.hasMemory,
      case .byte(.comma, let comma) = ahead(text, at + 1, horizon: at + Limits.look),
      case .byte(_, let item) = ahead(text, comma + 1, horizon: comma + Limits.look),
      let end = keyEnd(text, item, horizon: item + Limits.look)
    else { return false }
    return !far.remembers(keySet(text, item, end))
  }

  private func closesObjectAndArray(_ item: UInt8, _ key: KeySet?, _ outer: Frame, _ far: Frame) -> Bool {
    guard let key else { return far.kind == .array && !item.isCloser }
    if far.kind != .object { return false }
    return top.has(key) || (outer.hasMemory ? !outer.remembers(key) : belongs(key, to: far, at: 2))
  }

  private func closesArrayAndObject(
    _ text: Span<UInt8>, _ item: UInt8, _ itemAt: Int, _ key: KeySet?, _ outer: Frame, _ far: Frame
  ) -> Bool {
    if key != nil { return far.kind == .object }
    guard far.kind == .array else { return false }
    guard item == .openBrace else { return kind(of: item) != kind(of: top.lastKind) && kind(of: item) == .object }
    if top.lastKind != .object { return true }
    let keys = keysAhead(text, itemAt)
    var siblings = far
    if !siblings.hasMemory { siblings.last = outer.keys }
    return fits(keys, siblings) && !fits(keys, top)
  }

  private func kind(of byte: UInt8) -> Node.Kind {
    switch byte {
    case .openBrace: .object
    case .openBracket: .array
    case .quote: .string
    default: .number
    }
  }

  private func kind(of kind: Node.Kind) -> Node.Kind {
    switch kind {
    case .object, .array, .string: kind
    default: .number
    }
  }

  // MARK: Keys in arrays

  /// A string followed by a colon, in an array. Either an object's opener is missing here, or the array's closer.
  mutating func keyInArray(_ text: Span<UInt8>, _ start: Int, _ end: Int, malformed: Bool) {
    if let level = levelOfElement(text, start, end) {
      for _ in 0..<level { closeMissing(at: start) }
      openImplicit(at: start)
    } else {
      let followsComma = top.expect == .element
      while top.kind == .array { closeMissing(at: start) }
      if followsComma && top.expect == .comma { top.expect = .key }
    }
    takeKey(text, start, end, malformed: malformed)
  }

  /// How many arrays end before an object whose opener is missing; `nil` if the key belongs to the object around them.
  private func levelOfElement(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
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
    if let known, !belongs(key, to: holder, at: up) { return known }
    // Directly behind the opener: the array would be empty, so the brace is missing.
    if top.expect == .firstElement && !belongs(key, to: holder, at: up) { return 0 }
    if let collection, let array = frame(collection), resembles(keysAhead(text, end), array) { return collection }
    return known == nil && closesAsElement(text, end) && !belongs(key, to: holder, at: up) ? 0 : nil
  }

  /// Whether the keys that follow are those of a container's children, even though the first was not.
  private func resembles(_ keys: [KeySet], _ container: Frame) -> Bool {
    let known = keys.filter { container.remembers($0) }.count
    return known >= 1 && known * 2 >= keys.count
  }

  /// Whether the next closer without an opener is `}` and an array's closer follows it, and then more of an object.
  private func closesAsElement(_ text: Span<UInt8>, _ start: Int) -> Bool {
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
  private func belongs(_ key: KeySet, to object: Frame, at up: Int) -> Bool {
    guard !object.has(key), let siblings = frame(up + 1) else { return false }
    return siblings.remembers(key)
  }

  /// An object whose opener is missing.
  mutating func openImplicit(at start: Int) {
    beforeValue(at: start)
    damage(.missingOpener, start, start, .insert(.openBrace))
    push(.object, at: start, isImplicit: true)
  }
}
