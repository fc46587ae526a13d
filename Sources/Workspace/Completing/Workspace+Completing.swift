import Facts
import Manifest
import PluginHost
import Schema

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
      for kind in maker.dialect.definitionsOfReference[index] {
        let scope = IdentifierIndex.Scope(kind: kind, ancestor: ancestor)
        guard seen.insert(scope).inserted else { continue }
        let found = state.identifiers.matches(
          maker.typed, in: scope, kind: reference.kind, limit: Self.identifierLimit)
        maker.add(identifiers: found)
        maker.noteIncomplete()
      }
    }
  }

  /// What plugins offer for the value at the cursor.
  private func addOffers(to maker: inout CompletionMaker) async {
    guard case .value = maker.place.role, let state = documents[maker.snapshot.uri], state.id == maker.snapshot.id,
      state.version == maker.snapshot.version
    else { return }
    let pools = (state.checker?.calls ?? []).compactMap { $0.plugin.code?.pool }
    guard !pools.isEmpty, let (input, node) = offerInput(at: maker.place, in: state) else { return }
    let uri = state.uri
    let members: PluginCall.Members = { [weak self] kind, key in
      await self?.members(kind, key, in: uri) ?? LookupResult()
    }
    let patience = options.pluginPatience
    let call = PluginCall.complete(input, node: node, members: members)
    let answers = await withTaskGroup(of: (Int, PluginResult?).self) { group in
      for (index, pool) in pools.enumerated() {
        group.addTask { (index, await pool.interactive.ask(call, within: patience)) }
      }
      return await group.reduce(into: [Int: PluginResult?]()) { $0[$1.0] = .some($1.1) }
    }
    for index in pools.indices {
      guard let answer = answers[index] ?? nil else {
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
    let result = checker.host.result(for: record, tree: tree, in: document, id: state.id, evaluator: evaluator)
    return (recordInput(record, result, in: state, checker), node)
  }

  /// What a key holds, for a plugin that asks while it completes.
  private func members(_ kind: FactKind, _ key: FactKey, in uri: String) -> LookupResult {
    guard let state = documents[uri] else { return LookupResult() }
    let found = state.store.facts(kind, key)
    return LookupResult(AttachedFact.numbered(found.facts.map(\.fact)), total: found.total)
  }
}
