/// What was worked out of one record, until the call that brought it ends. A class, because all rules share it.
///
/// A few things are known at a time: looking through them costs less than hashing names would.
final class Memo {
  private class Known {}
  private final class Value<Result>: Known {
    let value: Result
    init(_ value: Result) { self.value = value }
  }

  private var known: [(name: StaticString, node: Int, value: Known)] = []

  func value<Result>(_ name: StaticString, _ node: Int, _ make: () -> Result) -> Result {
    for item in known where item.node == node && Self.isSame(item.name, name) {
      if let found = item.value as? Value<Result> { return found.value }
    }
    let made = make()
    known.append((name, node, Value(made)))
    return made
  }

  private static func isSame(_ a: StaticString, _ b: StaticString) -> Bool {
    guard a.hasPointerRepresentation, b.hasPointerRepresentation, a.utf8CodeUnitCount == b.utf8CodeUnitCount else {
      return false
    }
    return unsafe a.utf8Start == b.utf8Start
      || a.withUTF8Buffer { a in b.withUTF8Buffer { b in unsafe a.elementsEqual(b) } }
  }

  func reset() { if !known.isEmpty { known.removeAll(keepingCapacity: true) } }
}
