/// The rules of one `.gitignore`.
package struct IgnoreRules: Sendable {
  private enum Part: Sendable {
    case name(Glob)
    /// `**`: any number of folders, also none.
    case anyFolders
  }

  private struct Rule: Sendable {
    var parts: [Part]
    var isNegated: Bool
    var foldersOnly: Bool
  }

  private let rules: [Rule]

  package init(parsing text: some Sequence<UInt8>) {
    rules = Array(text).split(separator: UInt8(ascii: "\n")).compactMap { Self.rule($0) }
  }

  package var isEmpty: Bool { rules.isEmpty }

  private static func rule(_ line: ArraySlice<UInt8>) -> Rule? {
    var line = line
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    while line.last == UInt8(ascii: " "), line.dropLast().last != UInt8(ascii: "\\") { line.removeLast() }
    guard let first = line.first, first != UInt8(ascii: "#") else { return nil }
    let isNegated = first == UInt8(ascii: "!")
    if isNegated { line.removeFirst() }
    let foldersOnly = line.last == UInt8(ascii: "/")
    if foldersOnly { line.removeLast() }
    // A slash anywhere but at the end ties the pattern to this folder.
    let isAnchored = line.contains(UInt8(ascii: "/"))
    let names = line.split(separator: UInt8(ascii: "/"))
    guard !names.isEmpty else { return nil }
    var parts: [Part] = isAnchored ? [] : [.anyFolders]
    for name in names {
      let isDouble = name.elementsEqual("**".utf8)
      parts.append(isDouble ? .anyFolders : .name(Glob(name)))
    }
    return Rule(parts: parts, isNegated: isNegated, foldersOnly: foldersOnly)
  }

  /// What these rules say of a path below their folder: ignored, or taken back. The last rule that fits decides.
  ///
  /// - Parameters:
  ///   - path: the names from the folder of the `.gitignore` down.
  ///   - isFolder: whether the path is a folder.
  /// - Returns: `nil` where no rule fits.
  package func verdict(on path: some Collection<[UInt8]>, isFolder: Bool) -> Bool? {
    let path = Array(path)
    let last = rules.last { rule in
      (isFolder || !rule.foldersOnly) && Self.matches(rule.parts, path)
    }
    return last.map { !$0.isNegated }
  }

  /// Like `Glob.matches`, a level up: `**` is the star, a name the byte.
  private static func matches(_ parts: [Part], _ path: [[UInt8]]) -> Bool {
    var part = 0
    var position = 0
    var retry: (part: Int, position: Int)?
    while true {
      if part < parts.count, case .anyFolders = parts[part] {
        // `a/**` is everything in `a`, not `a` itself.
        let isLast = part == parts.count - 1
        if isLast { return position < path.count }
        retry = (part + 1, position)
        part += 1
      } else if part == parts.count, position == path.count {
        return true
      } else if position < path.count, part < parts.count, case .name(let glob) = parts[part],
        glob.matches(path[position])
      {
        part += 1
        position += 1
      } else if let last = retry, last.position < path.count {
        retry = (last.part, last.position + 1)
        (part, position) = (last.part, last.position + 1)
      } else {
        return false
      }
    }
  }
}
