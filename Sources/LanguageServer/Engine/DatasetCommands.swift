package import Workspace

/// What is asked of the dataset's files as a whole: checked, gone through, moved.
package protocol DatasetCommands: Sendable {
  /// The folders that the client has open now, as URIs, and those of them of which every file is shown.
  func use(folders: [String], shown: [String]) async
  /// Edits by which names of files follow a move, before it is made.
  func edits(forMoves moves: [(from: String, to: String)]) async -> [DocumentEdits]
  /// How many places in how many files name these files or what lies in them.
  func namings(of uris: [String]) async -> (places: Int, files: Int)
  /// Files or folders that came to be, or are gone.
  func noteMoved(_ uris: [String]) async
  /// The next place behind an offset where files say different things; `nil` if they agree.
  func nextDisagreement(after offset: Int, in uri: String) async -> ShownDisagreement?
  func check(folder uri: String) async -> FolderReport?
  func place(of address: RecordAddress, in uri: String) async -> ShownRecord?
  /// A rule's page in Markdown, and the address of a file where it stands as well.
  func page(of rule: String) async -> (markdown: String, address: String?)?
}

/// What somebody is led to next.
package struct ShownDisagreement: Sendable {
  package var place: ShownPlace
  package var rule: String
  package var message: String
}

/// An entry of a file.
package struct ShownRecord: Sendable {
  package var place: ShownPlace
  package var text: [UInt8]
  package var isOpen: Bool
  /// Bytes of the whole file.
  package var fileSize: Int
}

extension DatasetCommands {
  package func use(folders: [String], shown: [String]) async {}
  package func edits(forMoves moves: [(from: String, to: String)]) async -> [DocumentEdits] { [] }
  package func namings(of uris: [String]) async -> (places: Int, files: Int) { (0, 0) }
  package func noteMoved(_ uris: [String]) async {}
  package func nextDisagreement(after offset: Int, in uri: String) async -> ShownDisagreement? { nil }
  package func check(folder uri: String) async -> FolderReport? { nil }
  package func place(of address: RecordAddress, in uri: String) async -> ShownRecord? { nil }
  package func page(of rule: String) async -> (markdown: String, address: String?)? { nil }
}

/// Putting a document in order as a whole.
package protocol DocumentOrder: Sendable {
  /// The edits of all certain fixes that can be made at once, once nothing is waiting to be computed; how many fixes they are.
  func certainFixes() async throws(EngineError) -> (edits: DocumentEdits, count: Int)?
  /// `nil` if everything is in order.
  func organized(_ act: Organizing) throws(EngineError) -> (title: String, edits: DocumentEdits)?
  /// `nil` where files of this kind are not laid out.
  func layout(in range: Range<Int>?, _ options: LayoutOptions) throws(EngineError) -> [(Range<Int>, [UInt8])]?
  func layout(closedAt offset: Int) -> [(Range<Int>, [UInt8])]
}

extension DocumentOrder {
  package func certainFixes() async throws(EngineError) -> (edits: DocumentEdits, count: Int)? { nil }
  package func organized(_ act: Organizing) throws(EngineError) -> (title: String, edits: DocumentEdits)? { nil }
  package func layout(in range: Range<Int>?, _ options: LayoutOptions) throws(EngineError) -> [(Range<Int>, [UInt8])]? {
    nil
  }
  package func layout(closedAt offset: Int) -> [(Range<Int>, [UInt8])] { [] }
}
