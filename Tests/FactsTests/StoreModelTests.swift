import Findings
import Manifest
import Testing

@testable import Facts

/// The store beside a model that recomputes everything, under random operations.
@Suite struct StoreModelTests {
  /// 20,000 operations in all.
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func storeAnswersAsTheModelDoes(seed: UInt64) throws {
    var run = try ModelRun(seed: seed)
    for step in 0..<2_500 {
      try run.operate()
      try #require(run.store.count == run.model.facts.values.reduce(0) { $0 + $1.count }, "seed \(seed) step \(step)")
      if step % 3 == 0 { try run.compareQueries("seed \(seed) step \(step)") }
      if step % 5 == 4 { try run.compareWork("seed \(seed) step \(step)") }
    }
    // Everything out again leaves nothing behind.
    for document in 0..<3 as Range<UInt32> { run.store.removeDocument(DocumentID(document)) }
    for owner in run.derivedOwners { run.store.remove(owner: owner) }
    #expect(run.store.count == 0)
    #expect(run.store.tallyCount == 0)
    #expect(run.store.reads.count == 0)
    #expect(run.store.facts.large.isEmpty)
  }
}

private struct ModelRun {
  var random: SplitMix64
  let store: FactStore
  var model: NaiveStore
  let check: CallNumber
  let kinds: [FactKind]
  let derived: FactKind
  let count: FactKind
  let neighbors: [PlannedCall]
  var derivedOwners: Set<Owner> = []
  /// What each fact related to at the last look, by call.
  var before: [CallNumber: [StatedFact: [StatedFact]]] = [:]

  init(seed: UInt64) throws {
    random = SplitMix64(seed)
    let plan = try RulePlan([
      PluginDeclaration(
        id: "t",
        rules: [
          RuleDeclaration(id: "states", form: .record, states: ["box", "interval", "plain", "range", "count"]),
          RuleDeclaration(id: "looks", form: .record, lookUps: ["plain", "derived", "box"]),
          RuleDeclaration(id: "overlap", form: .neighbor(kind: "box", relation: .overlapping, limit: 4096)),
          RuleDeclaration(id: "inside", form: .neighbor(kind: "box", relation: .within, limit: 4096)),
          RuleDeclaration(id: "next", form: .neighbor(kind: "interval", relation: .next)),
          RuleDeclaration(id: "same-time", form: .neighbor(kind: "interval", relation: .overlapping, limit: 4096)),
          RuleDeclaration(id: "after", form: .neighbor(kind: "range", among: "interval", relation: .next)),
          RuleDeclaration(
            id: "outliers", form: .neighbor(kind: "range", among: "interval", relation: .outside, limit: 4096)),
          RuleDeclaration(id: "group", form: .group(kind: "plain"), states: ["derived"]),
          RuleDeclaration(id: "later", form: .group(kind: "derived")),
          RuleDeclaration(id: "sums", form: .tally(kind: "count")),
        ])
    ])
    store = FactStore(plan: plan, seed: seed)
    model = NaiveStore()
    check = try plan.call("t") { $0 == .record }
    kinds = try ["box", "interval", "plain", "range"].map { try plan.kind($0) }
    derived = try plan.kind("derived")
    count = try plan.kind("count")
    neighbors = plan.calls.filter { if case .neighbor = $0.form { true } else { false } }
  }

