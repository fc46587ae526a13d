import Files

extension Workspace {
  /// Watches the folders of datasets from now on, for clients that don't tell what changes on disk.
  package func watchFolders() {
    watched = watched ?? []
    for state in documents.values { watchFolder(of: state) }
    for root in datasets.keys { watchFolder(root) }
  }

  /// Watches the folder of the dataset that a document belongs to, once.
  func watchFolder(of state: DocumentState) {
    if let root = state.configuration?.root { watchFolder(root) }
  }

  func watchFolder(_ root: String) {
    guard watched?.insert(root).inserted == true else { return }
    _ = FolderWatch.start(below: root) { [weak self] paths in
      Task { [weak self] in await self?.filesChanged(paths) }
    }
  }
}
