import Files
import Findings
import Manifest

/// Something to check once.
package struct CheckItem: Sendable, Hashable {
  /// As the report shows it.
  package var path: String
  /// Its content where that can't be read by path.
  package var content: [UInt8]?
  /// Met in a folder only: passed over if it is of no known kind and belongs to no dataset.
  package var isNamed: Bool

  package init(path: String, content: [UInt8]?, isNamed: Bool) {
    self.path = path
    self.content = content
    self.isNamed = isNamed
  }
}

/// What came of one item.
enum FileOutcome: Sendable {
  case checked(CheckedFile, FileTally)
  /// Nobody named it, and it is nothing that is known here.
  case passedOver
  /// Why it could not be read, in a sentence.
  case unreadable(String)
}

extension Workspace {
  /// Largest file read.
  private static let sizeLimit = 4 << 30

  /// Opens a file, waits until nothing more is to be worked out, and closes it.
  func check(_ item: CheckItem) async -> FileOutcome {
    if isForeignTable(item) { return .passedOver }
    if let joined = await joinedOutcome(of: item) { return joined }
    let digest: Task<String, Never>
    do {
      let path = item.content == nil ? (try? FileSystem.resolved(item.path)) ?? item.path : nil
      if let file = try Self.parted(item) {
        digest = Task.detached { Self.digest(of: file) }
        await open(file, item.path, path: path, isNamed: item.isNamed)
      } else {
        let bytes = try Self.content(of: item)
        // Beside the work, and the bytes are let go when both have read them.
        digest = Task.detached { Digest.sha256(bytes) }
        await open(item.path, path: path, text: bytes, isNamed: item.isNamed)
      }
    } catch {
      return .unreadable("\(item.path): \(error.message)")
    }
    guard let state = documents[item.path] else { return .passedOver }
    state.isPublished = false
    await settled(state)
    let snapshot = DocumentSnapshot(of: state, in: self)
    // What its facts were is told before they are gone.
    let outcome = state.isQuiet ? FileOutcome.passedOver : outcome(item.path, await digest.value, state, snapshot)
    close(item.path)
    if snapshot.document.file?.hasChanged == true {
      return .unreadable("\(item.path): It was changed while it was being read. Check it again.")
    }
    return outcome
  }

  /// What came of a file whose dataset's files are joined; `nil` for others. The first one waits for all of them.
  private func joinedOutcome(of item: CheckItem) async -> FileOutcome? {
    guard item.content == nil, let path = try? FileSystem.resolved(item.path),
      let dataset = dataset(of: path, DatasetConfiguration.governing(path))
    else { return nil }
    await settle(dataset)
    guard let state = dataset.onDisk[path] else { return nil }
    state.isNamed = item.isNamed
    let snapshot = DocumentSnapshot(of: state, in: self)
    guard !state.isQuiet else { return .passedOver }
    return outcome(item.path, Digest.sha256(snapshot.document.allBytes()), state, snapshot)
  }

  /// A table met in a folder is read only if it is somebody's vocabulary: it may be anything, and large.
  private func isForeignTable(_ item: CheckItem) -> Bool {
    guard !item.isNamed, item.content == nil, VocabularyFile.isTable(item.path) else { return false }
    let path = (try? FileSystem.resolved(item.path)) ?? item.path
    return !library.isVocabulary(path, DatasetConfiguration.governing(path))
  }

  private static func content(of item: CheckItem) throws(FileError) -> [UInt8] {
    if let content = item.content { return content }
    return try FileSystem.regularFile(item.path, limit: sizeLimit)
  }

  /// Beyond this many bytes a file of lines is not kept in memory, but read in parts.
  private static let keptSize = 1 << 23

  /// A large file of lines, to be read in parts; `nil` for others.
  private static func parted(_ item: CheckItem) throws(FileError) -> OpenFile? {
    guard item.content == nil, Library.isLineSyntax(path: item.path, languageID: ""),
      let status = FileSystem.status(of: item.path), status.size > keptSize
    else { return nil }
    return try OpenFile(item.path, limit: sizeLimit)
  }

  private static func digest(of file: OpenFile) -> String {
    var digest = Digest()
    for start in stride(from: 0, to: file.status.size, by: 1 << 20) {
      digest.add(file.bytes(start..<min(start + (1 << 20), file.status.size)))
    }
    return digest.finish()
  }

  private func outcome(
    _ path: String, _ sha256: String, _ state: DocumentState, _ snapshot: DocumentSnapshot
  ) -> FileOutcome {
    let shown = snapshot.shown(limit: nil).findings
    var tally = FileTally(of: state, shown: shown, library: library) { acceptedThings(in: state.space) }
    tally.vocabularies = ownLists(for: state).map {
      VocabularySummary(id: $0.id, version: $0.version, sha256: $0.sha256)
    }
    var file = CheckedFile(
      path: path, sha256: sha256, dialect: state.recognition.dialect?.id,
      recognised: state.recognition.reason,
      records: state.document.recordCounts.dropFirst().reduce(0, +),
      findings: snapshot.checked(shown, path: path), checks: tally.ran.count)
    file.disagreements = tally.disagreements
    return .checked(file, tally)
  }
}
