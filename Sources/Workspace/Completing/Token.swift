import Manifest

/// What is being typed: the text, key or word that the cursor is in or touches. Offsets are the document's.
struct Token: Equatable {
  /// With its quotes, as far as there are any.
  var range: Range<Int>
  /// Without them.
  var content: Range<Int>
  /// It begins with a quote.
  var isQuoted: Bool
  /// It ends with one.
  var isClosed: Bool
  /// Space between the cursor and a value that stands behind it, and that is to be replaced.
  var lead: [UInt8] = []

  /// What the token at an offset may be, the likeliest first; none between a key and a list or group that is its value.
  ///
  /// A quote that has just been typed makes a text of whatever follows it, so the reading by the document's own tree is one
  /// guess, and the nearest quote before the cursor another.
  static func guesses(at offset: Int, in document: Document) -> [Token] {
    var guesses: [Token] = []
    let record = document.innermostRecord(at: offset)
    if let own = document.relative(offset, in: record.id), let tree = document.tree(of: record.id) {
      let shift = offset - own
      if let text = text(around: own, in: tree).map({ $0.moved(by: shift) }), text.stands(in: document, as: tree, shift)
      {
        guesses.append(text)
      } else if let value = value(behind: own, in: tree) {
        guard tree.nodes[value].kind != .object, tree.nodes[value].kind != .array else { return [] }
        let end = Int(tree.nodes[value].end) + shift
        let lead = document.bytes(in: offset..<Int(tree.nodes[value].start) + shift)
        return [Token(range: offset..<end, content: offset..<offset, isQuoted: false, isClosed: false, lead: lead)]
      }
    }
    let line = Line(around: offset, in: document)
    if let text = line.textFromNearestQuote, !guesses.contains(text) { guesses.append(text) }
    guesses.append(line.word)
    return guesses
  }

  /// The value of a member whose key and colon stand before an offset, and nothing but space between.
  private static func value(behind offset: Int, in tree: RecordTree) -> Int? {
    tree.nodes.indices.first { index in
      let node = tree.nodes[index]
      return node.hasKey && node.kind != .missing && node.keyEnd <= offset && offset <= node.start
        && tree.bytes[offset..<max(offset, Int(node.start))].allSatisfy { $0 <= 32 }
        && tree.bytes[Int(node.keyEnd)..<max(Int(node.keyEnd), offset)].contains(UInt8(ascii: ":"))
    }
  }

  private func moved(by shift: Int) -> Token {
    var token = self
    token.range = range.lowerBound + shift..<range.upperBound + shift
    token.content = content.lowerBound + shift..<content.upperBound + shift
    return token
  }

  /// Whether the bytes are the ones the tree was read from: between the two may stand other records.
  private func stands(in document: Document, as tree: RecordTree, _ shift: Int) -> Bool {
    let own = range.lowerBound - shift..<range.upperBound - shift
    return own.upperBound <= tree.bytes.count && document.bytes(in: range).elementsEqual(tree.bytes[own])
  }

  // MARK: In quotes, by the tree

  private static func text(around offset: Int, in tree: RecordTree) -> Token? {
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      if node.hasKey, let token = text(node.keyRange, offset, tree) { return token }
      if node.kind == .string, let token = text(node.range, offset, tree) { return token }
      // Past what ends before the cursor.
      let isBehind = Int(node.end) < offset && node.kind != .missing && !node.flags.contains(.unclosed)
      index = isBehind ? max(index + 1, Int(node.subtreeEnd)) : index + 1
    }
    return nil
  }

  private static func text(_ range: Range<Int>, _ offset: Int, _ tree: RecordTree) -> Token? {
    let range = range.clamped(to: tree.bytes.indices)
    guard range.lowerBound < offset, offset <= range.upperBound, tree.bytes[range.lowerBound] == UInt8(ascii: "\"")
    else {
      return nil
    }
    let isClosed = isClosed(range, tree.bytes)
    if offset == range.upperBound, isClosed { return nil }
    // A text with a quote in it has swallowed what follows.
    let rest = offset..<max(offset, isClosed ? range.upperBound - 1 : range.upperBound)
    if holdsQuote(rest, tree.bytes) { return nil }
    return Token(
      range: range, content: range.lowerBound + 1..<(isClosed ? range.upperBound - 1 : range.upperBound),
      isQuoted: true,
      isClosed: isClosed)
  }

  private static func holdsQuote(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    range.contains { bytes[$0] == UInt8(ascii: "\"") && bytes[$0 - 1] != UInt8(ascii: "\\") }
  }

  private static func isClosed(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    guard range.count > 1, bytes[range.upperBound - 1] == UInt8(ascii: "\"") else { return false }
    var slashes = range.upperBound - 2
    while slashes > range.lowerBound, bytes[slashes] == UInt8(ascii: "\\") { slashes -= 1 }
    return (range.upperBound - 2 - slashes).isMultiple(of: 2)
  }
}

