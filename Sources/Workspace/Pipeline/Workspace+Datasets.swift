import Files
import Findings
import Manifest

extension Workspace {
  /// The dataset a file is joined with; `nil` where files are on their own: outside of a dataset, or if no format
  /// has ids that count beyond their file and nobody asks for what is found in files that are not open.
  func dataset(of path: String?, _ configuration: DatasetConfiguration?) -> Dataset? {
    guard let path, let configuration, showsFiles || configuration.joinsFiles(library), configuration.covers(path)
    else { return nil }
    return dataset(of: configuration)
  }

  /// Cost: the first time, a walk over the dataset's folders.
  func dataset(of configuration: DatasetConfiguration) -> Dataset {
    if let known = datasets[configuration.root] {
      if known.configuration.hash == configuration.hash { return known }
      known.unread = []
    }
    let walk = FileWalk(below: configuration.root) { [library] in library.isOfWords($0) || Self.mayTakePart($0) }
    // A folder with a `concord.json` of its own is another dataset.
    let inner = walk.files.filter { Paths.name(of: $0) == DatasetConfiguration.fileName }
      .map { Paths.folder(of: $0) }.filter { $0 != configuration.root }
    let files = walk.files.filter { file in
      configuration.covers(file) && Paths.name(of: file) != DatasetConfiguration.fileName
        && !configuration.keepsDecisions(file) && !inner.contains { Paths.relative(file, to: $0) != nil }
    }
    let dataset = Dataset(configuration, files: files, space: makeSpace(configuration))
    datasets[configuration.root] = dataset
    return dataset
  }

  /// The dataset a document's facts are in.
  func dataset(of state: DocumentState) -> Dataset? {
    state.configuration.flatMap { datasets[$0.root] }.flatMap { $0.space === state.space ? $0 : nil }
  }

  static func mayTakePart(_ name: String) -> Bool {
    [".json", ".jsonl", ".ndjson", ".jsonlines", ".manifest"].contains { name.hasSuffix($0) }
  }

  /// Sees that what is not read yet gets read, one file after the other, beside everything else.
  func readFiles(of dataset: Dataset) {
    let open = Set(documents.values.compactMap { $0.space === dataset.space ? $0.path : nil })
    dataset.unread.subtract(open)
    dataset.space.lacksFiles = !dataset.unread.isEmpty || dataset.isReading
    guard !dataset.unread.isEmpty, !dataset.isReading, !dataset.space.readingIsStopped else { return }
    dataset.isReading = true
    dataset.space.lacksFiles = true
    dataset.reading = Task(priority: .utility) { await self.readUnread(of: dataset) }
  }

  private func readUnread(of dataset: Dataset) async {
    var done = 0
    var next: [String] = []
    while !dataset.space.readingIsStopped {
      // What came to be unread meanwhile is read afterwards.
      if next.isEmpty { next = dataset.unread.sorted { $1.utf8.lexicographicallyPrecedes($0.utf8) } }
      guard let path = next.popLast() else { break }
      guard dataset.unread.contains(path) else { continue }
      noteReading(of: dataset, done: done)
      done += 1
      dataset.forgetFile(path).map(resumeWaiters)
      if showsFiles { fileNews.note(CollectionOfOne(path)) }
      let read = await Self.read(path, of: dataset.configuration, library, forced: options.dialect)
      // Another configuration counts by now, and another dataset.
      guard datasets[dataset.configuration.root] === dataset else { return }
      guard let read, !isJoined(path, in: dataset) else { continue }
      let bytes = read.bytes
      let state = makeState(
        "", path: path, text: bytes, dataset.configuration, in: dataset, recognized: read.recognized)
      state.stamp = read.stamp
      guard showsFiles || state.checker != nil || !state.claims.isEmpty else {
        dataset.space.remove(state)
        continue
      }
      state.isPublished = false
      dataset.keep(state, at: path)
      await workedOff(state)
      state.noteNews()
      dataset.space.noteRead(state, bytes: bytes.count)
    }
    dataset.isReading = false
    dataset.space.lacksFiles = !dataset.unread.isEmpty
    noteReading(of: dataset, done: done, isOver: true)
    judgeWaitingLinks(in: dataset.space)
    resume(dataset.space)
  }

