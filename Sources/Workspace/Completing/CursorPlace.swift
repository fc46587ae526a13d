import Manifest

/// What is to be written where the cursor stands.
struct CursorPlace {
  enum Role: Equatable {
    /// A key of an object; `member` is the node that stands in for it in `tree`.
    case key(object: Int, member: Int)
    case value(node: Int)
    /// A new element of an array whose elements are records of their own.
    case element(ordinal: Int, array: Int)
  }

  var record: Record
  /// The record's tree with a well-formed text in the token's place, so that what is half typed breaks nothing around it.
  var tree: RecordTree
  var role: Role
  var token: Token
  /// Of the document.
  var cursor: Int
  /// Added to an offset of the token, gives one of the document.
  var shift: Int
  /// What was typed so far, unescaped.
  var typed: [UInt8]
  /// A new line of a file with one value a line.
  var isLine = false

  func absolute(_ range: Range<Int>) -> Range<Int> { range.lowerBound + shift..<range.upperBound + shift }

  /// `nil` where nothing can be written: behind the end, in a comment, between a value and its comma on a line that is complete.
  ///
  /// Cost: the own text of the innermost record and, between records, of the one around them.
  init?(at offset: Int, in document: Document) {
    var record = document.innermostRecord(at: offset)
    while true {
      if let place = Self.inside(record, at: offset, document) ?? Self.between(record, at: offset, document) {
        self = place
        return
      }
      guard let parent = record.parent, let outer = document.record(parent) else { return nil }
      record = outer
    }
  }

  private init(
    record: Record, tree: RecordTree, role: Role, token: Token, cursor: Int, shift: Int, typed: [UInt8]
  ) {
    self.record = record
    self.tree = tree
    self.role = role
    self.token = token
    self.cursor = cursor
    self.shift = shift
    self.typed = typed
  }

  /// Stands in for what is being typed.
  private static let standIn = Array("\"…\"".utf8)

  private static func inside(_ record: Record, at offset: Int, _ document: Document) -> CursorPlace? {
    guard let own = document.relative(offset, in: record.id), let tree = document.tree(of: record.id) else { return nil }
    if document.syntax == .jsonl, record.id == .document { return nil }
    let token = Token(at: own, in: tree)
    let shift = offset - own
    guard isCode(own, token, tree),
      document.bytes(in: token.range.lowerBound + shift..<token.range.upperBound + shift)
        == Array(tree.bytes[token.range])
    else { return nil }
    var bytes = tree.bytes
    bytes.replaceSubrange(token.range, with: standIn)
    let mended = RecordTree(parsing: bytes, syntax: document.syntax == .jsonc ? .jsonc : .json)
    guard let role = role(of: token, own: tree, in: mended) else { return nil }
    return CursorPlace(
      record: record, tree: mended, role: role, token: token, cursor: offset, shift: shift,
      typed: token.typed(in: tree.bytes))
  }

  /// Whether the cursor is where values stand, not in a comment.
  private static func isCode(_ offset: Int, _ token: Token, _ tree: RecordTree) -> Bool {
    !tree.problems.contains { problem in
      problem.code == .comment && problem.range.lowerBound < offset && offset <= problem.range.upperBound
    }
  }

  private static func role(of token: Token, own: RecordTree, in tree: RecordTree) -> Role? {
    let start = UInt32(clamping: token.range.lowerBound)
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      if node.hasKey, node.keyStart == start {
        return node.parent == Node.none ? nil : .key(object: Int(node.parent), member: index)
      }
      guard node.start == start, node.kind == .string else { continue }
      if index == 0 {
        // Before or behind a whole record: what is missing there is another one.
        let isAlone = token.range.count == own.bytes.count || own.bytes.allSatisfy { $0 == 32 || (9...13).contains($0) }
        return isAlone || !token.range.isEmpty ? .value(node: 0) : nil
      }
      // A text in an object that is no member's value is a key whose colon is still missing.
      let parent = Int(node.parent)
      if tree.nodes[parent].kind == .object, !node.hasKey { return .key(object: parent, member: index) }
      return .value(node: index)
    }
    return nil
  }

  private static func between(_ record: Record, at offset: Int, _ document: Document) -> CursorPlace? {
    guard let tree = document.tree(of: record.id),
      let container = document.container(around: offset, of: record.id, tree: tree),
      tree.nodes[container].kind == .array || document.syntax == .jsonl && record.id == .document
    else { return nil }
    let isLine = document.syntax == .jsonl && record.id == .document
    let ordinal =
      isLine
      ? document.position(at: offset, in: .utf8).line
      : document.lastRecord(before: offset, in: record.id).map { $0.ordinal + 1 } ?? 0
    let token = Token(at: 0, in: RecordTree(parsing: []))
    var place = CursorPlace(
      record: record, tree: tree, role: .element(ordinal: ordinal, array: container), token: token,
      cursor: offset, shift: offset, typed: [])
    place.isLine = isLine
    return place
  }
}
