import Facts
import Findings
import Manifest

/// Facts of 2,000 boxes on 250 pictures are stated, and 1,000 boxes moved, each time with the work that follows from it.
struct FactWork {
  private let store: FactStore
  private let box: FactKind
  private let sum: FactKind
  private let check: CallNumber

  static func plan() throws -> RulePlan {
    try RulePlan([
      PluginDeclaration(
        id: "counted",
        rules: [
          RuleDeclaration(id: "states", form: .record, states: ["box", "sum"]),
          RuleDeclaration(id: "overlaps", form: .neighbor(kind: "box", relation: .overlapping)),
          RuleDeclaration(id: "together", form: .group(kind: "box")),
          RuleDeclaration(id: "adds", form: .tally(kind: "sum")),
        ])
    ])
  }

  init(_ plan: RulePlan) throws {
    guard let box = plan.kinds["box"], let sum = plan.kinds["sum"], let check = plan.check(of: "counted") else {
      throw WrongWork(description: "The plan lacks what it was made with")
    }
    (self.box, self.sum, self.check) = (box, sum, check.number)
    // Where keys lie must not differ from run to run.
    store = FactStore(plan: plan, seed: 1)
  }

  func run() throws -> Int {
    var chance = Chance(5)
    for number in 0..<2000 { state(number, &chance) }
    var work = drain()
    for _ in 0..<1000 {
      state(chance.next(2000), &chance)
      work += drain()
    }
    guard store.count == 2000, work > 2000 else { throw WrongWork(description: "\(store.count) facts, \(work) calls") }
    return work
  }

  private func state(_ number: Int, _ chance: inout Chance) {
    let record = RecordReference(document: DocumentID(1), record: RecordID(label: UInt64(number + 1) << 32))
    let place = Place(record: record, start: 10, end: 40)
    let (x, y) = (Double(chance.next(1800)), Double(chance.next(1000)))
    let key = FactKey(high: 1, low: UInt64(number / 8))
    let fact = StatedFact(
      kind: box, key: key, places: [.init("", place)], payload: [7, 7, 7, 7],
      extent: Extent(form: .box, minX: x, minY: y, maxX: x + 100, maxY: y + 80))
    let tally = StatedTally(kind: sum, key: key, bin: UInt32(chance.next(8)), amount: 1, place: place)
    store.replace(owner: .check(record, check), facts: [fact], tallies: [tally])
  }

  /// Takes all work that waits; how many calls it is.
  private func drain() -> Int {
    var calls = 0
    while let stage = store.nextStage {
      let work = store.takeWork(stage)
      calls +=
        work.relates.reduce(0) { $0 + $1.items.count } + work.groups.reduce(0) { $0 + $1.items.count }
        + work.totals.reduce(0) { $0 + $1.items.count }
    }
    return calls
  }
}
