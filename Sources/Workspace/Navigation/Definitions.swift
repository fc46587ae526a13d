import Facts
import Findings
import Manifest

/// An id to look up: which facts may define it, and its key.
struct DefinitionQuery: Sendable, Hashable {
  var kinds: [FactKind]
  var key: FactKey

  init(_ identifier: Identifier, in dialect: Dialect) {
    kinds = identifier.family(in: dialect)?.definitions.map(\.kind) ?? []
    key = identifier.key
  }
}

/// Where an id is given.
struct DefinitionTarget {
  var reading: RecordReading
  var identifier: Identifier
  /// The file it stands in, if that is another one.
  var file: FileText?
  /// What it says besides the id is not for this reader.
  var isWithheld: Bool
}

/// Records that answer queries, and the files of those that stand elsewhere.
struct DefiningRecords: Sendable {
  /// For each query in document order.
  var records: [[RecordReference]] = []
  var files: [DocumentID: FileText] = [:]
  var withheld: Set<RecordReference> = []
}

extension Workspace {
  /// The records that define ids, as far as is known now, wherever they stand.
  ///
  /// Cost: a search a query, whatever the size of the documents.
  func definingRecords(
    of queries: [DefinitionQuery], in uri: String, _ document: DocumentID, limit: Int
  ) -> DefiningRecords {
    guard let state = documents[uri], state.id == document else {
      return DefiningRecords(records: queries.map { _ in [] })
    }
    var found = DefiningRecords()
    found.records = queries.map { query in
      let facts = query.kinds.flatMap { state.store.facts($0, query.key, limit: limit).facts }
      var seen: Set<RecordReference> = []
      let records = facts.compactMap { $0.fact.places.first?.place.record }.filter { seen.insert($0).inserted }
      return Array(records.sorted().prefix(limit))
    }
    let others = found.records.joined().filter { $0.document != document }
    found.files = files(others.lazy.map(\.document), in: state.space)
    for record in others where isWithheld(record, in: state.space) { found.withheld.insert(record) }
    return found
  }
}

extension DocumentSnapshot {
  /// More definitions of one id than this are not shown.
  static let definitionLimit = 16

  /// Where ids are given, by query. The facts say in which records; each is read anew, so that what is said is of this text.
  ///
  /// Cost: for each query a search and the reading of the records that answer it; a file that nobody has open may have to be
  /// read, once. What has changed on disk and is not read again yet answers nothing.
  func definitions(
    of identifiers: [Identifier], limit: Int = definitionLimit, reader: RecordReader, in workspace: Workspace
  ) async -> [DefinitionQuery: [DefinitionTarget]] {
    var byQuery: [DefinitionQuery: Identifier] = [:]
    for identifier in identifiers { byQuery[DefinitionQuery(identifier, in: reader.dialect)] = identifier }
    let queries = Array(byQuery.keys)
    let found = await workspace.definingRecords(of: queries, in: uri, id, limit: limit)
    let readings = await readings(of: found, reader: reader, in: workspace)
    var targets: [DefinitionQuery: [DefinitionTarget]] = [:]
    for (query, records) in zip(queries, found.records) {
      guard let wanted = byQuery[query] else { continue }
      targets[query] = records.flatMap { record -> [DefinitionTarget] in
        guard let reading = readings[record] else { return [] }
        return reading.definitions.filter { $0.isSame(as: wanted) }.map { identifier in
          DefinitionTarget(
            reading: reading, identifier: identifier, file: found.files[record.document],
            isWithheld: found.withheld.contains(record))
        }
      }
    }
    return targets
  }

  private func readings(
    of found: DefiningRecords, reader: RecordReader, in workspace: Workspace
  ) async -> [RecordReference: RecordReading] {
    let records = Set(found.records.joined())
    var readings: [RecordReference: RecordReading] = [:]
    for record in records where record.document == id { readings[record] = reader.read(record.record) }
    for (document, file) in found.files {
      guard let dialect = file.dialect, let text = await file.document() else { continue }
      if file.isAtRest { await workspace.takeBack(text, of: file, beside: uri) }
      let reader = RecordReader(text, document, dialect)
      for record in records where record.document == document { readings[record] = reader.read(record.record) }
    }
    return readings
  }
}
