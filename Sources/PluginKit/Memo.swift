/// What was worked out of one record, until the call that brought it ends. A class, because all rules share it.
final class Memo {
  private struct Name: Hashable {
    let name: String
    let node: Int
  }
  private var known: [Name: Any] = [:]

  func value<Result>(_ name: String, _ node: Int, _ make: () -> Result) -> Result {
    let name = Name(name: name, node: node)
    if let found = known[name] as? Result { return found }
    let made = make()
    known[name] = made
    return made
  }

  func reset() { known.removeAll(keepingCapacity: true) }
}