  /// Whether the file takes part as an editor has it.
  private func isJoined(_ path: String, in dataset: Dataset) -> Bool {
    documents.values.contains { $0.space === dataset.space && $0.path == path }
  }

  private func noteReading(of dataset: Dataset, done: Int, isOver: Bool = false) {
    progressOutlet.yield(
      ReadingProgress(
        root: dataset.configuration.root, done: done, total: done + dataset.unread.count, isOver: isOver))
  }

  /// Reads no more files of a dataset until one of it is opened. What is not read takes no part, and nothing is said to be missing.
  package func stopReading(_ root: String) {
    guard let dataset = datasets[root], dataset.isReading else { return }
    dataset.space.readingIsStopped = true
  }

  /// Goes on with what waited for files.
  func resume(_ space: FactSpace) {
    if space.isSettled { return noteSettled(space) }
    for state in space.documents.values where !state.isSettled { return drive(state) }
  }

  private struct ReadFile: Sendable {
    var bytes: [UInt8]
    var stamp: FileStamp
    var recognized: (Recognition, Document)
  }

  /// Reads a file and finds out what it is, away from the workspace; `nil` if there is none, or it is no ordinary one.
  @concurrent
  private static func read(
    _ path: String, of configuration: DatasetConfiguration, _ library: Library, forced: String?
  ) async -> ReadFile? {
    guard let (bytes, status) = try? FileSystem.statedFile(path, limit: Dataset.sizeLimit) else { return nil }
    let recognized = library.recognize(
      bytes, path: path, languageID: "", configuration: configuration, forced: forced)
    return ReadFile(bytes: bytes, stamp: FileStamp(bytes, status), recognized: recognized)
  }

  /// Files changed on disk: those that take part in a dataset and that nobody has open are read again, and so are vocabularies.
  /// A `concord.json` that says something else has what is open read anew.
  package func filesChanged(_ paths: [String]) {
    if paths.contains(where: { Paths.name(of: $0) == DatasetConfiguration.fileName }) {
      let isOther = documents.values.contains { state in
        let now = state.path.flatMap { configuration(governing: $0) }
        return now?.root != state.configuration?.root || now?.hash != state.configuration?.hash
      }
      let isOtherOnDisk = datasets.values.contains { dataset in
        let now = configuration(governing: Paths.join(dataset.configuration.root, DatasetConfiguration.fileName))
        return now?.root != dataset.configuration.root || now?.hash != dataset.configuration.hash
      }
      if isOther || isOtherOnDisk { return reopenAll() }
      for path in paths where Paths.name(of: path) == DatasetConfiguration.fileName {
        noteNewDataset(at: Paths.folder(of: path))
      }
    }
    for path in paths { noteVocabulary(at: path, isEdited: false) }
    noteDecisions(changed: paths)
    noteMedia(changed: paths)
    for dataset in datasets.values {
      let root = dataset.configuration.root
      let mine = paths.filter { path in
        Paths.relative(path, to: root) != nil && dataset.configuration.covers(path)
          && (Self.mayTakePart(path) || library.isOfWords(path))
          && Paths.name(of: path) != DatasetConfiguration.fileName && !dataset.configuration.keepsDecisions(path)
      }
      guard !mine.isEmpty else { continue }
      dataset.unread.formUnion(mine)
      readFiles(of: dataset)
    }
  }

  /// Reads what takes part in a dataset and returns when all of it is worked out.
  func settle(_ dataset: Dataset) async {
    readFiles(of: dataset)
    for state in dataset.space.documents.values.sorted(by: { $0.id < $1.id }) {
      await settled(state)
      if dataset.space.isSettled { return }
    }
  }
}

extension DatasetConfiguration {
  /// Whether what stands in one of its files may mean something for another.
  func joinsFiles(_ library: Library) -> Bool {
    library.joinsFiles || !library.agreements.isEmpty || !splits.isEmpty || !alignments.isEmpty || !problems.isEmpty
  }
}

/// How far the reading of a dataset's files has come.
package struct ReadingProgress: Sendable, Hashable {
  /// The dataset's folder.
  package var root: String
  package var done: Int
  /// May grow while files come to be.
  package var total: Int
  /// Nothing more is read now.
  package var isOver: Bool

  package init(root: String, done: Int, total: Int, isOver: Bool) {
    (self.root, self.done, self.total, self.isOver) = (root, done, total, isOver)
  }
}
