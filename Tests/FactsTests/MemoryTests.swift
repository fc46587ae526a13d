import Findings
import Manifest
import Testing

@testable import Facts

@Suite struct MemoryTests {
  @Test func aRowAndItsTwoBucketsFitIn64Bytes() {
    #expect(MemoryLayout<FactRow>.stride + 2 * MemoryLayout<UInt32>.stride / 2 <= 64)
    #expect(MemoryLayout<Owner>.size <= 24)
  }

  /// A million facts without payload, whatever their keys and owners, all indexes and unused capacity counted.
  @Test(arguments: ["each its own key and record", "four a record, shared keys", "one key", "one key in no order"])
  func aFactCostsAtMost64Bytes(shape: String) throws {
    let plan = try RulePlan([], hostKinds: ["k"])
    let store = FactStore(plan: plan)
    let kind = try plan.kind("k")
    #if DEBUG
      let total = 200_000
    #else
      let total = 1_000_000
    #endif
    let perRecord = shape.hasPrefix("four") ? 4 : 1
    for step in 0..<total / perRecord {
      // A step that has no divisor in common with the total visits every number once.
      let index = shape.hasSuffix("no order") ? step * 77_777 % total : step
      let owner = record(UInt32(index >> 14), UInt64(index) << 32)
      let facts = (0..<perRecord).map { number in
        let key: UInt64 =
          switch (shape.first, number) {
          case ("o", _): 1
          case ("e", _), (_, 0): UInt64(index) << 8
          case (_, 1): UInt64(index / 10) << 8 | 1
          default: UInt64(index % 80) << 8 | UInt64(number)
          }
        return fact(kind, key, place(owner, UInt32(number) * 10))
      }
      store.replace(owner: .host(owner), facts: facts)
    }
    #expect(store.count == total)
    let perFact = Double(store.byteCount) / Double(total)
    print("bytes a fact, \(shape): \(perFact)")
    #expect(perFact <= 64)
  }
}
