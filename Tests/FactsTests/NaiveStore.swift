import Findings
import Manifest

@testable import Facts

/// What the store must answer, worked out anew from everything stated.
struct NaiveStore {
  var facts: [Owner: [StatedFact]] = [:]
  var tallies: [Owner: [StatedTally]] = [:]
  var reads: [Owner: Set<GroupKey>] = [:]
  /// The facts of each key, in no order.
  private var groups: [GroupKey: [StatedFact]] = [:]

  /// What changed since the last look.
  var stale: Set<Owner> = []
  var changed: [GroupKey: [StatedFact]] = [:]
  var added: Set<StatedFact> = []
  var changedTallies: Set<GroupKey> = []

  static func precedes(_ a: Place, _ b: Place) -> Bool {
    (a.record.document.number, a.record.record.label, a.start, a.end)
      < (b.record.document.number, b.record.record.label, b.start, b.end)
  }

  mutating func replace(_ owner: Owner, facts new: [StatedFact], tallies newTallies: [StatedTally]) {
    let old = facts[owner] ?? []
    for each in old where !new.contains(each) {
      note(each)
      groups[GroupKey(kind: each.kind, key: each.key)]?.removeAll { $0 == each }
      added.remove(each)
    }
    for each in new where !old.contains(each) {
      note(each)
      groups[GroupKey(kind: each.kind, key: each.key), default: []].append(each)
      added.insert(each)
    }
    facts[owner] = new
    let (was, now) = (counts(tallies[owner] ?? []), counts(newTallies))
    for tally in Set(was.keys).union(now.keys) where was[tally] != now[tally] {
      changedTallies.insert(GroupKey(kind: tally.kind, key: tally.key))
    }
    tallies[owner] = newTallies
  }

  private func counts(_ tallies: [StatedTally]) -> [StatedTally: Int] {
    tallies.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private mutating func note(_ fact: StatedFact) {
    let group = GroupKey(kind: fact.kind, key: fact.key)
    changed[group, default: []].append(fact)
    for (owner, keys) in reads where keys.contains(group) { stale.insert(owner) }
  }

  mutating func noteReads(_ owner: Owner, _ keys: Set<GroupKey>) {
    reads[owner] = keys.isEmpty ? nil : keys
    stale.remove(owner)
  }

  mutating func remove(_ owner: Owner) {
    replace(owner, facts: [], tallies: [])
    facts[owner] = nil
    tallies[owner] = nil
    noteReads(owner, [])
  }

  func members(_ kind: FactKind, _ key: FactKey) -> [StatedFact] {
    (groups[GroupKey(kind: kind, key: key)] ?? []).sorted {
      Self.precedes($0.places[0].place, $1.places[0].place)
    }
  }

  /// Relations from their definitions, by walking all.
  static func related(_ fact: StatedFact, _ relation: Relation, in members: [StatedFact]) -> [StatedFact] {
    guard let own = fact.extent else { return [] }
    let others = members.filter { $0 != fact && $0.extent != nil }
    switch relation {
    case .next:
      func order(_ a: StatedFact, _ b: StatedFact) -> Bool {
        guard let x = a.extent, let y = b.extent else { return false }
        if (x.minX, x.maxX) != (y.minX, y.maxX) { return (x.minX, x.maxX) < (y.minX, y.maxX) }
        return precedes(a.places[0].place, b.places[0].place)
      }
      return others.filter { order(fact, $0) }.min(by: order).map { [$0] } ?? []
    case .overlapping, .within, .outside:
      return others.filter { other in other.extent.map { holds(relation, own, $0) } == true }
    }
  }

  static func holds(_ relation: Relation, _ own: Extent, _ other: Extent) -> Bool {
    guard own.form == other.form else { return false }
    let isBox = own.form == .box
    let isInside =
      other.minX >= own.minX && other.maxX <= own.maxX
      && (!isBox || other.minY >= own.minY && other.maxY <= own.maxY)
    switch relation {
    case .next: return false
    case .within: return isInside
    case .outside: return !isInside
    case .overlapping:
      let width = min(own.maxX, other.maxX) - max(own.minX, other.minX)
      let height = min(own.maxY, other.maxY) - max(own.minY, other.minY)
      return width > 0 && (!isBox || height > 0)
    }
  }

  func totals(_ kind: FactKind, _ key: FactKey) -> [Total] {
    let all = tallies.values.joined().filter { $0.kind == kind && $0.key == key }
    return Dictionary(grouping: all, by: \.bin).sorted { $0.key < $1.key }.map { bin, members in
      Total(
        bin: bin, count: members.count, amount: members.reduce(0) { $0 &+ $1.amount },
        places: Array(members.map(\.place).sorted(by: Self.precedes).prefix(8)))
    }
  }
}
