import Findings
import Manifest
import Testing

@testable import Facts

/// Keys so large that chunks, caps and walks in order all come into play.
@Suite struct LargeKeyTests {
  struct Layout: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var form: Extent.Form
    var area: Double
    var size: Double
    /// One in so many is fifty times as large.
    var largeOneIn: Int

    func extent(_ random: inout SplitMix64) -> Extent {
      let factor: Double = Int.random(in: 0..<largeOneIn, using: &random) == 0 ? 50 : 1
      func some(_ bound: Double) -> Double { Double.random(in: 0..<bound, using: &random).rounded(.down) }
      let x = some(2 * area) - area
      return form == .box
        ? box(x, some(2 * area) - area, some(size * factor), some(size * factor))
        : interval(x, x + some(size * factor))
    }
  }

  static let layouts = [
    Layout(testDescription: "sparse boxes", form: .box, area: 5_000, size: 60, largeOneIn: 1000),
    Layout(testDescription: "boxes of all sizes", form: .box, area: 1_000, size: 20, largeOneIn: 8),
    Layout(testDescription: "all on one heap", form: .box, area: 4, size: 30, largeOneIn: 1000),
    Layout(testDescription: "tiny boxes far out", form: .box, area: 1e12, size: 1e-3, largeOneIn: 3),
    Layout(testDescription: "intervals", form: .interval, area: 20_000, size: 12, largeOneIn: 200),
  ]

  @Test(arguments: layouts)
  func answersAreThoseOfAWalkThroughAll(layout: Layout) throws {
    let relations = Relation.allCases
    let plan = try RulePlan(
      [
        PluginDeclaration(
          id: "p",
          rules: relations.map {
            RuleDeclaration(id: "\($0)", form: .neighbor(kind: "k", relation: $0, limit: 4096))
          })
      ], hostKinds: ["k"])
    let store = FactStore(plan: plan)
    let kind = try plan.kind("k")
    var random = SplitMix64(7)
    var model: [UInt64: StatedFact] = [:]
    func state(_ label: UInt64, _ random: inout SplitMix64) {
      let stated = fact(kind, 1, place(record(1, label)), extent: layout.extent(&random))
      store.replace(owner: .host(record(1, label)), facts: [stated])
      model[label] = stated
    }
    for _ in 0..<1_000 { state(UInt64.random(in: 0..<100_000, using: &random), &random) }
    _ = store.takeWork(0)
    for round in 0..<16 {
      let old = Array(model.values)
      var changed: [StatedFact] = []
      for label in model.keys.sorted().shuffled(using: &random).prefix(round % 3) {
        changed.append(try #require(model[label]))
        state(label, &random)
        changed.append(try #require(model[label]))
      }
      if round % 4 == 0, let label = model.keys.sorted().randomElement(using: &random) {
        let gone = model.removeValue(forKey: label)
        changed.append(try #require(gone))
        store.removeRecords([record(1, label)])
      }
      let members = model.values.sorted { NaiveStore.precedes($0.places[0].place, $1.places[0].place) }
      try checkWork(store, plan, changed: changed, old: old, members: members)
      for view in store.facts(kind, FactKey(1), limit: .max).facts.shuffled(using: &random).prefix(4) {
        for relation in relations {
          let expected = NaiveStore.related(view.fact, relation, in: members)
          for limit in [3, 5_000] {
            let found = store.related(to: view.id, relation: relation, limit: limit)
            try #require(found.map(\.fact) == Array(expected.prefix(limit)), "\(relation), round \(round)")
          }
        }
      }
    }
    for label in model.keys { store.removeRecords([record(1, label)]) }
    #expect(store.count == 0 && store.facts.large.isEmpty)
  }

  private static func successors(in facts: [StatedFact]) -> [StatedFact: StatedFact] {
    let sorted = facts.compactMap { fact in
      fact.extent.map { (fact: fact, spot: Spot(extent: $0, place: fact.places[0].place)) }
    }.sorted { $0.spot < $1.spot }.map(\.fact)
    return Dictionary(uniqueKeysWithValues: zip(sorted, sorted.dropFirst()))
  }

  /// Whoever relates to what changed is woken: for `next`, those whose next one differs.
  private func checkWork(
    _ store: FactStore, _ plan: RulePlan, changed: [StatedFact], old: [StatedFact], members: [StatedFact]
  ) throws {
    let work = store.takeWork(0)
    let wasThere = Set(old)
    let (nextBefore, nextNow) = (Self.successors(in: old), Self.successors(in: members))
    for call in plan.calls {
      guard case .neighbor(_, _, let relation, _) = call.form else { continue }
      let batches = work.relates.filter { $0.call == call.number }
      let woken = Set(batches.flatMap(\.items).compactMap { store.fact($0)?.fact })
      for fact in members {
        let must: Bool
        if !wasThere.contains(fact) {
          must = true
        } else if relation == .next {
          must = nextBefore[fact] != nextNow[fact]
        } else {
          must = changed.contains { change in
            guard let own = fact.extent, let other = change.extent else { return false }
            return NaiveStore.holds(relation, own, other)
          }
        }
        if must, !woken.contains(fact) { Issue.record("\(relation): \(fact) sleeps") }
      }
    }
  }
}
