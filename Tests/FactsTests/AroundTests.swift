import Findings
import Manifest
import Testing

@testable import Facts

/// The facts of a key near a record.
@Suite struct AroundTests {
  /// Below and above the number of members from which a key has an index of its own.
  @Test(arguments: [0, 1, 5, 20, 33, 700])
  func theNearestInOrder(count: Int) throws {
    let plan = try RulePlan(
      [], hostKinds: ["host/id"], links: [])
    let kind = try plan.kind("host/id")
    let store = FactStore(plan: plan, seed: 1)
    let labels = (0..<count).map { UInt64($0) * 10 + 10 }
    for label in labels.shuffled() {
      store.replace(owner: .host(record(1, label)), facts: [fact(kind, 7, place(record(1, label)))])
    }
    for near in [0, 5, 10, 15, 300, 100_000] as [UInt64] {
      for limit in [0, 1, 4, 10, 1000] {
        let found = store.facts(kind, FactKey(7), around: record(1, near), limit: limit)
          .compactMap { $0.fact.places.first?.place.record.record.label }
        #expect(found.count <= limit)
        #expect(found == found.sorted())
        #expect(labels.filter { found.contains($0) } == found)
        let before = labels.count { $0 < near }
        #expect(found.count { $0 < near } >= min(limit / 2, before))
        // Without gaps, and with the record itself if there is room for one behind.
        if let first = found.first, let last = found.last {
          #expect(labels.count { first <= $0 && $0 <= last } == found.count)
        }
        if limit > 1, labels.contains(near) { #expect(found.contains(near)) }
      }
    }
  }
}
