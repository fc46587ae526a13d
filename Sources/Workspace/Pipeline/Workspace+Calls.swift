import Facts
import Findings
import Manifest
import PluginHost

/// One call of a plugin with what its answer belongs to.
struct PendingCall: Sendable {
  var owner: Owner
  /// The newest thing sent for the owner when it was sent.
  var number: UInt64
  var plugin: ActivePlugin
  var call: PluginCall
}

extension Workspace {
  /// The next calls to send for a document, or none if there is nothing to do.
  ///
  /// Records that an edit touched go first, then, when every record has been looked at, what follows from changed facts, stage by stage.
  /// Nothing shows that something is still to come until the caller has counted the calls as in flight.
  func nextCalls(for state: DocumentState, isForeground: Bool, limit: Int) async -> [PendingCall] {
    state.callsInFlight += 1
    defer { state.callsInFlight -= 1 }
    var checks = Rechecks()
    for check in state.checker?.calls ?? [] {
      var queue = state.checkQueues[check.number] ?? WorkQueue()
      while checks.count < limit, let record = isForeground ? queue.takeHot() : queue.takeCold() {
        checks.add(state.reference(record), check.number)
      }
      state.checkQueues[check.number] = queue
    }
    var calls = await self.calls(of: checks, in: state.space)
    guard calls.isEmpty, state.isIndexed else { return calls }
    let near = state.reference(focusRecord(of: state))
    while calls.isEmpty, !state.isClosed, let stage = state.store.nextStage {
      calls = await self.calls(of: state.store.takeWork(stage, limit: limit, near: near), in: state)
    }
    return calls
  }

  private func calls(of work: Work, in state: DocumentState) async -> [PendingCall] {
    let space = state.space
    for owner in work.retired {
      space.put([], from: .owner(owner))
      space.invalidate(owner)
    }
    for (family, keys) in work.links {
      let updates = space.links.update(
        family: family, keys: keys, in: space.store, isIndexed: { space.isIndexed(for: $0, in: $1) },
        text: { self.text(at: $0, in: space) })
      keep(updates, in: space)
    }
    for (kind, keys) in work.judged where kind == claimKind { judge(keys, in: space) }
    var checks = Rechecks()
    for batch in work.checks {
      if batch.call == .host {
        lookAgain(at: batch.items, in: space)
      } else {
        for record in batch.items { checks.add(record, batch.call) }
      }
    }
    var calls = await self.calls(of: checks, in: space)
    for batch in work.relates {
      calls += await self.calls(of: batch) { self.relateCall($0, batch.call, $1, in: state) }
    }
    for batch in work.groups {
      calls += await self.calls(of: batch) { self.groupCall($0, batch.call, $1, in: state) }
    }
    for batch in work.totals {
      calls += await self.calls(of: batch) { self.totalsCall($0, batch.call, $1, in: state) }
    }
    return calls
  }

  /// The calls for what one call is to run on, with chances between them for an edit to come in.
  private func calls<Item>(
    of batch: Work.Batch<Item>, _ call: (Item, ActivePlugin) -> PendingCall?
  ) async -> [PendingCall] {
    guard let plugin = plugin(of: batch.call) else { return [] }
    var calls: [PendingCall] = []
    for (index, item) in batch.items.enumerated() {
      if index > 0, index.isMultiple(of: Self.hostSlice) { await Task.yield() }
      if let call = call(item, plugin) { calls.append(call) }
    }
    return calls
  }

  /// Has the claims of records read again, of which something they look up is different.
  private func lookAgain(at records: [RecordReference], in space: FactSpace) {
    for (document, records) in Dictionary(grouping: records, by: \.document) {
      guard let state = space.documents[document] else { continue }
      state.claimQueue.add(records.map(\.record), focus: focusRecord(of: state))
      drive(state)
    }
  }

  private func plugin(of call: CallNumber) -> ActivePlugin? {
    library.plan.call(call).flatMap { library.plugin($0.plugin) }
  }

