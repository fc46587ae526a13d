import Files
package import Manifest

/// Which entry of a file is meant.
package enum RecordAddress: Sendable, Hashable {
  /// One-based: a line of a file of lines, or an entry of the longest list.
  case number(Int)
  /// As `concord check` prints it: `/annotations/3/bbox`; the entry that this lies in.
  case pointer(String)
}

/// An entry of a file with its text.
package struct RecordPlace: Sendable {
  package var document: Document
  package var range: Range<Int>
  /// `nil` if nobody has the file open.
  package var version: Int?
  package var text: [UInt8] { document.bytes(in: range) }
}

extension Workspace {
  /// An entry of a file, open or on disk; `nil` if there is none, or no such file.
  ///
  /// Cost: of a file that is neither open nor in memory, reading and parsing it, at most 1 GB; then a search, or a step an entry.
  package func place(of address: RecordAddress, in uri: String) async -> RecordPlace? {
    if let state = document(uri), state.keeping == .checked {
      let snapshot = DocumentSnapshot(of: state, in: self)
      return snapshot.document.record(at: address).map {
        RecordPlace(
          document: snapshot.document, range: $0.range, version: state.isUnopened ? nil : state.version)
      }
    }
    guard let path = Paths.path(ofURI: uri) else { return nil }
    let configuration = configuration(governing: path)
    let document = await Self.read(path, configuration, library)
    return document.flatMap { document in
      document.record(at: address).map { RecordPlace(document: document, range: $0.range) }
    }
  }

  @concurrent
  private static func read(
    _ path: String, _ configuration: DatasetConfiguration?, _ library: Library
  ) async -> Document? {
    guard let (bytes, _) = try? FileSystem.statedFile(path, limit: Dataset.sizeLimit) else { return nil }
    return library.recognize(bytes, path: path, languageID: "", configuration: configuration, forced: nil).1
  }
}

extension Document {
  fileprivate func record(at address: RecordAddress) -> Record? {
    switch address {
    case .number(let number): record(numbered: number)
    case .pointer(let pointer): record(at: pointer)
    }
  }

  private func record(numbered number: Int) -> Record? {
    guard number > 0 else { return nil }
    if syntax.isList {
      guard number <= lineCount else { return nil }
      let record = innermostRecord(at: start(ofLine: number - 1))
      return record.id == .document ? nil : outermost(record)
    }
    let counts = recordCounts
    guard let type = counts.indices.dropFirst().max(by: { (counts[$0], $1) < (counts[$1], $0) }), counts[type] >= number
    else { return nil }
    return records(of: type).dropFirst(number - 1).first { _ in true }
  }

  private func outermost(_ record: Record) -> Record {
    var record = record
    while let parent = record.parent, parent != .document, let outer = self.record(parent) { record = outer }
    return record
  }

  /// The innermost entry that a pointer leads to or into.
  private func record(at pointer: String) -> Record? {
    var found: Record?
    for record in records() where record.id != .document {
      guard let own = self.pointer(to: record.id) else { continue }
      let isAround = own.utf8.elementsEqual(pointer.utf8) || pointer.utf8.starts(with: (own + "/").utf8)
      if isAround { found = record } else if found != nil { break }
    }
    return found
  }
}