  private mutating func pick(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

  /// Half of everything falls on one key, so that groups grow large and small again.
  private mutating func someKey() -> FactKey { FactKey(UInt64(pick(2) == 0 ? 0 : pick(9))) }

  private mutating func someRecord() -> RecordReference { record(UInt32(pick(3)), UInt64(pick(45)) * 1000) }

  private mutating func extent(for kind: FactKind) -> Extent? {
    guard kind != kinds[2], pick(12) > 0 else { return nil }
    let (x, y) = (Double(pick(60)), Double(pick(60)))
    let size = pick(10) == 0 ? 40 : 8
    return kind == kinds[0]
      ? box(x, y, Double(pick(size)), Double(pick(size))) : interval(x, x + Double(pick(size)))
  }

  private mutating func someFacts(of record: RecordReference, offset: UInt32) -> [StatedFact] {
    (0..<pick(5)).map { index in
      let kind = pick(9) == 0 ? kinds[3] : kinds[pick(3)]
      var stated = StatedFact(
        kind: kind, key: someKey(), places: [.init("", place(record, offset + UInt32(index) * 10))],
        payload: (0..<pick(4)).map { _ in UInt8.random(in: 0...9, using: &random) }, extent: extent(for: kind))
      if pick(5) == 0 {
        stated.places[0].name = "main"
        stated.places.append(.init("other", place(someRecord(), UInt32(pick(9)))))
      }
      return stated
    }
  }

  private mutating func someTallies(of record: RecordReference) -> [StatedTally] {
    (0..<pick(4)).map { index in
      StatedTally(
        kind: count, key: someKey(), bin: UInt32(pick(3)), amount: Int64(pick(9)) - 4,
        place: place(record, UInt32(index) * 10))
    }
  }

  mutating func operate() throws {
    let record = someRecord()
    let owner = Owner.check(record, check)
    switch pick(20) {
    case 0..<9:
      let (facts, tallies) = (someFacts(of: record, offset: 0), someTallies(of: record))
      store.replace(owner: owner, facts: facts, tallies: tallies)
      model.replace(owner, facts: facts, tallies: tallies)
    case 9..<12:
      // The same again, in another order: nothing changes.
      var facts = model.facts[owner] ?? []
      facts.shuffle(using: &random)
      let outcome = store.replace(owner: owner, facts: facts, tallies: model.tallies[owner] ?? [])
      try #require(outcome.changedNothing)
    case 12..<14:
      // One fact moves.
      guard var facts = model.facts[owner], !facts.isEmpty else { return }
      let index = pick(facts.count)
      facts[index].extent = extent(for: facts[index].kind)
      let tallies = model.tallies[owner] ?? []
      store.replace(owner: owner, facts: facts, tallies: tallies)
      model.replace(owner, facts: facts, tallies: tallies)
    case 14..<16:
      let keys = (0..<pick(4)).map { _ in GroupKey(kind: pick(2) == 0 ? kinds[2] : derived, key: someKey()) }
      store.noteReads(of: owner, keys.map { ($0.kind, $0.key) })
      model.noteReads(owner, Set(keys))
    case 16:
      let call = try store.plan.call("t") { $0 == .group(kind: kinds[2]) }
      let owner = Owner.group(someKey(), call)
      let facts = (0..<pick(4)).map { index in
        StatedFact(kind: derived, key: someKey(), places: [.init("", place(record, 1000 + UInt32(index) * 10))])
      }.filter { fact in !model.facts.values.joined().contains { $0 == fact } }
      store.replace(owner: owner, facts: facts)
      model.replace(owner, facts: facts, tallies: [])
      derivedOwners.insert(owner)
    case 17:
      store.remove(owner: owner)
      model.remove(owner)
    case 18:
      let records = [record, someRecord()]
      store.removeRecords(records)
      for record in records { model.remove(.check(record, check)) }
    default:
      guard pick(12) == 0 else { return }
      store.removeDocument(record.document)
      for owner in Set(model.facts.keys).union(model.reads.keys).union(model.tallies.keys)
      where owner.record?.document == record.document { model.remove(owner) }
    }
  }

  mutating func compareQueries(_ at: Comment) throws {
    for kind in kinds + [derived] {
      let key = someKey()
      let expected = model.members(kind, key)
      let limit = pick(3) == 0 ? pick(5) : 4096
      let found = store.facts(kind, key, limit: limit)
      try #require(found.total == expected.count, at)
      try #require(found.facts.map(\.fact) == Array(expected.prefix(limit)), at)
      guard let view = found.facts.randomElement(using: &random) else { continue }
      for relation in Relation.allCases {
        for other in [kind, kinds[1]] {
          let naive = NaiveStore.related(view.fact, relation, in: model.members(other, key))
          let limit = pick(3) == 0 ? 1 + pick(4) : 4096
          let related = store.related(to: view.id, relation: relation, among: other, limit: limit)
          try #require(related.map(\.fact) == Array(naive.prefix(limit)), at)
        }
      }
    }
    let key = someKey()
    try #require(store.totals(count, key) == model.totals(count, key), at)
  }

  /// Everything that waits, against what the model says must be done.
  mutating func compareWork(_ at: Comment) throws {
    var checks: Set<Owner> = []
    var keys: [CallNumber: Set<FactKey>] = [:]
    var relates: [CallNumber: [StatedFact]] = [:]
    let limit = pick(2) == 0 ? Int.max : 7
    let near = someRecord()
    for stage in store.plan.stages.indices {
      var work = store.takeWork(stage, limit: limit, near: near)
      while true {
        for batch in work.checks {
          try #require(batch.items == batch.items.sorted() && batch.items.count <= limit, at)
          for item in batch.items { checks.insert(.check(item, batch.call)) }
        }
        for batch in work.relates {
          for item in batch.items { relates[batch.call, default: []].append(try #require(store.fact(item), at).fact) }
        }
        for batch in work.groups + work.totals { keys[batch.call, default: []].formUnion(batch.items) }
        for owner in work.retired {
          if case .group(let key, let call) = owner { keys[call, default: []].insert(key) }
          if case .totals(let key, let call) = owner { keys[call, default: []].insert(key) }
          if model.facts[owner] != nil { model.remove(owner) }
        }
        guard work.hasMore else { break }
        work = store.takeWork(stage, limit: limit, near: near)
      }
    }
    try #require(store.isSettled, at)
    try #require(store.nextStage == nil, at)
    try #require(checks == model.stale, at)
    for call in store.plan.calls {
      switch call.form {
      case .group(let kind):
        let expected = Set(model.changed.keys.filter { $0.kind == kind }.map(\.key))
        try #require(keys[call.number] ?? [] == expected, at)
      case .totals(let kind):
        let expected = Set(model.changedTallies.filter { $0.kind == kind }.map(\.key))
        try #require(keys[call.number] ?? [] == expected, at)
      case .neighbor, .host, .record: break
      }
    }
    for call in neighbors { try compareRelates(call, relates[call.number] ?? [], at) }
    model.stale = []
    model.changed = [:]
    model.added = []
    model.changedTallies = []
  }

  /// No fact whose related facts differ is left out; and while little changed, none comes that has nothing to do with the change.
  private mutating func compareRelates(_ call: PlannedCall, _ given: [StatedFact], _ at: Comment) throws {
    guard case .neighbor(let kind, let among, let relation, _) = call.form else { return }
    let given = Set(given)
    var now: [StatedFact: [StatedFact]] = [:]
    let touchedKeys = Set(model.changed.keys.filter { $0.kind == kind || $0.kind == among }.map(\.key))
    var members: [FactKey: [StatedFact]] = [:]
    for key in touchedKeys { members[key] = model.members(among, key) }
    for fact in model.facts.values.joined() where fact.kind == kind {
      guard let members = members[fact.key] else {
        now[fact] = before[call.number]?[fact]
        if given.contains(fact) { Issue.record(at) }
        continue
      }
      let related = NaiveStore.related(fact, relation, in: members)
      now[fact] = related
      let isNew = model.added.contains(fact)
      let isGiven = given.contains(fact)
      if !isGiven, isNew || before[call.number]?[fact] != related { Issue.record(at) }
      guard isGiven, !isNew, relation != .next else { continue }
      let changes = model.changed[GroupKey(kind: among, key: fact.key)] ?? []
      guard changes.count <= 64 else { continue }
      let hasToDoWithIt = changes.contains { change in
        guard let own = fact.extent, let other = change.extent else { return false }
        return NaiveStore.holds(relation, own, other)
      }
      if !hasToDoWithIt { Issue.record(at) }
    }
    before[call.number] = now
  }
}
