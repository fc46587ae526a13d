import Facts
import Findings
import Manifest
import PluginHost
import Schema
import WorkerProtocol

extension Workspace {
  /// How many ids one list offers.
  private static let identifierLimit = 100

  /// What may be written at an offset of a snapshot: from its format, the ids and terms that are known, and its plugins.
  ///
  /// A plugin that takes too long is left out, and the list says that it is incomplete. Cost: an edit and the own text of the record around;
  /// ids, one comparison for each of the kind that is asked for.
  package func completions(at offset: Int, in snapshot: DocumentSnapshot) async -> CompletionList {
    guard let dialect = snapshot.dialect, let place = CursorPlace(at: offset, in: snapshot.document) else {
      return CompletionList()
    }
    var maker = CompletionMaker(snapshot: snapshot, dialect: dialect, place: place)
    addIdentifiers(to: &maker)
    addNextNumber(to: &maker)
    maker.addTerms()
    maker.addFromSchema()
    await addPaths(to: &maker)
    await addOffers(to: &maker)
    return maker.list()
  }

  private func addIdentifiers(to maker: inout CompletionMaker) {
    if case .key = maker.place.role { return }
    guard let state = documents[maker.snapshot.uri], state.id == maker.snapshot.id else { return }
    let program = maker.dialect.program
    let scopes = Scopes(document: maker.place.document, id: state.id, record: maker.place.record)
    var seen: Set<IdentifierIndex.Scope> = []
    for index in program.links(of: maker.spot).references where index < program.declarations.references.count {
      let reference = program.declarations.references[index]
      guard reference.source == .value, let ancestor = scopes.ancestorLabel(in: reference.scope) else { continue }
      let wanted = maker.dialect.definitionsOfReference[index].map {
        IdentifierIndex.Scope(kind: $0, ancestor: ancestor, isShared: reference.scope == .dataset)
      }.filter { seen.insert($0).inserted }
      guard !wanted.isEmpty else { continue }
      let found = best(maker.typed, in: wanted, of: state)
      maker.add(identifiers: found.map { offer($0, of: reference.kind, beside: state) })
      maker.noteIncomplete()
    }
  }

  /// The ids that answer best, of this document and, where they count in a dataset, of its other files.
  private func best(
    _ typed: TypedText, in scopes: [IdentifierIndex.Scope], of state: DocumentState
  ) -> [IdentifierMatch] {
    var search = IdentifierSearch(typed, own: state.id, limit: Self.identifierLimit)
    for scope in scopes { search.look(in: state.identifiers, scope, of: state.id) }
    for scope in scopes where scope.isShared {
      for other in state.space.definers(of: scope.kind) where other !== state && search.left > 0 {
        search.look(in: other.identifiers, scope, of: other.id)
      }
    }
    return search.best
  }

  private func offer(_ match: IdentifierMatch, of kind: String, beside state: DocumentState) -> OfferedIdentifier {
    let (record, isOwn) = (match.identifier.record, match.document == state.id)
    let isNamed = isOwn || !isWithheld(RecordReference(document: match.document, record: record), in: state.space)
    return OfferedIdentifier(
      literal: match.identifier.literal, name: isNamed ? match.identifier.name : nil, kind: kind, rank: match.rank,
      uri: isOwn ? state.uri : state.space.documents[match.document]?.shownURI ?? "", record: record)
  }

  /// What plugins offer for the value at the cursor.
  private func addOffers(to maker: inout CompletionMaker) async {
    guard case .value = maker.place.role, let state = documents[maker.snapshot.uri], state.id == maker.snapshot.id,
      state.version == maker.snapshot.version
    else { return }
    guard mayAnswer(.complete, in: state), let (input, node) = offerInput(at: maker.place, in: state) else { return }
    let plugins = askable(input.roles, in: state)
    for answer in await ask(plugins, of: state, { .complete(input, node: node, members: $0) }) {
      guard let answer else {
        maker.noteIncomplete()
        continue
      }
      maker.add(offers: answer.offers)
    }
  }

  /// The record as plugins are to see it, with what is typed as a text of its own, and the node of that text.
  private func offerInput(at place: CursorPlace, in state: DocumentState) -> (input: RecordInput, node: Int)? {
    guard let checker = state.checker, let evaluator = state.evaluator else { return nil }
    var document = state.document
    let content = document.bytes(in: place.token.content)
    let isWord = !place.token.isQuoted && RecordTree(parsing: content).problems.isEmpty
    guard place.token.isQuoted || !content.isEmpty else { return nil }
    let text = isWord ? content : [UInt8(ascii: "\"")] + content + [UInt8(ascii: "\"")]
    _ = document.apply(TextEdit(range: place.token.range, replacement: text))
    let start = place.token.range.lowerBound
    let record = document.innermostRecord(at: start)
    guard let own = document.relative(start, in: record.id), let tree = document.tree(of: record.id),
      let node = tree.nodes.indices.first(where: { Int(tree.nodes[$0].start) == own && tree.nodes[$0].kind != .missing }
      )
    else { return nil }
    let meaning = checker.host.meaning(of: record, tree: tree, in: document, id: state.id, evaluator: evaluator)
    return (recordInput(record, meaning, in: state, checker), node)
  }
}
