// What to do with closers that do not fit. Every rule acts only where the text is already malformed, and looks at most
// `Limits.look` bytes ahead of a token and `Limits.climb` frames up.
extension Parser {
  mutating func close(_ kind: Frame.Kind, _ text: Span<UInt8>) {
    let at = position
    position += 1
    sink.bracket(kind, -1)
    guard top.kind == .object || top.kind == .array else {
      if top.expect == .value {
        damage(.strayCloser, at, at + 1, .remove)
      } else {
        excess(at, at + 1)
      }
      return
    }
    if top.kind == kind {
      if staysOpen(text, at) && mayBeStray(text, kind) {
        strayCloser(at)
      } else {
        closeHere(at)
      }
    } else if closesTwo(text, at, kind) {
      closeMissing(at: at)
      closeHere(at)
    } else {
      strayCloser(at)
    }
  }

  mutating func closeHere(_ at: Int) {
    completeMember(at: at)
    if top.expect == .key || top.expect == .element { sink.problem(.trailingComma, at, at, .unknown) }
    pop(end: at + 1, isClosed: true)
  }

  mutating func strayCloser(_ at: Int) { damage(.strayCloser, at, at + 1, .remove) }

  /// Whether the document has a closer too many. Behind the outermost container nothing can follow, whatever the sums say.
  mutating func mayBeStray(_ text: Span<UInt8>, _ kind: Frame.Kind) -> Bool {
    if let outer = frame(1), outer.kind == .root || outer.kind == .lines { return true }
    return surplus(of: kind, text) ?? -1 < 0
  }

  /// Whether a closer of the right kind is one too many: what follows cannot stand in the outer container, but in this one.
  mutating func staysOpen(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard let outer = frame(1) else { return false }
    guard case .byte(let next, let nextAt) = ahead(text, at + 1, horizon: at + Limits.look) else { return false }
    if next == .colon { return top.expect == .colon }
    let lacksValue = top.expect == .value || top.expect == .colon
    if outer.kind == .root || outer.kind == .lines {
      if next == .comma || next.isCloser || lacksValue { return true }
      if top.kind == .array, next == .openBrace, surplus(of: .array, text) ?? 0 < 0 { return true }
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
  func endsRecord(_ text: Span<UInt8>, _ byte: UInt8, _ itemAt: Int) -> Bool {
    guard byte == .openBrace, let siblings = frame(2), siblings.kind == .array, siblings.hasMemory else { return false }
    let keys = keysAhead(text, itemAt)
    return fits(keys, siblings) && !fits(keys, top)
  }

  /// Behind an object's closer stands another key: whether its value is an object like the one that ends, so that both are members.
  func isSibling(_ text: Span<UInt8>, _ keyEnd: Int) -> Bool {
    guard case .byte(.colon, let colon) = ahead(text, keyEnd, horizon: keyEnd + Limits.look),
      case .byte(.openBrace, let brace) = ahead(text, colon + 1, horizon: colon + Limits.look)
    else { return false }
    let keys = keysAhead(text, brace)
    return keys.count > 1 && keys.allSatisfy { top.has($0) }
  }

  /// Whether a key that follows an object's closer is rather the object's own.
  func continues(_ key: KeySet, in object: Frame, among outer: Frame, beyond: Int) -> Bool {
    if object.has(key) { return false }
    if outer.hasMemory { return outer.remembers(key) }
    // The first element: the key may be one of the object around the array.
    guard let holder = frame(beyond), holder.kind == .object, let holders = frame(beyond + 1) else { return true }
    return !holders.remembers(key) || holder.has(key)
  }

  /// Whether a closer of the wrong kind closes the container around the innermost, whose own closer is missing.
  mutating func closesTwo(_ text: Span<UInt8>, _ at: Int, _ kind: Frame.Kind) -> Bool {
    guard let outer = frame(1), outer.kind != top.kind, outer.kind == .object || outer.kind == .array,
      let far = frame(2)
    else { return false }
    if let openers = surplus(of: top.kind, text), let closers = surplus(of: kind, text), (openers > 0) != (closers < 0)
    {
      return openers > 0
    }
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
  func isLastOfCollection(_ text: Span<UInt8>, _ at: Int, _ far: Frame) -> Bool {
    guard top.kind == .array, top.lastKind != .object, far.kind == .array, far.hasMemory,
      case .byte(.comma, let comma) = ahead(text, at + 1, horizon: at + Limits.look),
      case .byte(_, let item) = ahead(text, comma + 1, horizon: comma + Limits.look),
      let end = keyEnd(text, item, horizon: item + Limits.look)
    else { return false }
    return !far.remembers(keySet(text, item, end))
  }

  func closesObjectAndArray(_ item: UInt8, _ key: KeySet?, _ outer: Frame, _ far: Frame) -> Bool {
    guard let key else { return far.kind == .array && !item.isCloser }
    if far.kind != .object { return false }
    return top.has(key) || (outer.hasMemory ? !outer.remembers(key) : belongs(key, to: far, at: 2))
  }

  func closesArrayAndObject(
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

  func kind(of byte: UInt8) -> Node.Kind {
    switch byte {
    case .openBrace: .object
    case .openBracket: .array
    case .quote: .string
    default: .number
    }
  }

  func kind(of kind: Node.Kind) -> Node.Kind {
    switch kind {
    case .object, .array, .string: kind
    default: .number
    }
  }
}
