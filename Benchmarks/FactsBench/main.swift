// Prints what a stored fact takes and what stating it costs: `FactsBench [facts]`. Asserts nothing.
import Facts
import Findings
import Manifest

let total = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
let plan = try RulePlan([], hostKinds: ["k"])
guard let kind = plan.kinds["k"] else { fatalError("The plan has the kind it was made with") }

/// Facts of records of one document, so many a record, under as many keys as `keys` says; with a payload as a claim has it.
func measure(_ name: String, perRecord: Int, keys: Int, payload: [UInt8]) {
  let store = FactStore(plan: plan)
  let clock = ContinuousClock()
  let time = clock.measure {
    for step in 0..<total / perRecord {
      let owner = RecordReference(document: DocumentID(1), record: RecordID(label: UInt64(step) << 32))
      let facts = (0..<perRecord).map { number in
        StatedFact(
          kind: kind, key: FactKey(high: 1, low: UInt64((step * perRecord + number) % keys)),
          places: [.init("", Place(record: owner, start: UInt32(number) * 10, end: UInt32(number) * 10 + 5))],
          payload: payload)
      }
      store.replace(owner: .host(owner), facts: facts)
    }
  }
  let bytes = Double(store.byteCount) / Double(max(1, store.count))
  let nanoseconds = Double(time.components.attoseconds) / 1e9 + Double(time.components.seconds) * 1e9
  let each = Int(nanoseconds / Double(max(1, store.count)))
  print("| \(name) | \(store.count) | \((bytes * 10).rounded() / 10) | \(each) |")
}

print("| facts | count | bytes a fact, indexes included | ns to state one |\n| --- | --- | --- | --- |")
measure("one a record, each its own key", perRecord: 1, keys: .max, payload: [])
measure("four a record, ten a key", perRecord: 4, keys: total / 10, payload: [])
measure(
  "one a record, two a key, a claim's payload of 24 bytes", perRecord: 1, keys: total / 2,
  payload: Array(repeating: 7, count: 24))
