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

/// Where files of one ending are named: their folder as written there, and what comes after the last dot.
///
/// Compared byte by byte: names of files that are spelled otherwise are others.
struct MediaPlace: Sendable, Hashable {
  let folder: Substring
  let ending: Substring

  /// Cost: a walk back to the last slash; nothing is copied.
  init(of path: String) {
    let name = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8.index(after: $0) } ?? path.startIndex
    let dot = path.utf8[name...].lastIndex(of: UInt8(ascii: ".")).flatMap { $0 == name ? nil : $0 } ?? path.endIndex
    folder = path[..<name]
    ending = path[dot...]
  }

  static func == (a: MediaPlace, b: MediaPlace) -> Bool {
    a.folder.utf8.elementsEqual(b.folder.utf8) && a.ending.utf8.elementsEqual(b.ending.utf8)
  }

  func hash(into hasher: inout Hasher) {
    for byte in ending.utf8 { hasher.combine(byte) }
    hasher.combine(folder.utf8.count)
  }
}

/// What kinds of files lie in a folder.
struct MediaFolder: Sendable {
  /// Whether it is there, and belongs to the dataset.
  let isOpen: Bool
  /// With the dot, as written; empty for names without one.
  private var endings: Set<[UInt8]> = []
  /// Whether all its entries were looked at.
  private var isWhole = true

  /// Entries that are looked at; a folder in which none of the first is such a file counts as one without.
  private static let limit = 20_000

  /// Cost: its entries, the first of them at least.
  init(_ path: String, within root: String) {
    let resolved = try? FileSystem.resolved(path)
    isOpen = resolved.map { $0 == root || Paths.relative($0, to: root) != nil } ?? false
    guard isOpen else { return }
    var (seen, endings) = (0, Set<[UInt8]>())
    _ = FileSystem.holds(path, limit: Self.limit) { name in
      seen += 1
      endings.insert(Self.ending(name))
      return false
    }
    self.endings = endings
    isWhole = seen < Self.limit
  }

  /// Whether other files with the ending of this name were seen. Of names without one nothing is said.
  func holdsAny(like name: String) -> Bool {
    let ending = Self.ending(Array(name.utf8))
    return !ending.isEmpty && endings.contains(ending)
  }

  /// Whether a file of this name may lie there.
  func mayHold(_ name: String) -> Bool { !isWhole || endings.contains(Self.ending(Array(name.utf8))) }

  private static func ending(_ name: [UInt8]) -> [UInt8] {
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > 0 else { return [] }
    return Array(name[dot...])
  }
}
