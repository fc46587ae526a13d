import Manifest

/// Looks at a few places of a document to see what it is. Cost: the trees of the records on the way.
struct ProbeView {
  let document: Document
  /// Which line of a file of lines stands for the first: what is misspelt in one is not in another.
  var line = 0
  /// How many of a container's records are looked through for a key.
  static let recordLimit = 64

  /// What stands at a place written as a JSON pointer (`*` for the first child, whatever its key), or as the name of a top-level member: a string's content, or the
  /// text of anything else, cut at 256 bytes. `nil` if nothing is there.
  func value(at path: String) -> [UInt8]? {
    var steps = path.hasPrefix("/") ? path.dropFirst().split(separator: "/").map(String.init) : [path]
    if line > 0, path.hasPrefix("/0/") { steps[0] = String(line) }
    guard var tree = document.tree(of: .document) else { return nil }
    var record = RecordID.document
    var node = 0
    for step in steps {
      if tree.nodes[node].flags.contains(.elided) {
        guard
          let inner = innerRecord(
            step, of: record, at: tree.nodes[node].range, isArray: tree.nodes[node].kind == .array),
          let innerTree = document.tree(of: inner)
        else { return nil }
        (record, tree, node) = (inner, innerTree, 0)
      } else if step == "*" {
        guard let child = Array(tree.children(of: node).prefix(1)).first else { return nil }
        node = child
      } else if let index = Int(step), tree.nodes[node].kind == .array {
        guard let child = Array(tree.children(of: node).prefix(max(0, index) + 1)).dropFirst(max(0, index)).first else {
          return nil
        }
        node = child
      } else {
        guard let child = tree.member(step, of: node) else { return nil }
        node = child
      }
    }
    return Array(tree.scalarText(of: node).prefix(256))
  }

  private func innerRecord(_ step: String, of outer: RecordID, at ownRange: Range<Int>, isArray: Bool) -> RecordID? {
    // Lines are in no brackets: what is between them does not say how far they reach.
    let isOfLines = outer == .document && document.syntax == .jsonl
    guard let range = isOfLines ? 0..<document.byteCount : document.absolute(ownRange, in: outer) else { return nil }
    let inner = document.records(in: range).lazy.filter {
      $0.parent == outer && range.lowerBound <= $0.range.lowerBound
    }
    .prefix(Self.recordLimit)
    if step == "*" { return inner.first { _ in true }?.id }
    if isArray {
      // In JSONL the ordinal is the physical line, and the first lines may be blank.
      guard let index = Int(step) else { return nil }
      return inner.first { index <= $0.ordinal }?.id
    }
    return inner.first { document.pointer(to: $0.id)?.hasSuffix("/" + step) == true }?.id
  }
}

/// What a file was taken for, and why.
package struct Recognition: Sendable {
  package var dialect: Dialect?
  /// In plain words, for `doctor`: "it has `images` and `annotations`".
  package var reason: String?
  /// Of a vocabulary table: the name of a column to the term's member, where somebody says so.
  var columns: [String: String] = [:]
  /// Formats that fit equally well, if that is why none was chosen.
  package var tied: [String] = []
}