  private func pending(_ owner: Owner, _ plugin: ActivePlugin, _ call: PluginCall, in state: DocumentState)
    -> PendingCall
  {
    PendingCall(owner: owner, number: state.space.noteSent(owner), plugin: plugin, call: call)
  }

  // MARK: The four forms

  /// The calls of some checks for a record as it was read just now.
  func checkCalls(_ numbers: [CallNumber], _ read: UnderstoodRecord, in state: DocumentState) -> [PendingCall] {
    guard let checker = state.checker else { return [] }
    let input = recordInput(read.record, read.meaning, in: state, checker)
    return numbers.compactMap { number in
      guard let check = checker.calls.first(where: { $0.number == number }), check.filter.wants(read.meaning.roles)
      else {
        // It may have been of interest before.
        forget(.check(state.reference(read.record.id), number), in: state)
        return nil
      }
      return checkCall(read.record.id, check, input, read.meaning, in: state)
    }
  }

  func checkCall(
    _ id: RecordID, _ check: DocumentChecker.CheckCall, _ input: RecordInput, _ meaning: RecordMeaning,
    in state: DocumentState
  ) -> PendingCall {
    let owner = Owner.check(state.reference(id), check.number)
    let lookUps = LookUps(check.lookUps, meaning: meaning, context: input.context, in: state.id, store: state.store)
    state.store.noteReads(of: owner, lookUps.keys)
    return pending(owner, check.plugin, .check(input, lookups: lookUps.found), in: state)
  }

  /// Takes back what an owner said, and whatever is on its way.
  private func forget(_ owner: Owner, in state: DocumentState) {
    state.space.invalidate(owner)
    put([], from: owner, in: state.space)
    state.store.remove(owner: owner)
  }

  private func relateCall(
    _ id: FactID, _ number: CallNumber, _ plugin: ActivePlugin, in state: DocumentState
  ) -> PendingCall? {
    guard let view = state.store.fact(id), let planned = library.plan.call(number),
      case .neighbor(_, let among, let relation, _) = planned.form,
      let relation = RuleRelation(rawValue: relation.rawValue)
    else { return nil }
    let related = state.store.related(to: id, for: number)
    // Of facts that share ground with no other there is nothing to say.
    if related.isEmpty, relation == .overlapping || relation == .within {
      forget(.relate(id, number), in: state)
      return nil
    }
    // Numbered together, so that a rule can tell which of two stands first.
    let all = ([view] + related).sorted { Self.precedes($0, $1) }
    let order = Dictionary(all.enumerated().map { ($1.id, UInt64($0)) }, uniquingKeysWith: { first, _ in first })
    func attached(_ view: FactView) -> AttachedFact { AttachedFact(view.fact, order: order[view.id] ?? 0) }
    return pending(
      .relate(id, number), plugin, .relate(attached(view), among: among, relation, related: related.map(attached)),
      in: state)
  }

  private static func precedes(_ a: FactView, _ b: FactView) -> Bool {
    guard let first = a.fact.places.first?.place, let second = b.fact.places.first?.place else { return false }
    if first.record != second.record { return first.record < second.record }
    return (first.start, first.end, a.id.row) < (second.start, second.end, b.id.row)
  }

  private func groupCall(
    _ key: FactKey, _ number: CallNumber, _ plugin: ActivePlugin, in state: DocumentState
  ) -> PendingCall? {
    guard let planned = library.plan.call(number), case .group(let kind) = planned.form else { return nil }
    let (facts, total) = state.store.facts(kind, key, limit: planned.most ?? Self.groupLimit)
    if planned.most == nil, total > Self.groupLimit { state.noteTooLarge(rules: planned.rules, count: total) }
    var records: [RecordInput] = []
    if planned.needsRecords {
      var seen: Set<RecordReference> = []
      for place in facts.compactMap({ $0.fact.places.first?.place }) where seen.insert(place.record).inserted {
        guard let document = state.space.documents[place.record.document],
          let input = recordInput(place.record.record, in: document)
        else { continue }
        records.append(input)
      }
    }
    return pending(
      .group(key, number), plugin, .group(kind, key, AttachedFact.numbered(facts.map(\.fact)), records: records),
      in: state)
  }

