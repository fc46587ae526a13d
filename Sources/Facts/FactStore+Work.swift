package import Findings
import Manifest

extension FactStore {
  /// Whether nothing waits in any stage. What was taken and has not been answered is the caller's to count.
  package var isSettled: Bool { ledger.isEmpty }

  /// The first stage with something to do; `nil` when settled.
  package var nextStage: Int? {
    plan.stages.indices.first { stage in
      !ledger.touched[stage].isEmpty || !ledger.checks[stage].isEmpty
        || plan.stages[stage].calls.contains {
          !ledger.neighbors[Int($0.number)].isEmpty || !ledger.keys[Int($0.number)].isEmpty
            || ledger.waitingKeys[$0] != nil || ledger.relates[$0] != nil
        } || ledger.links.indices.contains { !ledger.links[$0].isEmpty && plan.stage(ofLinks: $0) == stage }
        || plan.judgedKinds.contains { !ledger.judged[Int($0.number)].isEmpty && plan.stage(of: $0) == stage }
    }
  }

  /// Takes what is to be done in a stage. Stages are to be emptied in order: an answer to one makes work for later ones.
  ///
  /// At most `limit` items a call, those nearest to `near` first; the others wait. What retired owners stated is taken out
  /// here, which may make work in later stages.
  package func takeWork(_ stage: Int, limit: Int = .max, near: RecordReference? = nil) -> Work {
    guard plan.stages.indices.contains(stage) else { return Work() }
    let limit = max(1, limit)
    var work = Work()
    takeChecks(stage, limit, near, into: &work)
    for call in plan.stages[stage].calls {
      guard let planned = plan.call(call) else { continue }
      switch planned.form {
      case .host, .record: break
      case .neighbor: takeRelates(planned, limit, near, into: &work)
      case .group(let kind):
        let fewest = max(1, planned.fewest)
        takeKeys(call, limit, &work, \.groups, isEmpty: { self.count(kind, $0) < fewest }, owner: { .group($0, call) })
      case .totals(let kind):
        takeKeys(
          call, limit, &work, \.totals, isEmpty: { self.tallies.isEmpty(GroupKey(kind: kind, key: $0)) },
          owner: { .totals($0, call) })
      }
    }
    for family in ledger.links.indices where !ledger.links[family].isEmpty && plan.stage(ofLinks: family) == stage {
      work.links.append((family, ledger.links[family].take()))
    }
    for kind in plan.judgedKinds.sorted() where plan.stage(of: kind) == stage {
      let keys = ledger.judged[Int(kind.number)].take()
      if !keys.isEmpty { work.judged.append((kind, keys)) }
    }
    for owner in work.retired { remove(owner: owner) }
    return work
  }

