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

/// The sketches of records. Most of their keys meet no other: such a key takes some 22 bytes here, and is no fact.
struct SketchTable {
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

  /// The hashes of keys, spread over all bits, together with the kind.
  private var keys = PagedArray<UInt64>()
  private var index = SketchIndex()
  private(set) var entries = PagedArray<Entry>()
  private var byOwner: OwnerIndex<Entry>
  private var freeEntries: [UInt32] = []
  /// Stretches of keys that nobody has any more, by their length.
  private var freeKeys: [Int: [UInt32]] = [:]

  init(seed: UInt64) {
    byOwner = OwnerIndex(seed: seed)
  }

  var isEmpty: Bool { byOwner.isEmpty }

  var byteCount: Int {
    keys.byteCount + entries.byteCount + index.byteCount + byOwner.byteCount
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
      keys[Int(found.first) + $0] == hash(sketch.keys[$0], sketch.kind)
    }
  }

  /// The fact that a key of an entry is, or would be.
  func fact(_ position: Int, of entry: UInt32) -> StatedFact {
    let found = entries[entry]
    let place = Place(
      record: RecordReference(document: DocumentID(found.document), record: RecordID(label: found.record)),
      start: found.start, end: found.end)
    return StatedFact(
      kind: found.kind, key: StatedSketch.key(keys[Int(found.first) + position]), places: [.init("", place)],
      payload: [UInt8(truncatingIfNeeded: position)])
  }

  func isMet(_ position: Int, of entry: UInt32) -> Bool { entries[entry].met & 1 << UInt64(position) != 0 }
  mutating func meet(_ position: Int, of entry: UInt32) { entries[entry].met |= 1 << UInt64(position) }

  // MARK: Changing

  /// Adds a sketch of at most 64 keys; `nil` when no more can be held.
  mutating func insert(_ sketch: StatedSketch, owner: Owner) -> UInt32? {
    guard let record = owner.record, sketch.keys.count <= StatedSketch.mostKeys,
      keys.count <= mostRows - sketch.keys.count, entries.count < SketchIndex.mostEntries
    else { return nil }
    let hashes = sketch.keys.map { hash($0, sketch.kind) }
    index.fetch(hashes)
    let first = freeKeys[hashes.count]?.popLast() ?? UInt32(keys.count)
    for (position, hash) in hashes.enumerated() {
      let row = Int(first) + position
      if row < keys.count { keys[row] = hash } else { keys.append(hash) }
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

  /// Puts a key of an entry among all keys, and tells who else has it.
  mutating func join(_ position: Int, of entry: UInt32) -> SketchIndex.Held {
    index.insert(keys[Int(entries[entry].first) + position], entry: entry, position: position)
  }

  mutating func remove(_ entry: UInt32) {
    let found = entries[entry]
    for row in found.first..<(found.first + UInt32(found.count)) { index.remove(keys[row]) }
    freeKeys[Int(found.count), default: []].append(found.first)
    byOwner.remove(entry, of: entries)
    freeEntries.append(entry)
  }
}
