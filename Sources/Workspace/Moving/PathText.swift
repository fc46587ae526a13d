/// Paths as text, without looking at the file system.
extension Paths {
  /// Without `.`, empty steps and what `..` takes back. A path that leads above the root ends there.
  package static func normalized(_ path: String) -> String {
    var steps: [Substring] = []
    for step in path.split(separator: "/") where step != "." {
      if step == "..", let last = steps.last, last != ".." {
        steps.removeLast()
      } else if step != ".." || !path.hasPrefix("/") {
        steps.append(step)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + steps.joined(separator: "/")
  }

  /// The way from a folder to a path, both normalized and absolute: `../images/a.png`.
  package static func way(to path: String, from folder: String) -> String {
    let (target, start) = (path.split(separator: "/"), folder.split(separator: "/"))
    let shared = zip(target, start).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    return (Array(repeating: "..", count: start.count - shared) + target[shared...].map(String.init))
      .joined(separator: "/")
  }
}

/// A file or folder that gets another path; both absolute and normalized.
package struct FileMove: Sendable, Hashable {
  package var from: String
  package var to: String

  package init(from: String, to: String) {
    self.from = Paths.normalized(from)
    self.to = Paths.normalized(to)
  }

  /// Where a path lies afterwards; `nil` if it stays.
  func target(of path: String) -> String? {
    if path.utf8.elementsEqual(from.utf8) { return to }
    return Paths.relative(path, to: from).map { Paths.join(to, $0) }
  }
}

extension [FileMove] {
  /// Where a path lies afterwards: the same if it stays.
  func place(of path: String) -> String { lazy.compactMap { $0.target(of: path) }.first ?? path }

  /// What is to be written in a file for a path that is written there now, in the same manner; `nil` if it need not change.
  ///
  /// The file's paths begin at `folder`, and afterwards, where the file itself is moved, at `base`.
  func rewritten(_ written: String, in folder: String, movedTo base: String) -> String? {
    guard !written.isEmpty, !written.utf8.contains(0), !written.contains("://") else { return nil }
    let now = Paths.normalized(Paths.join(folder, written))
    let then = place(of: now)
    let isAbsolute = written.hasPrefix("/")
    let before = isAbsolute ? now : Paths.way(to: now, from: folder)
    var after = isAbsolute ? then : Paths.way(to: then, from: base)
    guard !before.utf8.elementsEqual(after.utf8) else { return nil }
    if written.hasPrefix("./"), !after.hasPrefix("../") { after = "./" + after }
    return written.hasSuffix("/") ? after + "/" : after
  }
}
