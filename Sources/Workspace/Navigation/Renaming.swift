import Facts
import Findings
package import Manifest
import Schema

/// Why an id can't be renamed, in a sentence for the person.
package struct RenameRefusal: Error, Sendable {
  package var message: String
}

/// What an editor shows while a new id is typed.
package struct RenameStart: Sendable {
  /// The id without its quotes, in bytes of the document.
  package var range: Range<Int>
  /// `nil` if it must not be shown.
  package var text: String?
}

/// The edits that give an id a new name wherever it stands.
package struct Renaming: Sendable {
  /// The id as it was; `nil` if it must not be shown.
  package var id: String?
  /// In the order of their paths.
  package var files: [RenamedFile]

  package var placeCount: Int { files.reduce(0) { $0 + $1.edits.count } }
}

/// Edits of one file.
package struct RenamedFile: Sendable {
  package var uri: String
  /// The version that the edits are of; `nil` if nobody has the file open.
  package var version: Int?
  /// In order, and apart.
  package var edits: [PlacedEdit]
}

/// A text edit with the positions of its range, for those who don't have the text.
package struct PlacedEdit: Sendable, Hashable {
  /// Bytes of the file.
  package var range: Range<Int>
  package var start: LinePosition
  package var end: LinePosition
  package var replacement: [UInt8]
}

extension DocumentSnapshot {
  /// The id at an offset, if it can be renamed. What counts in a whole dataset is waited for.
  package func renameStart(at offset: Int, in workspace: Workspace) async throws(RenameRefusal) -> RenameStart {
    let subject = try await renameSubject(at: offset, in: workspace)
    let (reading, identifier) = (subject.reading, subject.identifier)
    guard let whole = reading.range(of: identifier) else { throw refusal("no-id") }
    let bytes = document.bytes(in: whole)
    let isQuoted = bytes.count >= 2 && bytes.first == UInt8(ascii: "\"") && bytes.last == UInt8(ascii: "\"")
    return RenameStart(
      range: isQuoted ? whole.lowerBound + 1..<whole.upperBound - 1 : whole, text: subject.shownText(in: document))
  }

  /// The edits that give the id at an offset a new name wherever it stands, in every file that it counts in.
  ///
  /// Waits until everything is known. Refused if the new id is taken, named somewhere without being given, of another type,
  /// nothing that the formats allow, or if a file is not what it was when it was looked at: no edit is ever made of places that
  /// may have moved. Cost: O(log n) and its record for every place, and the reading of each file that nobody has open.
  package func rename(
    at offset: Int, to name: String, encoding: PositionEncoding = .utf8, in workspace: Workspace
  ) async throws(RenameRefusal) -> Renaming {
    let subject = try await renameSubject(at: offset, in: workspace)
    let identifier = subject.identifier
    let value = try subject.value(of: name, refusing: refusal)
    let query = OccurrenceQuery(identifier, in: subject.reader.dialect, withDefinitions: true)
    let places = await workspace.places(of: query, in: uri, id, version: version, once: .settled)
    guard let places else { throw refusal("out-of-date") }
    let given = places.flatMap(\.places).filter(\.part.isDefinition)
    guard given.count == 1 || !given.isEmpty && identifier.mayRepeat(in: subject.reader.dialect) else {
      throw refusal(given.isEmpty ? "out-of-date" : "defined-twice")
    }
    var files: [RenamedFile] = []
    var renamed: (identifier: Identifier, dialect: Dialect)?
    var keys: Set<FactKey> = []
    for each in places {
      let text = try await verifiedText(of: each.file, in: workspace)
      guard let dialect = each.file?.dialect ?? self.dialect else { throw refusal("out-of-date") }
      let edits = RenameEdits(occurrences(of: each, in: text, encoding), to: value, in: text)
      guard edits.isComplete else { throw refusal("out-of-date") }
      for read in try check(edits, of: each, RecordReader(text, each.file?.id ?? id, dialect)) {
        keys.insert(read.key)
        if read.part == .definition { renamed = (read, dialect) }
      }
      files.append(
        RenamedFile(uri: each.file?.uri ?? uri, version: each.file.map(\.version) ?? version, edits: edits.all))
    }
    guard let renamed, keys.count == 1 else { throw refusal("refused", [("reason", "")]) }
    if renamed.identifier.key != identifier.key {
      let query = OccurrenceQuery(renamed.identifier, in: renamed.dialect, withDefinitions: true)
      let known = await workspace.places(of: query, in: uri, id, version: version, once: .settled, limit: 1)
      guard let known else { throw refusal("out-of-date") }
      guard known.isEmpty else { throw refusal("taken") }
    }
    guard await workspace.areCurrent(places.compactMap(\.file), beside: uri, id, version: version) else {
      throw refusal("out-of-date")
    }
    return Renaming(id: subject.shownText(in: document), files: files)
  }

