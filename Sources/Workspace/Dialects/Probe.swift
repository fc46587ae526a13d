import Manifest

/// Looks at a few places of a document to see what it is. Cost: the trees of the records on the way.
struct ProbeView {
  let document: Document
  /// How many of a container's records are looked through for a key.
  static let recordLimit = 64

  /// The text of the value at a place written as a JSON pointer, or as the name of a top-level member; `nil` if nothing is there.
  func value(at path: String) -> [UInt8]? {
    let steps = path.hasPrefix("/") ? path.dropFirst().split(separator: "/").map(String.init) : [path]
    guard var tree = document.tree(of: .document) else { return nil }
    var record = RecordID.document
    var node = 0
    for step in steps {
      if tree.nodes[node].flags.contains(.elided) {
        guard let inner = innerRecord(step, of: record, at: tree.nodes[node].range),
          let innerTree = document.tree(of: inner)
        else { return nil }
        (record, tree, node) = (inner, innerTree, 0)
      } else if let index = Int(step), tree.nodes[node].kind == .array {
        guard let child = tree.children(of: node).dropFirst(max(0, index)).first(where: { _ in true }) else { return nil }
        node = child
      } else {
        guard let child = tree.member(step, of: node) else { return nil }
        node = child
      }
    }
    if let string = tree.string(of: node) { return Array(string.utf8) }
    return Array(tree.text(of: node).prefix(256))
  }

  private func innerRecord(_ step: String, of outer: RecordID, at ownRange: Range<Int>) -> RecordID? {
    guard let range = document.absolute(ownRange, in: outer) else { return nil }
    let records = document.records(in: range).lazy.filter { $0.parent == outer && $0.range.lowerBound > range.lowerBound }
      .prefix(Self.recordLimit)
    if let index = Int(step) { return records.first { $0.ordinal >= index }?.id }
    return records.first { record in
      guard let tree = document.tree(of: outer) else { return false }
      _ = tree
      return document.key(of: record.id).map { String(decoding: $0, as: UTF8.self) } == step
    }?.id
  }
}

/// What a file was taken for, and why.
package struct Recognition: Sendable {
  package var dialect: Dialect?
  /// In plain words, for `doctor`: "it has `images` and `annotations`".
  package var reason: String?
  /// Formats that fit equally well, if that is why none was chosen.
  package var tied: [String] = []
}
