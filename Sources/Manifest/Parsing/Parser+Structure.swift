extension Parser {
  // MARK: The stack

  mutating func push(_ kind: Frame.Kind, at start: Int, isImplicit: Bool = false) {
    let type = top.childType
    if type != 0 { sink.recordBegin(type, at: start, keyHash: top.keyHash, parentType: top.ownerType) }
    var frame = Frame(kind: kind, expect: kind == .object ? .firstKey : .firstElement)
    frame.isImplicit = isImplicit
    frame.recordType = type
    frame.ownerType = type == 0 ? top.ownerType : type
    // The root is the only frame that adds no step to a path.
    frame.depth = top.kind == .root ? 0 : top.depth == .max ? .max : top.depth + 1
    frame.patterns = top.childPatterns
    if frame.patterns != 0 {
      frame.childType = shape.childType(frame.patterns, depth: frame.depth)
      if kind == .array { frame.childPatterns = shape.elements(frame.patterns, depth: frame.depth) }
    }
    frame.inherit(from: top)
    sink.beginContainer(kind == .object ? .object : .array, at: start)
    if frame.childType != 0 { sink.open(frame.childType, at: isImplicit ? start : start + 1) }
    afterValue(kind == .object ? .object : .array)
    stack.append(top)
    top = frame
  }

  /// Leaves the innermost container. `end` is behind its closer, if it has one.
  mutating func pop(end: Int, isClosed: Bool) {
    if top.childType != 0 { sink.close(top.childType, at: isClosed ? end - 1 : end) }
    sink.endContainer(at: end, isClosed: isClosed)
    if top.recordType != 0 { sink.recordEnd(top.recordType, at: end) }
    let child = top
    if let frame = stack.popLast() {
      top = frame
    } else if let link = below {
      top = link.frame
      below = link.below
    }
    let spreads = child.isDamaged && !child.isCollection
    if spreads, top.kind == .object || top.kind == .array { top.damage = Frame.damageMemory }
    top.remember(child)
  }

  /// Reports something that may have led the parser astray.
  mutating func damage(_ code: SyntaxProblem.Code, _ start: Int, _ end: Int, _ repair: Repair) {
    if top.kind == .object || top.kind == .array { top.damage = Frame.damageMemory }
    sink.problem(code, start, end, repair)
  }

  /// Whether the document, in JSONL the line, has too many openers (1) or closers (-1) of a kind; `nil` if that is not known.
  ///
  /// Asked only where the text is malformed, or would rather be if it did not balance.
  mutating func surplus(of kind: Frame.Kind, _ text: Span<UInt8>) -> Int? {
    if isLines { return surplusOfLine(kind, text) }
    sink.needsBalance()
    return shape.balance?.surplus(kind)
  }

  /// Compares what is open with what the rest of the line closes, if its end is near.
  private func surplusOfLine(_ kind: Frame.Kind, _ text: Span<UInt8>) -> Int? {
    var sum = 0
    var up = 0
    while up < Limits.climb, let frame = frame(up), frame.kind != .lines {
      if frame.kind == kind && !frame.isImplicit { sum += 1 }
      up += 1
    }
    // A bracket that is being placed has not changed what is open.
    var at = position > 0 && text[position - 1].isBracket ? position - 1 : position
    let horizon = min(at + Limits.lineLook, text.count)
    let (opener, closer): (UInt8, UInt8) =
      kind == .object ? (.openBrace, .closeBrace) : (.openBracket, .closeBracket)
    while at < text.count, text[at] != .lineFeed {
      guard at < horizon, up < Limits.climb else { return nil }
      if text[at] == .quote {
        at = skipString(text, at, horizon: horizon)
        continue
      }
      if text[at] == opener { sum += 1 }
      if text[at] == closer { sum -= 1 }
      at += 1
    }
    return sum.signum()
  }

  /// The container `up` steps above the innermost.
  func frame(_ up: Int) -> Frame? {
    if up == 0 { return top }
    if up <= stack.count { return stack[stack.count - up] }
    var link = below
    var left = up - stack.count - 1
    while left > 0 {
      link = link?.below
      left -= 1
    }
    return link?.frame
  }

  /// Leaves the innermost container, which has no closer.
  mutating func closeMissing(at offset: Int) {
    completeMember(at: offset)
    let closer: UInt8 = top.kind == .object ? .closeBrace : .closeBracket
    let isClean = top.expect == .comma || top.expect == .firstKey || top.expect == .firstElement
    damage(.missingCloser, offset, offset, isClean ? .insert(closer) : .unknown)
    pop(end: offset, isClosed: false)
  }

  /// Gives a key without a value its missing value.
  mutating func completeMember(at offset: Int) {
    guard top.kind == .object, top.expect == .colon || top.expect == .value else { return }
    missingValue(at: offset)
  }

  // MARK: Values

  private mutating func beginScalarRecord(at start: Int) {
    let type = top.childType
    if type != 0 { sink.recordBegin(type, at: start, keyHash: top.keyHash, parentType: top.ownerType) }
  }

  mutating func afterValue(_ kind: Node.Kind) {
    top.lastKind = kind
    switch top.kind {
    case .root, .lines: top.expect = .end
    case .object, .array: top.expect = .comma
    }
  }

  /// A value that is no container, where a value may stand or nearly.
  mutating func scalar(_ text: Span<UInt8>, _ kind: Node.Kind, _ start: Int, _ end: Int, malformed: Bool) {
    guard top.expect != .end, top.expect != .excess else {
      excess(start, end)
      return
    }
    beginScalar(at: start)
    endScalar(kind, start, end, malformed: malformed)
  }

  mutating func beginScalar(at start: Int) {
    guard top.expect != .end, top.expect != .excess else {
      excess(start, start)
      return
    }
    beforeValue(at: start)
    beginScalarRecord(at: start)
  }

  mutating func endScalar(_ kind: Node.Kind, _ start: Int, _ end: Int, malformed: Bool) {
    guard top.expect != .end, top.expect != .excess else { return }
    sink.scalar(kind, start, end, malformed: malformed)
    let type = top.childType
    if type != 0 { sink.recordEnd(type, at: end) }
    afterValue(kind)
  }

  mutating func beforeValue(at start: Int) {
    if top.expect == .colon {
      missingColon(at: start)
    } else if top.kind == .array && top.expect == .comma {
      damage(.missingComma, start, start, .insert(.comma))
    }
    if top.expect != .colon && top.expect != .comma { return }
    top.expect = top.kind == .object ? .value : .element
  }

  mutating func missingColon(at offset: Int) {
    damage(.missingColon, offset, offset, .insert(.colon))
    top.expect = .value
  }

  mutating func missingValue(at offset: Int) {
    damage(.missingValue, offset, offset, .unknown)
    sink.missing(at: offset)
    afterValue(.missing)
  }

  mutating func excess(_ start: Int, _ end: Int) {
    guard top.expect == .end else { return }
    sink.problem(.extraContent, start, end, .unknown)
    top.expect = .excess
  }

  // MARK: Commas and colons

  mutating func comma(_ text: Span<UInt8>) {
    position += 1
    separate(text, position - 1)
  }

  /// What a comma at `at` does.
  mutating func separate(_ text: Span<UInt8>, _ at: Int) {
    if top.damage > 0 { top.damage -= 1 }
    let next = ahead(text, at + 1, horizon: at + Limits.look)
    switch top.expect {
    case .end, .excess: excess(at, at + 1)
    case .comma:
      if case .byte(let byte, _) = next, byte.isCloser {
        sink.problem(.trailingComma, at, at + 1, .remove)
      } else {
        top.expect = top.kind == .object ? .key : .element
      }
    case .colon where next.isByte(.colon): damage(.extraComma, at, at + 1, .remove)
    case .colon:
      missingValue(at: at)
      top.expect = .key
    case .value where top.kind == .object:
      if followsMember(text, next) {
        missingValue(at: at)
        top.expect = .key
      } else {
        damage(.extraComma, at, at + 1, .remove)
      }
    case .value, .firstElement, .element, .firstKey, .key:
      damage(.extraComma, at, at + 1, .remove)
    }
  }

  /// Whether what comes behind a comma is another member, or the object's end.
  private func followsMember(_ text: Span<UInt8>, _ next: Ahead) -> Bool {
    guard case .byte(let byte, let at) = next else { return true }
    return byte == .closeBrace || byte == .comma || keyEnd(text, at, horizon: at + Limits.look) != nil
  }

  mutating func colon(_ text: Span<UInt8>) {
    let at = position
    position += 1
    switch top.expect {
    case .colon: top.expect = .value
    case .end, .excess: excess(at, at + 1)
    case .firstKey, .key:
      damage(.missingKey, at, at, .unknown)
      sink.key(at, at, malformed: true)
      top.keyHash = 0
      top.childPatterns = shape.elements(top.patterns, depth: top.depth)
      top.expect = .value
    default: damage(.unexpectedCharacter, at, at + 1, .remove)
    }
  }
}
