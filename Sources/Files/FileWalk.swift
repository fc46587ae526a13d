/// Finds the files to look at below a folder.
///
/// In a walk, names that begin with a dot and links are passed over: what a link inside the folder leads to is met at its own place,
/// and what lies outside is not ours to read. `.gitignore` counts only below a folder that holds `.git`.
package struct FileWalk: Sendable {
  /// Paths as the caller would write them: they begin with the folder as given. In byte order, folder by folder.
  package private(set) var files: [String] = []
  /// Folders that could not be read, and names that are not text.
  package private(set) var problems: [FileError] = []

  private let accepts: @Sendable (_ name: String) -> Bool

  /// Walks at once. Cost: one call a folder, one an entry.
  ///
  /// - Parameters:
  ///   - folder: where to begin; itself never ignored, since it was named.
  ///   - accepts: whether a file of this name is wanted.
  package init(below folder: String, accepting accepts: @escaping @Sendable (_ name: String) -> Bool) {
    self.accepts = accepts
    walk(folder)
  }

  private struct Folder {
    var path: String
    /// The rules that hold here, outermost first, each with the names from its folder down to this one.
    var rules: [(rules: IgnoreRules, names: [[UInt8]])]
    var isTracked: Bool
  }

  private mutating func walk(_ start: String) {
    var waiting = [Self.surroundings(of: start)]
    while var folder = waiting.popLast() {
      let names: [[UInt8]]
      do {
        names = try FileSystem.names(in: folder.path)
      } catch {
        problems.append(error)
        continue
      }
      Self.takeUpRules(of: &folder, names: names)
      var inner: [Folder] = []
      for name in names where name.first != UInt8(ascii: ".") {
        let path = Self.join(folder.path, name)
        guard String(validating: name, as: UTF8.self) != nil else {
          problems.append(FileError(.failed, path: path, message: "Its name is not valid text (UTF-8). Rename it."))
          continue
        }
        guard let kind = try? FileSystem.kind(of: path, followingLinks: false) else { continue }
        let isFolder = kind == .folder
        guard isFolder || kind == .file, !Self.isIgnored(name, isFolder: isFolder, in: folder) else { continue }
        if isFolder {
          inner.append(
            Folder(
              path: path, rules: folder.rules.map { ($0.rules, $0.names + [name]) }, isTracked: folder.isTracked))
        } else if accepts(String(decoding: name, as: UTF8.self)) {
          files.append(path)
        }
      }
      waiting += inner.reversed()
    }
  }

  /// The rules of the folders above, if one of them is tracked.
  private static func surroundings(of start: String) -> Folder {
    var folder = Folder(path: start, rules: [], isTracked: false)
    guard let resolved = try? FileSystem.resolved(start) else { return folder }
    let names = resolved.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
    for depth in names.indices {
      let path = "/" + names[..<depth].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
      if isTracked(path) {
        folder.isTracked = true
        folder.rules = []
      }
      guard folder.isTracked, let text = try? FileSystem.bytes(of: join(path, Array(".gitignore".utf8))) else {
        continue
      }
      folder.rules.append((IgnoreRules(parsing: text), Array(names[depth...])))
    }
    return folder
  }

  private static func takeUpRules(of folder: inout Folder, names: [[UInt8]]) {
    if names.contains(Array(".git".utf8)) {
      folder.isTracked = true
      folder.rules = []
    }
    guard folder.isTracked, names.contains(Array(".gitignore".utf8)) else { return }
    guard let text = try? FileSystem.bytes(of: join(folder.path, Array(".gitignore".utf8))) else { return }
    folder.rules.append((IgnoreRules(parsing: text), []))
  }

  private static func isTracked(_ path: String) -> Bool {
    (try? FileSystem.kind(of: join(path, Array(".git".utf8)), followingLinks: true)) != nil
  }

  private static func isIgnored(_ name: [UInt8], isFolder: Bool, in folder: Folder) -> Bool {
    // The innermost rules that say something decide.
    for (rules, names) in folder.rules.reversed() {
      if let verdict = rules.verdict(on: names + [name], isFolder: isFolder) { return verdict }
    }
    return false
  }

  private static func join(_ folder: String, _ name: [UInt8]) -> String {
    let name = String(decoding: name, as: UTF8.self)
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
