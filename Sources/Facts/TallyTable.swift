package import Findings
import Manifest

/// One total of a key.
package struct Total: Sendable, Hashable {
  package var bin: UInt32
  /// How many tallies make it up.
  package var count: Int
  /// Their sum; wraps around beyond 64 bits, so that what is added can always be taken away again.
  package var amount: Int64
  /// The first eight in document order.
  package var places: [Place]
}

/// All tallies, summed by key and bin.
final class TallyTable {
  private struct Row: OwnedRow {
    var key: FactKey
    var record: UInt64
    var amount: Int64
    var document: UInt32
    var start: UInt32
    var end: UInt32
    var bin: UInt32
    var kind: FactKind
    var call: CallNumber

    var place: Place { Place(record: reference, start: start, end: end) }
    var group: GroupKey { GroupKey(kind: kind, key: key) }
    var tally: StatedTally { StatedTally(kind: kind, key: key, bin: bin, amount: amount, place: place) }
  }

  private struct Cell {
    var amount: Int64 = 0
    var rows = OrderedChunks()
  }

  /// A class, because it is changed in place inside a dictionary.
  private final class Group {
    var cells = BinMap<Cell>()
  }

  private var rows = PagedArray<Row>()
  private var free: [UInt32] = []
  private var groups: [GroupKey: Group] = [:]
  private var byOwner: OwnerIndex<Row>
  private var derived: [Owner: [UInt32]] = [:]
  private(set) var count = 0

  init(seed: UInt64) { byOwner = OwnerIndex(seed: seed) }

  var byteCount: Int {
    var bytes = rows.byteCount + free.capacity * 4 + groups.capacity * 40
    for group in groups.values {
      bytes += group.cells.byteCount(\.rows.byteCount) + 32
    }
    bytes += byOwner.byteCount
    return bytes + derived.values.reduce(derived.capacity * 48) { $0 + $1.capacity * 4 + 32 }
  }

  func isEmpty(_ group: GroupKey) -> Bool { groups[group] == nil }

  /// The first bins, at most `limit`, in order.
  func totals(of group: GroupKey, limit: Int) -> [Total] {
    guard let found = groups[group] else { return [] }
    return found.cells.bins.prefix(max(0, limit)).compactMap { bin in
      guard let cell = found.cells[bin] else { return nil }
      return Total(
        bin: bin, count: cell.rows.count, amount: cell.amount, places: cell.rows.prefix(8).map { rows[$0].place })
    }
  }

  /// Replaces what an owner stated; returns the keys that hold something else now.
  func replace(_ owner: Owner, with tallies: [StatedTally]) -> Set<GroupKey> {
    // The host itself never states any.
    if tallies.isEmpty, count == 0 || owner.call == .host { return [] }
    let old = rows(of: owner)
    if old.isEmpty {
      let added = tallies.compactMap { insert($0, owner) }
      if owner.record == nil { derived[owner] = added.isEmpty ? nil : added }
      var changed: Set<GroupKey> = []
      for row in added { changed.insert(rows[row].group) }
      return changed
    }
    if old.count == tallies.count, old.elementsEqual(tallies, by: { rows[$0].tally == $1 }) { return [] }
    var wanted: [StatedTally: Int] = [:]
    for tally in tallies { wanted[tally, default: 0] += 1 }
    var kept: [UInt32] = []
    var changed: Set<GroupKey> = []
    for row in old {
      let tally = rows[row].tally
      if let count = wanted[tally], count > 0 {
        wanted[tally] = count - 1
        kept.append(row)
      } else {
        changed.insert(rows[row].group)
        remove(row, owner)
      }
    }
    for tally in tallies {
      guard let count = wanted[tally], count > 0, let row = insert(tally, owner) else { continue }
      wanted[tally] = count - 1
      kept.append(row)
      changed.insert(rows[row].group)
    }
    if owner.record == nil { derived[owner] = kept.isEmpty ? nil : kept }
    return changed
  }

  func owners(in document: DocumentID) -> Set<Owner> { byOwner.owners(in: document, rows) }

  private func rows(of owner: Owner) -> [UInt32] {
    owner.record.map { byOwner.rows(of: $0, owner.call, in: rows) } ?? derived[owner] ?? []
  }

  private func precedes(_ a: UInt32, _ b: UInt32) -> Bool {
    let (first, second) = (rows[a], rows[b])
    if first.document != second.document { return first.document < second.document }
    if first.record != second.record { return first.record < second.record }
    if first.start != second.start { return first.start < second.start }
    if first.end != second.end { return first.end < second.end }
    return a < b
  }

  private func insert(_ tally: StatedTally, _ owner: Owner) -> UInt32? {
    guard free.last != nil || rows.count < mostRows else { return nil }
    let row = Row(
      key: tally.key, record: tally.place.record.record.label, amount: tally.amount,
      document: tally.place.record.document.number, start: tally.place.start, end: tally.place.end, bin: tally.bin,
      kind: tally.kind, call: owner.call)
    let id: UInt32
    if let reused = free.popLast() {
      rows[reused] = row
      id = reused
    } else {
      id = UInt32(rows.count)
      rows.append(row)
    }
    count += 1
    if owner.record != nil { byOwner.insert(id, of: rows) }
    let group = groups[row.group] ?? Group()
    groups[row.group] = group
    group.cells.change(tally.bin, new: Cell()) { cell in
      cell.amount &+= tally.amount
      cell.rows.insert(id, by: precedes)
      return true
    }
    return id
  }

  private func remove(_ id: UInt32, _ owner: Owner) {
    let row = rows[id]
    if let group = groups[row.group] {
      group.cells.change(row.bin, new: Cell()) { cell in
        cell.amount &-= row.amount
        cell.rows.remove(id, by: precedes)
        return cell.rows.count > 0
      }
      if group.cells.isEmpty { groups[row.group] = nil }
    }
    if owner.record != nil {
      byOwner.remove(id, of: rows)
    }
    free.append(id)
    count -= 1
  }
}