/// The text close to the cursor, on its line.
private struct Line {
  private static let reach = 512
  private let bytes: [UInt8]
  /// Of the document, where `bytes` begins.
  private let start: Int
  /// The cursor, in `bytes`.
  private let cursor: Int

  init(around offset: Int, in document: Document) {
    start = max(0, offset - Self.reach)
    bytes = document.bytes(in: start..<offset + Self.reach)
    cursor = min(offset - start, bytes.count)
  }

  /// From the nearest quote before the cursor up to where a text could end.
  var textFromNearestQuote: Token? {
    var quote = cursor - 1
    while quote >= 0, bytes[quote] != UInt8(ascii: "\"") {
      if bytes[quote] == 10 || bytes[quote] == 13 { return nil }
      quote -= 1
    }
    // A quote with structure right behind it ends a text.
    guard quote >= 0, quote + 1 == cursor || !isFollowedByStructure(quote + 1) else { return nil }
    var end = cursor
    while end < bytes.count, !Self.isBoundary(bytes[end]) { end += 1 }
    let isClosed = end < bytes.count && bytes[end] == UInt8(ascii: "\"") && isFollowedByStructure(end + 1)
    // Without its own quote it ends at the cursor: what follows was there before it.
    if !isClosed { end = cursor }
    return Token(
      range: start + quote..<start + end + (isClosed ? 1 : 0), content: start + quote + 1..<start + end, isQuoted: true,
      isClosed: isClosed)
  }

  private func isFollowedByStructure(_ offset: Int) -> Bool {
    var at = offset
    while at < bytes.count, bytes[at] == 32 || bytes[at] == 9 { at += 1 }
    guard at < bytes.count else { return true }
    return [UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"), 10, 13].contains(bytes[at])
  }

  /// A run of bytes that are neither structure nor space. Words before it on the line belong to it while they are no values
  /// themselves: who looks for a name types spaces.
  var word: Token {
    var end = cursor
    while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    var first = cursor
    while first > 0, Self.isWord(bytes[first - 1]) { first -= 1 }
    while first > 0, first < cursor {
      var before = first
      while before > 0, bytes[before - 1] == 32 { before -= 1 }
      guard before < first, before > 0, Self.isWord(bytes[before - 1]) else { break }
      var other = before
      while other > 0, Self.isWord(bytes[other - 1]) { other -= 1 }
      guard !Self.isValue(bytes[other..<before]) else { break }
      first = other
    }
    return Token(
      range: start + first..<start + end, content: start + first..<start + end, isQuoted: false, isClosed: false)
  }

  private static func isBoundary(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "["), UInt8(ascii: "]"), 10, 13:
      true
    default: false
    }
  }

  private static func isWord(_ byte: UInt8) -> Bool { byte > 32 && !isBoundary(byte) }

  private static func isValue(_ word: ArraySlice<UInt8>) -> Bool {
    if ["true", "false", "null"].contains(where: { $0.utf8.elementsEqual(word) }) { return true }
    let tree = RecordTree(parsing: Array(word))
    return tree.nodes[0].kind == .number && tree.problems.isEmpty
  }
}
