// What to do with brackets and keys that do not fit. Every rule acts only where the text is already malformed,
// and looks at most `Limits.look` bytes ahead and `Limits.climb` frames up.
extension Parser {
  // MARK: Openers

  mutating func open(_ kind: Frame.Kind, _ text: Span<UInt8>) {
    let at = position
    position += 1
    let isPlausible = kind == .object ? mayBeginObject(text, at) : mayBeginArray(text, at)
    switch top.expect {
    case .value, .firstElement, .element:
      if isPlausible { push(kind, at: at) } else { strayOpener(at) }
    case .colon:
      if isPlausible {
        beforeValue(at: at)
        push(kind, at: at)
      } else {
        strayOpener(at)
      }
    case .comma where top.kind == .array:
      if isPlausible && (kind == .object || top.lastKind == .array) {
        beforeValue(at: at)
        push(kind, at: at)
      } else {
        strayOpener(at)
      }
    case .comma, .firstKey, .key:
      if kind == .object, isPlausible, beginsNextElement(text, at) {
        closeMissing(at: at)
        if top.expect == .comma { top.expect = .element }
        push(.object, at: at)
      } else {
        strayOpener(at)
      }
    case .end, .excess: excess(at, at + 1)
    }
  }

  private mutating func strayOpener(_ at: Int) { sink.problem(.strayOpener, at, at + 1, .remove) }

  /// `{` is followed by a key or by `}`, or by what somebody is about to write.
  private func mayBeginObject(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch ahead(text, at + 1, horizon: at + Limits.look) {
    case .end, .far: true
    case .byte(.comma, let comma): ahead(text, comma + 1, horizon: at + Limits.look).isByte(.quote)
    case .byte(let byte, _): byte == .quote || byte == .closeBrace || byte.isLetter
    }
  }

  private func mayBeginArray(_ text: Span<UInt8>, _ at: Int) -> Bool {
    switch ahead(text, at + 1, horizon: at + Limits.look) {
    case .end, .far: true
    case .byte(.comma, _): top.kind != .array
    case .byte(let byte, _): byte != .colon && byte != .closeBrace
    }
  }

  /// Where a key belongs stands `{`: whether the object around it ends here, without its closer, and its array's next element begins.
  private func beginsNextElement(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let outer = frame(1), outer.kind == .array else { return false }
    guard outer.hasMemory, case .byte(_, let first) = ahead(text, at + 1, horizon: at + Limits.look),
      let end = keyEnd(text, first, horizon: first + Limits.look)
    else { return top.expect != .firstKey }
    let key = keyBloom(text, first, end)
    // A key that this object lacks and its siblings have: the brace was put before one of its own members.
    return top.has(key) || !outer.remembers(key)
  }

  // MARK: Closers

