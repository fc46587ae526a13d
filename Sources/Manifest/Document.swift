/// A text with its records, cheap to edit and to copy. Copies share structure.
///
/// Reading is total: any bytes give records, trees and problems, which depend on the text, the syntax and the shape alone,
/// never on the edits that led there. All offsets are bytes.
package struct Document: Sendable {
  package let syntax: Syntax
  package private(set) var shape: RecordShape
  var program: ShapeProgram
  var root: TextNode
  /// Where the text lies, if it is not kept.
  package private(set) var file: TextFile?

  /// Cost: one pass over the bytes, which the document keeps.
  package init(_ bytes: [UInt8], syntax: Syntax, shape: RecordShape) {
    self.syntax = syntax
    self.shape = syntax.isTable ? .rows : shape
    program = ShapeProgram(self.shape)
    if let grammar = syntax.table { program.table = TableLayout(of: bytes[...], grammar) }
    root = Document.load(bytes, syntax: syntax, program: &program)
  }

  init(syntax: Syntax, shape: RecordShape, program: ShapeProgram, root: TextNode, file: TextFile) {
    self.file = file
    self.syntax = syntax
    self.shape = shape
    self.program = program
    self.root = root
  }

  package var byteCount: Int { root.summary.bytes }

  /// Gives every record a new id. Cost: one pass over the text.
  package mutating func reshape(_ shape: RecordShape) -> RecordChanges {
    var changes = RecordChanges()
    changes.removed = recordIDs()
    self.shape = syntax.isTable ? .rows : shape
    let table = program.table
    program = ShapeProgram(self.shape)
    program.table = table
    root = Document.load(allBytes(), syntax: syntax, program: &program, labelsAfter: root.summary.lastLabel)
    changes.inserted = recordIDs()
    changes.changed = [.document]
    return changes
  }

  private static func load(
    _ bytes: [UInt8], syntax: Syntax, program: inout ShapeProgram, labelsAfter: UInt64 = 0
  ) -> TextNode {
    program.balance = syntax.isList ? nil : Balance()
    var builder = read(bytes, syntax: syntax, program: program)
    let balance = Balance(
      braces: builder.leaves.reduce(0) { $0 + $1.braces }, brackets: builder.leaves.reduce(0) { $0 + $1.brackets })
    if !syntax.isList, !balance.isEven {
      program.balance = balance
      if builder.leaves.contains(where: { $0.balanceUses > 0 }) {
        builder = read(bytes, syntax: syntax, program: program)
      }
    }
    var labels = RecordLabels(bytes: bytes.count, after: labelsAfter)
    let leaves = builder.leaves.map { draft in labels.labeled(draft).node(in: bytes) }
    return TextNode.tree(of: leaves) ?? Document.emptyLeaf
  }

  private static func read(_ bytes: [UInt8], syntax: Syntax, program: ShapeProgram) -> LeafBuilder {
    var builder = LeafBuilder(
      from: Parser<LeafSink>.initial(shape: program, syntax: syntax), shape: program, syntax: syntax)
    builder.run(bytes.span, until: bytes.count)
    builder.finish(bytes.span)
    return builder
  }

  static let emptyLeaf = TextNode(
    leaf: .empty, text: [UInt8]().span, problems: 0)

  // MARK: Text

  package func allBytes() -> [UInt8] { bytes(in: 0..<byteCount) }

  /// The range is clamped.
  package func bytes(in range: Range<Int>) -> [UInt8] {
    let range = range.clamped(to: 0..<byteCount)
    var out: [UInt8] = []
    out.reserveCapacity(range.count)
    forEachChunk(in: range) { out.append(contentsOf: $0) }
    return out
  }

  /// Calls with contiguous parts of the text, in order. Nothing is copied.
  package func forEachChunk(in range: Range<Int>? = nil, _ body: (ArraySlice<UInt8>) -> Void) {
    let range = (range ?? 0..<byteCount).clamped(to: 0..<byteCount)
    forEachLeaf(from: range.lowerBound) { leaf, start in
      guard start < range.upperBound else { return false }
      let lower = max(range.lowerBound - start, 0)
      let upper = min(range.upperBound - start, leaf.leaf.count)
      if lower < upper { body(leaf.leaf.bytes(in: lower..<upper)) }
      return true
    }
  }

  /// Visits leaves from the one that contains `offset` on, with their offsets, while `body` says so.
  func forEachLeaf(from offset: Int, _ body: (TextNode, Int) -> Bool) {
    _ = Document.visit(root, start: 0, from: offset, body)
  }

  private static func visit(_ node: TextNode, start: Int, from offset: Int, _ body: (TextNode, Int) -> Bool) -> Bool {
    if node.height == 0 { return body(node, start) }
    var start = start
    for (index, child) in node.children.enumerated() {
      let end = start + child.summary.bytes
      if end > offset || index == node.children.count - 1 {
        guard visit(child, start: start, from: offset, body) else { return false }
      }
      start = end
    }
    return true
  }
}

/// How record labels are spread, so that most insertions find a free one.
struct RecordLabels {
  private var last: UInt64
  private let gap: UInt64

  init(bytes: Int, after last: UInt64) {
    self.last = last
    gap = Self.gap(bytes: bytes, after: last)
  }

  /// The leaf with labels for its records, each greater than all before.
  mutating func labeled(_ draft: DraftLeaf) -> DraftLeaf {
    var draft = draft
    for index in draft.marks.indices where draft.marks[index].kind == .record {
      last += gap
      draft.marks[index].label = last
    }
    return draft
  }

  /// The distance between neighbors at load. A text has fewer records than bytes.
  static func gap(bytes: Int, after last: UInt64) -> UInt64 {
    let available = UInt64.max / 2 - min(last, UInt64.max / 4)
    return max(1, min(last == 0 ? 1 << 40 : 1 << 32, available / UInt64(bytes + 2)))
  }
}
