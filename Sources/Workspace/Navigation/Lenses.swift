import Facts
import Findings
import Manifest
import Schema

/// An id over which it is to be told how often it is named.
package struct IdentifierLens: Sendable {
  /// Bytes of the document, quotes included.
  package var range: Range<Int>
  package var subject: LensSubject
}

/// What a lens counts: found again without the text it was made from.
package struct LensSubject: Sendable, Hashable {
  /// Numbers of the kind of facts that define the id, and of its key.
  package var kind: UInt16
  package var high: UInt64
  package var low: UInt64
  package init(kind: UInt16, high: UInt64, low: UInt64) {
    self.kind = kind
    self.high = high
    self.low = low
  }

  fileprivate var key: FactKey { FactKey(high: high, low: low) }
}

extension DocumentSnapshot {
  /// The ids of this document that other places may name, in order: of kinds of which there are few. What must not be shown has none.
  ///
  /// `nil` if the document has changed since. Cost: a search an id that is shown.
  package func lenses(in workspace: Workspace) async -> [IdentifierLens]? {
    guard let found = await workspace.lensPlaces(in: uri, id, version: version) else { return nil }
    var memo = RecordMemo(document)
    return found.compactMap { found -> IdentifierLens? in
      Occurrence.range(of: found.place, isKey: found.isKey, in: document, &memo)
        .map { IdentifierLens(range: $0.range, subject: found.subject) }
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// How often an id is named and in how many files, in words. Waits until everything is known; `nil` if it is known no more.
  package func words(of subject: LensSubject, in workspace: Workspace) async -> String? {
    await workspace.settle(uri)
    guard let (places, files) = await workspace.useCount(of: subject, in: uri) else { return nil }
    let arguments = [
      ("places", Phrases.count(places, in: language)), ("files", Phrases.count(files, in: language)),
    ]
    return Phrases.text(places == 0 ? "no-places" : files > 1 ? "places-in-files" : "places", arguments, in: language)
  }
}

extension Workspace {
  /// A document shows no more: where there are thousands of a kind, nobody reads what stands over each.
  private static let lensLimit = 500

  fileprivate typealias LensPlace = (place: Place, isKey: Bool, subject: LensSubject)

  fileprivate func lensPlaces(in uri: String, _ document: DocumentID, version: Int) -> [LensPlace]? {
    guard let state = documents[uri], state.id == document, state.version == version,
      let dialect = state.recognition.dialect
    else { return nil }
    var left = Self.lensLimit
    var places: [LensPlace] = []
    for (kind, identifiers) in state.identifiers.kinds(upTo: Self.lensLimit) {
      left -= identifiers.count
      guard left >= 0, let declaration = dialect.definitionKinds.firstIndex(of: kind) else { break }
      let declared = dialect.program.declarations.defines[declaration]
      places += identifiers.compactMap { scope, identifier in
        let key = scope.key(of: identifier.key, declared.scope, in: state.id)
        let record = state.reference(identifier.record)
        let facts = state.store.facts(kind, key, limit: Self.sameIDLimit).facts
        let place = facts.compactMap { $0.fact.places.first?.place }.first { $0.record == record }
        let subject = LensSubject(kind: kind.number, high: key.high, low: key.low)
        return place.map { ($0, declared.source == .key, subject) }
      }
    }
    return places
  }

  /// Of an id that is given very often, the places of the first are looked at.
  static let sameIDLimit = 16

  fileprivate func useCount(of subject: LensSubject, in uri: String) -> (places: Int, files: Int)? {
    guard let state = documents[uri], let dialect = state.recognition.dialect,
      let declaration = dialect.definitionKinds.firstIndex(of: FactKind(subject.kind)),
      let family = dialect.familiesOfDefinitions[declaration]
    else { return nil }
    let runs = family.references.flatMap { state.store.documents($0.kind, subject.key) }
    let files = Set(runs.compactMap { $0.first.fact.places.first?.place.record.document })
    return (runs.reduce(0) { $0 + $1.count }, files.count)
  }
}

extension IdentifierIndex {
  /// The ids by kind, of kinds that have no more than so many, those with fewest first.
  fileprivate func kinds(upTo limit: Int) -> [(kind: FactKind, identifiers: [(Scope, NamedIdentifier)])] {
    let counts = lists.reduce(into: [FactKind: Int]()) { counts, list in
      let records = list.value
      counts[list.key.kind, default: 0] +=
        records.count > limit ? records.count : records.values.reduce(0) { $0 + $1.count }
    }
    return counts.filter { $0.value <= limit }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { kind, _ in
      let own = lists.filter { $0.key.kind == kind }
      return (kind, own.flatMap { scope, records in records.values.joined().map { (scope, $0) } })
    }
  }
}
