import Files

/// A file that a record names, as it is written there.
struct MediaFile: Sendable, Hashable {
  /// What is wanted of it.
  enum Sort: Sendable { case picture, sound, data, other }

  var path: String
  var sort: Sort

  /// `modality` as `x-media` says it: `image`, `audio`, `data`, or anything else of which only matters whether it is there.
  init(path: String, modality: String) {
    self.path = path
    sort = ["image": .picture, "audio": .sound, "data": .data][modality] ?? .other
  }

  /// The kind of facts that tell of it.
  var kind: String { sort == .data ? HostFacts.dataFile : HostFacts.media }
}

/// Files of one kind in a folder.
struct MediaFolder: Sendable, Hashable {
  var path: String
  /// With the dot.
  var ending: String

  /// Entries that are looked at; a folder in which none of the first is such a file counts as one without.
  private static let limit = 20_000

  /// Of the file at a path; `nil` if it has no ending.
  init?(of path: String) {
    let name = Paths.name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    self.path = Paths.folder(of: path)
    ending = String(name[dot...])
  }

  /// Whether such a file lies there. Cost: the entries before the first.
  var holdsAny: Bool {
    let end = Array(ending.utf8)
    return FileSystem.holds(path, limit: Self.limit) { $0.suffix(end.count).elementsEqual(end) }
  }
}
