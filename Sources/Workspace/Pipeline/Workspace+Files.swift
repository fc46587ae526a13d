import Files
import Manifest

/// What is found in files that nobody has open.
extension Workspace {
  /// Shows it from now on, of the datasets at, above and in these folders, or no more.
  package func showFiles(_ shows: Bool, below folders: [String]) {
    guard shows != showsFiles || (shows && folders != shownFolders) else { return }
    if showsFiles, !shows {
      for dataset in datasets.values { fileNews.note(dataset.onDisk.keys) }
    }
    let joinsMore = shows && !showsFiles
    (showsFiles, shownFolders) = (shows, folders)
    if joinsMore { reopenAll() }
    fileNews.tell()
    takingUp = shows ? Task { await self.takeUpDatasets(below: folders) } : nil
  }

  private func takeUpDatasets(below folders: [String]) async {
    let roots = await Self.datasetRoots(below: folders)
    if showsFiles, shownFolders == folders { takeUpDatasets(at: roots) }
  }

  /// Folders with a `concord.json`: of a folder's own dataset, and those in it.
  @concurrent
  private static func datasetRoots(below folders: [String]) async -> [String] {
    var roots: Set<String> = []
    for folder in folders {
      let own = Paths.join(folder, DatasetConfiguration.fileName)
      if let governing = DatasetConfiguration.governing(own) { roots.insert(governing.root) }
      roots.formUnion(FileWalk(below: folder) { $0 == DatasetConfiguration.fileName }.files.map(Paths.folder))
    }
    return roots.sorted()
  }

  /// Reads the files of datasets, whether or not any of them is open.
  func takeUpDatasets(at roots: [String]) {
    for root in roots {
      let file = Paths.join(root, DatasetConfiguration.fileName)
      guard let configuration = configuration(governing: file), configuration.root == root else { continue }
      watchFolder(root)
      readFiles(of: dataset(of: configuration))
    }
  }

  /// A dataset came to be where one is to be shown.
  func noteNewDataset(at root: String) {
    guard showsFiles, datasets[root] == nil,
      shownFolders.contains(where: { $0 == root || Paths.relative(root, to: $0) != nil })
    else { return }
    takeUpDatasets(at: [root])
  }

  /// Takes note that something else is found in a file that nobody has open.
  func noteNews(ofFile state: DocumentState) {
    state.newsNumber = fileNews.next()
    if showsFiles, let path = state.path { fileNews.note(CollectionOfOne(path)) }
  }

  /// Speaks whenever something else is found in files that nobody has open.
  package nonisolated var wordsOfFiles: AsyncStream<Void> { fileNews.words() }

  /// Files of which something else is found now than when this was asked last. Those of a dataset that is being worked on come later.
  package func takeFileNews() -> [String] {
    var isReady: [String: Bool] = [:]
    return fileNews.take { path in
      for (root, dataset) in datasets where Paths.relative(path, to: root) != nil {
        let ready = isReady[root] ?? dataset.space.isSettled
        isReady[root] = ready
        if !ready { return false }
      }
      return true
    }
  }

  /// A file that nobody has open, as it is known now; `nil` if there is no such file, or nothing is to be said of it.
  package func fileSnapshot(_ path: String) -> (snapshot: DocumentSnapshot, number: UInt64)? {
    guard showsFiles, let state = unopened(path), state.mayHaveFindings else { return nil }
    let snapshot = DocumentSnapshot(of: state, in: self)
    state.space.noteRead(state, bytes: snapshot.document.byteCount)
    return (snapshot, state.newsNumber)
  }

  /// Every file that nobody has open and of which there is something to say, once nothing is waiting to be computed for any, with
  /// a number that changes when what is said does. In order of their paths.
  package func settledFiles() async -> [(path: String, number: UInt64)] {
    guard showsFiles else { return [] }
    // Which datasets there are is still being looked up.
    await takingUp?.value
    for dataset in datasets.values {
      await dataset.reading?.value
      for state in dataset.space.documents.values where !dataset.space.isSettled { await settled(state) }
    }
    return datasets.values.flatMap { dataset in
      dataset.onDisk.filter(\.value.mayHaveFindings).map { (path: $0.key, number: $0.value.newsNumber) }
    }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// A document by what it is shown as: one that is open, or a file of a dataset.
  func document(_ uri: String) -> DocumentState? { documents[uri] ?? Paths.path(ofURI: uri).flatMap(unopened) }

  private func unopened(_ path: String) -> DocumentState? {
    datasets.values.lazy.compactMap { $0.onDisk[path] }.first
  }
}
