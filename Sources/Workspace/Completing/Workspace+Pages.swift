import Facts
import Manifest
import Schema

extension Workspace {
  /// What more there is to tell of a completion, in Markdown; `nil` if nothing is, or not any more.
  package func text(of page: CompletionPage) -> String? {
    switch page {
    case .text(let markdown): markdown
    case .schema(let id, let places): library.dialects[id]?.program.description(ofPlaces: places).flatMap(Self.text)
    case .definition(let uri, let record): definition(record, in: uri)
    case .term: nil
    }
  }

  private static func text(_ description: SchemaDescription) -> String? {
    let parts = [description.title.map { "**\($0)**" }, description.markdown].compactMap(\.self).filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  /// The record as it stands, cut where it is long; without what identifies somebody.
  private func definition(_ id: RecordID, in uri: String) -> String? {
    guard let state = documents[uri], let dialect = state.recognition.dialect, let evaluator = state.evaluator,
      let record = state.document.record(id), let tree = state.document.tree(of: id),
      let entry = dialect.entry(of: record, key: dialect.readsKeys ? state.document.key(of: id) : nil),
      tree.nodes[0].kind == .object
    else { return nil }
    let hidden = Set(evaluator.evaluate(tree, at: entry).privateNodes.map(Int.init))
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
