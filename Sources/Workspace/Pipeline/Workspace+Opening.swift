import Files
import Manifest

/// Taking documents up: what they are, and where they belong.
extension Workspace {
  /// Takes a document up. One that is open already is opened anew.
  ///
  /// What takes time to read is read beside the workspace, so that other documents can be edited meanwhile. Returns when it is open.
  package func open(
    _ uri: String, path: String?, languageID: String = "", version: Int = 0, text: [UInt8], isNamed: Bool = false
  ) async {
    var recognized: Recognized?
    if text.count > Self.readInPlace, keeping(text.count, of: uri) == .checked {
      recognized = await Self.recognize(
        text, path: path, languageID: languageID, path.flatMap { configuration(governing: $0, opening: text) }, library,
        forced: options.dialect)
    }
    takeUp(
      uri, path: path, languageID: languageID, version: version, text: text, isNamed: isNamed, recognized: recognized)
  }

  /// Takes up a file of lines that is too large to be kept in memory. Nobody edits it.
  func open(_ file: OpenFile, _ uri: String, path: String?, isNamed: Bool) async {
    let configuration = path.flatMap { self.configuration(governing: $0) }
    let recognized = await Self.recognize(
      TextFile(byteCount: file.status.size) { file.bytes($0) }, path: path, configuration, library,
      forced: options.dialect)
    takeUp(uri, path: path, languageID: "", version: 0, text: [], isNamed: isNamed, recognized: recognized)
  }

  @concurrent
  private static func recognize(
    _ file: TextFile, path: String?, _ configuration: DatasetConfiguration?, _ library: Library, forced: String?
  ) async -> Recognized {
    Recognized(
      root: configuration?.root, hash: configuration?.hash,
      reading: library.recognize(file, path: path, configuration: configuration, forced: forced))
  }

  /// Beyond this many bytes a text is read beside the workspace: some hundred microseconds.
  private static let readInPlace = 1 << 16

  /// A text that was read, and by which configuration.
  struct Recognized: Sendable {
    var root: String?
    var hash: String?
    var reading: (Recognition, Document)

    func isBy(_ configuration: DatasetConfiguration?) -> Bool {
      configuration?.root == root && configuration?.hash == hash
    }
  }

  @concurrent
  private static func recognize(
    _ text: [UInt8], path: String?, languageID: String, _ configuration: DatasetConfiguration?, _ library: Library,
    forced: String?
  ) async -> Recognized {
    Recognized(
      root: configuration?.root, hash: configuration?.hash,
      reading: library.recognize(
        text, path: path, languageID: languageID, configuration: configuration, forced: forced))
  }

  func takeUp(
    _ uri: String, path: String?, languageID: String, version: Int, text: [UInt8], isNamed: Bool,
    recognized: Recognized? = nil
  ) {
    if let old = documents.removeValue(forKey: uri) { end(old) }
    let configuration = path.flatMap { self.configuration(governing: $0, opening: text) }
    let dataset = dataset(of: path, configuration)
    let keeping = keeping(recognized?.reading.1.byteCount ?? text.count, of: uri)
    let isChecked = keeping == .checked
    if let path, let dataset {
      // What is too large to be checked as it is typed takes part as it is on disk.
      if isChecked { dataset.forgetFile(path).map(resumeWaiters) } else { dataset.noteUnchecked(path) }
    }
    let state = makeState(
      uri, path: path, languageID: languageID, version: version, text: text, configuration,
      in: isChecked ? dataset : nil, keeping,
      recognized: recognized.flatMap {
        // Of a file that is not kept there is no other text to read.
        $0.reading.1.file != nil || isChecked && $0.isBy(configuration) ? $0.reading : nil
      })
    state.isNamed = isNamed
    nextOpening += 1
    state.opening = nextOpening
    documents[uri] = state
    watchFolder(of: state)
    noteVocabulary(at: path, isEdited: false)
    noteDecisions(in: state)
    noteChange(of: state)
    if let dataset {
      dataset.space.readingIsStopped = false
      readFiles(of: dataset)
    }
  }
}
