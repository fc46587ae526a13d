import Facts
import Files
import Findings
import Manifest

extension Workspace {
  /// The edits by which names of files follow when files or folders are given other paths: what labels name (`x-media`), written
  /// in the same manner as before, and what `concord.json` names. Called before anything is moved.
  ///
  /// Waits until the files of the datasets concerned are read. Files that have changed on disk since are left out, as is what names
  /// a file by rules of its own. Cost: every name in those files is looked at, and each that changes is searched.
  package func edits(for moves: [FileMove]) async -> [FileEdits] {
    for dataset in datasets.values { await dataset.reading?.value }
    for state in namingStates { await workedOff(state) }
    var files = namingStates.compactMap { state -> FileEdits? in
      guard let edits = edits(for: moves, in: state), !edits.isEmpty else { return nil }
      guard !state.isUnopened || state.isAsOnDisk else { return nil }
      return FileEdits(state, edits)
    }
    for root in Set(documents.values.compactMap { $0.configuration?.root } + datasets.keys).sorted() {
      if let edits = configurationEdits(for: moves, at: root) { files.append(edits) }
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// How many places name files that are about to be deleted, and in how many files.
  package func namings(of paths: [String]) async -> (places: Int, files: Int) {
    for state in namingStates { await workedOff(state) }
    let gone = paths.map(Paths.normalized)
    var (places, files) = (0, 0)
    for state in namingStates {
      guard let path = state.path, !gone.contains(where: { Self.isIn(path, $0) }) else { continue }
      let folder = Paths.folder(of: path)
      let names = state.mediaHeaders.keys.filter { name in
        let named = Paths.normalized(Paths.join(folder, name.path))
        return gone.contains { Self.isIn(named, $0) }
      }
      let count = names.reduce(0) { $0 + self.places(of: $1, in: state).count }
      places += count
      files += count > 0 ? 1 : 0
    }
    return (places, files)
  }

  /// Files and folders were made, moved or deleted by the client: whatever was known of them, or lies there now, is looked at again.
  package func noteMoved(_ paths: [String]) async {
    let roots = paths.map(Paths.normalized)
    var all = Set(roots)
    for state in namingStates {
      guard let folder = state.path.map({ Paths.folder(of: $0) }) else { continue }
      for name in state.mediaHeaders.keys {
        let named = Paths.join(folder, name.path)
        let path = Paths.normalized(named)
        if roots.contains(where: { Self.isIn(path, $0) }) { all.formUnion([path, named]) }
      }
    }
    for dataset in datasets.values {
      all.formUnion(dataset.paths.filter { path in roots.contains { Self.isIn(path, $0) } })
    }
    all.formUnion(await Self.files(below: roots))
    filesChanged(all.sorted())
  }

  /// Those that may take part in a dataset, in folders that are there.
  @concurrent
  private static func files(below folders: [String]) async -> [String] {
    folders.flatMap { folder in
      (try? FileSystem.kind(of: folder, followingLinks: true)) == .folder
        ? FileWalk(below: folder) { mayTakePart($0) || $0.hasSuffix(".csv") }.files : []
    }
  }

  private static func isIn(_ path: String, _ folder: String) -> Bool {
    path.utf8.elementsEqual(folder.utf8) || Paths.relative(path, to: folder) != nil
  }

  /// What is open, and files of datasets, in an order that stays.
  private var namingStates: [DocumentState] {
    let open = documents.values.filter { $0.keeping == .checked && $0.path != nil }
    return (open + datasets.values.flatMap(\.onDisk.values)).sorted {
      ($0.path ?? "").utf8.lexicographicallyPrecedes(($1.path ?? "").utf8)
    }
  }

  private func places(of name: MediaFile, in state: DocumentState) -> [Place] {
    guard let kind = library.plan.kinds[name.kind] else { return [] }
    return state.space.store.facts(kind, FactKey(text: Array(name.path.utf8), in: state.id), limit: .max).facts
      .compactMap { $0.fact.places.first?.place }
  }

  private func edits(for moves: [FileMove], in state: DocumentState) -> [TextEdit]? {
    guard let path = state.path else { return nil }
    let folder = Paths.folder(of: Paths.normalized(path))
    // A file that is moved by itself takes its folder's place with it, too.
    let ownMove = moves.first { $0.from.utf8.elementsEqual(Paths.normalized(path).utf8) }
    let base = ownMove.map { Paths.folder(of: $0.to) } ?? moves.place(of: folder)
    var edits: [FixEdit] = []
    for name in Set(state.mediaHeaders.keys.map(\.path)).sorted() {
      guard let text = moves.rewritten(name, in: folder, movedTo: base) else { continue }
      let value = JSONLiteral.quoted(Array(text.utf8))
      var places: Set<Place> = []
      for file in state.mediaHeaders.keys where file.path.utf8.elementsEqual(name.utf8) {
        places.formUnion(self.places(of: file, in: state))
      }
      edits += places.map { .replace($0, value) }
    }
    guard !edits.isEmpty else { return nil }
    return DocumentSnapshot(of: state, in: self).textEdits(of: edits)
  }
}
