import JSONCodec

/// A format's description as a sampler reads it: everything it says of one place, with references followed and conditions looked at.
struct SchemaReading {
  let root: JSONValue
  private static let mostSteps = 64
  private static let mostConditions = 256

  init(_ root: JSONValue) { self.root = root }

  /// The descriptions that hold together at a place, whose value is `value` if it is known.
  func all(_ given: [JSONValue], for value: JSONValue?) -> [JSONValue] {
    var out: [JSONValue] = []
    var pending = given
    var steps = 0
    while let next = pending.popLast(), steps < Self.mostSteps {
      steps += 1
      out.append(next)
      if let target = next["$ref"]?.string.flatMap(resolved) { pending.append(target) }
      pending += next["allOf"]?.array ?? []
      if let condition = next["if"], let value {
        var left = Self.mostConditions
        pending += [next[holds(condition, for: value, &left) ? "then" : "else"]].compactMap(\.self)
      }
    }
    return out
  }

  /// What is said of a member of an object.
  func members(_ key: String, of given: [JSONValue], for object: JSONValue) -> [JSONValue] {
    all(given, for: object).compactMap { part in
      part["properties"]?[key] ?? part["additionalProperties"].flatMap { $0.members == nil ? nil : $0 }
    }
  }

  /// What is said of the element at a place of an array.
  func element(_ place: Int, of given: [JSONValue], for array: JSONValue) -> [JSONValue] {
    let parts = all(given, for: array)
    let items = parts.compactMap { part in
      let first = part["prefixItems"]?.array ?? []
      return place < first.count ? first[place] : part["items"]
    }
    // A shape's list holds numbers, whether or not that is said beside it.
    let isShape = parts.contains { $0["x-geometry"] != nil }
    return isShape && items.isEmpty ? [.object([JSONValue.Member("type", .string("number"))])] : items
  }

  private func resolved(_ reference: String) -> JSONValue? {
    guard reference.hasPrefix("#") else { return nil }
    return reference.dropFirst().split(separator: "/").reduce(root as JSONValue?) { $0?[String($1)] }
  }

  /// Whether a value may have the members of an entry: then it is drawn although nothing asks for it.
  func holdsEntries(_ parts: [JSONValue]) -> Bool {
    all(parts, for: nil).contains { part in
      part["items"].map { items in
        // A list that proposes something proposes entries.
        part["defaultSnippets"] != nil
          || all([items], for: nil).contains {
            $0["x-role"] != nil || $0["x-defines"] != nil || $0["defaultSnippets"] != nil
          }
      } ?? false
    }
  }

  /// Whether a list is a box given by two corners.
  func isOfCorners(_ parts: [JSONValue], for list: JSONValue) -> Bool {
    all(parts, for: list).contains { ["xyxy", "corners"].contains($0["x-geometry"]?["convention"]?.string) }
  }

  /// Nothing but a type is said of it, so no rule can read it.
  func isFree(_ parts: [JSONValue]) -> Bool {
    let parts = all(parts, for: nil)
    return parts.contains { $0["type"] != nil }
      && !parts.contains { part in
        part["if"] != nil || part.members?.contains { $0.key.hasPrefix("x-") || $0.key == "pattern" } == true
      }
      && ["string", "number", "integer", "boolean"].contains(parts.compactMap { $0["type"]?.string }.first ?? "")
  }

  /// One of the types that are allowed.
  func type(of parts: [JSONValue], _ random: inout SeededNumbers) -> String {
    for part in parts {
      if let type = part["type"]?.string { return type }
      // What may also be nothing is drawn with something in it.
      let types = (part["type"]?.array ?? []).compactMap(\.string).filter { $0 != "null" }
      if let first = types.first { return first }
    }
    if parts.contains(where: { $0["properties"] != nil || $0["required"] != nil }) { return "object" }
    if parts.contains(where: { $0["items"] != nil }) { return "array" }
    return "string"
  }

  // MARK: Conditions

  /// What can't be told, or not in `left` steps, is taken to hold: whether the whole is right is judged afterwards.
  private func holds(_ condition: JSONValue, for value: JSONValue, _ left: inout Int) -> Bool {
    left -= 1
    guard left > 0, let members = condition.members else { return condition.bool ?? true }
    for member in members where !holds(member, for: value, &left) { return false }
    return true
  }

  private func holds(_ member: JSONValue.Member, for value: JSONValue, _ left: inout Int) -> Bool {
    let list = member.value.array ?? []
    switch member.key {
    case "required": return list.compactMap(\.string).allSatisfy { value[$0] != nil }
    case "properties":
      for part in member.value.members ?? [] {
        if let inner = value[part.key], !holds(part.value, for: inner, &left) { return false }
      }
      return true
    case "const": return member.value == value
    case "enum": return list.contains(value)
    case "type": return ([member.value.string] + list.map(\.string)).contains(value.typeName)
    case "anyOf":
      for choice in list where holds(choice, for: value, &left) { return true }
      return false
    case "allOf":
      for part in list where !holds(part, for: value, &left) { return false }
      return true
    case "not": return !holds(member.value, for: value, &left)
    case "$ref": return member.value.string.flatMap(resolved).map { holds($0, for: value, &left) } ?? true
    case "minItems": return (value.array?.count ?? 0) >= Int(clamping: member.value.integer ?? 0)
    default: return true
    }
  }
}

extension JSONValue {
  fileprivate var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer, .unsigned: "integer"
    case .double: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
