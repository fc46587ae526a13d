import Findings
import Manifest

@testable import Facts

/// A seeded generator, so that every failure can be had again.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

func record(_ document: UInt32, _ label: UInt64) -> RecordReference {
  RecordReference(document: DocumentID(document), record: RecordID(label: label))
}

func place(_ record: RecordReference, _ start: UInt32 = 0, _ end: UInt32? = nil) -> Place {
  Place(record: record, start: start, end: end ?? start + 5)
}

func fact(
  _ kind: FactKind, _ key: UInt64, _ place: Place, payload: [UInt8] = [], extent: Extent? = nil
) -> StatedFact {
  StatedFact(
    kind: kind, key: FactKey(high: 0, low: key), places: [.init("", place)], payload: payload, extent: extent)
}

func box(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> Extent {
  Extent(form: .box, minX: x, minY: y, maxX: x + width, maxY: y + height)
}

func interval(_ start: Double, _ end: Double) -> Extent {
  Extent(form: .interval, minX: start, minY: 0, maxX: end, maxY: 0)
}

extension FactKey {
  init(_ low: UInt64) { self.init(high: 0, low: low) }
}

extension RulePlan {
  func call(_ plugin: String, _ isWanted: (PlannedCall.Form) -> Bool) throws -> CallNumber {
    guard let call = calls.first(where: { $0.plugin == plugin && isWanted($0.form) }) else {
      throw PlanError(code: .tooMany, message: "no such call")
    }
    return call.number
  }

  func kind(_ name: String) throws -> FactKind {
    guard let kind = kinds[name] else { throw PlanError(code: .tooMany, message: "no kind \(name)") }
    return kind
  }
}
