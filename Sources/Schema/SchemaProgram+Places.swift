package import Manifest

/// Where a schema speaks of a value.
package struct SchemaLocation: Sendable {
  /// The address of the schema's file, as it was loaded.
  package var uri: String
  /// The file as it was then; the ranges are bytes of it.
  package var text: [UInt8]
  /// JSON pointer to the place.
  package var pointer: String
  /// The name of the property with what is said of it.
  package var range: Range<Int>
  /// The name alone, or the opening bracket of what has none.
  package var selection: Range<Int>
}

extension SchemaEvaluator {
  /// The places that apply to a node, outermost first; of several inside of each other the outer one.
  ///
  /// Of a choice's branches, the one taken or meant counts. Cost: one evaluation of the record.
  package func locations(of node: Int, in tree: RecordTree, at entry: SchemaEntry) -> [SchemaLocation] {
    var kept: [(document: UInt32, nodes: Range<Int>)] = []
    return places(of: node, in: tree, at: entry).compactMap { index in
      let place = program.code.places[Int(index)]
      let (uri, schema) = (
        program.code.documents[Int(place.document)].uri, program.code.documents[Int(place.document)].tree
      )
      let own = Int(place.node)
      guard schema.nodes.indices.contains(own),
        !kept.contains(where: { $0.document == place.document && $0.nodes.contains(own) })
      else { return nil }
      let found = schema.nodes[own]
      kept.append((place.document, own..<max(own + 1, Int(found.subtreeEnd))))
      let key = found.hasKey ? found.keyRange : nil
      let head = found.range.lowerBound..<min(found.range.lowerBound + 1, found.range.upperBound)
      return SchemaLocation(
        uri: uri, text: schema.bytes, pointer: schema.pointer(of: own),
        range: (key?.lowerBound ?? found.range.lowerBound)..<found.range.upperBound, selection: key ?? head)
    }
  }
}
