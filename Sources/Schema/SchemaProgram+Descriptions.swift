package import Manifest

/// What a schema tells people about a value.
package struct SchemaDescription: Sendable, Hashable {
  package var title: String?
  /// Markdown, paragraphs apart.
  package var markdown: String
}

extension SchemaEvaluator {
  /// Titles and descriptions of the places that apply to the node, outermost first; `nil` if they say nothing.
  ///
  /// Of a choice's branches, the one taken or meant counts. Cost: one evaluation of the record.
  package func description(of node: Int, in tree: RecordTree, at entry: SchemaEntry) -> SchemaDescription? {
    var title: String?
    var parts: [String] = []
    func add(_ text: String?) {
      if let text, !text.isEmpty, !parts.contains(text) { parts.append(text) }
    }
    for place in places(of: node, in: tree, at: entry) {
      let own = program.code.places[Int(place)]
      let schema = program.code.documents[Int(own.document)].tree
      let members = schema.membersByKey(of: Int(own.node))
      func text(_ key: String) -> String? { members[key].flatMap { schema.plainString(of: $0) } }
      title = title ?? text("title")
      add(text("markdownDescription") ?? text("description").map(Self.escaped))
      add(valueDescription(members, schema, own, node, tree))
      add(text("deprecationMessage").map(Self.escaped))
    }
    return title == nil && parts.isEmpty
      ? nil : SchemaDescription(title: title, markdown: parts.joined(separator: "\n\n"))
  }

  /// The text that `enumDescriptions` has for the value that stands here.
  private func valueDescription(
    _ members: [String: Int], _ schema: RecordTree, _ place: Place, _ node: Int, _ tree: RecordTree
  ) -> String? {
    guard let values = members["enum"] else { return nil }
    let isMarkdown = members["markdownEnumDescriptions"] != nil
    guard let texts = members["markdownEnumDescriptions"] ?? members["enumDescriptions"] else { return nil }
    for (value, text) in zip(Array(schema.children(of: values)), Array(schema.children(of: texts)))
    where ValueEquality.areEqual(schema, value, tree, node) {
      let found = schema.plainString(of: text)
      return isMarkdown ? found : found.map(Self.escaped)
    }
    return nil
  }

  /// Plain text as Markdown that reads the same.
  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      if "\\`*_{}[]<>#|~".unicodeScalars.contains(scalar) { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    return out
  }
}

extension SchemaProgram {
  /// See `SchemaEvaluator.description`.
  package func description(of node: Int, in tree: RecordTree, at entry: SchemaEntry) -> SchemaDescription? {
    SchemaEvaluator(self).description(of: node, in: tree, at: entry)
  }
}
