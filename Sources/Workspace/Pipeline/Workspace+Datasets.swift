import Files
import Findings
import Manifest

extension Workspace {
  /// The dataset a file is joined with; `nil` where files are on their own: outside of a dataset, or if no format
  /// has ids that count beyond their file.
  ///
  /// Cost: the first time, a walk over the dataset's folders.
  func dataset(of path: String?, _ configuration: DatasetConfiguration?) -> Dataset? {
    guard let path, let configuration, configuration.joinsFiles(library), configuration.covers(path) else { return nil }
    if let known = datasets[configuration.root] {
      if known.configuration.hash == configuration.hash { return known }
      known.unread = []
    }
    let walk = FileWalk(below: configuration.root) { Self.mayTakePart($0) }
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

  private static func mayTakePart(_ name: String) -> Bool {
    [".json", ".jsonl", ".ndjson", ".jsonlines", ".manifest"].contains { name.hasSuffix($0) }
  }

  /// Sees that what is not read yet gets read, one file after the other, beside everything else.
  func readFiles(of dataset: Dataset) {
    let open = Set(documents.values.compactMap { $0.space === dataset.space ? $0.path : nil })
    dataset.unread.subtract(open)
    dataset.space.lacksFiles = !dataset.unread.isEmpty || dataset.isReading
    guard !dataset.unread.isEmpty, !dataset.isReading else { return }
    dataset.isReading = true
    dataset.space.lacksFiles = true
    Task { await self.readUnread(of: dataset) }
  }

  private func readUnread(of dataset: Dataset) async {
    while let path = dataset.unread.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      dataset.forgetFile(path).map(resumeWaiters)
      guard let bytes = await Self.bytes(of: path), !documents.values.contains(where: { $0.path == path }) else {
        continue
      }
      let state = makeState("", path: path, text: bytes, dataset.configuration, in: dataset)
      guard state.checker != nil || !state.claims.isEmpty else {
        dataset.space.remove(state)
        continue
      }
      state.isPublished = false
      dataset.keep(state, at: path)
      await workedOff(state)
      dataset.space.noteRead(state, bytes: bytes.count)
    }
    dataset.isReading = false
    dataset.space.lacksFiles = false
    judgeWaitingLinks(in: dataset.space)
    resume(dataset.space)
  }

  /// Goes on with what waited for files.
  private func resume(_ space: FactSpace) {
    if space.isSettled { return noteSettled(space) }
    for state in space.documents.values where !state.isSettled { return drive(state) }
  }

  /// Reads a file away from the workspace; `nil` if there is none, or it is no ordinary one.
  @concurrent
  private static func bytes(of path: String) async -> [UInt8]? {
    try? FileSystem.regularFile(path, limit: Dataset.sizeLimit)
  }

  /// Files changed on disk: those that take part in a dataset and that nobody has open are read again, and so are vocabularies.
  /// A `concord.json` that says something else has what is open read anew.
  package func filesChanged(_ paths: [String]) {
    if paths.contains(where: { Paths.name(of: $0) == DatasetConfiguration.fileName }) {
      let isOther = documents.values.contains { state in
        let now = state.path.flatMap { configuration(governing: $0) }
        return now?.root != state.configuration?.root || now?.hash != state.configuration?.hash
      }
      if isOther { return reopenAll() }
    }
    for path in paths { noteVocabulary(at: path, isEdited: false) }
    noteDecisions(changed: paths)
    for dataset in datasets.values {
      let root = dataset.configuration.root
      let mine = paths.filter { path in
        Paths.relative(path, to: root) != nil && dataset.configuration.covers(path) && Self.mayTakePart(path)
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
    library.joinsFiles || !library.agreements.isEmpty || !alignments.isEmpty || !problems.isEmpty
  }
}
