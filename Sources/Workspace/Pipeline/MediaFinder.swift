import Files
import PluginHost
import WorkerProtocol

/// Looks for the files that one document names, away from the workspace.
actor MediaFinder {
  /// The document's.
  private let folder: String
  /// The dataset's, without links.
  private let root: String
  private let reader: MediaReader?
  /// By path. Most files that are not there are missing together, and one look at their folder tells of all of them.
  private var folders: [String: MediaFolder] = [:]
  /// Where nothing like what is named lies: of none of those files is anything said, and none is looked for.
  private(set) var silent: Set<MediaPlace> = []

  /// Files that are looked for together.
  static let mostAtOnce = 256
  /// Files whose headers are read at one time, each an open descriptor.
  private static let mostOpen = 16

  init(folder: String, root: String, reader: MediaReader?) {
    self.folder = folder
    self.root = root
    self.reader = reader
  }

  /// What is known of each (`HostFacts.media`); `nil` of those that nothing can be said of.
  func look(at files: [MediaFile]) async -> [(MediaFile, [UInt8]?)] {
    var looks: [(MediaFile, [UInt8]?)] = []
    var there: [(file: MediaFile, path: String)] = []
    for file in files {
      if file.path.isEmpty || file.path.contains("://") {
        looks.append((file, nil))
      } else if let path = found(file.path) {
        there.append((file, path))
      } else {
        looks.append((file, absent(file)))
      }
    }
    for start in stride(from: 0, to: there.count, by: Self.mostOpen) {
      looks += await withTaskGroup(of: (MediaFile, [UInt8]?).self) { group in
        for (file, path) in there[start...].prefix(Self.mostOpen) {
          group.addTask { [reader] in (file, await Self.header(of: file, at: path, reader)) }
        }
        var known: [(MediaFile, [UInt8]?)] = []
        for await look in group { known.append(look) }
        return known
      }
    }
    return looks
  }

  private func found(_ written: String) -> String? { Self.file(written, in: folder, within: root) }

  /// The file that a path means, if it is there and lies within the dataset.
  static func file(_ written: String, in folder: String, within root: String) -> String? {
    let named = Paths.join(folder, written)
    // Most are not there, and to follow links takes a look at each folder on the way.
    guard FileSystem.exists(named), let path = try? FileSystem.resolved(named), Paths.relative(path, to: root) != nil
    else { return nil }
    return path
  }

  /// What is said of a file that is not there: nothing, if no others like it were brought along either.
  private func absent(_ file: MediaFile) -> [UInt8]? {
    let named = Paths.join(folder, file.path)
    let place = Paths.folder(of: named)
    let around = folders[place] ?? MediaFolder(place, within: root)
    folders[place] = around
    let others = MediaNames.others(file.path)
    if !around.isOpen
      || !others.isEmpty && !([file.path] + others).contains(where: { around.mayHold(Paths.name(of: $0)) })
    {
      silent.insert(MediaPlace(of: file.path))
      return nil
    }
    if let other = others.first(where: { around.mayHold(Paths.name(of: $0)) && found($0) != nil }) {
      return Array("\(HostFacts.missing) \(other)".utf8)
    }
    return around.holdsAny(like: Paths.name(of: named)) ? Array(HostFacts.missing.utf8) : nil
  }

  private static func header(of file: MediaFile, at path: String, _ reader: MediaReader?) async -> [UInt8] {
    let there = Array("there".utf8)
    switch file.sort {
    case .other: return there
    case .data: return DataFileHead.members(of: path) ?? there
    case .picture:
      guard case .header(let header) = await reader?.header(of: path) else { return there }
      return Array("\(header.width) \(header.height) \(header.orientation)".utf8)
    case .sound:
      guard case .sound(let header) = await reader?.header(of: path) else { return there }
      return Array("\(HostFacts.sound) \(header.rate) \(header.channels) \(header.frames) \(header.bits)".utf8)
    }
  }
}
