package import Findings
import Manifest

/// Numbers that stand for a record; records that have one in common are shown to a group rule together.
///
/// As if each number were a fact of this kind, at this place, with the number's position among `keys` as its payload, one byte.
package struct StatedSketch: Sendable, Hashable {
  package var kind: FactKind
  package var place: Place
  /// At most `mostKeys`.
  package var keys: [UInt64]

  package static let mostKeys = 64

  package init(kind: FactKind, place: Place, keys: [UInt64]) {
    self.kind = kind
    self.place = place
    self.keys = keys
  }

  /// What facts of sketches have in the upper half of their keys, so that they are told from the others of their owner.
  private static let mark: UInt64 = 0x5ce7_c4ed_0f4e_55ed
  static func isOfSketch(_ key: FactKey) -> Bool { key.high == mark }
  static func key(_ number: UInt64) -> FactKey { FactKey(high: mark, low: number) }
}

/// The sketches of records. Most of their keys meet no other: such a key takes 18 bytes here, and is no fact.
final class SketchTable {
  /// One key of a sketch.
  struct Key {
    /// Spread over all bits, together with the kind.
    var hash: UInt64
    var entry: UInt32
    var next: UInt32
  }

  struct Entry: OwnedRow {
    var record: UInt64
    /// Which of the keys are facts: another record has them, or had.
    var met: UInt64
    var document: UInt32
    var start: UInt32
    var end: UInt32
    /// The first of its keys, which stand one after the other.
    var first: UInt32
    var count: UInt8
    var kind: FactKind
    var call: CallNumber
  }

  private struct Keys: ChainRows {
    var rows = PagedArray<Key>()
    let seed: UInt64

    func hash(of row: UInt32) -> UInt64 { rows[row].hash ^ seed }
    func next(of row: UInt32) -> UInt32 { rows[row].next }
    mutating func setNext(of row: UInt32, _ next: UInt32) { rows[row].next = next }
  }

  private var keys: Keys
  private var byHash = ChainIndex()
  private(set) var entries = PagedArray<Entry>()
  private var byOwner: OwnerIndex<Entry>
  private var freeEntries: [UInt32] = []
  /// Stretches of keys that nobody has any more, by their length.
  private var freeKeys: [Int: [UInt32]] = [:]
  private let seed: UInt64
  /// What was fetched means nothing, but somebody has to want it.
  private var fetched: UInt64 = 0

  init(seed: UInt64) {
    self.seed = seed
    keys = Keys(seed: seed)
    byOwner = OwnerIndex(seed: seed)
  }

  var isEmpty: Bool { byOwner.isEmpty }

  var byteCount: Int {
    keys.rows.byteCount + entries.byteCount + byHash.byteCount + byOwner.byteCount
      + freeEntries.capacity * 4 + freeKeys.values.reduce(freeKeys.capacity * 24) { $0 + $1.capacity * 4 }
  }

  private func hash(_ key: UInt64, _ kind: FactKind) -> UInt64 { mixed(key ^ mixed(UInt64(kind.number))) }

  // MARK: Owners

  func entries(of owner: Owner) -> [UInt32] {
    owner.record.map { byOwner.rows(of: $0, owner.call, in: entries) } ?? []
  }

  func owner(of entry: UInt32) -> Owner { entries[entry].owner }

  func owners(in document: DocumentID) -> Set<Owner> { byOwner.owners(in: document, entries) }

  /// As it was stated, but for the keys, which only their hashes are kept of.
  func equals(_ entry: UInt32, _ sketch: StatedSketch) -> Bool {
    let found = entries[entry]
    guard found.kind == sketch.kind, Int(found.count) == sketch.keys.count, found.start == sketch.place.start,
      found.end == sketch.place.end
    else { return false }
    return sketch.keys.indices.allSatisfy {
      keys.rows[Int(found.first) + $0].hash == hash(sketch.keys[$0], sketch.kind)
    }
  }

  /// The fact that a key of an entry is, or would be.
  func fact(_ position: Int, of entry: UInt32) -> StatedFact {
    let found = entries[entry]
    let place = Place(
      record: RecordReference(document: DocumentID(found.document), record: RecordID(label: found.record)),
      start: found.start, end: found.end)
    return StatedFact(
      kind: found.kind, key: StatedSketch.key(keys.rows[Int(found.first) + position].hash), places: [.init("", place)],
      payload: [UInt8(truncatingIfNeeded: position)])
  }

  func isMet(_ position: Int, of entry: UInt32) -> Bool { entries[entry].met & 1 << UInt64(position) != 0 }
  func meet(_ position: Int, of entry: UInt32) { entries[entry].met |= 1 << UInt64(position) }

  // MARK: Changing

  /// Adds a sketch of at most 64 keys; `nil` when no more can be held.
  func insert(_ sketch: StatedSketch, owner: Owner) -> UInt32? {
    guard let record = owner.record, sketch.keys.count <= StatedSketch.mostKeys,
      keys.rows.count <= mostRows - sketch.keys.count, entries.count < mostRows
    else { return nil }
    fetch(sketch)
    let reused = freeKeys[sketch.keys.count]?.popLast()
    let first = reused ?? UInt32(keys.rows.count)
    if reused == nil {
      for _ in sketch.keys { keys.rows.append(Key(hash: 0, entry: noRow, next: noRow)) }
    }
    let entry = Entry(
      record: record.record.label, met: 0, document: record.document.number, start: sketch.place.start,
      end: sketch.place.end, first: first, count: UInt8(sketch.keys.count), kind: sketch.kind,
      call: owner.call)
    let row: UInt32
    if let free = freeEntries.popLast() {
      entries[free] = entry
      row = free
    } else {
      row = UInt32(entries.count)
      entries.append(entry)
    }
    byOwner.insert(row, of: entries)
    return row
  }

  /// Brings near what the keys of a sketch will meet: it is far apart, and to look at one after the other would wait for each.
  private func fetch(_ sketch: StatedSketch) {
    let heads = sketch.keys.map { byHash.head(of: hash($0, sketch.kind) ^ seed) }
    fetched = heads.reduce(0) { $1 == noRow ? $0 : $0 ^ keys.rows[$1].hash }
  }

  /// Puts a key of an entry among all keys. Another entry that has it, and at which position there; `nil` if none has.
  func join(_ position: Int, _ key: UInt64, of entry: UInt32) -> (entry: UInt32, position: Int)? {
    let hash = hash(key, entries[entry].kind)
    let row = entries[entry].first + UInt32(position)
    keys.rows[row] = Key(hash: hash, entry: entry, next: noRow)
    var other = byHash.head(of: hash ^ seed)
    while other != noRow, keys.rows[other].hash != hash { other = keys.rows[other].next }
    byHash.insert(row, into: &keys)
    guard other != noRow else { return nil }
    let holder = keys.rows[other].entry
    return (holder, Int(other - entries[holder].first))
  }

  func remove(_ entry: UInt32) {
    let found = entries[entry]
    for row in found.first..<(found.first + UInt32(found.count)) {
      byHash.remove(row, from: &keys)
      keys.rows[row].entry = noRow
    }
    freeKeys[Int(found.count), default: []].append(found.first)
    byOwner.remove(entry, of: entries)
    freeEntries.append(entry)
  }
}
