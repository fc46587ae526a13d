import Findings
import Manifest
import Testing

@testable import Facts

/// Sketches beside a model: whoever shares a key with another is told of with all who have it, and nobody else.
@Suite struct SketchTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64], [false, true])
  func whoSharesAKeyIsToldOfTogether(seed: UInt64, isReadOtherwise: Bool) throws {
    var run = try SketchRun(seed: seed, isReadOtherwise: isReadOtherwise)
    for step in 0..<1_500 {
      run.operate()
      if step % 4 == 3 { try run.compare("seed \(seed) step \(step)") }
    }
    for document in 0..<2 as Range<UInt32> { run.store.removeDocument(DocumentID(document)) }
    run.sketches = [:]
    try run.compare("seed \(seed), empty")
    #expect(run.store.count == 0)
    #expect(run.store.sketches.owners(in: DocumentID(0)).isEmpty)
  }

  @Test func anEqualSketchWakesNobody() throws {
    let run = try SketchRun(seed: 7, isReadOtherwise: false)
    let sketch = StatedSketch(kind: run.kind, place: place(record(0, 1)), keys: [1, 2, 3])
    let other = StatedSketch(kind: run.kind, place: place(record(0, 2)), keys: [3, 4, 5])
    run.store.replace(owner: .check(record(0, 1), run.check), facts: [], sketches: [sketch])
    run.store.replace(owner: .check(record(0, 2), run.check), facts: [], sketches: [other])
    #expect(run.store.count == 2)
    _ = run.store.takeWork(0)
    let outcome = run.store.replace(owner: .check(record(0, 2), run.check), facts: [], sketches: [other])
    #expect(outcome.changedNothing && run.store.isSettled)
  }

  @Test func whatIsBeyondBoundsIsDropped() throws {
    let run = try SketchRun(seed: 8, isReadOtherwise: false)
    let owner = Owner.check(record(0, 1), run.check)
    let long = StatedSketch(kind: run.kind, place: place(record(0, 1)), keys: Array(0..<65))
    let elsewhere = StatedSketch(kind: run.kind, place: place(record(0, 2)), keys: [1])
    let undeclared = StatedSketch(kind: FactKind(9_999), place: place(record(0, 1)), keys: [1])
    let outcome = run.store.replace(owner: owner, facts: [], sketches: [long, elsewhere, undeclared])
    #expect(outcome.dropped == 3 && outcome.added == 0)
  }

  /// Fourteen keys a record, which nobody shares.
  @Test func aKeyThatNobodySharesCosts24Bytes() throws {
    let run = try SketchRun(seed: 9, isReadOtherwise: false)
    let before = run.store.byteCount
    var random = SplitMix64(9)
    for index in 0..<20_000 as Range<UInt64> {
      let record = record(0, index << 8)
      let sketch = StatedSketch(kind: run.kind, place: place(record), keys: (0..<14).map { _ in random.next() })
      run.store.replace(owner: .check(record, run.check), facts: [], sketches: [sketch])
    }
    #expect(run.store.count == 0)
    #expect(Double(run.store.byteCount - before) / (20_000 * 14) <= 24)
  }
}

private struct SketchRun {
  var random: SplitMix64
  let store: FactStore
  let kind: FactKind
  let check: CallNumber
  let group: CallNumber
  var sketches: [RecordReference: [StatedSketch]] = [:]
  /// What the group call was last shown of each key.
  var told: [FactKey: [StatedFact]] = [:]
  /// Whether another rule reads the facts too, so that each key must be one.
  let isReadOtherwise: Bool

  init(seed: UInt64, isReadOtherwise: Bool) throws {
    random = SplitMix64(seed)
    self.isReadOtherwise = isReadOtherwise
    var rules = [
      RuleDeclaration(id: "states", form: .record, states: ["band"]),
      RuleDeclaration(id: "pairs", form: .group(kind: "band", fewest: 2)),
    ]
    if isReadOtherwise { rules.append(RuleDeclaration(id: "looks", form: .record, lookUps: ["band"])) }
    let plan = try RulePlan([PluginDeclaration(id: "t", rules: rules)])
    store = FactStore(plan: plan, seed: seed)
    kind = try plan.kind("band")
    check = try plan.call("t") { $0 == .record }
    group = try plan.call("t") { if case .group = $0 { true } else { false } }
  }

  mutating func operate() {
    let record = record(UInt32.random(in: 0..<2, using: &random), UInt64.random(in: 1...40, using: &random) << 8)
    var stated: [StatedSketch] = []
    if Int.random(in: 0..<4, using: &random) > 0 {
      for start in 0..<UInt32.random(in: 1...2, using: &random) {
        let keys = (0..<Int.random(in: 1...6, using: &random)).map { _ in UInt64.random(in: 0..<60, using: &random) }
        stated.append(StatedSketch(kind: kind, place: place(record, start * 7), keys: keys))
      }
    }
    if Int.random(in: 0..<20, using: &random) == 0, let known = sketches[record] { stated = known }
    sketches[record] = stated.isEmpty ? nil : stated
    let facts = stated.isEmpty ? [] : [fact(kind, 1 << 40 | record.record.label, place(record))]
    store.replace(owner: .check(record, check), facts: facts, sketches: stated)
  }

  mutating func compare(_ name: String) throws {
    while let stage = store.nextStage {
      let work = store.takeWork(stage)
      for case .group(let key, _) in work.retired { told[key] = nil }
      for key in work.groups.filter({ $0.call == group }).flatMap(\.items) {
        told[key] = store.facts(kind, key, limit: .max).facts.map(\.fact)
      }
    }
    // By the number itself: what the store calls it is its own affair.
    var expected: [UInt64: Set<Member>] = [:]
    for stated in sketches.values.joined() {
      for (position, key) in stated.keys.enumerated() {
        expected[key, default: []].insert(Member(place: stated.place, position: UInt8(position)))
      }
    }
    let wanted = Set(expected.values.filter { $0.count > 1 })
    let found = told.filter { StatedSketch.isOfSketch($0.key) }.values.map { facts in
      Set(facts.map { Member(place: $0.places[0].place, position: $0.payload[0]) })
    }
    try #require(found.count == Set(found).count && Set(found) == wanted, "\(name)")
    if isReadOtherwise {
      let all = sketches.values.joined().reduce(0) { $0 + $1.keys.count }
      try #require(store.count == all + sketches.count, "\(name)")
    }
  }

  struct Member: Hashable {
    var place: Place
    var position: UInt8
  }
}
