/// The tree of one record: its own text and a flat array of nodes in document order.
///
/// The own text is the record's bytes with the records that stand inside it cut out: an elided container reads `[]` or `{}`.
/// Node 0 is the root. There is always at least that one node, whatever the bytes.
package struct RecordTree: Sendable, Hashable {
  package var bytes: [UInt8]
  package var nodes: [Node]
  /// What is not well formed in this record, in order of place; ranges are offsets into `bytes`.
  package var problems: [SyntaxProblem]

  package init(bytes: [UInt8], nodes: [Node], problems: [SyntaxProblem] = []) {
    self.bytes = bytes
    self.nodes = nodes
    self.problems = problems
  }

  /// The children of a container, by index into `nodes`; empty for anything else.
  package func children(of index: Int) -> Children { Children(tree: self, parent: index) }

  package struct Children: Sequence, IteratorProtocol, Sendable {
    private let nodes: [Node]
    private var cursor: Int
    private let end: Int

    init(tree: RecordTree, parent: Int) {
      nodes = tree.nodes
      cursor = parent + 1
      end = Int(tree.nodes[parent].subtreeEnd)
    }

    package mutating func next() -> Int? {
      guard cursor < end else { return nil }
      defer { cursor = Int(nodes[cursor].subtreeEnd) }
      return cursor
    }
  }

  /// The last member with this key (as loaders read duplicates), comparing code points after unescaping.
  package func member(_ key: String, of index: Int) -> Int? {
    guard nodes[index].kind == .object else { return nil }
    var found: Int?
    for child in children(of: index) where keyEquals(key, at: child) { found = child }
    return found
  }

  /// The node's text as it stands, quotes and all.
  package func text(of index: Int) -> ArraySlice<UInt8> { bytes[nodes[index].range] }
}
