import Facts

/// Which sources name which things, and what differs where they meet. Kept key by key, so that a change costs its key.
struct JoinTable {
  /// What one source names, and how much of it another source of its alignment names too.
  struct Reach: Sendable, Hashable {
    var made = 0
    var met = 0
  }

  private struct Entry {
    var alignment: Int
    /// The alignment's sources that name it.
    var sources: UInt32
    var kinds: [DisagreementKind: Int]
  }

  private var entries: [FactKey: Entry] = [:]
  private var reaches: [Int: [Int: Reach]] = [:]
  /// How many things each kind of disagreement is about.
  private(set) var kinds: [DisagreementKind: Int] = [:]
  /// Counts changes.
  private(set) var revision = 0

  /// Every thing that is named.
  var keys: some Collection<FactKey> { entries.keys }

  /// Of an alignment's sources, by number.
  func reach(_ alignment: Int, _ source: Int) -> Reach { reaches[alignment]?[source] ?? Reach() }

  /// Things of an alignment that only one source names, at most `limit`, with the source. Cost: every key.
  func unmet(_ alignment: Int, limit: Int) -> [(key: FactKey, source: Int)] {
    var found: [(FactKey, Int)] = []
    for (key, entry) in entries where entry.alignment == alignment && entry.sources.nonzeroBitCount == 1 {
      found.append((key, entry.sources.trailingZeroBitCount))
    }
    found.sort { $0.0 < $1.0 }
    return Array(found.prefix(limit))
  }

  /// Puts what is known of a thing now in place of what was. `alignment` is -1 where formats declare what is claimed.
  mutating func note(_ key: FactKey, alignment: Int, sources: UInt32, kinds found: [DisagreementKind]) {
    revision += 1
    if let old = entries.removeValue(forKey: key) { count(old, -1) }
    guard sources != 0 else { return }
    let entry = Entry(
      alignment: alignment, sources: sources, kinds: Dictionary(found.map { ($0, 1) }, uniquingKeysWith: +))
    entries[key] = entry
    count(entry, 1)
  }

  private mutating func count(_ entry: Entry, _ by: Int) {
    for kind in entry.kinds.keys {
      kinds[kind, default: 0] += by
      if kinds[kind] == 0 { kinds[kind] = nil }
    }
    guard entry.alignment >= 0 else { return }
    var left = entry.sources
    while left != 0 {
      let source = left.trailingZeroBitCount
      left &= left - 1
      var reach = reach(entry.alignment, source)
      reach.made += by
      if entry.sources.nonzeroBitCount > 1 { reach.met += by }
      reaches[entry.alignment, default: [:]][source] = reach
    }
  }
}
