package import Manifest

/// A place to go to, maybe in another file.
package struct DefinitionPlace: Sendable {
  package var uri: String
  /// The text that the ranges are bytes of: a whole document, or one line of a file.
  package var document: Document
  /// The line of the file that `document` begins with.
  package var firstLine: Int
  /// All of what is defined.
  package var range: Range<Int>
  /// The id in it.
  package var selection: Range<Int>

  func isSame(as other: DefinitionPlace) -> Bool {
    selection == other.selection && uri.utf8.elementsEqual(other.uri.utf8)
  }
}

extension DocumentSnapshot {
  /// Where the ids at an offset are given, or where the term there stands in its vocabulary; and what was looked up.
  ///
  /// Answers with what is known now. Cost: a few searches; for a term, one reading of its vocabulary's file.
  package func definitions(
    at offset: Int, in workspace: Workspace
  ) async -> (origin: Range<Int>, places: [DefinitionPlace])? {
    guard let reader = RecordReader(self), let (reading, found) = reader.identifiers(at: offset) else { return nil }
    guard let first = found.first, let origin = reading.range(of: first) else {
      return await term(at: offset, in: reading, in: workspace)
    }
    let targets = await definitions(of: found, reader: reader, in: workspace)
    var places: [DefinitionPlace] = []
    for query in found.map({ DefinitionQuery($0, in: reader.dialect) }) {
      for target in targets[query] ?? [] {
        guard let place = place(of: target), !places.contains(where: { place.isSame(as: $0) }) else {
          continue
        }
        places.append(place)
      }
    }
    if places.isEmpty, let term = await term(at: offset, in: reading, in: workspace) { return term }
    return (origin, places)
  }

  /// The same, but of a term that also names an entry, the list goes before the entry.
  package func declarations(
    at offset: Int, in workspace: Workspace
  ) async -> (origin: Range<Int>, places: [DefinitionPlace])? {
    guard let reader = RecordReader(self), let (reading, _) = reader.identifiers(at: offset) else { return nil }
    if let term = await term(at: offset, in: reading, in: workspace), !term.places.isEmpty { return term }
    return await definitions(at: offset, in: workspace)
  }

  private func place(of target: DefinitionTarget) -> DefinitionPlace? {
    guard let selection = target.reading.range(of: target.identifier) else { return nil }
    // What is given is the record; in a record that gives many ids, each by itself.
    let own = target.reading.record
    let whole = own.id == .document ? selection : own.range
    let range = min(whole.lowerBound, selection.lowerBound)..<max(whole.upperBound, selection.upperBound)
    return DefinitionPlace(
      uri: target.file?.uri ?? uri, document: target.reading.document, firstLine: 0, range: range, selection: selection)
  }

  private func term(
    at offset: Int, in reading: RecordReading, in workspace: Workspace
  ) async -> (origin: Range<Int>, places: [DefinitionPlace])? {
    guard let own = document.relative(offset, in: reading.record.id) else { return nil }
    let node = reading.tree.node(at: own)
    guard let (term, source) = term(of: node, in: reading), let origin = reading.range(of: node) else { return nil }
    return (origin, await workspace.place(of: term, in: source).map { [$0] } ?? [])
  }
}
