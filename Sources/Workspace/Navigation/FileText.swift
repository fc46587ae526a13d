import Files
import Findings
import Manifest

/// A document of a dataset at one moment: its text, or the way to it where nobody has it open.
struct FileText: Sendable {
  let id: DocumentID
  /// As the client names it, or else made from its path.
  let uri: String
  let path: String?
  /// What to call it when speaking to somebody: its path below the dataset's folder.
  let name: String
  /// `nil`: nobody has it open.
  let version: Int?
  let dialect: Dialect?
  /// The lists of terms that hold for it.
  let terms: TermBook
  private let held: Document?
  private let stamp: FileStamp?
  private let syntax: Syntax
  private let shape: RecordShape

  init(of state: DocumentState, in workspace: isolated Workspace) {
    id = state.id
    path = state.path
    uri = state.shownURI
    let root = state.configuration?.root
    name = state.path.map { path in root.flatMap { Paths.relative(path, to: $0) } ?? Paths.name(of: path) } ?? state.uri
    version = state.isUnopened ? nil : state.version
    dialect = state.recognition.dialect
    terms = TermBook(workspace.lists(for: state))
    held = state.heldText
    stamp = state.stamp
    syntax = state.syntax
    shape = state.shape
  }

  /// The text that the facts are of; `nil` if it has to be read, and can't be or is another by now.
  ///
  /// Cost: nothing, or reading the file and parsing it.
  func document() async -> Document? {
    if let held { return held }
    guard let bytes = await bytes() else { return nil }
    return Document(bytes, syntax: syntax, shape: shape)
  }

  /// The same, but never a text that the file does not have any more: what is on disk is always looked at.
  func verifiedDocument() async -> Document? {
    if version != nil { return held }
    guard let bytes = await bytes() else { return nil }
    return held ?? Document(bytes, syntax: syntax, shape: shape)
  }

  /// Whether `document` has to read the file.
  var isAtRest: Bool { held == nil }

  /// How large it was when it was looked at.
  var byteCount: Int { held?.byteCount ?? stamp?.byteCount ?? 0 }

  @concurrent
  private func bytes() async -> [UInt8]? {
    guard let path, let stamp,
      let (bytes, status) = try? FileSystem.statedFile(path, limit: Dataset.sizeLimit), stamp.covers(bytes, status)
    else { return nil }
    return bytes
  }
}

extension Workspace {
  /// The documents of these numbers that are known beside an open one.
  func files(_ ids: some Sequence<DocumentID>, in space: FactSpace) -> [DocumentID: FileText] {
    var files: [DocumentID: FileText] = [:]
    for id in ids where files[id] == nil {
      files[id] = space.documents[id].map { FileText(of: $0, in: self) }
    }
    return files
  }

  /// Takes a text in that was read for somebody who asks, so that the next need not read it.
  func takeBack(_ document: Document, of file: FileText, beside uri: String) {
    guard file.version == nil, let state = documents[uri]?.space.documents[file.id],
      state.path.map({ path in file.path.map { $0.utf8.elementsEqual(path.utf8) } ?? false }) ?? false
    else { return }
    state.takeBack(document)
  }
}
