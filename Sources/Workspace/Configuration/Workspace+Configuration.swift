import Files
import Manifest

extension Workspace {
  /// The configuration that counts for a file: of a `concord.json` that is open, or is being opened, as it is in the editor where
  /// that can be read, else as it is on disk.
  func configuration(governing path: String, opening text: [UInt8]? = nil) -> DatasetConfiguration? {
    DatasetConfiguration.governing(path) { candidate in
      if let text, candidate.utf8.elementsEqual(path.utf8) { return Self.whole(text) }
      return documents.values.first { $0.path?.utf8.elementsEqual(candidate.utf8) ?? false }.flatMap { state in
        state.document.problemCount == 0 ? state.document.allBytes() : nil
      }
    }
  }

  private static func whole(_ text: [UInt8]) -> [UInt8]? {
    Document(text, syntax: .json, shape: .whole).problemCount == 0 ? text : nil
  }

  /// Takes an edited `concord.json` up once typing rests: what it governs is read anew if it says anything else.
  func noteConfiguration(_ state: DocumentState) {
    guard let path = state.path, Paths.name(of: path) == DatasetConfiguration.fileName else { return }
    let (uri, version, rest) = (state.uri, state.version, options.restBeforeLoss)
    state.awaitsTakeUp = true
    Task { [weak self] in
      try? await Task.sleep(for: rest)
      await self?.takeUpConfiguration(uri, version: version)
    }
  }

  private func takeUpConfiguration(_ uri: String, version: Int) {
    guard let state = documents[uri], state.version == version, let path = state.path else { return }
    state.awaitsTakeUp = false
    let now = configuration(governing: path)
    // Only what is open can hang on it: what is not is read when a dataset's files are.
    guard
      documents.values.contains(where: { $0.configuration?.root == now?.root && $0.configuration?.hash != now?.hash })
    else { return noteProgress(of: state) }
    reopenAll()
  }
}
