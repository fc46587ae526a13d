import Findings
import Manifest
import Testing

@testable import Facts

@Suite struct StoreTests {
  private let store: FactStore
  private let kinds: (size: FactKind, area: FactKind, sum: FactKind)
  private let check: CallNumber
  private let group: CallNumber

  init() throws {
    let plan = try RulePlan([
      PluginDeclaration(
        id: "p",
        rules: [
          RuleDeclaration(id: "a", form: .record, states: ["size"]),
          RuleDeclaration(id: "b", form: .record, lookUps: ["size", "area"]),
          RuleDeclaration(id: "c", form: .group(kind: "size"), states: ["area", "sum"]),
          RuleDeclaration(id: "d", form: .tally(kind: "sum")),
        ])
    ])
    store = FactStore(plan: plan)
    kinds = (try plan.kind("size"), try plan.kind("area"), try plan.kind("sum"))
    check = try #require(plan.check(of: "p")).number
    let size = kinds.size
    group = try plan.call("p") { $0 == .group(kind: size) }
  }

  private func settle() { for stage in store.plan.stages.indices { _ = store.takeWork(stage) } }

  @Test func aMissIsRemembered() {
    let reader = record(1, 10)
    store.replace(owner: .check(reader, check), facts: [], reads: [(kinds.size, FactKey(7))])
    #expect(store.isSettled)
    store.replace(owner: .check(record(1, 20), check), facts: [fact(kinds.size, 8, place(record(1, 20)))])
    #expect(store.takeWork(0).checks.isEmpty)
    store.replace(owner: .check(record(2, 20), check), facts: [fact(kinds.size, 7, place(record(2, 20)))])
    #expect(store.takeWork(0).checks.map(\.items) == [[reader]])
    #expect(store.takeWork(0).checks.isEmpty)
  }

  @Test func aStageWithoutAChangeWakesNobody() {
    let (source, reader, key) = (record(1, 10), record(1, 20), FactKey(7))
    let areaFact = { (payload: UInt8) in fact(self.kinds.area, 7, place(source), payload: [payload]) }
    store.replace(owner: .check(source, check), facts: [fact(kinds.size, 7, place(source), payload: [1])])
    store.replace(owner: .group(key, group), facts: [areaFact(9)])
    store.replace(owner: .check(reader, check), facts: [], reads: [(kinds.area, key)])
    settle()
    // The size changes, and the group is worked out again; the area comes out the same.
    store.replace(owner: .check(source, check), facts: [fact(kinds.size, 7, place(source), payload: [2])])
    #expect(store.takeWork(0).groups.map(\.items) == [[key]])
    #expect(store.replace(owner: .group(key, group), facts: [areaFact(9)]).changedNothing)
    #expect(store.isSettled)
    // Only when the area differs is its reader woken, in the next stage.
    store.replace(owner: .group(key, group), facts: [areaFact(8)])
    #expect(store.nextStage == 1)
    #expect(store.takeWork(0).isEmpty)
    #expect(store.takeWork(1).checks.map(\.items) == [[reader]])
  }

  @Test func aGroupThatIsGoneTakesItsFactsAlong() {
    let (source, key) = (record(1, 10), FactKey(7))
    store.replace(owner: .check(source, check), facts: [fact(kinds.size, 7, place(source))])
    let tally = StatedTally(kind: kinds.sum, key: key, bin: 0, amount: 1, place: place(source))
    store.replace(owner: .group(key, group), facts: [fact(kinds.area, 7, place(source))], tallies: [tally])
    settle()
    store.removeRecords([source])
    let work = store.takeWork(0)
    #expect(work.retired == [.group(key, group)])
    #expect(store.count == 0)
    #expect(store.totals(kinds.sum, key).isEmpty)
    let later = store.takeWork(1)
    #expect(later.retired.count == 1 && later.totals.isEmpty)
    #expect(store.isSettled)
  }

  @Test func unchangedFactsKeepTheirIdAndChangedOnesGetANewOne() throws {
    let source = record(1, 10)
    let stays = fact(kinds.size, 1, place(source, 0))
    store.replace(owner: .check(source, check), facts: [stays, fact(kinds.size, 1, place(source, 9))])
    let before = store.facts(kinds.size, FactKey(1)).facts
    let outcome = store.replace(
      owner: .check(source, check), facts: [fact(kinds.size, 1, place(source, 9), payload: [1]), stays])
    #expect(outcome == .init(added: 1, removed: 1, dropped: 0))
    let after = store.facts(kinds.size, FactKey(1)).facts
    #expect(before[0].id == after[0].id)
    #expect(before[1].id != after[1].id)
    #expect(store.fact(before[1].id) == nil)
    #expect(store.related(to: before[1].id, relation: .next).isEmpty)
  }

  @Test func anEqualFactTwiceIsTwoFacts() {
    let source = record(1, 10)
    let twice = [fact(kinds.size, 1, place(source)), fact(kinds.size, 1, place(source))]
    store.replace(owner: .check(source, check), facts: twice)
    #expect(store.count(kinds.size, FactKey(1)) == 2)
    #expect(store.replace(owner: .check(source, check), facts: twice).changedNothing)
    store.replace(owner: .check(source, check), facts: [twice[0]])
    #expect(store.count(kinds.size, FactKey(1)) == 1)
  }

