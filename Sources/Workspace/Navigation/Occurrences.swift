import Facts
import Findings
package import Manifest

/// A place where an id stands.
package struct Occurrence: Sendable, Hashable {
  /// The file, as the client names it.
  package var uri: String
  /// Bytes of the file, quotes included.
  package var range: Range<Int>
  /// The same as positions, in the encoding that was asked for.
  package var start: LinePosition
  package var end: LinePosition
  package var isDefinition: Bool
  var place: Place
  /// The kind of its fact.
  var kind: FactKind
  /// It is written as a key.
  var isKey: Bool
  /// It is the key its record stands under.
  var isRecordKey: Bool
}

extension Occurrence {
  /// The bytes that an id's place covers in a text, quotes included; `nil` if its record is gone.
  static func range(
    of place: Place, isKey: Bool, in text: Document, _ memo: inout RecordMemo
  ) -> (range: Range<Int>, isRecordKey: Bool)? {
    // A record's own key lies before its text; every other key of it lies behind an opening brace.
    let isRecordKey = isKey && place.start == 0 && place.record.record != .document
    let own = Int(place.start)..<Int(max(place.start, place.end))
    let range = isRecordKey ? text.keyRange(of: place.record.record) : memo.absolute(own, in: place.record.record)
    return range.map { ($0, isRecordKey) }
  }
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
    let family = identifier.family(in: dialect)
    parts = (family?.references ?? []).map { Part(kind: $0.kind, isDefinition: false, isKey: $0.declaration.isByKey) }
    guard withDefinitions else { return }
    parts += (family?.definitions ?? []).map {
      Part(kind: $0.kind, isDefinition: true, isKey: $0.declaration.isByKey)
    }
  }
}

/// The places of an id in one file, as the facts have them.
struct FilePlaces: Sendable {
  /// `nil`: the document that was asked about, of which the asker has the text.
  var file: FileText?
  var places: [(part: OccurrenceQuery.Part, place: Place)]
}

extension Workspace {
  /// How much must be known before places are taken.
  enum Readiness: Sendable { case indexed, settled }

  /// The places of an id once enough is known, file by file; `nil` if the document has changed since or is closed.
  ///
  /// With `near`, at most `limit` of each part, around that record. Cost: a search, and a step a place.
  func places(
    of query: OccurrenceQuery, in uri: String, _ document: DocumentID, version: Int, once readiness: Readiness,
    near: RecordID? = nil, limit: Int = .max
  ) async -> [FilePlaces]? {
    guard let state = documents[uri], state.id == document else { return nil }
    if readiness == .settled || !state.isIndexed { await settled(state) }
    guard !state.isClosed, state.version == version else { return nil }
    var places: [DocumentID: [(part: OccurrenceQuery.Part, place: Place)]] = [:]
    for part in query.parts {
      let facts =
        if let near {
          state.store.facts(part.kind, query.key, around: state.reference(near), limit: limit)
        } else {
          state.store.facts(part.kind, query.key, limit: limit).facts
        }
      for place in facts.compactMap({ $0.fact.places.first?.place }) {
        places[place.record.document, default: []].append((part, place))
      }
    }
    let files = files(places.keys.lazy.filter { $0 != document }, in: state.space)
    return places.sorted { $0.key < $1.key }.compactMap { id, places in
      id == document ? FilePlaces(places: places) : files[id].map { FilePlaces(file: $0, places: places) }
    }
  }
}

extension DocumentSnapshot {
  /// All places of the id at an offset, file by file and in order; none if there is no id. `nil` if the document has changed since.
  ///
  /// Waits until everything is known. What has changed on disk without being read again is read again first; a file that can't
  /// be read is left out. Cost: a search, O(log n) a place, and the reading of each file that nobody has open.
  package func occurrences(
    at offset: Int, withDefinitions: Bool, encoding: PositionEncoding = .utf8, in workspace: Workspace
  ) async -> [Occurrence]? {
    guard let reader = RecordReader(self), let identifier = reader.identifiers(at: offset)?.found.first else {
      return []
    }
    let query = OccurrenceQuery(identifier, in: reader.dialect, withDefinitions: withDefinitions)
    var found: [Occurrence] = []
    for _ in 0..<Self.readings {
      let files = await workspace.places(of: query, in: uri, id, version: version, once: .settled)
      guard let files else { return nil }
      found = []
      var outdated: [String] = []
      for each in files {
        if let text = await text(of: each) {
          found += occurrences(of: each, in: text, encoding)
        } else {
          outdated += each.file?.path.map { [$0] } ?? []
        }
      }
      if outdated.isEmpty { break }
      await workspace.filesChanged(outdated)
    }
    return found
  }

  /// How often files that change all the time are read again for one list.
  private static let readings = 3

  private func text(of places: FilePlaces) async -> Document? {
    guard let file = places.file else { return document }
    return await file.document()
  }

  /// The places of the id at an offset that are near it in this document; for marking them in an editor.
  ///
  /// Waits only until every record was looked at.
  package func highlights(
    at offset: Int, encoding: PositionEncoding = .utf8, in workspace: Workspace
  ) async -> [Occurrence]? {
    guard let reader = RecordReader(self), let (reading, found) = reader.identifiers(at: offset),
      let identifier = found.first
    else { return [] }
    let files = await workspace.places(
      of: OccurrenceQuery(identifier, in: reader.dialect, withDefinitions: true), in: uri, id, version: version,
      once: .indexed, near: reading.record.id, limit: Self.highlightLimit)
    return files.map { files in
      files.filter { $0.file == nil }.flatMap { occurrences(of: $0, in: document, encoding) }
    }
  }

  /// Nobody sees more at a time.
  private static let highlightLimit = 80

  /// Where places of a file stand in its text, in order.
  func occurrences(of found: FilePlaces, in text: Document, _ encoding: PositionEncoding) -> [Occurrence] {
    let uri = found.file?.uri ?? uri
    var memo = RecordMemo(text)
    var seen: Set<Range<Int>> = []
    return found.places.compactMap { part, place -> Occurrence? in
      Occurrence.range(of: place, isKey: part.isKey, in: text, &memo).map { range, isRecordKey in
        Occurrence(
          uri: uri, range: range, start: text.position(at: range.lowerBound, in: encoding),
          end: text.position(at: range.upperBound, in: encoding), isDefinition: part.isDefinition, place: place,
          kind: part.kind, isKey: part.isKey, isRecordKey: isRecordKey)
      }
    }.sorted { ($0.range.lowerBound, $0.isDefinition ? 0 : 1) < ($1.range.lowerBound, $1.isDefinition ? 0 : 1) }
      .filter { seen.insert($0.range).inserted }
  }
}
