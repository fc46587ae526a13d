import Facts
import Manifest
import Ontology
import Schema

extension Workspace {
  /// What more there is to tell of a completion, in Markdown; `nil` if nothing is, or not any more.
  package func text(of page: CompletionPage) async -> String? {
    switch page {
    case .text(let markdown): markdown
    case .schema(let id, let places): library.dialects[id]?.program.description(ofPlaces: places).flatMap(Self.text)
    case .definition(let uri, let record): await definition(record, in: uri)
    case .term(let uri, let vocabulary, let id):
      documents[uri].flatMap { lists(for: $0)[vocabulary]?.index.term(id) }.map { Self.card($0, [options.language]) }
    }
  }

  private static func text(_ description: SchemaDescription) -> String? {
    let parts = [description.title.map { "**\($0)**" }, description.markdown].compactMap(\.self).filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// A term as its maintainer describes it.
  private static func card(_ term: Term, _ languages: [String]) -> String {
    var parts = ["**\(plain(term.label(in: languages)))** `\(term.id)`"]
    let others = term.prefLabels.map(\.text) + term.altLabels.map(\.text)
    let names = others.filter { !$0.utf8.elementsEqual(term.label(in: languages).utf8) }.prefix(8)
    if !names.isEmpty { parts.append("Also: " + names.map(plain).joined(separator: ", ")) }
    for texts in [term.definitions, term.scopeNotes, term.examples, term.changeNotes] {
      if let text = Term.Label.best(of: texts, in: languages) { parts.append(plain(text.text)) }
    }
    if term.isDeprecated {
      let next = term.replacedBy.map { "`\($0)`" }.joined(separator: " or ")
      parts.append(next.isEmpty ? "No longer to be used." : "No longer to be used; take \(next) instead.")
    }
    return parts.joined(separator: "\n\n")
  }

  /// Plain text as Markdown that reads the same.
  private static func plain(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      if "\\`*_{}[]<>#|~".unicodeScalars.contains(scalar) { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    return out
  }

  /// The record as it stands, cut where it is long; without what identifies somebody.
  private func definition(_ id: RecordID, in uri: String) async -> String? {
    guard let state = document(uri), let dialect = state.recognition.dialect,
      documents[uri] === state || !isWithheld(state.reference(id), in: state.space),
      let text = await FileText(of: state, in: self).document(),
      let reading = RecordReader(text, state.id, dialect).read(id), reading.tree.nodes[0].kind == .object
    else { return nil }
    let tree = reading.tree
    let hidden = Set(reading.evaluation.privateNodes.map(Int.init))
    var lines: [String] = []
    for child in tree.children(of: 0) where lines.count < 12 && !hidden.contains(child) {
      let node = tree.nodes[child]
      guard node.kind != .object, node.kind != .array, let key = tree.key(of: child) else { continue }
      let value = String(decoding: tree.text(of: child).prefix(80), as: UTF8.self)
      lines.append("\(key): \(value)")
    }
    guard !lines.isEmpty else { return nil }
    return "```yaml\n" + lines.joined(separator: "\n").replacing("```", with: "` ` `") + "\n```"
  }
}
