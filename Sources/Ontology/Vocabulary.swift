import Manifest

/// A list of terms with its name and version, as a maintainer ships it.
package struct Vocabulary: Sendable {
  package var id: String
  package var version: String
  package var terms: [Term]

  package init(id: String, version: String, terms: [Term]) {
    self.id = id
    self.version = version
    self.terms = terms
  }

  /// Reads the JSON shape. Never fails: what is not of the shape is left out, and a term without an id is none.
  package init(_ bytes: [UInt8], id fallback: String) {
    let tree = RecordTree(parsing: bytes)
    func text(_ key: String, of node: Int) -> String? { tree.member(key, of: node).flatMap { tree.string(of: $0) } }
    id = text("id", of: 0) ?? fallback
    version = text("version", of: 0) ?? ""
    terms = []
    guard let list = tree.member("terms", of: 0), tree.nodes[list].kind == .array else { return }
    for node in tree.children(of: list) {
      guard let id = text("id", of: node), !id.isEmpty else { continue }
      var term = Term(id: id)
      term.prefLabels = Self.labels("prefLabel", of: node, in: tree)
      term.altLabels = Self.labels("altLabels", of: node, in: tree)
      term.broader = Self.strings(tree.member("broader", of: node), in: tree)
      term.replacedBy = Self.strings(tree.member("replacedBy", of: node), in: tree)
      term.isDeprecated = tree.member("deprecated", of: node).map { tree.nodes[$0].kind == .true } ?? false
      term.canonical = text("canonical", of: node)
      terms.append(term)
    }
  }

  /// A string, or by language a string or a list of strings.
  private static func labels(_ key: String, of term: Int, in tree: RecordTree) -> [Term.Label] {
    guard let node = tree.member(key, of: term) else { return [] }
    guard tree.nodes[node].kind == .object else {
      return strings(node, in: tree).map { Term.Label(language: "", text: $0) }
    }
    return tree.children(of: node).flatMap { language in
      strings(language, in: tree).map { Term.Label(language: tree.key(of: language) ?? "", text: $0) }
    }
  }

  private static func strings(_ node: Int?, in tree: RecordTree) -> [String] {
    guard let node else { return [] }
    if let one = tree.string(of: node) { return [one] }
    guard tree.nodes[node].kind == .array else { return [] }
    return tree.children(of: node).compactMap { tree.string(of: $0) }
  }
}
