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
    for changes in ledger.neighbors where count <= limit { count += changes.count(upTo: limit - count) }
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
    for (index, call) in plan.calls.enumerated() where !woken[index].isEmpty {
      // In place: there may be as many as the file has records, and somebody waits for the nearest of them.
      var records = woken[index]
      woken[index] = []
      if let waiting = ledger.checks[stage].removeValue(forKey: call.number) { records += waiting }
      records.sort()
      records.removeRepetitions()
      ledger.checks[stage][call.number] = records
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
}
