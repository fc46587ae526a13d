import Findings
import Manifest

/// All facts, found by key and by owner.
final class FactTable {
  var facts = FactRows()
  private var free: [UInt32] = []
  private var byKey = ChainIndex()
  private var keyLinks = TagLinks()
  private(set) var large: [GroupKey: LargeGroup] = [:]
  private var byOwner: OwnerIndex<FactRow>
  /// What relate, group and totals calls stated.
  private var derived: [Owner: [UInt32]] = [:]
  private let seed: UInt64
  private(set) var count = 0

  init(seed: UInt64) {
    self.seed = seed
    byOwner = OwnerIndex(seed: seed)
  }

  /// Bytes held by facts and their indexes, unused capacity included.
  var byteCount: Int {
    var bytes = facts.rows.byteCount + facts.blobs.byteCount + byKey.byteCount + keyLinks.byteCount + free.capacity * 4
    bytes += large.values.reduce(large.capacity * 40) { $0 + $1.byteCount }
    bytes += byOwner.byteCount
    return bytes + derived.values.reduce(derived.capacity * 48) { $0 + $1.capacity * 4 + 32 }
  }

  func isAlive(_ id: FactID) -> Bool {
    Int(id.row) < facts.rows.count && facts[id.row].generation == id.generation
  }

  // MARK: Owners

  func rows(of owner: Owner) -> [UInt32] {
    owner.record.map { byOwner.rows(of: $0, owner.call, in: facts.rows) } ?? derived[owner] ?? []
  }

  /// Who states something of records of this document.
  func owners(in document: DocumentID) -> Set<Owner> { byOwner.owners(in: document, facts.rows) }

  // MARK: Changing

  /// Adds a fact with its blob (`FactBlob.encode`), and says how many its group has now; `nil` when nothing more can be held.
  func insert(_ fact: StatedFact, blob: [UInt8], owner: Owner) -> (row: UInt32, members: Int)? {
    guard let main = fact.places.first?.place, free.last != nil || facts.rows.count < mostRows else { return nil }
    var reference = noRow
    if !blob.isEmpty {
      guard let kept = facts.blobs.insert(blob) else { return nil }
      reference = kept
    }
    var row = FactRow(
      key: fact.key, record: main.record.record.label, document: main.record.document.number, start: main.start,
      end: main.end, blob: reference, generation: 1, kind: fact.kind, call: owner.call)
    let id: UInt32
    if let reused = free.popLast() {
      row.generation = facts[reused].generation &+ 1
      facts.rows[reused] = row
      id = reused
    } else {
      id = UInt32(facts.rows.count)
      facts.rows.append(row)
    }
    count += 1
    if owner.record != nil {
      byOwner.insert(id, of: facts.rows)
    }
    return (id, join(id, GroupKey(kind: fact.kind, key: fact.key)))
  }

  func remove(_ id: UInt32, owner: Owner) {
    let row = facts[id]
    leave(id, GroupKey(kind: row.kind, key: row.key))
    if owner.record != nil {
      byOwner.remove(id, of: facts.rows)
    }
    if row.blob != noRow { facts.blobs.remove(row.blob) }
    facts.rows[id].blob = noRow
    facts.rows[id].generation &+= 1
    free.append(id)
    count -= 1
  }

  /// Says what a relate, group or totals call states now; the others are found by their record.
  func setRows(_ rows: [UInt32], of owner: Owner) {
    guard owner.record == nil else { return }
    derived[owner] = rows.isEmpty ? nil : rows
  }

  private func join(_ id: UInt32, _ group: GroupKey) -> Int {
    if !large.isEmpty, let index = large[group] {
      index.insert(id, facts)
      return index.order.count
    }
    keyLinks.prepare(id, hash: hash(of: group))
    byKey.insert(id, into: &keyLinks)
    let count = chainCount(of: group)
    guard count > LargeGroup.promotion else { return count }
    let members = chain(of: group)
    for member in members { byKey.remove(member, from: &keyLinks) }
    large[group] = LargeGroup(members, facts)
    return count
  }

  private func leave(_ id: UInt32, _ group: GroupKey) {
    guard !large.isEmpty, let index = large[group] else { return byKey.remove(id, from: &keyLinks) }
    index.remove(id, facts)
    guard index.order.count < LargeGroup.demotion else { return }
    large[group] = nil
    for member in index.order.prefix(index.order.count) {
      keyLinks.prepare(member, hash: hash(of: group))
      byKey.insert(member, into: &keyLinks)
    }
  }

  // MARK: Keys

  private func hash(of group: GroupKey) -> UInt64 { mixed(group.hash ^ seed) }

  /// The members of a small group, in no order.
  func chain(of group: GroupKey) -> [UInt32] {
    var rows: [UInt32] = []
    keyLinks.forEach(of: hash(of: group), in: byKey) { row in
      if facts[row].isIn(group.kind, group.key) { rows.append(row) }
      return true
    }
    return rows
  }

  func count(of group: GroupKey) -> Int {
    if !large.isEmpty, let index = large[group] { return index.order.count }
    return chainCount(of: group)
  }

  private func chainCount(of group: GroupKey) -> Int {
    var count = 0
    keyLinks.forEach(of: hash(of: group), in: byKey) { row in
      if facts[row].isIn(group.kind, group.key) { count += 1 }
      return true
    }
    return count
  }

  /// The first members in document order, at most `limit`, and how many there are.
  func members(of group: GroupKey, limit: Int) -> (rows: [UInt32], total: Int) {
    if !large.isEmpty, let index = large[group] { return (index.order.prefix(limit), index.order.count) }
    var rows = chain(of: group)
    let total = rows.count
    if total > 1 { rows.sort(by: facts.precedes) }
    if total > max(0, limit) { rows.removeLast(total - max(0, limit)) }
    return (rows, total)
  }

  /// The members nearest to a record, in document order, at most `limit`: half of them before it, as far as there are so many.
  func members(of group: GroupKey, around record: RecordReference, limit: Int) -> [UInt32] {
    guard !large.isEmpty, let index = large[group] else {
      let rows = chain(of: group).sorted(by: facts.precedes)
      let middle = rows.firstIndex { facts[$0].reference >= record } ?? rows.count
      let start = max(0, min(middle - limit / 2, rows.count - limit))
      return Array(rows[start...].prefix(limit))
    }
    return index.order.around(index.order.lowerBound { facts[$0].reference < record }, limit: limit)
  }
}
