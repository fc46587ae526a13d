import Manifest

/// What is to be written where the cursor stands.
///
/// Found by writing something well formed in place of what is half typed, and reading that: the document's own recovery does the
/// rest, and what is half typed breaks nothing around it.
struct CursorPlace {
  enum Role: Equatable {
    /// A key of an object; `member` is the node that stands in for it.
    case key(object: Int, member: Int)
    case value(node: Int)
  }

  /// The document with a text in the token's place.
  var document: Document
  /// Its innermost record there, and the record's tree.
  var record: Record
  var tree: RecordTree
  var role: Role
  /// Of the document as it is.
  var token: Token
  var cursor: Int
  /// What was typed so far, unescaped.
  var typed: [UInt8]
  /// The value is an element of an array, or a line of its own.
  var isElement: Bool

  /// `nil` where nothing can be written: in a comment, behind the end.
  ///
  /// Cost: an edit of the document for each reading of what is typed, and the own text of the record around.
  init?(at offset: Int, in document: Document) {
    let offset = min(max(0, offset), document.byteCount)
    guard !Self.isComment(offset, in: document) else { return nil }
    var best: CursorPlace?
    for token in Token.guesses(at: offset, in: document) {
      guard let place = CursorPlace(token, at: offset, in: document) else { continue }
      if best.map({ place.document.problemCount < $0.document.problemCount }) ?? true { best = place }
      if document.problemCount == 0 { break }
    }
    guard let best else { return nil }
    self = best
  }

  /// Stands in for what is being typed.
  private static let standIn = Array("\"…\"".utf8)

  private init?(_ token: Token, at cursor: Int, in document: Document) {
    var mended = document
    var standIn = Self.standIn
    var start = token.range.lowerBound
    if let before = document.significantByte(from: start, isBackward: true), Self.endsValue(before.byte),
      !Self.isNewLine(document, before.offset, start)
    {
      standIn = [UInt8(ascii: ",")] + standIn
      start += 1
    }
    _ = mended.apply(TextEdit(range: token.range, replacement: standIn))
    let record = mended.innermostRecord(at: start + 1)
    guard let own = mended.relative(start, in: record.id), let tree = mended.tree(of: record.id),
      let role = Self.role(at: own, in: tree)
    else { return nil }
    self.document = mended
    self.record = record
    self.tree = tree
    self.role = role
    self.token = token
    self.cursor = cursor
    typed = Self.typed(token, cursor, in: document)
    isElement = Self.isElement(role, record, tree, mended)
  }

  private static func isComment(_ offset: Int, in document: Document) -> Bool {
    let record = document.innermostRecord(at: offset)
    guard let own = document.relative(offset, in: record.id), let tree = document.tree(of: record.id) else {
      return false
    }
    return tree.problems.contains { $0.code == .comment && $0.range.lowerBound < own && own <= $0.range.upperBound }
  }

  /// Whether a comma is missing behind this byte before another value or key can follow.
  static func endsValue(_ byte: UInt8) -> Bool {
    ![UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ","), UInt8(ascii: ":")].contains(byte)
  }

  static func isNewLine(_ document: Document, _ start: Int, _ end: Int) -> Bool {
    document.syntax == .jsonl && document.bytes(in: start..<end).contains(10)
  }

  private static func role(at offset: Int, in tree: RecordTree) -> Role? {
    let start = UInt32(clamping: offset)
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      if node.hasKey, node.keyStart == start { return index == 0 ? nil : .key(object: Int(node.parent), member: index) }
      guard node.start == start, node.kind == .string else { continue }
      if index == 0 { return .value(node: 0) }
      // A text in an object that is no member's value is a key whose colon is still missing.
      let parent = Int(node.parent)
      return tree.nodes[parent].kind == .object && !node.hasKey
        ? .key(object: parent, member: index) : .value(node: index)
    }
    return nil
  }

  private static func typed(_ token: Token, _ cursor: Int, in document: Document) -> [UInt8] {
    let end = min(cursor, token.content.upperBound)
    let before = document.bytes(in: min(token.content.lowerBound, end)..<end)
    guard token.isQuoted, before.contains(UInt8(ascii: "\\")) else { return before }
    return RecordTree(parsing: [UInt8(ascii: "\"")] + before + [UInt8(ascii: "\"")]).stringBytes(of: 0) ?? before
  }

  private static func isElement(_ role: Role, _ record: Record, _ tree: RecordTree, _ document: Document) -> Bool {
    guard case .value(let node) = role else { return false }
    if node > 0 { return tree.nodes[Int(tree.nodes[node].parent)].kind == .array }
    return record.id != .document && document.keyRange(of: record.id) == nil
  }

  /// Elements stand between commas, but for the lines of a file with one value a line.
  var isBetweenCommas: Bool {
    if case .key = role { return true }
    return isElement && !(document.syntax == .jsonl && record.parent == .document && role == .value(node: 0))
  }
}
