import Findings
import Manifest

extension FactTable {
  /// Beyond this many candidates a search by extent gives way to a walk in document order that stops at the limit.
  private static var candidateCap: Int { 512 }

  /// The facts of `group` that relate to `row`, without itself, in document order; at most `limit`.
  func related(to row: UInt32, relation: Relation, among group: GroupKey, limit: Int) -> [UInt32] {
    guard limit > 0, let extent = facts.extent(of: row) else { return [] }
    guard relation != .next else { return next(after: row, among: group).map { [$0] } ?? [] }
    let holds = { (other: UInt32) in
      other != row && self.facts.extent(of: other).map { relation.holds(of: extent, and: $0) } == true
    }
    guard let index = large[group] else {
      return Array(chain(of: group).filter(holds).sorted(by: facts.precedes).prefix(limit))
    }
    let test: (ExtentIndex.Bounds) -> Bool =
      relation == .outside ? { !$0.isInside(extent) } : { $0.touches(extent) }
    if let candidates = index.inSpace(facts).rows(passing: test, cap: Self.candidateCap) {
      return Array(candidates.filter(holds).sorted(by: facts.precedes).prefix(limit))
    }
    var found: [UInt32] = []
    index.order.forEach { other in
      if holds(other) { found.append(other) }
      return found.count < limit
    }
    return found
  }

  private func next(after row: UInt32, among group: GroupKey) -> UInt32? {
    guard let index = large[group] else {
      return chain(of: group).filter { facts.startsBefore(row, $0) }.min(by: facts.startsBefore)
    }
    let order = index.alongX(facts)
    return order.row(at: order.lowerBound { !facts.startsBefore(row, $0) })
  }

  /// The facts of `readers` whose related facts may include, or have included, one that stands or stood at `spot`
  /// among `members`; `nil` when there are more than `cap`.
  func affected(
    by spot: Spot, relation: Relation, readers: GroupKey, members: GroupKey, cap: Int
  ) -> [UInt32]? {
    if relation == .next { return predecessors(of: spot, readers: readers, members: members, cap: cap) }
    let holds = { (other: UInt32) in
      self.facts.extent(of: other).map { relation.holds(of: $0, and: spot.extent) } == true
    }
    guard let index = large[readers] else { return chain(of: readers).filter(holds) }
    // A reader that does not contain the extent may be anywhere.
    let test: (ExtentIndex.Bounds) -> Bool = relation == .outside ? { _ in true } : { $0.touches(spot.extent) }
    return index.inSpace(facts).rows(passing: test, cap: cap)?.filter(holds)
  }

  /// The readers from the last member before `spot` up to `spot`, and any that stand at the very same spot.
  private func predecessors(of spot: Spot, readers: GroupKey, members: GroupKey, cap: Int) -> [UInt32]? {
    let first = lastSpot(before: spot, in: members)
    let isWanted = { (row: UInt32) in
      guard let mine = self.facts.spot(of: row), !(spot < mine) else { return false }
      return first.map { !(mine < $0) } ?? true
    }
    guard let index = large[readers] else { return chain(of: readers).filter(isWanted) }
    let order = index.alongX(facts)
    var position = order.lowerBound { row in first.map { facts.isBefore(row, $0) } ?? false }
    var rows: [UInt32] = []
    while let row = order.row(at: position), isWanted(row) {
      guard rows.count < cap else { return nil }
      rows.append(row)
      position = order.position(after: position)
    }
    return rows
  }

  private func lastSpot(before spot: Spot, in members: GroupKey) -> Spot? {
    guard let index = large[members] else {
      return chain(of: members).compactMap { facts.spot(of: $0) }.filter { $0 < spot }.max()
    }
    let order = index.alongX(facts)
    return order.position(before: order.lowerBound { facts.isBefore($0, spot) })
      .flatMap { order.row(at: $0) }.flatMap { facts.spot(of: $0) }
  }
}
