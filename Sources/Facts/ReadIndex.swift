import Findings
import Manifest

/// Who looked at which key, also in vain. 32 bytes a look-up and as many a key, five and ten for their places in indexes.
///
/// Both sides are dated by the store's count of changes, so that who looked after a change is not woken by it.
final class ReadIndex {
  private struct Read: OwnedRow {
    var record: UInt64
    /// The tick, of which 48 bits are more than ever come about, and the number of the call.
    private var tickAndCall: UInt64
    var document: UInt32
    var key: UInt32
    var previousOfKey = noRow
    var nextOfKey: UInt32

    init(of record: RecordReference, _ call: CallNumber, key: UInt32, before nextOfKey: UInt32, tick: UInt64) {
      self.record = record.record.label
      document = record.document.number
      tickAndCall = tick << 16 | UInt64(call.number)
      self.key = key
      self.nextOfKey = nextOfKey
    }

    var call: CallNumber { CallNumber(UInt16(truncatingIfNeeded: tickAndCall)) }
    var tick: UInt64 {
      get { tickAndCall >> 16 }
      set { tickAndCall = newValue << 16 | tickAndCall & 0xFFFF }
    }
  }

  /// A key that somebody has looked at.
  private struct Key {
    var key: FactKey
    var changed: UInt64
    var head: UInt32
    var kind: FactKind
  }

  private var reads = PagedArray<Read>()
  private var freeReads: [UInt32] = []
  private var keys = PagedArray<Key>()
  private var freeKeys: [UInt32] = []
  private var byKey = ChainIndex()
  private var keyLinks = TagLinks()
  /// How many keys of each kind are looked at: of most kinds none ever is.
  private var keysOfKind: [Int] = []
  private var byOwner: OwnerIndex<Read>
  private let seed: UInt64
  private(set) var count = 0

  init(seed: UInt64) {
    self.seed = seed
    byOwner = OwnerIndex(seed: seed)
  }

  var byteCount: Int {
    byOwner.byteCount + reads.byteCount + keys.byteCount + byKey.byteCount + keyLinks.byteCount
      + (freeReads.capacity + freeKeys.capacity) * 4
  }

  private func find(_ group: GroupKey) -> UInt32? {
    let kind = Int(group.kind.number)
    guard kind < keysOfKind.count, keysOfKind[kind] > 0 else { return nil }
    var found: UInt32?
    keyLinks.forEach(of: hash(of: group), in: byKey) { row in
      guard keys[row].key == group.key, keys[row].kind == group.kind else { return true }
      found = row
      return false
    }
    return found
  }

  private func hash(of group: GroupKey) -> UInt64 { mixed(group.hash ^ seed) }

  /// Notes that a key holds something else now. Returns whether anybody looks at it.
  func touch(_ group: GroupKey, at tick: UInt64) -> Bool {
    guard let row = find(group) else { return false }
    keys[row].changed = tick
    return true
  }

  /// Visits those who looked at the key before it last changed, in no order.
  func forEachStaleReader(of group: GroupKey, _ body: (RecordReference, CallNumber) -> Void) {
    forEachStaleRow(of: group) { read in
      body(RecordReference(document: DocumentID(read.document), record: RecordID(label: read.record)), read.call)
      return true
    }
  }

  /// How many they are, at most `limit`.
  func staleReaders(of group: GroupKey, upTo limit: Int) -> Int {
    var count = 0
    forEachStaleRow(of: group) { _ in
      count += 1
      return count < limit
    }
    return count
  }

  /// Visits what was read before the key last changed, as long as `body` says so.
  private func forEachStaleRow(of group: GroupKey, _ body: (Read) -> Bool) {
    guard let key = find(group) else { return }
    let changed = keys[key].changed
    var row = keys[key].head
    while row != noRow {
      let read = reads[row]
      if read.tick < changed, !body(read) { return }
      row = read.nextOfKey
    }
  }

  /// Replaces what an owner looked at; `tick` is when it looked.
  func replace(record: RecordReference, call: CallNumber, with groups: [GroupKey], at tick: UInt64) {
    let old = rows(record: record, call: call)
    if old.isEmpty && groups.isEmpty { return }
    if old.isEmpty, groups.count <= 8 {
      for (index, group) in groups.enumerated() where !groups[..<index].contains(group) {
        insert(record: record, call: call, group: group, tick: tick)
      }
      return
    }
    var wanted = Set(groups)
    for row in old {
      let key = keys[reads[row].key]
      if wanted.remove(GroupKey(kind: key.kind, key: key.key)) != nil {
        reads[row].tick = tick
      } else {
        remove(row)
      }
    }
    for group in wanted { insert(record: record, call: call, group: group, tick: tick) }
  }

  func calls(in document: DocumentID) -> Set<Owner> { byOwner.owners(in: document, reads) }

  private func rows(record: RecordReference, call: CallNumber) -> [UInt32] {
    byOwner.rows(of: record, call, in: reads)
  }

  private func insert(record: RecordReference, call: CallNumber, group: GroupKey, tick: UInt64) {
    let key = find(group) ?? add(group)
    guard let key, freeReads.last != nil || reads.count < mostRows else { return }
    let read = Read(of: record, call, key: key, before: keys[key].head, tick: tick)
    let row: UInt32
    if let reused = freeReads.popLast() {
      reads[reused] = read
      row = reused
    } else {
      row = UInt32(reads.count)
      reads.append(read)
    }
    if read.nextOfKey != noRow { reads[read.nextOfKey].previousOfKey = row }
    keys[key].head = row
    byOwner.insert(row, of: reads)
    count += 1
  }

  private func add(_ group: GroupKey) -> UInt32? {
    let key = Key(key: group.key, changed: 0, head: noRow, kind: group.kind)
    let row: UInt32
    if let reused = freeKeys.popLast() {
      keys[reused] = key
      row = reused
    } else {
      guard keys.count < mostRows else { return nil }
      row = UInt32(keys.count)
      keys.append(key)
    }
    keyLinks.prepare(row, hash: hash(of: group))
    byKey.insert(row, into: &keyLinks)
    let kind = Int(group.kind.number)
    while keysOfKind.count <= kind { keysOfKind.append(0) }
    keysOfKind[kind] += 1
    return row
  }

  private func remove(_ row: UInt32) {
    let read = reads[row]
    if read.nextOfKey != noRow { reads[read.nextOfKey].previousOfKey = read.previousOfKey }
    if read.previousOfKey != noRow {
      reads[read.previousOfKey].nextOfKey = read.nextOfKey
    } else {
      keys[read.key].head = read.nextOfKey
    }
    byOwner.remove(row, of: reads)
    freeReads.append(row)
    count -= 1
    guard keys[read.key].head == noRow else { return }
    byKey.remove(read.key, from: &keyLinks)
    keysOfKind[Int(keys[read.key].kind.number)] -= 1
    freeKeys.append(read.key)
  }
}
