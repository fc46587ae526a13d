package import Manifest

/// Whether entries of a list say the same, as JSON Schema compares: numbers by value, objects in any order.
package enum EntryEquality {
  /// Equal entries have equal hashes. Cost: the entry's text, once.
  package static func hash(_ tree: RecordTree) -> UInt64 { tree.nodes.isEmpty ? 0 : ValueHash.hash(tree, 0) }

  package static func areEqual(_ a: RecordTree, _ b: RecordTree) -> Bool {
    !a.nodes.isEmpty && !b.nodes.isEmpty && ValueEquality.areEqual(a, 0, b, 0)
  }
}

extension SchemaEvaluator {
  /// What is said of an entry that stands in its list already; `place` wants every entry to be another. Its range means nothing.
  package func repetition(at place: UInt32) -> SchemaFinding? {
    let code = program.code
    guard code.places.indices.contains(Int(place)),
      let assertion = code.places[Int(place)].assertions.indices.first(where: {
        code.assertions[$0].operation == .uniqueItems
      })
    else { return nil }
    let fault = Fault(code: .assertion, place: place, node: 0, detail: UInt32(clamping: assertion))
    return FindingWriter(machine: machine(reading: RecordTree(parsing: Array("[]".utf8))), privateNodes: []).finding(
      fault)
  }
}
