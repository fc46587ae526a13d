// Where a string ends that lost a quote, or got one too many. Asked only at a quote or line end that no string may contain.
// Nothing here depends on structure: brackets can be counted before anything is known of it.
extension Parser {
  typealias Before = ParserState.Before

  /// What to do about a string that began at `start` and cannot go on at `at`.
  enum LostQuote {
    /// Its last quote is missing here.
    case end(Int)
    /// Its first quote is one too many.
    case drop
  }

  /// At a quote inside a string: whether it rather begins the next key or value.
  func lostQuote(_ text: Span<UInt8>, _ start: Int, beforeQuote at: Int, _ before: Before) -> LostQuote? {
    if before != .colon, let end = keyPrefix(text, start, at) { return .end(end) }
    guard keyEnd(text, at, horizon: at + Limits.look) != nil else { return nil }
    let end = withoutStructure(text, start + 1, at)
    if end == start + 1 { return .drop }
    let last = text[lastVisible(text, start, at)]
    return last == .comma || last.isOpener ? .end(end) : nil
  }

  /// At a line end inside a string: what in front of it is rather structure.
  func lostQuote(_ text: Span<UInt8>, _ start: Int, beforeLineEnd at: Int, _ before: Before) -> LostQuote? {
    if before != .colon, let end = keyPrefix(text, start, at) { return .end(end) }
    let end = withoutStructure(text, start + 1, at)
    if end > start + 1 { return end < at ? .end(end) : nil }
    return before == .value ? .drop : end < at ? .end(end) : nil
  }

  /// The end of `name` in `"name: [{` or `"name: 1,`.
  private func keyPrefix(_ text: Span<UInt8>, _ start: Int, _ limit: Int) -> Int? {
    var at = start + 1
    while at < limit, text[at].isNamePart { at += 1 }
    let end = at
    while at < limit, text[at] == .space { at += 1 }
    guard end > start + 1, at < limit, text[at] == .colon else { return nil }
    at += 1
    while at < limit, text[at].isJSONSpace { at += 1 }
    if at == limit { return end }
    let first = text[at]
    let beginsValue =
      first.isOpener || first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "t")
      || first == UInt8(ascii: "f") || first == UInt8(ascii: "n")
    let last = text[lastVisible(text, start, limit)]
    let isLineEnd = limit == text.count || text[limit] != .quote
    return beginsValue && (last == .comma || last.isOpener || isLineEnd) ? end : nil
  }

  /// Where the spaces, commas and brackets before `end` begin.
  private func withoutStructure(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = end
    while at > start, text[at - 1].isJSONSpace || text[at - 1] == .comma || text[at - 1].isBracket { at -= 1 }
    return at
  }

  /// The last byte from `start` on and before `end` that is no space; `start` itself if there is none.
  private func lastVisible(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var at = end - 1
    while at > start, text[at].isJSONSpace { at -= 1 }
    return at
  }
}

extension UInt8 {
  /// May stand in a name without quotes.
  var isNamePart: Bool {
    isLetter || isDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
      || self >= 0x80
  }

  var isBracket: Bool { isOpener || isCloser }
}
