import Findings
import Manifest
import Ontology
import Schema

/// Puts the values of one record into words: what ids name, what terms are called, where boxes lie.
///
/// Made with the definitions that the record's references lead to; everything after that is looked up here.
struct ValueWords {
  let snapshot: DocumentSnapshot
  let reader: RecordReader
  let reading: RecordReading
  private let targets: [DefinitionQuery: [DefinitionTarget]]

  /// Looks up what the references of `nodes` mean; of all nodes if it is `nil`.
  init(
    _ snapshot: DocumentSnapshot, _ reader: RecordReader, _ reading: RecordReading, nodes: Set<Int>? = nil,
    in workspace: Workspace
  ) async {
    self.snapshot = snapshot
    self.reader = reader
    self.reading = reading
    let wanted = reading.references.filter { nodes?.contains($0.node) ?? true }
    targets = await snapshot.definitions(of: wanted, reader: reader, in: workspace)
  }

  /// Where the ids of a node are given.
  func targets(of identifier: Identifier) -> [DefinitionTarget] {
    targets[DefinitionQuery(identifier, in: reader.dialect)] ?? []
  }

  /// What a value amounts to, in a few words: where a box lies, what an id names, what a term is called. Else the value itself.
  func summary(of node: Int) -> String? {
    if reading.isPrivate(node) { return Phrases.text("hidden", in: snapshot.language) }
    if let words = geometry(at: node)?.text { return words }
    let text = reading.shownText(of: node).map(Markdown.escaped)
    guard let name = name(of: node) else { return text }
    return text.map { "\($0) (\(Markdown.escaped(name)))" } ?? Markdown.escaped(name)
  }

  /// What an id at a node names, or what the term there is called; `nil` if it is nothing else than what stands there.
  func name(of node: Int) -> String? {
    let name =
      reading.references.first { $0.node == node }.flatMap { targets(of: $0).first }.flatMap(snapshot.name)
      ?? snapshot.termLabel(of: node, in: reading)
    guard let name, let text = reading.shownText(of: node), !name.utf8.elementsEqual(text.utf8) else { return nil }
    return name
  }

  /// The geometry that a node is, or is a number of: its node and its words.
  func geometry(at node: Int) -> (node: Int, text: String)? {
    var current: Int? = node
    while let index = current, !reading.isPrivate(index) {
      let roles = reading.evaluation.roles
      if let entry = roles.entries.first(where: { Int($0.node) == index && $0.geometry != .none }) {
        return GeometryWords.text(of: entry, in: roles, language: snapshot.language).map { (index, $0) }
      }
      let parent = reading.tree.nodes[index].parent
      // A record that is an interval says so at its own members, not at everything in it.
      current = parent == Node.none || parent == 0 ? nil : Int(parent)
    }
    return nil
  }
}

extension DocumentSnapshot {
  /// What a definition is called: the label of the term it names, or the text itself; `nil` if it says none.
  func name(of target: DefinitionTarget) -> String? {
    guard !target.isWithheld else { return nil }
    let program = target.reading.dialect.program
    let node = program.nameNode(ofDefinition: target.identifier.declaration, in: target.reading.tree)
    let label = node.flatMap { (target.file?.terms ?? terms).label(of: $0, in: target.reading, language: language) }
    return label ?? target.identifier.name
  }
}
