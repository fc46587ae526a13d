import Manifest

/// What is being typed: the text, key or word that the cursor is in or touches. Offsets count from the start of the record's own text.
struct Token {
  /// With its quotes, as far as there are any.
  var range: Range<Int>
  /// Without them.
  var content: Range<Int>
  var cursor: Int
  /// It begins with a quote.
  var isQuoted: Bool
  /// It ends with one.
  var isClosed: Bool

  /// The token at an offset of a record; empty where none is.
  init(at offset: Int, in tree: RecordTree) {
    cursor = offset
    if let text = Self.text(around: offset, in: tree) {
      self = text
    } else {
      range = Self.word(around: offset, in: tree.bytes)
      content = range
      isQuoted = false
      isClosed = false
    }
  }

  private init(range: Range<Int>, content: Range<Int>, cursor: Int, isClosed: Bool) {
    self.range = range
    self.content = content
    self.cursor = cursor
    self.isClosed = isClosed
    isQuoted = true
  }

  /// What stands before the cursor, unescaped.
  func typed(in bytes: [UInt8]) -> [UInt8] {
    let before = Array(bytes[content.lowerBound..<max(content.lowerBound, min(cursor, content.upperBound))])
    guard isQuoted, before.contains(UInt8(ascii: "\\")) else { return before }
    let tree = RecordTree(parsing: [UInt8(ascii: "\"")] + before + [UInt8(ascii: "\"")])
    return tree.stringBytes(of: 0) ?? before
  }

  // MARK: In quotes

  private static func text(around offset: Int, in tree: RecordTree) -> Token? {
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      if node.hasKey, let token = text(node.keyRange, offset, tree) { return token }
      if node.kind == .string, let token = text(node.range, offset, tree) { return token }
      // Past what ends before the cursor.
      let isBehind = Int(node.end) < offset && node.kind != .missing && !node.flags.contains(.unclosed)
      index = isBehind ? max(index + 1, Int(node.subtreeEnd)) : index + 1
      if index < tree.nodes.count {
        let next = tree.nodes[index]
        if min(Int(next.start), next.hasKey ? Int(next.keyStart) : .max) > offset { break }
      }
    }
    return nil
  }

  private static func text(_ range: Range<Int>, _ offset: Int, _ tree: RecordTree) -> Token? {
    let range = range.clamped(to: tree.bytes.indices)
    guard range.lowerBound < offset, offset <= range.upperBound, tree.bytes[range.lowerBound] == UInt8(ascii: "\"") else {
      return nil
    }
    let isClosed = isClosed(range, tree.bytes)
    if offset == range.upperBound, isClosed { return nil }
    let start = range.lowerBound + 1
    if isBroken(range, tree) {
      // Where it ends is a guess, and a wrong one would take what follows with it.
      let end = guessedEnd(from: offset, upTo: range.upperBound, tree.bytes)
      let isEnded = end < tree.bytes.count && tree.bytes[end] == UInt8(ascii: "\"") && end < range.upperBound
        && isFollowedByStructure(end + 1, tree.bytes)
      return Token(
        range: range.lowerBound..<(isEnded ? end + 1 : end), content: start..<end, cursor: offset, isClosed: isEnded)
    }
    return Token(
      range: range, content: start..<(isClosed ? range.upperBound - 1 : range.upperBound), cursor: offset,
      isClosed: isClosed)
  }

  private static func isClosed(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    guard range.count > 1, bytes[range.upperBound - 1] == UInt8(ascii: "\"") else { return false }
    var slashes = range.upperBound - 2
    while slashes > range.lowerBound, bytes[slashes] == UInt8(ascii: "\\") { slashes -= 1 }
    return (range.upperBound - 2 - slashes).isMultiple(of: 2)
  }

  private static func isBroken(_ range: Range<Int>, _ tree: RecordTree) -> Bool {
    tree.problems.contains { problem in
      switch problem.code {
      case .unterminatedString, .strayQuote, .controlCharacter, .missingColon, .missingComma, .missingValue,
        .unexpectedCharacter, .extraContent, .missingKey:
        return problem.range.lowerBound <= range.upperBound && range.lowerBound <= problem.range.upperBound
      default: return false
      }
    }
  }

  private static func guessedEnd(from offset: Int, upTo limit: Int, _ bytes: [UInt8]) -> Int {
    var end = offset
    while end < min(limit, bytes.count), !isBoundary(bytes[end]) { end += 1 }
    return end
  }

  private static func isBoundary(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "["), UInt8(ascii: "]"), 10, 13:
      true
    default: false
    }
  }

  private static func isFollowedByStructure(_ offset: Int, _ bytes: [UInt8]) -> Bool {
    var at = offset
    while at < bytes.count, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
    return at == bytes.count || (isBoundary(bytes[at]) && bytes[at] != UInt8(ascii: "{") && bytes[at] != UInt8(ascii: "["))
  }

  // MARK: Without quotes

  /// A run of bytes that are neither structure nor space. Words before it on the line belong to it while they are no values themselves:
  /// who looks for a name types spaces.
  private static func word(around offset: Int, in bytes: [UInt8]) -> Range<Int> {
    let offset = min(offset, bytes.count)
    var end = offset
    while end < bytes.count, isWord(bytes[end]) { end += 1 }
    var start = offset
    while start > 0, isWord(bytes[start - 1]) { start -= 1 }
    while start > 0, start < offset {
      var before = start
      while before > 0, bytes[before - 1] == 32 { before -= 1 }
      guard before < start, before > 0, isWord(bytes[before - 1]) else { break }
      var first = before
      while first > 0, isWord(bytes[first - 1]) { first -= 1 }
      guard !isValue(bytes[first..<before]) else { break }
      start = first
    }
    return start..<end
  }

  private static func isWord(_ byte: UInt8) -> Bool { byte > 32 && !isBoundary(byte) }

  private static func isValue(_ word: ArraySlice<UInt8>) -> Bool {
    if ["true", "false", "null"].contains(where: { $0.utf8.elementsEqual(word) }) { return true }
    let tree = RecordTree(parsing: Array(word))
    return tree.nodes[0].kind == .number && tree.problems.isEmpty
  }
}
