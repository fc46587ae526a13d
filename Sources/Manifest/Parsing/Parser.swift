/// The tolerant reader of JSON and JSONL: a pushdown machine with bounded look-ahead, total over any bytes.
///
/// It works on a window of contiguous text that reaches `Limits.reach` behind the place where it is asked to stop, or to the
/// text's end. What it does depends on the text alone, never on where leaves begin. JSON without fault gives no problem.
struct Parser<Sink: ParseSink> {
  var sink: Sink
  let shape: ShapeProgram
  let syntax: Syntax
  let isLines: Bool
  /// In the window.
  var position = 0
  var mode: ParserState.Mode
  /// What the last token was.
  var before: Before
  /// What the one before the current token was.
  var tokenBefore = Before.other
  var top: Frame
  /// Open containers under `top`, the nearest last. Those further down are in `below`.
  var stack: [Frame] = []
  var below: FrameLink?
  /// Where a long token or a cell began, if in this window.
  var tokenStart = 0
  /// Containers that end before this place in the window may be read at once.
  var skipLimit = 0
  /// Behind the last character of a table's cell that is no space.
  var tokenEnd = 0

  init(_ state: ParserState, shape: ShapeProgram, syntax: Syntax, sink: Sink) {
    self.sink = sink
    self.shape = shape
    self.syntax = syntax
    isLines = syntax == .jsonl
    mode = state.mode
    before = state.before
    top = state.top.frame
    below = state.top.below
  }

  /// The state at the start of a text.
  static func initial(shape: ShapeProgram, syntax: Syntax) -> ParserState {
    var frame = Frame(kind: syntax.isList ? .lines : .root, expect: .value)
    frame.patterns = shape.all
    frame.childPatterns = shape.all
    if syntax == .jsonl {
      frame.childPatterns = shape.elements(shape.all, depth: 0)
      frame.childType = shape.childType(shape.all, depth: 0)
    }
    return ParserState(mode: .start, before: .other, top: FrameLink(frame, below: nil))
  }

  /// The state here. Cost: one small allocation for each container opened or changed since the last call.
  mutating func state() -> ParserState {
    for frame in stack { below = FrameLink(frame, below: below) }
    stack.removeAll(keepingCapacity: true)
    return ParserState(mode: mode, before: before, top: FrameLink(top, below: below))
  }

  /// Reads on to `limit`, or to the end of the token there.
  mutating func run(_ text: Span<UInt8>, until limit: Int) {
    while position < limit {
      switch mode {
      case .normal: step(text, limit)
      case .string(let isKey): longString(text, limit, isKey: isKey)
      case .word(let scan): longWord(text, limit, scan)
      case .lineComment: longComment(text, limit, isLine: true)
      case .blockComment: longComment(text, limit, isLine: false)
      case .row(let place): rows(text, limit, place)
      case .start: begin(text)
      }
    }
  }

  /// Does what comes before the first character. Nothing later in the text.
  mutating func begin(_ text: Span<UInt8>) {
    guard mode == .start else { return }
    if syntax.isTable { return beginTable(text) }
    mode = .normal
    if top.childType != 0 { sink.open(top.childType, at: position) }
    guard text.count - position >= 3, text[position] == 0xEF, text[position + 1] == 0xBB, text[position + 2] == 0xBF
    else {
      return
    }
    sink.problem(.byteOrderMark, position, position + 3, .remove)
    position += 3
  }

  /// Closes whatever is open at the end of the text.
  mutating func finish(_ text: Span<UInt8>) {
    begin(text)
    if case .row(let place) = mode { return finishTable(text, place) }
    endLongToken()
    closeAll()
    if top.kind == .root && top.expect == .value { sink.problem(.emptyDocument, position, position, .unknown) }
    if top.childType != 0 { sink.close(top.childType, at: position) }
  }

  mutating func closeAll() {
    while top.kind == .object || top.kind == .array { closeMissing(at: position) }
  }

  private mutating func endLongToken() {
    switch mode {
    case .string(let isKey):
      damage(.unterminatedString, position, position, .insert(.quote))
      endLongString(isKey: isKey, malformed: true)
    case .word(let scan): endLongWord(scan)
    case .blockComment: sink.problem(.comment, position, position, .unknown)
    default: break
    }
    mode = .normal
  }

  // MARK: Tokens