  /// More facts of one key than this is a visible fault, not a slow editor.
  static let groupLimit = 4096

  private func totalsCall(
    _ key: FactKey, _ number: CallNumber, _ plugin: ActivePlugin, in state: DocumentState
  ) -> PendingCall? {
    guard let planned = library.plan.call(number), case .totals(let kind) = planned.form else { return nil }
    let totals = state.store.totals(kind, key).map { KeyTotal(bin: $0.bin, amount: $0.amount, places: $0.places) }
    return pending(.totals(key, number), plugin, .totals(kind, key, totals), in: state)
  }

  /// What the host makes of a record, worked out anew; `nil` if it is gone.
  func hostResult(of id: RecordID, in state: DocumentState) -> HostResult? {
    guard let checker = state.checker, let evaluator = state.evaluator, let record = state.document.record(id),
      let tree = state.document.tree(of: id)
    else { return nil }
    return checker.host.result(
      for: record, tree: tree, in: state.document, id: state.id, evaluator: evaluator, exports: state.claims.exports)
  }

  /// A record that is as it was, read again in place; `nil` if it is gone.
  func understood(_ id: RecordID, in state: DocumentState) -> UnderstoodRecord? {
    var finder = RecordFinder(state.document)
    guard let checker = state.checker, let evaluator = state.evaluator, let source = finder.source(of: id) else {
      return nil
    }
    return UnderstoodRecord(source, of: state.document, by: checker, evaluator, id: state.id)
  }

  /// A record as plugins see it, worked out anew: its tree, its roles, what its ancestors say.
  func recordInput(_ id: RecordID, in state: DocumentState) -> RecordInput? {
    guard let checker = state.checker, let read = understood(id, in: state) else { return nil }
    return recordInput(read.record, read.meaning, in: state, checker)
  }

  func recordInput(
    _ record: Record, _ meaning: RecordMeaning, in state: DocumentState, _ checker: DocumentChecker
  ) -> RecordInput {
    RecordInput(
      reference: state.reference(record.id), bytes: meaning.tree.bytes, nodes: meaning.tree.nodes, roles: meaning.roles,
      fieldNames: checker.dialect.fieldNames, dialect: checker.dialect.id,
      pattern: record.type < checker.dialect.patterns.count ? checker.dialect.patterns[record.type] : "",
      context: state.context.values(for: record, in: state.document).map { .init($0.name, $0.value) })
  }

  // MARK: Answers

  /// Takes up an answer unless something newer was sent for its owner.
  func take(_ answer: PluginResult, for call: PendingCall, in state: DocumentState) {
    let space = state.space
    guard space.accept(call.owner, call.number) else { return }
    // The record may be another document's than the one that saw to it.
    guard let state = call.owner.record.map({ space.documents[$0.document] }) ?? state else { return }
    var result = answer
    state.budget.admit(&result, of: call.plugin.id)
    state.callCounts[call.owner.call, default: 0] += 1
    space.noteAnswer(
      of: call.owner,
      reads: Set(result.lookedUp.map { TermList.key($0.vocabulary, Array($0.text.utf8)) }))
    put(result.findings + call.findings(for: result.faults), from: call.owner, in: space)
    state.store.replace(owner: call.owner, facts: result.facts, tallies: result.tallies, sketches: result.sketches)
    for fault in result.faults { state.note(fault) }
  }

  /// Keeps what was found with the record it was found in, or with the space where no single record says it.
  private func put(_ findings: [Finding], from owner: Owner, in space: FactSpace) {
    if let record = owner.record {
      space.documents[record.document]?.put(findings, from: owner)
    } else {
      space.put(findings, from: .owner(owner))
    }
  }
}
