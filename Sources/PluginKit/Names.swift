import Synchronization

/// Numbers names, so that comparing two of them costs one integer comparison. A name's number holds for the process's life.
final class Names: Sendable {
  static let fields = Names()
  static let kinds = Names()

  private struct Table {
    var numbers: [String: Int] = [:]
    var names: [String] = []
  }
  private let table = Mutex(Table())

  func number(of name: String) -> Int {
    table.withLock { table in
      if let number = table.numbers[name] { return number }
      let number = table.names.count
      table.names.append(name)
      table.numbers[name] = number
      return number
    }
  }

  func name(of number: Int) -> String {
    table.withLock { $0.names.indices.contains(number) ? $0.names[number] : "" }
  }
}
