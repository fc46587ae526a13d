/// Reads a document's records and remembers the one it read last: thousands of findings may stand in one, and reading it
/// anew for each would cost their number times its length.
package struct RecordMemo {
  package let document: Document
  private var id: RecordID?
  private var leaf: LeafPlace?
  private var own: OwnText?
  private var row: TableRow?
  private var knownTree: RecordTree?
  private var knownPointer: String?
  private var containers = ContainerPointers()

  package init(_ document: Document) { self.document = document }

  /// As `Document.absolute`.
  package mutating func absolute(_ range: Range<Int>, in id: RecordID) -> Range<Int>? {
    turn(to: id)
    guard let own else { return nil }
    guard isRow else { return own.absolute(range) }
    return row.map { own.absolute($0.map.cells(of: range)) }
  }

  /// As `Document.relative`.
  package mutating func relative(_ offset: Int, in id: RecordID) -> Int? {
    turn(to: id)
    guard let own, let plain = own.relative(offset) else { return nil }
    return isRow ? row?.map.own(of: plain) : plain
  }

  /// As `Document.tree`.
  package mutating func tree(of id: RecordID) -> RecordTree? {
    turn(to: id)
    if knownTree == nil { knownTree = isRow ? row?.tree : own.flatMap { document.plainTree(of: id, $0) } }
    return knownTree
  }

  /// As `Document.pointer`; `tree` is that of `id`.
  package mutating func pointer(of node: Int, tree: RecordTree, in id: RecordID) -> String {
    turn(to: id)
    let start = knownPointer ?? document.pointer(to: id, &containers) ?? ""
    knownPointer = start
    return start + tree.pointer(of: node)
  }

  private var isRow: Bool { document.syntax.isTable && id != .document }

  private mutating func turn(to id: RecordID) {
    guard id != self.id else { return }
    self.id = id
    own = document.ownParts(of: id, near: &leaf)
    row = isRow ? document.row(id) : nil
    knownTree = nil
    knownPointer = nil
  }
}
