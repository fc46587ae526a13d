import Findings
import Manifest
import Schema

/// What entries of lists in which nothing may stand twice have in common, kept entry by entry.
///
/// Entries of equal hash are compared once, when the later one comes. An edit costs its entry and one that says the same.
struct EqualEntries {
  /// Entries of one list that have one hash.
  struct Key: Hashable, Sendable {
    var list: RecordID
    var type: RecordType
    var hash: UInt64
  }

  private var keys: [RecordID: Key] = [:]
  /// Entries whose hash no other has: nearly all.
  private var single: [Key: RecordID] = [:]
  /// Of the others, those that say the same, in order; of different ones with one hash apart.
  private var classes: [Key: [[RecordID]]] = [:]
  /// Keys of which something may have been said.
  private var told: Set<Key> = []

  /// Entries that are compared with a new one at most, where those met first are about to be others.
  private static let patience = 4

  var isEmpty: Bool { keys.isEmpty }

  /// So many entries are to come.
  mutating func reserve(_ count: Int) {
    keys.reserveCapacity(count)
    single.reserveCapacity(count)
  }

  /// Notes what an entry says now, `nil` if nothing that counts; the keys of which there may be something else to say.
  ///
  /// `compare` says whether another entry says the same; `nil` if that one has another text by now than it is noted with.
  mutating func note(_ entry: RecordID, _ key: Key?, compare: (RecordID) -> Bool?) -> [Key] {
    let before = if let key { keys.updateValue(key, forKey: entry) } else { keys.removeValue(forKey: entry) }
    guard before != key else { return [] }
    if let before { remove(entry, from: before) }
    if let key { add(entry, to: key, compare) }
    guard !classes.isEmpty || !told.isEmpty else { return [] }
    return [before, key].compactMap(\.self).filter { isWorthALook($0) }
  }

  /// Lists of entries that say the same, each in order.
  func repeated(_ key: Key) -> [[RecordID]] { classes[key]?.filter { $0.count > 1 } ?? [] }

  /// Whether there is anything to say of a key, or to take back.
  private mutating func isWorthALook(_ key: Key) -> Bool {
    guard classes[key] != nil else { return told.remove(key) != nil }
    told.insert(key)
    return true
  }

  private mutating func add(_ entry: RecordID, to key: Key, _ compare: (RecordID) -> Bool?) {
    guard let known = classes[key] ?? firstClasses(of: entry, key) else { return }
    let index = known.indices.first { index in
      // Equal hashes are taken for equal entries where nothing is left to compare with.
      known[index].prefix(Self.patience).lazy.compactMap(compare).first ?? true
    }
    guard let index else {
      classes[key]?.append([entry])
      return
    }
    let place = Self.place(of: entry, in: known[index])
    classes[key]?[index].insert(entry, at: place)
  }

  /// Puts an entry by itself where its hash is new; otherwise the one that had it so far goes to the others.
  private mutating func firstClasses(of entry: RecordID, _ key: Key) -> [[RecordID]]? {
    guard let first = single.updateValue(entry, forKey: key) else { return nil }
    single[key] = nil
    classes[key] = [[first]]
    return [[first]]
  }

  private mutating func remove(_ entry: RecordID, from key: Key) {
    guard let known = classes[key] else {
      if single[key] == entry { single[key] = nil }
      return
    }
    for index in known.indices {
      let place = Self.place(of: entry, in: known[index])
      guard place < known[index].count, known[index][place] == entry else { continue }
      classes[key]?[index].remove(at: place)
      if classes[key]?[index].isEmpty == true { classes[key]?.remove(at: index) }
      break
    }
    if classes[key]?.isEmpty == true { classes[key] = nil }
  }

  private static func place(of entry: RecordID, in entries: [RecordID]) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle] < entry { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Dialect {
  /// What an entry says, as a hash, where its list may hold nothing twice. Cost: the entry, once.
  func entryHash(of record: Record, _ tree: RecordTree) -> UInt64? {
    // Members of an object stand under names that differ.
    guard !uniqueEntries.isEmpty, !record.hasKey, uniqueEntries[record.type] != nil,
      let entry = tree.nodes.first, entry.kind != .missing
    else { return nil }
    return EntryEquality.hash(tree)
  }
}

extension DocumentState {
  /// Notes what a record says, and says so of what its list holds twice.
  ///
  /// Cost: a look-up, and a comparison with another entry where one of that hash is there already.
  func noteEntry(_ record: Record, _ hash: UInt64?, _ tree: RecordTree) {
    if equals.isEmpty {
      guard hash != nil, let unique = recognition.dialect?.uniqueEntries else { return }
      let counts = document.recordCounts
      equals.reserve(unique.keys.reduce(0) { $0 + counts[$1] })
    }
    let key = hash.map { EqualEntries.Key(list: record.parent ?? .document, type: record.type, hash: $0) }
    noteEntry(record.id, key) { other in
      guard let known = document.tree(of: other), EntryEquality.hash(known) == hash else { return nil }
      return EntryEquality.areEqual(tree, known)
    }
  }

  func noteEntry(_ id: RecordID, _ key: EqualEntries.Key?, compare: (RecordID) -> Bool?) {
    for key in equals.note(id, key, compare: compare) {
      guard let words = recognition.dialect?.uniqueEntries[key.type] else { continue }
      let source = FindingSource.equal(key)
      let told = equals.repeated(key).map { repetition(of: $0, words) }
      guard found.found(by: source) != told else { continue }
      put(told, from: source)
    }
  }

  /// Said of the second of equal entries: it names the first, and stands for all but that.
  private func repetition(of entries: [RecordID], _ words: SchemaFinding) -> Finding {
    func place(_ entry: RecordID) -> Place {
      let range = document.tree(of: entry)?.nodes.first?.range ?? 0..<0
      // Of a long entry its head will do.
      let end = range.count > 256 ? range.lowerBound + 1 : range.upperBound
      return Place(
        record: reference(entry), start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: end))
    }
    let isOwn = words.rule == SchemaFinding.uniqueItems
    return Finding(
      rule: words.rule, severity: words.severity, place: place(entries[1]), message: words.message,
      related: isOwn ? [.init(place: place(entries[0]), message: Message("first"))] : [],
      fixes: isOwn
        ? [Fix(title: Message("fix"), isCertain: false, action: .edits([.remove(whole(entries[1]))]))] : [],
      count: entries.count - 1)
  }

  private func whole(_ entry: RecordID) -> Place {
    let range = document.tree(of: entry)?.nodes.first?.range ?? 0..<0
    return Place(
      record: reference(entry), start: UInt32(clamping: range.lowerBound), end: UInt32(clamping: range.upperBound))
  }
}