  private mutating func step(_ text: Span<UInt8>, _ limit: Int) {
    let at = position
    let byte = text[at]
    switch byte {
    case .space, .tab, .carriageReturn:
      position += 1
      while position < limit, text[position] == .space { position += 1 }
    case .lineFeed:
      if isLines {
        endLine()
        before = .other
      }
      position += 1
      if isLines && position == text.count { return }
    case .quote:
      (tokenBefore, before) = (before, .value)
      string(text)
    case .openBrace:
      before = .other
      open(.object, text)
      if Sink.skipsContent { skipContent(.object, text) }
    case .openBracket:
      before = .other
      open(.array, text)
      if Sink.skipsContent { skipContent(.array, text) }
    case .closeBrace:
      before = .value
      close(.object, text)
    case .closeBracket:
      before = .value
      close(.array, text)
    case .comma:
      before = .other
      comma(text)
    case .colon:
      before = .colon
      colon(text)
    case .slash where isComment(text, at): comment(text)
    case .semicolon:
      before = .other
      semicolon(text)
    default:
      before = .value
      word(text)
    }
  }

  private mutating func endLine() {
    closeAll()
    if top.expect == .value { sink.problem(.blankLine, position, position + 1, .remove) }
    top.expect = .value
  }

  func isComment(_ text: Span<UInt8>, _ at: Int) -> Bool {
    guard text[at] == .slash, at + 1 < text.count else { return false }
    return text[at + 1] == .slash || text[at + 1] == .star
  }

  private mutating func comment(_ text: Span<UInt8>) {
    let isLine = text[position + 1] == .slash
    let start = position
    var end = start + 2
    while end < text.count, end - start < Limits.token {
      if endsComment(text, &end, isLine: isLine) {
        if syntax != .jsonc { sink.problem(.comment, start, end, .remove) }
        position = end
        return
      }
      end += UTF8Unit(text, at: end).length
    }
    if syntax != .jsonc || (end >= text.count && !isLine) { sink.problem(.comment, start, end, .unknown) }
    position = end
    mode = end < text.count ? (isLine ? .lineComment : .blockComment) : .normal
  }

  /// Moves behind the comment's end if it is here.
  private func endsComment(_ text: Span<UInt8>, _ at: inout Int, isLine: Bool) -> Bool {
    let byte = text[at]
    if isLine || isLines, byte == .lineFeed || (isLine && byte == .carriageReturn) { return true }
    if !isLine, byte == .star, at + 1 < text.count, text[at + 1] == .slash {
      at += 2
      return true
    }
    return false
  }

  private mutating func longComment(_ text: Span<UInt8>, _ limit: Int, isLine: Bool) {
    while position < limit {
      if endsComment(text, &position, isLine: isLine) {
        mode = .normal
        return
      }
      position += UTF8Unit(text, at: position).length
    }
  }

  // MARK: Look-ahead

  /// What stands behind spaces and comments.
  enum Ahead: Equatable {
    case byte(UInt8, at: Int)
    /// The text's end; in JSONL the line's.
    case end
    /// Too far away to look.
    case far

    func isByte(_ wanted: UInt8) -> Bool { if case .byte(wanted, _) = self { true } else { false } }
    func at(_ other: Int) -> Int { if case .byte(_, let at) = self { at } else { other } }
  }

  func ahead(_ text: Span<UInt8>, _ start: Int, horizon: Int) -> Ahead {
    var at = start
    while at < horizon {
      guard at < text.count else { return .end }
      let byte = text[at]
      if byte == .lineFeed && isLines { return .end }
      if byte.isJSONSpace {
        at += 1
      } else if byte == .slash && isComment(text, at) {
        let isLine = text[at + 1] == .slash
        at += 2
        while at < text.count, at < horizon, !endsComment(text, &at, isLine: isLine) { at += 1 }
      } else {
        return .byte(byte, at: at)
      }
    }
    return .far
  }

  /// The end of the key whose quote is at `start`, if a key stands there: a string, or a word, and a colon.
  func keyEnd(_ text: Span<UInt8>, _ start: Int, horizon: Int) -> Int? {
    guard start < text.count else { return nil }
    var at = start
    if text[at] == .quote {
      at += 1
      while at < min(horizon, text.count) {
        let byte = text[at]
        if byte == .lineFeed || byte == .carriageReturn { return nil }
        at += byte == .backslash ? 2 : 1
        if byte == .quote && closesString(text, at, horizon: horizon) {
          return ahead(text, at, horizon: horizon).isByte(.colon) ? at : nil
        }
      }
      return nil
    }
    guard text[at].isLetter else { return nil }
    while at < min(horizon, text.count), text[at].isLetter || text[at].isDigit || text[at] == UInt8(ascii: "_") {
      at += 1
    }
    return ahead(text, at, horizon: horizon).isByte(.colon) ? at : nil
  }

