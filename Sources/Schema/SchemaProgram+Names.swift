package import Manifest

// Nodes behind declared paths. Looked up when somebody asks, so that checking a record does not pay for them.

extension SchemaProgram {
  /// The value that a definition's `name` leads to in its record; `nil` if it leads nowhere.
  package func nameNode(ofDefinition declaration: Int, in tree: RecordTree) -> Int? {
    guard definitionPaths.indices.contains(declaration) else { return nil }
    return definitionPaths[declaration].name?.follow(in: tree)
  }

  /// The exported members of a definition that its record has, in the declaration's order.
  package func exportNodes(ofDefinition declaration: Int, in tree: RecordTree) -> [(name: String, node: Int)] {
    guard definitionPaths.indices.contains(declaration) else { return [] }
    return zip(declarations.defines[declaration].exports, definitionPaths[declaration].exports).compactMap {
      export, path in
      path?.follow(in: tree).map { (export.name, $0) }
    }
  }
}

extension SchemaEvaluator {
  /// The unit that the places of a node give it (`x-unit`), the outermost first; `nil` if none does. Cost: one evaluation of the record.
  package func unit(of node: Int, in tree: RecordTree, at entry: SchemaEntry) -> String? {
    for place in places(of: node, in: tree, at: entry) {
      let own = program.code.places[Int(place)]
      let schema = program.code.documents[Int(own.document)].tree
      if let unit = schema.membersByKey(of: Int(own.node))["x-unit"].flatMap({ schema.plainString(of: $0) }) {
        return unit
      }
    }
    return nil
  }
}
