import Facts
import Findings
import Manifest

/// An id to look up: which facts may define it, and its key.
struct DefinitionQuery: Sendable, Hashable {
  var kinds: [FactKind]
  var key: FactKey

  init(_ identifier: Identifier, in dialect: Dialect) {
    kinds = identifier.definingKinds(in: dialect)
    key = identifier.key
  }
}

/// Where an id is given.
struct DefinitionTarget {
  var reading: RecordReading
  var identifier: Identifier
}

extension Workspace {
  /// The records that define ids, as far as is known now; for each query in document order.
  ///
  /// Cost: a search a query, whatever the size of the document.
  func definingRecords(
    of queries: [DefinitionQuery], in uri: String, _ document: DocumentID, limit: Int
  ) -> [[RecordID]] {
    guard let state = documents[uri], state.id == document else { return queries.map { _ in [] } }
    return queries.map { query in
      let facts = query.kinds.flatMap { state.store.facts($0, query.key, limit: limit).facts }
      var seen: Set<RecordID> = []
      let records = facts.compactMap { $0.fact.places.first?.place.record }
        .filter { $0.document == document }.map(\.record).filter { seen.insert($0).inserted }
      return Array(records.sorted().prefix(limit))
    }
  }
}

extension DocumentSnapshot {
  /// More definitions of one id than this are not shown.
  static let definitionLimit = 16

  /// Where ids are given, by query. The facts say in which records; each is read anew, so that what is said is of this text.
  ///
  /// Cost: for each query a search and the reading of the records that answer it.
  func definitions(
    of identifiers: [Identifier], limit: Int = definitionLimit, reader: RecordReader, in workspace: Workspace
  ) async -> [DefinitionQuery: [DefinitionTarget]] {
    var byQuery: [DefinitionQuery: Identifier] = [:]
    for identifier in identifiers { byQuery[DefinitionQuery(identifier, in: reader.dialect)] = identifier }
    let queries = Array(byQuery.keys)
    let records = await workspace.definingRecords(of: queries, in: uri, id, limit: limit)
    var readings: [RecordID: RecordReading] = [:]
    var targets: [DefinitionQuery: [DefinitionTarget]] = [:]
    for (query, found) in zip(queries, records) {
      guard let wanted = byQuery[query] else { continue }
      targets[query] = found.flatMap { record in
        let reading = readings[record] ?? reader.read(record)
        readings[record] = reading
        return (reading?.definitions ?? []).filter { $0.isSame(as: wanted) }
          .compactMap { identifier in reading.map { DefinitionTarget(reading: $0, identifier: identifier) } }
      }
    }
    return targets
  }
}