  /// Whether a quote that ends before `at` is the string's last.
  func closesString(_ text: Span<UInt8>, _ at: Int, horizon: Int) -> Bool {
    var at = at
    while at < horizon {
      guard at < text.count else { return true }
      switch text[at] {
      case .comma, .colon, .closeBracket, .closeBrace, .lineFeed, .carriageReturn: return true
      case .space, .tab: at += 1
      case .slash: return isComment(text, at)
      case .quote: return true
      case .semicolon: return keyFollows(text, at + 1, horizon: horizon)
      case .openBrace, .openBracket:
        return beginsContainer(text, at, horizon: horizon) || ahead(text, at + 1, horizon: horizon).isByte(.colon)
      default: return isWholeScalar(text, at, horizon: horizon + 64)
      }
    }
    return true
  }

  /// `"a"; "b": 1`: whether what stands behind is a member rather than prose.
  private func keyFollows(_ text: Span<UInt8>, _ start: Int, horizon: Int) -> Bool {
    guard case .byte(.quote, var at) = ahead(text, start, horizon: horizon) else { return false }
    at += 1
    while at < min(horizon, text.count), text[at].isNamePart { at += 1 }
    return at < text.count && text[at] == .quote && ahead(text, at + 1, horizon: horizon).isByte(.colon)
  }

  /// Whether a number or literal behind a quote looks like a value whose colon is missing, rather than like prose.
  private func isWholeScalar(_ text: Span<UInt8>, _ start: Int, horizon: Int) -> Bool {
    var at = start
    var scan = WordScan.start
    var letters: UInt64 = 0
    while at < text.count, at - start < 32,
      text[at].isLetter || text[at].isDigit || text[at] == 0x2D || text[at] == 0x2E || text[at] == 0x2B
    {
      scan.add(text[at])
      letters = letters << 8 | UInt64(text[at])
      at += 1
    }
    guard scan.isNumber || Parser.literal(letters, length: at - start) != nil else { return false }
    guard case .byte(let next, _) = ahead(text, at, horizon: horizon) else { return false }
    return next == .comma || next.isCloser
  }

  static func literal(_ letters: UInt64, length: Int) -> Node.Kind? {
    switch (length, letters) {
    case (4, 0x7472_7565): .true
    case (5, 0x66_616C_7365): .false
    case (4, 0x6E75_6C6C): .null
    default: nil
    }
  }

  /// Whether a bracket behind a quote looks like a value whose colon is missing, rather than like prose.
  private func beginsContainer(_ text: Span<UInt8>, _ at: Int, horizon: Int) -> Bool {
    guard case .byte(let next, _) = ahead(text, at + 1, horizon: horizon) else { return false }
    if text[at] == .openBrace { return next == .quote || next == .closeBrace }
    return next == .quote || next == .closeBracket || next.isOpener || next.isDigit || next == UInt8(ascii: "-")
  }

  func keySet(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> KeySet {
    KeySet(keyHash(text, start, end))
  }

  func keyHash(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    JSONString.hash(text.extracting(keyText(text, start, end)))
  }

  /// The key without its quotes.
  func keyText(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int> {
    JSONString.keyText(text, start, end)
  }

  /// The keys of the object whose first key or opener is at `start`, as far as the parser looks.
  func keysAhead(_ text: Span<UInt8>, _ start: Int) -> [KeySet] {
    let horizon = start + Limits.look
    var at = start < text.count && text[start] == .openBrace ? start + 1 : start
    var depth = 1
    var keys: [KeySet] = []
    while at < min(horizon, text.count), depth > 0 {
      let byte = text[at]
      if byte == .lineFeed && isLines { break }
      if byte == .quote {
        if let end = keyEnd(text, at, horizon: horizon) {
          if depth == 1 { keys.append(keySet(text, at, end)) }
          at = end
        } else {
          at = skipString(text, at, horizon: horizon)
        }
        continue
      }
      if byte.isOpener { depth += 1 } else if byte.isCloser { depth -= 1 }
      at += 1
    }
    return keys
  }

  func skipString(_ text: Span<UInt8>, _ start: Int, horizon: Int) -> Int {
    var at = start + 1
    while at < min(horizon, text.count) {
      let byte = text[at]
      if byte == .lineFeed || byte == .carriageReturn { return at }
      at += byte == .backslash ? 2 : 1
      if byte == .quote && closesString(text, at, horizon: horizon) { return at }
    }
    return at
  }
}
