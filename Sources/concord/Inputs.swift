import Files

/// Turns the paths of a command line into what to check.
struct Inputs {
  /// In byte order of their paths, each file once.
  private(set) var found: [CheckInput] = []
  /// Paths that could not be read; the others are checked all the same.
  private(set) var problems: [FileError] = []
  private var seen: Set<String> = []

  /// The most that is read of what has no size of its own.
  private static let pipeLimit = 1 << 30

  /// - Parameters:
  ///   - paths: files, folders, or `-`.
  ///   - patterns: names worth looking at in a folder. A named file is always looked at.
  init(_ paths: [String], patterns: [String]) {
    let globs = patterns.map { Glob($0.utf8) }
    for path in paths {
      do {
        try add(path) { name in globs.contains { $0.matches(name.utf8) } }
      } catch {
        problems.append(error)
      }
    }
    found.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func add(
    _ path: String, accepting accepts: @escaping @Sendable (String) -> Bool
  ) throws(FileError) {
    if path == "-" {
      if seen.insert("-").inserted {
        found.append(CheckInput(path: "-", content: try FileSystem.standardInput(limit: Self.pipeLimit), isNamed: true))
      }
      return
    }
    switch try FileSystem.kind(of: path, followingLinks: true) {
    case .folder:
      let walk = FileWalk(below: path, accepting: accepts)
      problems += walk.problems
      for file in walk.files { addOnce(file, isNamed: false) }
    case .file:
      try FileSystem.checkReadable(path)
      addOnce(path, isNamed: true)
    case .link, .other:
      found.append(CheckInput(path: path, content: try FileSystem.pipe(path, limit: Self.pipeLimit), isNamed: true))
    }
  }

  private mutating func addOnce(_ path: String, isNamed: Bool) {
    let shown = path.hasPrefix("./") ? String(path.dropFirst(2)) : path
    let identity = (try? FileSystem.resolved(path)) ?? path
    if seen.insert(identity).inserted {
      found.append(CheckInput(path: shown, content: nil, isNamed: isNamed))
    } else if isNamed, let index = found.firstIndex(where: { (try? FileSystem.resolved($0.path)) == identity }) {
      found[index].isNamed = true
    }
  }
}