  @Test func whatIsOutOfBoundsIsDroppedAndCounted() {
    let source = record(1, 10)
    let good = fact(kinds.size, 1, place(source))
    var noPlace = good
    noPlace.places = []
    var manyPlaces = good
    manyPlaces.places = Array(repeating: .init("", place(source)), count: 9)
    var longName = good
    longName.places[0].name = String(repeating: "n", count: 33)
    let stated = [
      good, fact(kinds.area, 1, place(source)), fact(FactKind(999), 1, place(source)),
      fact(kinds.size, 1, place(record(1, 11))),
      fact(kinds.size, 1, place(source), payload: Array(repeating: 0, count: 257)), noPlace, manyPlaces, longName,
    ]
    let outcome = store.replace(owner: .check(source, check), facts: stated)
    #expect(outcome == .init(added: 1, removed: 0, dropped: 7))
    #expect(store.replace(owner: .check(source, CallNumber(900)), facts: [good]).dropped == 1)
    let tally = StatedTally(kind: kinds.size, key: FactKey(1), bin: 0, amount: 1, place: place(record(4, 4)))
    #expect(store.replace(owner: .host(source), facts: [], tallies: [tally]).dropped == 1)
  }

  @Test func theLargestFactComesBackWhole() {
    let source = record(1, 10)
    var largest = fact(
      kinds.size, 1, place(source), payload: (0...255).map { UInt8($0) }, extent: box(-1.5, 2, 3, 4))
    largest.places = (0..<8 as Range<UInt32>).map {
      .init(String(repeating: "é", count: 16), place($0 == 0 ? source : record($0, .max), $0, .max))
    }
    store.replace(owner: .check(source, check), facts: [largest])
    #expect(store.facts(kinds.size, FactKey(1)).facts.map(\.fact) == [largest])
  }

  @Test(arguments: [
    Extent(form: .box, minX: .nan, minY: 0, maxX: 1, maxY: 1),
    Extent(form: .box, minX: 2, minY: 0, maxX: 1, maxY: 1),
    Extent(form: .interval, minX: 0, minY: 0, maxX: .infinity, maxY: 0),
  ])
  func extentsThatSayNothingAreNoExtents(extent: Extent) {
    let source = record(1, 10)
    store.replace(owner: .check(source, check), facts: [fact(kinds.size, 1, place(source), extent: extent)])
    #expect(store.facts(kinds.size, FactKey(1)).facts.map(\.fact.extent) == [nil])
  }

  @Test func sumsWrapAndComeBack() {
    let source = record(1, 10)
    let amounts: [Int64] = [.max, .max, 5]
    let tallies = amounts.enumerated().map { index, amount in
      StatedTally(
        kind: kinds.sum, key: FactKey(1), bin: 3, amount: amount, place: place(source, UInt32(index) * 10))
    }
    store.replace(owner: .group(FactKey(1), group), facts: [], tallies: tallies)
    store.replace(owner: .group(FactKey(1), group), facts: [], tallies: [tallies[2]])
    #expect(
      store.totals(kinds.sum, FactKey(1)) == [Total(bin: 3, count: 1, amount: 5, places: [place(source, 20)])])
  }

  @Test func aWideChangeComesNearestFirst() {
    let readers = (0..<100 as Range<UInt64>).map { record(1, $0) }
    for reader in readers {
      store.replace(owner: .check(reader, check), facts: [], reads: [(kinds.size, FactKey(1))])
    }
    store.replace(owner: .check(record(2, 1), check), facts: [fact(kinds.size, 1, place(record(2, 1)))])
    let first = store.takeWork(0, limit: 10, near: record(1, 50))
    #expect(first.checks.map(\.items) == [Array(readers[45..<55])])
    #expect(first.hasMore)
    #expect(!store.isSettled)
    let second = store.takeWork(0, limit: 10, near: record(1, 99))
    #expect(second.checks.map(\.items) == [Array(readers[90..<100])])
    store.removeRecords(Array(readers[0..<40]))
    let rest = store.takeWork(0)
    #expect(rest.checks.map(\.items) == [Array(readers[40..<45] + readers[55..<90])])
    #expect(store.isSettled)
  }

  @Test func aChangeWhileACheckRunsWakesItAgain() {
    let reader = record(1, 10)
    store.noteReads(of: .check(reader, check), [(kinds.size, FactKey(1))])
    store.replace(owner: .check(record(1, 20), check), facts: [fact(kinds.size, 1, place(record(1, 20)))])
    store.replace(owner: .check(reader, check), facts: [])
    #expect(store.takeWork(0).checks.map(\.items) == [[reader]])
    // Who looks after the change knows it already.
    store.replace(owner: .check(record(1, 20), check), facts: [])
    store.noteReads(of: .check(reader, check), [(kinds.size, FactKey(1))])
    #expect(store.takeWork(0).checks.isEmpty)
  }
}
