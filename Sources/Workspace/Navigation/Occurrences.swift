import Facts
import Findings
import Manifest
import Schema

/// A place where an id stands.
package struct Occurrence: Sendable, Hashable {
  /// Bytes of the document, quotes included.
  package var range: Range<Int>
  package var isDefinition: Bool
  var place: Place
  /// It is written as a key.
  var isKey: Bool
  /// It is the key its record stands under.
  var isRecordKey: Bool
}

/// The facts about one id, and where each writes it.
struct OccurrenceQuery: Sendable {
  struct Part: Sendable {
    var kind: FactKind
    var isDefinition: Bool
    var isKey: Bool
  }
  var parts: [Part]
  var key: FactKey

  init(_ identifier: Identifier, in dialect: Dialect, withDefinitions: Bool) {
    key = identifier.key
    parts = identifier.referringKinds(in: dialect).map {
      Part(kind: $0.kind, isDefinition: false, isKey: $0.source == .key)
    }
    guard withDefinitions else { return }
    let declarations = dialect.program.declarations.defines
    for index in declarations.indices where declarations[index].kind.utf8.elementsEqual(identifier.kind.utf8) {
      guard let kind = dialect.definitionKinds[index] else { continue }
      parts.append(Part(kind: kind, isDefinition: true, isKey: declarations[index].source == .key))
    }
  }
}

extension Workspace {
  /// How much must be known before places are taken.
  enum Readiness: Sendable { case indexed, settled }

  /// The places of an id once enough is known; `nil` if the document has changed since or is closed.
  ///
  /// With `near`, at most `limit` of each part, around that record. Cost: a search, and a step a place.
  func places(
    of query: OccurrenceQuery, in uri: String, _ document: DocumentID, version: Int, once readiness: Readiness,
    near: RecordID? = nil, limit: Int = .max
  ) async -> [(part: OccurrenceQuery.Part, place: Place)]? {
    guard let state = documents[uri], state.id == document else { return nil }
    if readiness == .settled || !state.isIndexed { await settled(state) }
    guard !state.isClosed, state.version == version else { return nil }
    return query.parts.flatMap { part in
      let facts =
        if let near {
          state.store.facts(part.kind, query.key, around: state.reference(near), limit: limit)
        } else {
          state.store.facts(part.kind, query.key, limit: limit).facts
        }
      return facts.compactMap { fact in fact.fact.places.first.map { (part, $0.place) } }
    }
  }
}

extension DocumentSnapshot {
  /// All places of the id at an offset, in order; none if there is no id. `nil` if the document has changed since.
  ///
  /// Waits until everything is known. Cost: a search, and O(log n) a place.
  package func occurrences(
    at offset: Int, withDefinitions: Bool, in workspace: Workspace
  ) async -> [Occurrence]? {
    guard let reader = RecordReader(self), let identifier = reader.identifiers(at: offset)?.found.first else {
      return []
    }
    return await occurrences(
      of: identifier, withDefinitions: withDefinitions, reader: reader, once: .settled, in: workspace)
  }

  /// The places of the id at an offset that are near it; for marking them in an editor.
  ///
  /// Waits only until every record was looked at.
  package func highlights(at offset: Int, in workspace: Workspace) async -> [Occurrence]? {
    guard let reader = RecordReader(self), let (reading, found) = reader.identifiers(at: offset),
      let identifier = found.first
    else { return [] }
    return await occurrences(
      of: identifier, withDefinitions: true, reader: reader, once: .indexed, near: reading.record.id,
      limit: Self.highlightLimit, in: workspace)
  }

  /// Nobody sees more at a time.
  private static let highlightLimit = 80

  func occurrences(
    of identifier: Identifier, withDefinitions: Bool, reader: RecordReader, once readiness: Workspace.Readiness,
    near: RecordID? = nil, limit: Int = .max, in workspace: Workspace
  ) async -> [Occurrence]? {
    let query = OccurrenceQuery(identifier, in: reader.dialect, withDefinitions: withDefinitions)
    let places = await workspace.places(
      of: query, in: uri, id, version: version, once: readiness, near: near, limit: limit)
    guard let places else { return nil }
    var seen: Set<Range<Int>> = []
    return places.compactMap { part, place -> Occurrence? in
      guard place.record.document == id else { return nil }
      // A record's own key lies before its text; every other key of it lies behind an opening brace.
      let isRecordKey = part.isKey && place.start == 0 && place.record.record != .document
      let range = isRecordKey ? document.keyRange(of: place.record.record) : range(of: place)
      return range.map {
        Occurrence(
          range: $0, isDefinition: part.isDefinition, place: place, isKey: part.isKey, isRecordKey: isRecordKey)
      }
    }.sorted { ($0.range.lowerBound, $0.isDefinition ? 0 : 1) < ($1.range.lowerBound, $1.isDefinition ? 0 : 1) }
      .filter { seen.insert($0.range).inserted }
  }
}