  func refusal(_ key: String, _ arguments: [(String, String)] = []) -> RenameRefusal {
    RenameRefusal(message: Phrases.text(key, arguments, in: language))
  }

  private func renameSubject(at offset: Int, in workspace: Workspace) async throws(RenameRefusal) -> RenameSubject {
    guard let reader = RecordReader(self), let (reading, all) = reader.identifiers(at: offset) else {
      throw refusal("no-id")
    }
    // What only tells which files belong together goes with the id that the format itself goes by.
    let own = all.filter { !$0.isBesides(in: reader.dialect) }
    let found = own.isEmpty ? all : own
    guard let identifier = found.first else { throw refusal("no-id") }
    guard found.allSatisfy({ $0.isSame(as: identifier) }) else { throw refusal("several-ids") }
    guard identifier.source != .index else { throw refusal("by-place") }
    if identifier.scope == .dataset {
      guard isJoined else { throw refusal("other-files") }
      // Which files give it and name it is known once all are read.
      await workspace.settle(uri)
      guard await !workspace.lacksFiles(beside: uri) else { throw refusal("unread-files") }
      if let name = await workspace.uncheckedFile(beside: uri) { throw refusal("unchecked-file", [("file", name)]) }
    } else {
      await workspace.readThrough(uri)
    }
    let query = DefinitionQuery(identifier, in: reader.dialect)
    let targets = await definitions(of: [identifier], limit: 2, reader: reader, in: workspace)[query] ?? []
    guard let target = targets.first else { throw refusal("not-defined") }
    guard targets.count == 1 || identifier.mayRepeat(in: reader.dialect) else { throw refusal("defined-twice") }
    guard target.identifier.source != .index else { throw refusal("by-place") }
    return RenameSubject(reader: reader, reading: reading, identifier: identifier)
  }

  /// The text that the facts of a file are of, if that is what stands there now.
  private func verifiedText(of file: FileText?, in workspace: Workspace) async throws(RenameRefusal) -> Document {
    guard let file else { return document }
    if let text = await file.verifiedDocument() { return text }
    // Read again, so that the next try finds it as it is.
    await workspace.filesChanged(file.path.map { [$0] } ?? [])
    throw refusal("changed-file", [("file", file.name)])
  }

  /// Reads what the first edits of each kind make of the ids there; refused if the format does not take it.
  private func check(
    _ edits: RenameEdits, of places: FilePlaces, _ reader: RecordReader
  ) throws(RenameRefusal) -> [Identifier] {
    var read: [Identifier] = []
    for (occurrence, edit) in edits.firstOfEachKind {
      switch RenameTrial(edit, at: occurrence, reader) {
      case .taken(let identifier): read.append(identifier)
      case .refused(let finding):
        let reason = finding.map { library.catalog.text(of: $0.message, rule: $0.rule, language: language) } ?? ""
        guard let file = places.file else { throw refusal("refused", [("reason", reason)]) }
        throw refusal("refused-in-file", [("file", file.name), ("reason", reason)])
      }
    }
    return read
  }
}

extension Workspace {
  /// Whether documents are still those that were read: open ones at their version, others not read anew.
  func areCurrent(_ files: [FileText], beside uri: String, _ document: DocumentID, version: Int) -> Bool {
    guard let state = documents[uri], state.id == document, state.version == version else { return false }
    return files.allSatisfy { file in
      state.space.documents[file.id].map { other in (other.isUnopened ? nil : other.version) == file.version } ?? false
    }
  }

  /// Whether files of the same dataset are not read, because somebody did not want to wait for them.
  func lacksFiles(beside uri: String) -> Bool { documents[uri]?.space.lacksFiles ?? false }

  /// A file of the same dataset that is open and too large to be checked, so that its ids are known only as they are on disk.
  func uncheckedFile(beside uri: String) -> String? {
    guard let dataset = documents[uri].flatMap(dataset) else { return nil }
    let root = dataset.configuration.root
    return documents.values.filter { $0.keeping != .checked }.compactMap(\.path)
      .filter { dataset.configuration.covers($0) }.compactMap { Paths.relative($0, to: root) }
      .min { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