  mutating func close(_ kind: Frame.Kind, _ text: Span<UInt8>) {
    let at = position
    position += 1
    guard top.kind == .object || top.kind == .array else {
      if top.expect == .value {
        sink.problem(.strayCloser, at, at + 1, .remove)
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

  private mutating func strayCloser(_ at: Int) {
    completeMember(at: at)
    sink.problem(.strayCloser, at, at + 1, .remove)
    if top.expect == .key || top.expect == .element { return }
  }

  /// Whether a closer of the right kind is one too many: what follows cannot stand in the outer container, but in this one.
  private func staysOpen(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let outer = frame(1) else { return false }
    guard case .byte(let next, let nextAt) = ahead(text, at + 1, horizon: at + Limits.look) else { return false }
    if outer.kind == .root || outer.kind == .lines { return next == .comma }
    guard next == .comma || next == .quote else { return false }
    let item = next == .comma ? ahead(text, nextAt + 1, horizon: nextAt + Limits.look) : .byte(next, at: nextAt)
    guard case .byte(let byte, let itemAt) = item, !byte.isCloser, byte != .comma else { return false }
    switch (top.kind, outer.kind) {
    case (.array, .object):
      if byte == .quote { return top.lastKind == .string && keyEnd(text, itemAt, horizon: itemAt + Limits.look) == nil }
      return !byte.isLetter || keyEnd(text, itemAt, horizon: itemAt + Limits.look) == nil
    case (.object, .array):
      guard byte == .quote, let end = keyEnd(text, itemAt, horizon: itemAt + Limits.look) else { return false }
      return continues(keyBloom(text, itemAt, end), in: top, among: outer, beyond: 2)
    default: return false
    }
  }

  /// Whether a key that follows an object's closer is rather the object's own.
  private func continues(_ key: UInt64, in object: Frame, among outer: Frame, beyond: Int) -> Bool {
    if object.has(key) { return false }
    if outer.hasMemory { return outer.remembers(key) }
    // The first element: the key may be one of the object around the array.
    guard let holder = frame(beyond), holder.kind == .object, let holders = frame(beyond + 1) else { return true }
    return !holders.remembers(key) || holder.has(key)
  }

  /// Whether a closer of the wrong kind closes the container around the innermost, whose own closer is missing.
  private func closesTwo(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let outer = frame(1), outer.kind != top.kind, outer.kind == .object || outer.kind == .array, let far = frame(2)
    else { return false }
    let next = ahead(text, at + 1, horizon: at + Limits.look)
    guard case .byte(let byte, let byteAt) = next else { return true }
    if far.kind == .root || far.kind == .lines { return false }
    if byte.isCloser {
      // `}]` in an array, `]}` in an object: the first is stray if the second closes this container.
      let fitsHere = (byte == .closeBracket) == (top.kind == .array)
      return !fitsHere || top.kind == .array && top.lastKind != .object && far.kind == .array && far.hasMemory
    }
    guard byte == .comma, case .byte(let item, let itemAt) = ahead(text, byteAt + 1, horizon: byteAt + Limits.look) else {
      return false
    }
    let end = keyEnd(text, itemAt, horizon: itemAt + Limits.look)
    let key = end.map { keyBloom(text, itemAt, $0) }
    if top.kind == .object { return closesObjectAndArray(item, key, outer, far) }
    return closesArrayAndObject(text, item, itemAt, key, outer, far)
  }

  private func closesObjectAndArray(_ item: UInt8, _ key: UInt64?, _ outer: Frame, _ far: Frame) -> Bool {
    guard let key else { return far.kind == .array && !item.isCloser }
    if far.kind != .object { return false }
    return top.has(key) || outer.hasMemory && !outer.remembers(key)
  }

  private func closesArrayAndObject(
    _ text: Span<UInt8>, _ item: UInt8, _ itemAt: Int, _ key: UInt64?, _ outer: Frame, _ far: Frame
  ) -> Bool {
    if key != nil { return far.kind == .object }
    guard far.kind == .array else { return false }
    guard item == .openBrace else { return kind(of: item) != kind(of: top.lastKind) && kind(of: item) == .object }
    if top.lastKind != .object { return true }
    let keys = keysAhead(text, itemAt)
    let fitsHere = (keys & ~(top.last | top.beforeLast)) == 0
    let fitsFar = (keys & ~(far.last | far.beforeLast | outer.keys)) == 0
    return fitsFar && !fitsHere
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
    let key = keyBloom(text, start, end)
    var up = 0
    var known: Int?
    while up < Limits.climb, let candidate = frame(up), candidate.kind == .array {
      if known == nil && candidate.remembers(key) { known = up }
      up += 1
    }
    let holder = frame(up).flatMap { $0.kind == .object ? $0 : nil }
    if let level = known, !(holder.map { belongs(key, to: $0, at: up) } ?? false) {
      for _ in 0..<level { closeMissing(at: start) }
      openImplicit(at: start)
    } else if holder != nil {
      let followsComma = top.expect == .element
      for _ in 0..<up { closeMissing(at: start) }
      if followsComma && top.expect == .comma { top.expect = .key }
    } else {
      openImplicit(at: start)
    }
    takeKey(text, start, end, malformed: malformed)
  }

  /// Whether the object `up` frames above lacks a key that its siblings have.
  private func belongs(_ key: UInt64, to object: Frame, at up: Int) -> Bool {
    guard !object.has(key), let siblings = frame(up + 1) else { return false }
    return siblings.remembers(key)
  }

  /// An object whose opener is missing.
  mutating func openImplicit(at start: Int) {
    beforeValue(at: start)
    sink.problem(.missingOpener, start, start, .insert(.openBrace))
    push(.object, at: start, isImplicit: true)
  }
}
