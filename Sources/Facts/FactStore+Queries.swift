package import Findings
import Manifest

extension FactStore {
  /// How many facts there are.
  package var count: Int { facts.count }

  /// How many tallies there are.
  package var tallyCount: Int { tallies.count }

  /// Bytes held for facts, tallies and look-ups with all their indexes, unused capacity included; waiting work is not counted.
  /// Cost: one step per thousand facts.
  package var byteCount: Int { facts.byteCount + tallies.byteCount + sketches.byteCount + reads.byteCount }

  /// What a key holds: the first facts in document order, at most `limit`, and how many there are.
  package func facts(_ kind: FactKind, _ key: FactKey, limit: Int = 256) -> (facts: [FactView], total: Int) {
    let (rows, total) = facts.members(of: GroupKey(kind: kind, key: key), limit: limit)
    return (rows.map { facts.facts.view(of: $0) }, total)
  }

  /// Facts of a key that stand around a record, in document order, at most `limit`. Cost: a search and a step a fact.
  package func facts(_ kind: FactKind, _ key: FactKey, around record: RecordReference, limit: Int) -> [FactView] {
    facts.members(of: GroupKey(kind: kind, key: key), around: record, limit: limit).map { facts.facts.view(of: $0) }
  }

  /// How many facts a key holds.
  package func count(_ kind: FactKind, _ key: FactKey) -> Int { facts.count(of: GroupKey(kind: kind, key: key)) }

  /// `nil` when the fact is gone.
  package func fact(_ id: FactID) -> FactView? { facts.isAlive(id) ? facts.facts.view(of: id.row) : nil }

  /// What an owner states, in document order.
  package func facts(of owner: Owner) -> [FactView] {
    facts.rows(of: owner).sorted(by: facts.facts.precedes).map { facts.facts.view(of: $0) }
  }

  /// The facts of the same key that relate to this one, in document order; of the same kind, or of `kind`. Empty if it is gone.
  package func related(to id: FactID, relation: Relation, among kind: FactKind? = nil, limit: Int = 256) -> [FactView] {
    guard facts.isAlive(id) else { return [] }
    let row = facts.facts[id.row]
    let group = GroupKey(kind: kind ?? row.kind, key: row.key)
    return facts.related(to: id.row, relation: relation, among: group, limit: limit).map { facts.facts.view(of: $0) }
  }

  /// What a neighbor call is shown with a fact.
  package func related(to id: FactID, for call: CallNumber) -> [FactView] {
    guard case .neighbor(_, let among, let relation, let limit) = plan.call(call)?.form else { return [] }
    return related(to: id, relation: relation, among: among, limit: limit)
  }

  /// The totals of a key by bin, at most `limit`.
  package func totals(_ kind: FactKind, _ key: FactKey, limit: Int = 4096) -> [Total] {
    tallies.totals(of: GroupKey(kind: kind, key: key), limit: limit)
  }
}
