import Files

/// Which items one workspace checks, one after the other: files that are joined belong together, every other is on its own.
struct CheckParts {
  /// Items that are still to be checked in one workspace, by index; never empty.
  struct Part: Sendable {
    fileprivate var items: ArraySlice<Int>
    var current: Int { items[items.startIndex] }
    /// What is left after the current one.
    var rest: Part? { items.count > 1 ? Part(items: items.dropFirst()) : nil }
  }

  private var parts: [Part] = []
  private var started = 0

  init(_ items: [CheckItem], library: Library) {
    var byRoot: [String: Int] = [:]
    var all: [[Int]] = []
    for (index, item) in items.enumerated() {
      guard item.content == nil, let path = try? FileSystem.resolved(item.path),
        let configuration = DatasetConfiguration.governing(path), configuration.joinsFiles(library)
      else {
        all.append([index])
        continue
      }
      let root = configuration.root
      if let known = byRoot[root] {
        all[known].append(index)
      } else {
        byRoot[root] = all.count
        all.append([index])
      }
    }
    parts = all.map { Part(items: $0[...]) }
  }

  /// The next part, if its first item stands before a limit.
  mutating func next(before limit: Int) -> Part? {
    guard started < parts.count, parts[started].current < limit else { return nil }
    defer { started += 1 }
    return parts[started]
  }
}
