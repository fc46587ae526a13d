import Findings
import Manifest

/// Facts that wait to be related, in document order, taken from where somebody looks to both sides.
///
/// Two stacks that meet there: a batch costs what it takes, and a look elsewhere costs the way to it.
struct WaitingFacts {
  /// In order; the nearest one is last.
  private var before: [FactID] = []
  /// In the opposite order; the nearest one is last.
  private var after: [FactID] = []

  var count: Int { before.count + after.count }
  var isEmpty: Bool { before.isEmpty && after.isEmpty }

  /// Puts rows among those that wait, each once. Cost: a step for each that waits, and sorting what is added.
  mutating func add(_ rows: [UInt32], _ table: FactTable) {
    var rows = rows.sorted(by: table.facts.precedes)
    rows.removeRepetitions()
    var left = (before + after.reversed()).filter(table.isAlive)
    var all: [FactID] = []
    all.reserveCapacity(left.count + rows.count)
    left.reverse()
    for row in rows {
      while let next = left.last, next.row != row, table.facts.precedes(next.row, row) { all.append(left.removeLast()) }
      if left.last?.row == row { left.removeLast() }
      all.append(FactID(row: row, generation: table.facts[row].generation))
    }
    all.append(contentsOf: left.reversed())
    before = []
    after = all.reversed()
  }

  /// Takes at most `limit` of those nearest to a record, in order: half of them before it, as far as there are so many.
  /// What is gone by now is dropped, so that fewer may come than there are.
  mutating func take(_ limit: Int, near: RecordReference?, _ table: FactTable) -> [FactID] {
    meet(at: near, table)
    let first = min(before.count, max(limit / 2, limit - after.count))
    let taken = before.suffix(first) + after.suffix(limit - first).reversed()
    before.removeLast(first)
    after.removeLast(min(after.count, limit - first))
    return taken.filter(table.isAlive)
  }

  /// Has the two stacks meet at a record, or at the beginning.
  private mutating func meet(at near: RecordReference?, _ table: FactTable) {
    func isBefore(_ id: FactID) -> Bool { near.map { table.facts[id.row].reference < $0 } ?? false }
    while let last = before.last, !table.isAlive(last) || !isBefore(last) {
      before.removeLast()
      if table.isAlive(last) { after.append(last) }
    }
    while let last = after.last, !table.isAlive(last) || isBefore(last) {
      after.removeLast()
      if table.isAlive(last) { before.append(last) }
    }
  }
}
