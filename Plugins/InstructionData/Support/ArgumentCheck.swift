import PluginKit

/// What a call gives, held against what its tool wants to know. Only what every edition of JSON Schema has in common.
enum ArgumentCheck {
  enum Fault {
    case missing(String)
    case unknown(String)
    case kind(String, wanted: String)
    case choice(String, among: String)

    /// The argument's name.
    var name: String {
      switch self {
      case .missing(let name), .unknown(let name), .kind(let name, _), .choice(let name, _): name
      }
    }
  }

  /// At most eight, by name.
  static func faults(_ arguments: JSON, _ parameters: JSON) -> [Fault] {
    guard case .object(let given) = arguments, case .object = parameters else { return [] }
    var wanted: [String: JSON] = [:]
    if case .object(let properties)? = parameters["properties"] { wanted = properties }
    var faults: [Fault] = []
    for name in (parameters["required"]?.array ?? []).compactMap(\.text) where given[name] == nil {
      faults.append(.missing(name))
    }
    let isOpen = parameters["additionalProperties"].map { $0.bool != false } ?? false
    for (name, value) in given.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard let description = wanted[name] else {
        let isPattern = parameters["patternProperties"] != nil
        if !isOpen, !isPattern, parameters["properties"] != nil { faults.append(.unknown(name)) }
        continue
      }
      if let fault = fault(name, value, description) { faults.append(fault) }
    }
    return Array(faults.prefix(8))
  }

  private static func fault(_ name: String, _ value: JSON, _ description: JSON) -> Fault? {
    let kinds = description["type"].map { $0.array ?? [$0] }?.compactMap(\.text) ?? []
    if !kinds.isEmpty, !kinds.contains(where: { fits(value, $0) }) {
      return .kind(name, wanted: kinds.joined(separator: ", "))
    }
    if let choices = description["enum"]?.array, !choices.isEmpty, !choices.contains(value) {
      return .choice(name, among: choices.prefix(8).map(written).joined(separator: ", "))
    }
    return nil
  }

  /// A kind that JSON Schema does not have fits everything.
  private static func fits(_ value: JSON, _ kind: String) -> Bool {
    switch (kind, value) {
    case ("string", .string), ("number", .number), ("boolean", .bool), ("array", .array), ("object", .object),
      ("null", .null):
      true
    case ("integer", .number(let number)): number.rounded() == number
    case ("string", _), ("number", _), ("integer", _), ("boolean", _), ("array", _), ("object", _), ("null", _): false
    default: true
    }
  }

  private static func written(_ value: JSON) -> String {
    switch value {
    case .string(let text): text
    case .number(let number): number.argumentText
    case .bool(let bool): bool ? "true" : "false"
    case .null, .array, .object: "…"
    }
  }
}
