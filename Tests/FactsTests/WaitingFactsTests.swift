import Findings
import Manifest
import Testing

@testable import Facts

/// Facts that wait to be related, beside a sorted list of them.
@Suite struct WaitingFactsTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func theNearestAreTakenAndEachOnce(seed: UInt64) throws {
    var random = SplitMix64(seed)
    let plan = try RulePlan([], hostKinds: ["k"])
    let kind = try plan.kind("k")
    let table = FactTable(seed: seed)
    var rows: [UInt32] = []
    for number in 0..<400 {
      let record = record(1, UInt64.random(in: 0..<200, using: &random) * 10)
      let stated = fact(kind, UInt64(number), place(record, UInt32(number)))
      rows.append(try #require(table.insert(stated, blob: [], owner: .host(record))).row)
    }
    var waiting = WaitingFacts()
    var model: [UInt32] = []
    func add(_ added: [UInt32]) {
      waiting.add(added, table)
      model = Set(model).union(added).sorted(by: table.facts.precedes)
    }
    add(Array(rows[..<250]) + Array(rows[..<50]))
    for step in 0..<60 {
      if step == 9 { add(Array(rows[200...])) }
      if step % 7 == 3, let gone = model.randomElement(using: &random) {
        table.remove(gone, owner: .host(table.facts[gone].reference))
        model.removeAll { $0 == gone }
      }
      let near = step % 5 == 0 ? nil : record(1, UInt64.random(in: 0..<2000, using: &random))
      let limit = Int.random(in: 1...20, using: &random)
      let taken = waiting.take(limit, near: near, table).map(\.row)
      // One stretch of what waits, on both sides of where somebody looks.
      let start = try #require(taken.first.map { model.firstIndex(of: $0) } ?? model.startIndex)
      #expect(Array(model[start..<(start + taken.count)]) == taken)
      #expect(taken.count <= limit)
      let middle = near.map { near in model.firstIndex { table.facts[$0].reference >= near } ?? model.count } ?? 0
      #expect(start <= middle && middle <= start + taken.count || model.isEmpty)
      model.removeSubrange(start..<(start + taken.count))
    }
    while !waiting.isEmpty {
      let taken = waiting.take(7, near: nil, table).map(\.row)
      #expect(Array(model.prefix(taken.count)) == taken)
      model.removeFirst(taken.count)
    }
    #expect(model.isEmpty)
  }

  @Test func repetitionsAreTakenOut() {
    for (given, wanted) in [
      ([], []), ([1], [1]), ([1, 1, 1], [1]), ([1, 2, 2, 3, 3, 3, 4], [1, 2, 3, 4]), ([1, 2], [1, 2]),
    ] {
      var records = given.map { record(1, UInt64($0)) }
      records.removeRepetitions()
      #expect(records == wanted.map { record(1, UInt64($0)) })
    }
  }
}
