/// Sequences of values, compared place by place.
struct Sequences<Base: Comparator>: ReadingComparator {
  let base: Base

  var isTolerant: Bool { base.isTolerant }
  var hasRecurringValues: Bool { false }

  func verdict(_ a: [Base.Reading], _ b: [Base.Reading], steps: inout Int) -> Verdict {
    guard a.count == b.count else { return .differ }
    var isKnown = true
    for (x, y) in zip(a, b) where x != y {
      guard steps > 0 else { return .unknown }
      steps -= 1
      switch base.verdict(x, y, steps: &steps) {
      case .agree: break
      case .differ: return .differ
      case .unknown: isKnown = false
      }
    }
    return isKnown ? .agree : .unknown
  }
}
