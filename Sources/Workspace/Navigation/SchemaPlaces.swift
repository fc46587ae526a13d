import Files
import Manifest
import Schema

extension DocumentSnapshot {
  /// Where the format says what the value at an offset must be: in its schema's file, the property and what that refers to.
  ///
  /// Nothing where the schema is no file, as that of `concord.json`. Cost: one evaluation of the record, and one reading of each file.
  package func typeDefinitions(
    at offset: Int, in workspace: Workspace
  ) async -> (origin: Range<Int>, places: [DefinitionPlace])? {
    guard let reader = RecordReader(self), let reading = reader.identifiers(at: offset)?.reading else { return nil }
    let own = document.relative(offset, in: reading.record.id)
    let node = own.map { reading.tree.node(at: $0) } ?? 0
    let found = reader.locations(of: node, in: reading)
    guard !found.isEmpty, let origin = reading.keyRange(of: node) ?? reading.range(of: node) else { return nil }
    var places: [DefinitionPlace] = []
    for location in found.prefix(Self.schemaPlaceLimit) {
      if let place = await workspace.place(of: location) { places.append(place) }
    }
    return places.isEmpty ? nil : (origin, places)
  }

  /// More places of one value are not shown.
  private static let schemaPlaceLimit = 8
}

extension RecordReader {
  /// Where the schema speaks of a value.
  func locations(of node: Int, in reading: RecordReading) -> [SchemaLocation] {
    reading.entry.map { evaluator.locations(of: node, in: reading.tree, at: $0) } ?? []
  }
}

extension RecordReading {
  /// Bytes of the document that a node's key covers, with its quotes; `nil` if it has none.
  func keyRange(of node: Int) -> Range<Int>? {
    if node == 0 { return document.keyRange(of: record.id) }
    guard tree.nodes.indices.contains(node), tree.nodes[node].hasKey else { return nil }
    return document.absolute(tree.nodes[node].keyRange, in: record.id)
  }
}

extension Workspace {
  /// Where that stands now: in the open buffer, or on disk. `nil` if it is no file, or no longer has the place.
  fileprivate func place(of location: SchemaLocation) -> DefinitionPlace? {
    guard let path = Paths.path(ofURI: location.uri) else { return nil }
    let open = documents.values.first { $0.path.map { $0.utf8.elementsEqual(path.utf8) } ?? false }
    let uri = open?.uri ?? location.uri
    guard
      let bytes = open?.document.allBytes() ?? (try? FileSystem.regularFile(path, limit: LibraryParts.fileLimit))
    else { return nil }
    let document = open?.document ?? Document(bytes, syntax: .json, shape: .whole)
    if bytes == location.text {
      return DefinitionPlace(
        uri: uri, document: document, firstLine: 0, range: location.range, selection: location.selection)
    }
    // Written anew since it was loaded: the same place by its name.
    let tree = RecordTree(parsing: bytes)
    guard let node = tree.node(atPointer: location.pointer) else { return nil }
    let found = tree.nodes[node]
    let head = found.range.lowerBound..<min(found.range.lowerBound + 1, found.range.upperBound)
    let key = found.hasKey ? found.keyRange : nil
    let range = (key?.lowerBound ?? found.range.lowerBound)..<found.range.upperBound
    return DefinitionPlace(uri: uri, document: document, firstLine: 0, range: range, selection: key ?? head)
  }
}

extension RecordTree {
  /// The node that a JSON pointer leads to; `nil` if there is none.
  fileprivate func node(atPointer pointer: String) -> Int? {
    var current = 0
    for step in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = step.replacing("~1", with: "/").replacing("~0", with: "~")
      guard nodes.indices.contains(current) else { return nil }
      let next =
        nodes[current].kind == .array
        ? Int(step).flatMap { children(of: current).dropFirst(max(0, $0)).first { _ in true } }
        : children(of: current).first { keyEquals(String(name), at: $0) }
      guard let next else { return nil }
      current = next
    }
    return current
  }
}
