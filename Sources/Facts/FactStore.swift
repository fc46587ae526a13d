package import Findings
import Manifest

/// Every fact and tally that is stated, who stated it, who looked for it, and what has to be done since it changed.
///
/// A class, because it is large and has one owner: use it from one actor only. It holds any number of documents; facts meet by key
/// wherever they stand. A change costs what it touches, not what is stored.
/// A fact without payload and extent takes 60 to 63 bytes with its indexes.
package final class FactStore {
  package let plan: RulePlan
  let facts: FactTable
  let tallies: TallyTable
  let sketches: SketchTable
  let reads: ReadIndex
  var ledger: WorkLedger
  private var tick: UInt64 = 1

  /// `seed` spreads the keys over buckets; nothing that can be seen depends on it.
  package init(plan: RulePlan, seed: UInt64 = .random(in: 0 ... .max)) {
    self.plan = plan
    facts = FactTable(seed: seed)
    tallies = TallyTable(seed: seed)
    sketches = SketchTable(seed: seed)
    reads = ReadIndex(seed: seed)
    ledger = WorkLedger(plan)
  }

  /// How a replacement went.
  package struct Outcome: Sendable, Hashable {
    package var added = 0
    package var removed = 0
    /// Facts and tallies not taken: of a kind that the call did not declare, out of bounds
    /// (1 to 8 places, names to 32 bytes, payload to 256), or, from a check, with the main place in another record.
    package var dropped = 0

    package var changedNothing: Bool { added == 0 && removed == 0 }
  }

  /// Puts what an owner states now in place of what it stated before.
  ///
  /// Equal facts keep their id and wake nobody. `reads` are the keys a check looked up, also in vain, as of now;
  /// `nil` leaves them as they are (see `noteReads`).
  @discardableResult
  package func replace(
    owner: Owner, facts stated: [StatedFact], tallies statedTallies: [StatedTally] = [],
    sketches statedSketches: [StatedSketch] = [], reads looked: [(FactKind, FactKey)]? = nil
  ) -> Outcome {
    tick += 1
    var outcome = Outcome()
    replaceFacts(of: owner, with: stated, &outcome)
    replaceSketches(of: owner, with: statedSketches, &outcome)
    let allowed = statedTallies.filter {
      plan.mayState($0.kind, owner.call) && (owner.record == nil || $0.place.record == owner.record)
    }
    outcome.dropped += statedTallies.count - allowed.count
    for group in tallies.replace(owner, with: allowed) {
      outcome.added += 1
      for call in plan.subscription(to: group.kind).totals { ledger.keys[Int(call.number)].note(group.key) }
    }
    if let looked { noteReads(of: owner, looked) }
    return outcome
  }

  /// Says what a check looks up, at the moment when it is answered. Call it before the check runs; a change that happens
  /// while it runs then wakes it again.
  package func noteReads(of owner: Owner, _ keys: [(FactKind, FactKey)]) {
    guard let record = owner.record else { return }
    let groups = keys.map { GroupKey(kind: $0.0, key: $0.1) }
    reads.replace(record: record, call: owner.call, with: groups, at: tick)
  }

  /// Has the links judged again that an owner's facts take part in: the facts may be the same and what is written there
  /// not (`9.0` and `9e0` are one id). Cost: a few steps a fact.
  package func reviewLinks(of owner: Owner) {
    for row in facts.rows(of: owner) {
      let found = facts.facts[row]
      for family in plan.subscription(to: found.kind).links { ledger.links[family].note(found.key) }
    }
  }

  /// Has keys of a kind judged again: what they are judged by has changed.
  package func review(_ kind: FactKind, _ keys: some Sequence<FactKey>) {
    guard plan.subscription(to: kind).isJudged else { return }
    ledger.judged[Int(kind.number)].note(keys)
  }

  /// Has a call on facts run again although no fact changed: what else it is judged by did.
  package func review(_ owner: Owner) {
    switch owner {
    case .host, .check: break
    case .relate(let id, let call):
      if plan.call(call) != nil { ledger.neighbors[Int(call.number)].review(id) }
    case .group(let key, let call), .totals(let key, let call):
      if plan.call(call) != nil { ledger.keys[Int(call.number)].note(key) }
    }
  }

  /// Forgets what an owner stated and looked up.
  package func remove(owner: Owner) { replace(owner: owner, facts: [], tallies: [], reads: []) }

  /// Forgets records: what the host and every check stated of them and looked up for them, and checks that wait.
  package func removeRecords(_ records: [RecordReference]) {
    let checks = plan.calls.filter { $0.form == .record }.map(\.number)
    for record in records {
      remove(owner: .host(record))
      for call in checks { remove(owner: .check(record, call)) }
    }
    let gone = Set(records)
    dropChecks { gone.contains($0) }
  }

  /// Forgets a document. Cost: what it stated.
  package func removeDocument(_ document: DocumentID) {
    let owners = facts.owners(in: document).union(tallies.owners(in: document)).union(reads.calls(in: document))
      .union(sketches.owners(in: document))
    for owner in owners { remove(owner: owner) }
    dropChecks { $0.document == document }
  }

  private func dropChecks(_ isGone: (RecordReference) -> Bool) {
    for stage in ledger.checks.indices {
      for call in Array(ledger.checks[stage].keys) {
        ledger.checks[stage][call]?.removeAll(where: isGone)
        if ledger.checks[stage][call]?.isEmpty == true { ledger.checks[stage][call] = nil }
      }
    }
  }

  // MARK: Differences

  private func replaceFacts(of owner: Owner, with stated: [StatedFact], _ outcome: inout Outcome) {
    var left = facts.rows(of: owner)
    if !sketches.isEmpty { left.removeAll { StatedSketch.isOfSketch(facts.facts[$0].key) } }
    if left.isEmpty { return addFacts(of: owner, stated, &outcome) }
    var kept: [UInt32] = []
    var added: [(fact: StatedFact, blob: [UInt8])] = []
    var bySignature = left.count > 8 ? Dictionary(grouping: left) { signature(of: facts.facts[$0]) } : nil
    for fact in stated {
      guard plan.mayState(fact.kind, owner.call), let blob = FactBlob.encode(fact),
        owner.record == nil || fact.places.first?.place.record == owner.record
      else {
        outcome.dropped += 1
        continue
      }
      if let row = take(fact, blob, from: &left, &bySignature) {
        kept.append(row)
      } else {
        added.append((fact, blob))
      }
    }
    for row in bySignature?.values.joined().sorted() ?? left {
      noteChange(of: row)
      facts.remove(row, owner: owner)
      outcome.removed += 1
    }
    for each in added {
      guard let (row, members) = facts.insert(each.fact, blob: each.blob, owner: owner) else {
        outcome.dropped += 1
        continue
      }
      noteChange(of: row, joined: members)
      kept.append(row)
      outcome.added += 1
    }
    facts.setRows(kept, of: owner)
  }

  /// Adds the facts of an owner that has none yet.
  private func addFacts(of owner: Owner, _ stated: [StatedFact], _ outcome: inout Outcome) {
    var rows: [UInt32] = []
    for fact in stated {
      guard plan.mayState(fact.kind, owner.call), let blob = FactBlob.encode(fact),
        owner.record == nil || fact.places.first?.place.record == owner.record,
        let (row, members) = facts.insert(fact, blob: blob, owner: owner)
      else {
        outcome.dropped += 1
        continue
      }
      noteChange(of: row, joined: members)
      outcome.added += 1
      if owner.record == nil { rows.append(row) }
    }
    facts.setRows(rows, of: owner)
  }

  /// Takes the row of an equal fact out of those that are left: out of the list while it is short, out of the dictionary beyond.
  private func take(
    _ fact: StatedFact, _ blob: [UInt8], from left: inout [UInt32], _ bySignature: inout [Int: [UInt32]]?
  ) -> UInt32? {
    guard bySignature != nil else {
      return left.firstIndex { equals($0, fact, blob) }.map { left.remove(at: $0) }
    }
    let signature = signature(of: fact)
    guard let match = bySignature?[signature]?.firstIndex(where: { equals($0, fact, blob) }) else { return nil }
    return bySignature?[signature]?.remove(at: match)
  }

  private func signature(of row: FactRow) -> Int {
    Int(truncatingIfNeeded: row.key.low ^ row.key.high &* 31 &+ UInt64(row.kind.number) ^ UInt64(row.start) &<< 17)
  }

  private func signature(of fact: StatedFact) -> Int {
    let start = fact.places.first?.place.start ?? 0
    return Int(
      truncatingIfNeeded: fact.key.low ^ fact.key.high &* 31 &+ UInt64(fact.kind.number) ^ UInt64(start) &<< 17)
  }

  private func equals(_ row: UInt32, _ fact: StatedFact, _ blob: [UInt8]) -> Bool {
    let found = facts.facts[row]
    guard found.isIn(fact.kind, fact.key), found.place == fact.places.first?.place else { return false }
    return found.blob == noRow ? blob.isEmpty : facts.facts.blobs.equals(found.blob, blob)
  }

  /// Tells the ledger of a fact that is about to go, or has just come as one of so many of its group.
  func noteChange(of row: UInt32, joined members: Int? = nil) {
    let found = facts.facts[row]
    let group = GroupKey(kind: found.kind, key: found.key)
    if reads.touch(group, at: tick) { ledger.touched[plan.stage(of: found.kind)].note(group) }
    let subscription = plan.subscription(to: found.kind)
    // Counted with the fact that comes or goes, so that whoever falls below is told once more.
    for (call, fewest) in subscription.groups where fewest <= 1 || members ?? facts.count(of: group) >= fewest {
      ledger.keys[Int(call.number)].note(found.key)
    }
    for family in subscription.links { ledger.links[family].note(found.key) }
    if subscription.isJudged { ledger.judged[Int(found.kind.number)].note(found.key) }
    let id = FactID(row: row, generation: found.generation)
    if members != nil {
      for call in subscription.neighbors { ledger.neighbors[Int(call.number)].noteNew(id) }
      for call in subscription.among { ledger.neighbors[Int(call.number)].noteNew(id) }
      return
    }
    for call in subscription.neighbors { ledger.neighbors[Int(call.number)].noteGone(reader: id, of: found.key) }
    guard !subscription.among.isEmpty, let spot = facts.facts.spot(of: row) else { return }
    for call in subscription.among { ledger.neighbors[Int(call.number)].noteGone(spot, of: found.key) }
  }
}
