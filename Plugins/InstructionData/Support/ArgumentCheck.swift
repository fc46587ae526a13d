import PluginKit

/// What a call gives, held against what its tool wants to know. Only what every edition of JSON Schema has in common.
struct ArgumentCheck {
  typealias Path = [WrittenJSON.Step]

  /// What is wrong with the part of the arguments at a path.
  struct Fault {
    enum Kind {
      case missing
      case unknown
      case kind(wanted: String)
      case choice(among: String)
    }
    let kind: Kind
    /// The member that is missing, or the part that is wrong.
    let path: Path

    /// Its name as people write it: `stops[1].city`.
    var name: String {
      path.reduce(into: "") { out, step in
        switch step {
        case .member(let name): out += out.isEmpty ? name : "." + name
        case .element(let position): out += "[\(position)]"
        }
      }
    }
  }

  private static let mostFaults = 8
  private static let mostLevels = 8
  private static let mostElements = 64
  /// Words that say more of an object than its members do.
  private static let open = ["patternProperties", "anyOf", "oneOf", "allOf", "if", "$ref", "unevaluatedProperties"]

  private var faults: [Fault] = []

  /// At most eight: of each object first what is missing, then its members by name.
  static func faults(_ arguments: JSON, _ parameters: JSON) -> [Fault] {
    guard case .object = arguments, case .object = parameters else { return [] }
    var check = ArgumentCheck()
    check.object(arguments, parameters, [])
    return Array(check.faults.prefix(mostFaults))
  }

  private mutating func object(_ value: JSON, _ description: JSON, _ path: Path) {
    guard case .object(let given) = value else { return }
    var wanted: [String: JSON] = [:]
    if case .object(let properties)? = description["properties"] { wanted = properties }
    for name in (description["required"]?.array ?? []).compactMap(\.text) where given[name] == nil {
      faults.append(Fault(kind: .missing, path: path + [.member(name)]))
    }
    let isClosed = description["additionalProperties"].map { $0.bool == false } ?? path.isEmpty
    let isPlain = description["properties"] != nil && !Self.open.contains { description[$0] != nil }
    for (name, value) in given.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard faults.count < Self.mostFaults else { return }
      let path = path + [.member(name)]
      if let description = wanted[name] {
        check(value, description, path)
      } else if isClosed, isPlain {
        faults.append(Fault(kind: .unknown, path: path))
      }
    }
  }

  private mutating func check(_ value: JSON, _ description: JSON, _ path: Path) {
    guard path.count <= Self.mostLevels else { return }
    let kinds = description["type"].map { $0.array ?? [$0] }?.compactMap(\.text) ?? []
    if case .null = value, description["nullable"]?.bool == true { return }
    if !kinds.isEmpty, !kinds.contains(where: { fits(value, $0) }) {
      return faults.append(Fault(kind: .kind(wanted: kinds.joined(separator: ", ")), path: path))
    }
    if let choices = description["enum"]?.array, !choices.isEmpty, !choices.contains(value) {
      let among = choices.prefix(8).map(written).joined(separator: ", ")
      return faults.append(Fault(kind: .choice(among: among), path: path))
    }
    object(value, description, path)
    guard let elements = value.array, let items = description["items"] else { return }
    for (position, element) in elements.prefix(Self.mostElements).enumerated() {
      guard faults.count < Self.mostFaults else { return }
      check(element, items, path + [.element(position)])
    }
  }

  /// A kind that JSON Schema does not have fits everything.
  private func fits(_ value: JSON, _ kind: String) -> Bool {
    switch (kind, value) {
    case ("string", .string), ("number", .number), ("boolean", .bool), ("array", .array), ("object", .object),
      ("null", .null):
      true
    case ("integer", .number(let number)): number.rounded() == number
    case ("string", _), ("number", _), ("integer", _), ("boolean", _), ("array", _), ("object", _), ("null", _): false
    default: true
    }
  }

  private func written(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .number(let number): number.argumentText
    case .bool(let bool): bool ? "true" : "false"
    case .null, .array, .object: "…"
    }
  }
}
