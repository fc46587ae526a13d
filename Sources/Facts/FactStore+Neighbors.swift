import Findings
import Manifest

/// Facts that are to be related to others of their key, since either side changed.
extension FactStore {
  func takeRelates(_ call: PlannedCall, _ limit: Int, _ near: RecordReference?, into work: inout Work) {
    let changes = ledger.neighbors[Int(call.number.number)].take()
    var waiting = ledger.relates.removeValue(forKey: call.number) ?? WaitingFacts()
    if !changes.isEmpty {
      for key in changes.gone.keys.sorted() {
        work.retired.append(contentsOf: changes.gone[key]?.readers.map { .relate($0, call.number) } ?? [])
      }
      waiting.add(woken(by: changes, call), facts)
    }
    let taken = waiting.take(limit, near: near, facts)
    if !taken.isEmpty { work.relates.append(.init(call: call.number, items: taken)) }
    guard !waiting.isEmpty else { return }
    ledger.relates[call.number] = waiting
    work.hasMore = true
  }

  /// A fact that came, with its key.
  private struct Newcomer {
    var key: FactKey
    var row: UInt32
    var isReader: Bool
  }

  /// The rows that are to be related, some perhaps more than once: what came or is to be judged again, and what those relate to
  /// that came or went.
  private func woken(by changes: NeighborLog, _ call: PlannedCall) -> [UInt32] {
    guard case .neighbor(let kind, let among, let relation, _) = call.form else { return [] }
    var rows = changes.reviewed.filter(facts.isAlive).map(\.row)
    var newcomers: [Newcomer] = []
    for id in changes.came where facts.isAlive(id) {
      let fact = facts.facts[id.row]
      if fact.kind == kind { rows.append(id.row) }
      newcomers.append(Newcomer(key: fact.key, row: id.row, isReader: fact.kind == kind))
    }
    newcomers.sort { $0.key < $1.key }
    var start = 0
    var keys = Set(changes.gone.keys)
    while start < newcomers.count {
      let key = newcomers[start].key
      let end = newcomers[start...].firstIndex { $0.key != key } ?? newcomers.count
      keys.remove(key)
      rows += affected(by: newcomers[start..<end], changes.gone[key], of: key, kind, among, relation)
      start = end
    }
    for key in keys { rows += affected(by: [], changes.gone[key], of: key, kind, among, relation) }
    return rows
  }

  /// The readers of a key, besides those that came, to which what came or went may relate or have related. Facts never change in
  /// place, so where a member stood is enough to find them.
  private func affected(
    by newcomers: ArraySlice<Newcomer>, _ gone: NeighborLog.Gone?, of key: FactKey, _ kind: FactKind, _ among: FactKind,
    _ relation: Relation
  ) -> [UInt32] {
    let readers = GroupKey(kind: kind, key: key)
    let total = facts.count(of: readers)
    // As on a first walk: whoever could be affected has just come, too.
    if newcomers.reduce(0, { $0 + ($1.isReader ? 1 : 0) }) == total { return [] }
    let members = newcomers.filter { !$0.isReader || kind == among }
    let count = members.count + (gone?.spots.count ?? 0)
    var isWide = gone?.isWide == true || count > 64 && count > total / 4
    var rows: [UInt32] = []
    if !isWide {
      // Beyond this it costs more to find out who is affected than to relate all of them.
      let cap = max(64, total / 4)
      for spot in members.compactMap({ facts.facts.spot(of: $0.row) }) + (gone?.spots ?? []) {
        guard
          let found = facts.affected(
            by: spot, relation: relation, readers: readers, members: GroupKey(kind: among, key: key), cap: cap)
        else {
          isWide = true
          break
        }
        rows += found
      }
    }
    return isWide ? facts.members(of: readers, limit: .max).rows : rows
  }
}
