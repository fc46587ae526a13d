import Facts
import Findings
package import Manifest
import Schema

/// An id that a record gives, wherever it stands.
package struct DatasetSymbol: Sendable {
  /// The id, and what it is called.
  package var name: String
  /// What it is an id of.
  package var kind: String
  package var uri: String
  package var start: LinePosition
  package var end: LinePosition
}

extension Workspace {
  private static let symbolLimit = 200
  /// Of texts that were let go, so many bytes are read for one list.
  private static let symbolReading = 64 << 20
  /// So many ids are looked at for one list.
  private static let symbolSearching = 500_000

  /// The ids that answer a query, best first: of all open documents, and of all files of their datasets. What must not be shown is left out.
  ///
  /// Answers with what is known now. Cost: a comparison an id, with pauses for edits; and the files of the answers, as far as
  /// their texts are not in memory and are not too large together.
  package func symbols(for query: String, encoding: PositionEncoding) async -> [DatasetSymbol] {
    var left = Self.symbolSearching
    var found: [FoundSymbol] = []
    for space in spaces {
      var search = IdentifierSearch(TypedText(Array(query.utf8)), own: nil, limit: Self.symbolLimit, searching: left)
      for id in space.documents.keys.sorted() where search.left > 0 {
        guard let state = space.documents[id] else { continue }
        for scope in state.identifiers.lists.keys { search.look(in: state.identifiers, scope, of: id) }
        await Task.yield()
        if Task.isCancelled { return [] }
      }
      left = search.left
      found += search.best.compactMap { symbol($0, in: space) }
    }
    let best = found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
    return await Self.located(best.prefix(Self.symbolLimit).map(\.element), encoding)
  }

  /// Where facts meet: each open document's own, or its dataset's, in the order in which they were opened.
  private var spaces: [FactSpace] {
    var seen: Set<ObjectIdentifier> = []
    return documents.values.sorted { $0.opening < $1.opening }.map(\.space)
      .filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// `nil` if it is gone. Cost: a search.
  private func symbol(_ match: IdentifierMatch, in space: FactSpace) -> FoundSymbol? {
    guard let state = space.documents[match.document], let dialect = state.recognition.dialect,
      let declaration = dialect.definitionKinds.firstIndex(of: match.scope.kind)
    else { return nil }
    let declared = dialect.program.declarations.defines[declaration]
    let key = match.scope.key(of: match.identifier.key, declared.scope, in: match.document)
    let record = RecordReference(document: match.document, record: match.identifier.record)
    let places = space.store.facts(match.scope.kind, key, limit: Self.sameIDLimit).facts.compactMap {
      $0.fact.places.first?.place
    }
    guard let place = places.first(where: { $0.record == record }) else { return nil }
    let isNamed = !state.isUnopened || !isWithheld(record, in: space)
    let id = CompletionMaker.shown(match.identifier.literal)
    let name = isNamed ? match.identifier.name : nil
    return FoundSymbol(
      name: name.map { "\(id) — \($0)" } ?? id, kind: declared.kind, rank: match.rank, place: place,
      isKey: declared.source == .key, file: FileText(of: state, in: self))
  }

  /// Each file is looked at once.
  private static func located(_ found: [FoundSymbol], _ encoding: PositionEncoding) async -> [DatasetSymbol] {
    var left = symbolReading
    var symbols: [DatasetSymbol?] = found.map { _ in nil }
    for (_, members) in Dictionary(grouping: found.indices, by: { found[$0].file.uri }) {
      guard let file = members.first.map({ found[$0].file }) else { continue }
      if file.isAtRest { left -= file.byteCount }
      guard !file.isAtRest || left > 0, let text = await file.document() else { continue }
      var memo = RecordMemo(text)
      for index in members {
        let symbol = found[index]
        guard let range = Occurrence.range(of: symbol.place, isKey: symbol.isKey, in: text, &memo)?.range else {
          continue
        }
        symbols[index] = DatasetSymbol(
          name: symbol.name, kind: symbol.kind, uri: file.uri,
          start: text.position(at: range.lowerBound, in: encoding),
          end: text.position(at: range.upperBound, in: encoding))
      }
    }
    return symbols.compactMap(\.self)
  }
}

/// An id that answers a query, with the way to where it stands.
private struct FoundSymbol: Sendable {
  var name: String
  var kind: String
  var rank: MatchRank
  var place: Place
  var isKey: Bool
  var file: FileText
}
