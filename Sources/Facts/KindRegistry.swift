/// Fact kinds by name (`vision/region`) and number. Numbers are given in order of registration and never change.
package struct KindRegistry: Sendable {
  private var numbers: [String: FactKind] = [:]
  package private(set) var names: [String] = []

  package init() {}

  package var count: Int { names.count }

  /// The kind of this name, new if it is; `nil` when 65,535 kinds are taken.
  package mutating func register(_ name: String) -> FactKind? {
    if let known = numbers[name] { return known }
    guard let number = UInt16(exactly: names.count), number < .max else { return nil }
    names.append(name)
    numbers[name] = FactKind(number)
    return FactKind(number)
  }

  package subscript(name: String) -> FactKind? { numbers[name] }
  package func name(of kind: FactKind) -> String {
    Int(kind.number) < names.count ? names[Int(kind.number)] : "?"
  }
}