  /// Whether more than `limit` records, facts and keys wait to be looked at again. Cost: O(limit).
  package func hasWork(for limit: Int) -> Bool {
    var count = ledger.checks.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.count } }
    count += ledger.relates.values.reduce(0) { $0 + $1.count } + ledger.keys.reduce(0) { $0 + $1.count }
    for changes in ledger.neighbors {
      for change in changes.values {
        if count > limit { return true }
        count += change.isWide ? limit + 1 : change.added.count + change.spots.count
      }
    }
    for group in ledger.touched.lazy.flatMap(\.noted) {
      if count > limit { return true }
      count += reads.staleReaders(of: group, upTo: limit + 1 - count)
    }
    return count > limit
  }

  private func takeChecks(_ stage: Int, _ limit: Int, _ near: RecordReference?, into work: inout Work) {
    // By call: one group may have as many readers as the file has records.
    var woken: [[RecordReference]] = Array(repeating: [], count: plan.calls.count)
    for group in ledger.touched[stage].take() {
      reads.forEachStaleReader(of: group) { record, call in woken[Int(call.number)].append(record) }
    }
    for call in woken.indices where !woken[call].isEmpty {
      let (records, call) = (woken[call], plan.calls[call].number)
      let waiting = ledger.checks[stage].removeValue(forKey: call) ?? []
      ledger.checks[stage][call] = WorkLedger.distinct((waiting + records).sorted())
    }
    for call in ledger.checks[stage].keys.sorted() {
      guard var waiting = ledger.checks[stage].removeValue(forKey: call) else { continue }
      let position = near.map { near in WorkLedger.partition(waiting) { $0 < near } } ?? 0
      work.checks.append(.init(call: call, items: WorkLedger.nearest(&waiting, to: position, limit: limit)))
      guard !waiting.isEmpty else { continue }
      ledger.checks[stage][call] = waiting
      work.hasMore = true
    }
  }

  private func takeKeys(
    _ call: CallNumber, _ limit: Int, _ work: inout Work, _ batches: WritableKeyPath<Work, [Work.Batch<FactKey>]>,
    isEmpty: (FactKey) -> Bool, owner: (FactKey) -> Owner
  ) {
    let added = ledger.keys[Int(call.number)].take()
    var waiting = ledger.waitingKeys.removeValue(forKey: call) ?? []
    if !added.isEmpty { WorkLedger.merge(added.reversed(), into: &waiting) }
    var taken: [FactKey] = []
    while taken.count < limit, let key = waiting.popLast() {
      if isEmpty(key) { work.retired.append(owner(key)) } else { taken.append(key) }
    }
    if !taken.isEmpty { work[keyPath: batches].append(.init(call: call, items: taken)) }
    guard !waiting.isEmpty else { return }
    ledger.waitingKeys[call] = waiting
    work.hasMore = true
  }

  // MARK: Neighbors

  private func takeRelates(_ call: PlannedCall, _ limit: Int, _ near: RecordReference?, into work: inout Work) {
    let changes = ledger.neighbors[Int(call.number.number)]
    ledger.neighbors[Int(call.number.number)] = [:]
    let left = ledger.relates.removeValue(forKey: call.number) ?? []
    guard !changes.isEmpty || !left.isEmpty else { return }
    let isSorted = ledger.reviewedRelates.remove(call.number) == nil
    if changes.isEmpty, isSorted {
      var waiting = left.filter(facts.isAlive).map(\.row)
      return take(&waiting, call, limit, near, into: &work)
    }
    var rows = Set(left.filter(facts.isAlive).map(\.row))
    for key in changes.keys.sorted() {
      guard let change = changes[key] else { continue }
      work.retired.append(contentsOf: change.removed.map { .relate($0, call.number) })
      rows.formUnion(change.added.filter(facts.isAlive).map(\.row))
      rows.formUnion(woken(by: change, key: key, call))
    }
    var waiting = rows.sorted(by: facts.facts.precedes)
    take(&waiting, call, limit, near, into: &work)
  }

  /// Takes the nearest of sorted rows; the others wait, sorted.
  private func take(
    _ waiting: inout [UInt32], _ call: PlannedCall, _ limit: Int, _ near: RecordReference?, into work: inout Work
  ) {
    let position = near.map { near in WorkLedger.partition(waiting) { facts.facts[$0].reference < near } } ?? 0
    let taken = WorkLedger.nearest(&waiting, to: position, limit: limit)
    if !taken.isEmpty { work.relates.append(.init(call: call.number, items: taken.map(id))) }
    guard !waiting.isEmpty else { return }
    ledger.relates[call.number] = waiting.map(id)
    work.hasMore = true
  }

  private func id(of row: UInt32) -> FactID { FactID(row: row, generation: facts.facts[row].generation) }

  /// The facts of a key whose related facts changed. Facts never change in place, so where a member stood is enough to find
  /// whom it related to.
  private func woken(by change: WorkLedger.NeighborChange, key: FactKey, _ call: PlannedCall) -> Set<UInt32> {
    guard case .neighbor(let kind, let among, let relation, _) = call.form else { return [] }
    let readers = GroupKey(kind: kind, key: key)
    let total = facts.count(of: readers)
    var rows: Set<UInt32> = []
    var isWide = change.isWide || change.spots.count > 64 && change.spots.count > total / 4
    if !isWide {
      // Beyond this it costs more to find out who is affected than to relate all of them.
      let cap = max(64, total / 4)
      for spot in change.spots {
        guard
          let found = facts.affected(
            by: spot, relation: relation, readers: readers, members: GroupKey(kind: among, key: key), cap: cap)
        else {
          isWide = true
          break
        }
        rows.formUnion(found)
      }
    }
    return isWide ? Set(facts.members(of: readers, limit: .max).rows) : rows
  }
}
