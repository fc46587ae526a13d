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

extension DocumentSnapshot {
  /// The id at an offset, if it can be renamed.
  package func renameStart(at offset: Int, in workspace: Workspace) async throws(RenameRefusal) -> RenameStart {
    let subject = try await renameSubject(at: offset, in: workspace)
    let (reading, identifier) = (subject.reading, subject.identifier)
    guard let whole = reading.range(of: identifier) else { throw refusal("no-id") }
    let bytes = document.bytes(in: whole)
    let isQuoted = bytes.count >= 2 && bytes.first == UInt8(ascii: "\"") && bytes.last == UInt8(ascii: "\"")
    return RenameStart(
      range: isQuoted ? whole.lowerBound + 1..<whole.upperBound - 1 : whole,
      text: reading.isPrivate(identifier.node) ? nil : String(decoding: subject.text(in: document), as: UTF8.self))
  }

  /// The edits that give the id at an offset a new name wherever it stands, in order.
  ///
  /// Waits until everything is known. Refused if the new id is taken, named somewhere without being given, of another type,
  /// or nothing the format allows. Cost: O(log n) and its record for every place.
  package func rename(
    at offset: Int, to name: String, in workspace: Workspace
  ) async throws(RenameRefusal) -> [TextEdit] {
    let subject = try await renameSubject(at: offset, in: workspace)
    let identifier = subject.identifier
    let value = try subject.value(of: name, refusing: refusal)
    let places = await occurrences(
      of: identifier, withDefinitions: true, reader: subject.reader, once: .settled, in: workspace)
    guard let places, let own = subject.target.reading.range(of: subject.target.identifier) else {
      throw refusal("out-of-date")
    }
    let edits = self.edits(of: places, to: value)
    guard let first = edits.first(where: { $0.range == own }) else { throw refusal("out-of-date") }
    let renamed = try check(first, of: subject)
    if renamed.key != identifier.key {
      let query = OccurrenceQuery(renamed, in: subject.reader.dialect, withDefinitions: true)
      let known = await workspace.places(of: query, in: uri, id, version: version, once: .settled, limit: 1)
      guard let known else { throw refusal("out-of-date") }
      guard known.isEmpty else { throw refusal("taken") }
    }
    return edits
  }

  private func refusal(_ key: String, _ arguments: [(String, String)] = []) -> RenameRefusal {
    RenameRefusal(message: Phrases.text(key, arguments, in: language))
  }

  private func renameSubject(at offset: Int, in workspace: Workspace) async throws(RenameRefusal) -> RenameSubject {
    guard let reader = RecordReader(self), let (reading, found) = reader.identifiers(at: offset),
      let identifier = found.first
    else { throw refusal("no-id") }
    guard found.allSatisfy({ $0.isSame(as: identifier) }) else { throw refusal("several-ids") }
    guard identifier.source != .index else { throw refusal("by-place") }
    guard identifier.scope != .dataset else { throw refusal("other-files") }
    let query = DefinitionQuery(identifier, in: reader.dialect)
    let targets = await definitions(of: [identifier], limit: 2, reader: reader, in: workspace)[query] ?? []
    guard let target = targets.first else { throw refusal("not-defined") }
    guard targets.count == 1 else { throw refusal("defined-twice") }
    guard target.identifier.source != .index else { throw refusal("by-place") }
    guard target.identifier.scope != .dataset else { throw refusal("other-files") }
    return RenameSubject(reader: reader, reading: reading, identifier: identifier, target: target)
  }

  /// Structured edits, so that each place is written as its syntax wants it.
  private func edits(of places: [Occurrence], to value: RenameValue) -> [TextEdit] {
    places.flatMap { occurrence -> [TextEdit] in
      let place = occurrence.place
      guard let tree = document.tree(of: place.record.record) else { return [] }
      let edit: StructuredEdit?
      if occurrence.isRecordKey {
        edit = .rename(member: 0, to: value.text)
      } else {
        let own = Int(place.start)..<Int(max(place.start, place.end))
        let node = tree.node(at: own.lowerBound)
        if occurrence.isKey {
          edit = tree.nodes[node].keyRange == own ? .rename(member: node, to: value.text) : nil
        } else {
          edit = tree.nodes[node].range == own ? .replace(node: node, with: value.json) : nil
        }
      }
      return edit.flatMap { document.textEdits(for: $0, in: place.record.record) } ?? []
    }
  }

  /// The id as it would be read after the edit of its definition; refused if the format does not take it.
  private func check(_ edit: TextEdit, of subject: RenameSubject) throws(RenameRefusal) -> Identifier {
    var edited = document
    _ = edited.apply(edit)
    let reader = RecordReader(edited, id, subject.reader.dialect)
    let wanted = subject.target.identifier
    guard let (reading, found) = reader.identifiers(at: edit.range.lowerBound),
      let renamed = found.first(where: {
        $0.part == .definition && $0.declaration == wanted.declaration
          && reading.range(of: $0)?.lowerBound == edit.range.lowerBound
      })
    else { throw refusal("refused", [("reason", "")]) }
    let before = subject.target.reading.evaluation.findings.filter { $0.range.overlaps(wanted.own) }
    let after = reading.evaluation.findings.filter { $0.range.overlaps(renamed.own) }
    if let new = after.first(where: { finding in !before.contains { $0.rule == finding.rule } }) {
      let reason = library.catalog.text(of: new.message, rule: new.rule, language: language)
      throw refusal("refused", [("reason", reason)])
    }
    return renamed
  }
}

/// An id that can be renamed, and the one place that gives it.
private struct RenameSubject {
  var reader: RecordReader
  /// The record at the cursor.
  var reading: RecordReading
  var identifier: Identifier
  var target: DefinitionTarget

  var isNumber: Bool {
    identifier.source == .value && reading.tree.nodes[identifier.node].kind == .number
  }

  /// The id unescaped.
  func text(in document: Document) -> [UInt8] {
    switch identifier.source {
    case .key:
      identifier.isRecordKey ? document.key(of: reading.record.id) ?? [] : reading.tree.keyBytes(of: identifier.node)
    case .value, .index, .scope: reading.tree.scalarText(of: identifier.node)
    }
  }

  /// What the person typed, as a value of the id's type. Quotes around a text are taken for JSON's.
  func value(
    of name: String, refusing refusal: (String, [(String, String)]) -> RenameRefusal
  ) throws(RenameRefusal) -> RenameValue {
    let typed = Array(name.utf8)
    guard typed.contains(where: { $0 > 0x20 }) else { throw refusal("empty-name", []) }
    let tree = RecordTree(parsing: typed)
    let isWhole = tree.problems.isEmpty && tree.nodes.count == 1
    if isNumber {
      guard isWhole, let number = tree.numberText(of: 0) else { throw refusal("needs-number", []) }
      return RenameValue(text: Array(number), json: Array(number))
    }
    let isQuoted = isWhole && typed.first == UInt8(ascii: "\"") && typed.count > 1
    let text = (isQuoted ? tree.stringBytes(of: 0) : nil) ?? typed
    guard !text.isEmpty else { throw refusal("empty-name", []) }
    return RenameValue(text: text, json: JSONString.encode(text))
  }
}

private struct RenameValue {
  var text: [UInt8]
  var json: [UInt8]
}
