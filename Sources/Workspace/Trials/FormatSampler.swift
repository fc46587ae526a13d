import JSONCodec

/// Draws texts from what a format says of itself: its types, lists and limits, what it proposes for new entries, which values are
/// ids and which lead to them. It knows nothing of any rule. Whether the format takes what was drawn is for the format to say.
struct FormatSampler {
  private let schemas: SchemaReading
  private var random: SeededNumbers
  private var ids = DrawnIDs()
  private var serial = 0
  /// Which of a place's proposals this text takes: entries of one text have one form.
  private var chosen: [String: Int] = [:]
  /// How many values this text may still have: formats can ask for lists of lists without end.
  private var left = 0
  private static let mostDepth = 12
  private static let mostValues = 1 << 15

  init(_ schema: JSONValue, _ random: SeededNumbers) {
    schemas = SchemaReading(schema)
    self.random = random
  }

  /// One text with up to `entries` entries in each list; `nil` if an id leads nowhere because nothing was drawn that it could name,
  /// or if the format asks for more than anybody would write.
  mutating func draw(entries: Int) -> JSONValue? {
    ids = DrawnIDs()
    chosen = [:]
    left = Self.mostValues
    let drawn = value([schemas.root], path: "", depth: 0, entries: entries)
    guard left > 0 else { return nil }
    return ids.resolved(drawn, &random)
  }

  private mutating func value(_ given: [JSONValue], path: String, depth: Int, entries: Int) -> JSONValue {
    // What leads back to itself ends somewhere.
    guard left > 0, depth < 2 * Self.mostDepth else { return .null }
    left -= 1
    let parts = schemas.all(given, for: nil)
    let proposals = parts.compactMap { $0["defaultSnippets"]?.array }.first?.compactMap { $0["body"] } ?? []
    if !proposals.isEmpty {
      let choice = chosen[path] ?? random.below(proposals.count)
      chosen[path] = choice
      let body = proposals[min(choice, proposals.count - 1)]
      var gaps: [String: JSONValue] = [:]
      if body.array != nil || schemas.type(of: parts, &random) != "array" {
        return filled(body, given, &gaps, path: path, depth: depth)
      }
    }
    if let choice = random.element(parts.compactMap { $0["anyOf"]?.array ?? $0["oneOf"]?.array }.first ?? []),
      !parts.contains(where: { $0["type"] != nil })
    {
      return value(
        given.map { $0.without("anyOf").without("oneOf") } + [choice], path: path, depth: depth + 1, entries: entries)
    }
    switch schemas.type(of: parts, &random) {
    case "object" where depth < Self.mostDepth: return object(parts, given, path: path, depth: depth, entries: entries)
    case "array" where depth < Self.mostDepth: return array(parts, path: path, depth: depth, entries: entries)
    case "object": return .object([])
    case "array": return .array([])
    default: return scalar(parts)
    }
  }

  /// What must be there, what holds entries, and at times what nobody reads but people.
  private mutating func object(
    _ parts: [JSONValue], _ given: [JSONValue], path: String, depth: Int, entries: Int
  ) -> JSONValue {
    var members: [JSONValue.Member] = []
    let required = Set(parts.flatMap { $0["required"]?.array ?? [] }.compactMap(\.string))
    var keys: [String] = []
    for member in parts.flatMap({ $0["properties"]?.members ?? [] }) where !keys.contains(member.key) {
      keys.append(member.key)
    }
    keys += required.subtracting(keys).sorted()
    for key in keys {
      let own = schemas.members(key, of: given, for: .object(members))
      let isWanted = required.contains(key) || schemas.holdsEntries(own) || (schemas.isFree(own) && random.once(in: 4))
      guard isWanted else { continue }
      let drawn = value(own, path: path + "/" + key, depth: depth + 1, entries: entries)
      members.append(JSONValue.Member(key, drawn))
    }
    if members.isEmpty, let entry = parts.compactMap({ $0["additionalProperties"] }).first(where: { $0.members != nil })
    {
      for _ in 0..<(1 + random.below(entries)) {
        serial += 1
        ids.enter(path + "/*")
        members.append(
          JSONValue.Member("entry-\(serial)", value([entry], path: path + "/*", depth: depth + 1, entries: entries)))
      }
    }
    return .object(members)
  }

  private mutating func array(_ parts: [JSONValue], path: String, depth: Int, entries: Int) -> JSONValue {
    let least = Int(clamping: parts.compactMap { $0["minItems"]?.integer }.max() ?? 0)
    let most = Int(clamping: parts.compactMap { $0["maxItems"]?.integer }.min() ?? 1 << 20)
    let items = parts.compactMap { $0["items"] }
    let isOfEntries = items.contains { $0.members != nil }
    let wanted = isOfEntries ? 1 + random.below(depth == 0 ? entries : max(1, entries / 2)) : 0
    let count = max(0, min(max(least, wanted), most, 1 << 10))
    // What a list proposes is one of its entries.
    let proposals = parts.compactMap { $0["defaultSnippets"] }.prefix(1).map {
      JSONValue.object([JSONValue.Member("defaultSnippets", $0)])
    }
    return .array(
      (0..<count).map { place in
        ids.enter(path + "/*")
        number(place, of: items)
        return value(proposals + items, path: path + "/*", depth: depth + 1, entries: max(2, entries / 4))
      })
  }

  /// What an entry is known by that is named by its place in a list.
  private mutating func number(_ place: Int, of items: [JSONValue]) {
    for definition in schemas.all(items, for: nil).compactMap({ $0["x-defines"] }) {
      guard definition["from"]?.string == "index", let kind = definition["kind"]?.string else { continue }
      ids.add(.integer(Int64(place)), kind, within: definition["scope"]?.string ?? "")
    }
  }

  // MARK: Proposals

  /// Fills the gaps of a proposal (`$1`); equal gaps get equal values. A list of two things, such as question and answer, may go on.
  private mutating func filled(
    _ body: JSONValue, _ given: [JSONValue], _ gaps: inout [String: JSONValue], path: String, depth: Int,
    isInside: Bool = false
  ) -> JSONValue {
    switch body {
    case .object(let members):
      return .object(
        members.map { member in
          let own = schemas.members(member.key, of: given, for: body)
          return JSONValue.Member(
            member.key,
            filled(member.value, own, &gaps, path: path + "/" + member.key, depth: depth + 1, isInside: isInside))
        })
    case .array(let elements):
      let isRound =
        !isInside && elements.count == 2
        && elements.allSatisfy { $0.members.map { !$0.contains { $0.value.array != nil } } ?? false }
      var out: [JSONValue] = []
      for _ in 0...(isRound ? random.below(3) : 0) {
        for (place, element) in elements.enumerated() {
          let own = schemas.element(place, of: given, for: body)
          number(out.count, of: own)
          out.append(filled(element, own, &gaps, path: path + "/*", depth: depth + 1, isInside: true))
        }
        if isRound { gaps = [:] }
      }
      return .array(schemas.isOfCorners(given, for: .array(out)) ? Self.corners(out) : out)
    case .string(let text) where text.hasPrefix("$"):
      if let known = gaps[text] { return known }
      let drawn = value(given.map { $0.without("defaultSnippets") }, path: path, depth: depth + 1, entries: 2)
      gaps[text] = drawn
      return drawn
    default: return body
    }
  }

  /// Left, top, right, bottom, in one list or as two points: the second corner lies beyond the first.
  private static func corners(_ numbers: [JSONValue]) -> [JSONValue] {
    if numbers.count == 2, let first = numbers[0].array, let second = numbers[1].array {
      let flat = corners(first + second)
      return flat.count == 4 ? [.array(Array(flat[..<2])), .array(Array(flat[2...]))] : numbers
    }
    guard numbers.count == 4, let left = numbers[0].integer, let top = numbers[1].integer,
      let width = numbers[2].integer, let height = numbers[3].integer
    else { return numbers }
    return [.integer(left), .integer(top), .integer(left.adding(max(width, 1))), .integer(top.adding(max(height, 1)))]
  }

  // MARK: Scalars

  private mutating func scalar(_ parts: [JSONValue]) -> JSONValue {
    // What may lead nowhere leads out of the file.
    if let reference = parts.compactMap({ $0["x-references"] }).first(where: { $0["optional"] != true }),
      let kind = reference["kind"]?.string
    {
      return ids.reference(to: kind, within: reference["scope"]?.string ?? "")
    }
    let isNumber = ["integer", "number"].contains(schemas.type(of: parts, &random))
    if let definition = parts.compactMap({ $0["x-defines"] }).first, let kind = definition["kind"]?.string {
      serial += 1
      let id = isNumber ? JSONValue.integer(Int64(serial)) : .string("n\(serial)")
      ids.add(id, kind, within: definition["scope"]?.string ?? "")
      return id
    }
    if let constant = parts.compactMap({ $0["const"] }).first { return constant }
    if let choices = parts.compactMap({ $0["enum"]?.array }).min(by: { $0.count < $1.count }), !choices.isEmpty {
      return random.element(choices) ?? .null
    }
    switch schemas.type(of: parts, &random) {
    case "integer", "number": return number(parts)
    case "boolean": return .bool(random.once(in: 2))
    case "null": return .null
    default:
      let examples = parts.flatMap { $0["examples"]?.array ?? [] }
      if parts.contains(where: \.isOfSomeForm), let example = random.element(examples) { return example }
      return .string(SampleWords.text(&random))
    }
  }

  private mutating func number(_ parts: [JSONValue]) -> JSONValue {
    if let example = random.element(parts.flatMap({ $0["examples"]?.array ?? [] })) { return example }
    func bound(_ name: String) -> Int64? {
      parts.compactMap { part in part[name]?.integer ?? part[name]?.double.map { Int64($0) } }.first
    }
    let least = bound("minimum") ?? bound("exclusiveMinimum").map { $0.adding(1) } ?? 1
    let most = bound("maximum") ?? bound("exclusiveMaximum").map { $0.adding(-1) } ?? max(least, 0).adding(99)
    guard most > least else { return .integer(least) }
    return .integer(Int64.random(in: least...most, using: &random))
  }
}

extension Int64 {
  /// The sum, or the end of the range that it would lie beyond.
  fileprivate func adding(_ other: Int64) -> Int64 {
    let (sum, isBeyond) = addingReportingOverflow(other)
    return isBeyond ? (other > 0 ? .max : .min) : sum
  }
}

extension JSONValue {
  fileprivate var double: Double? {
    guard case .double(let value) = self, value.magnitude < 1e15 else { return nil }
    return value
  }

  /// Whether most texts are not what a schema asks for: they have a form, or a list that they are on.
  fileprivate var isOfSomeForm: Bool {
    ["pattern", "format", "x-term"].contains { self[$0] != nil }
      || ["then", "else"].contains { self[$0]?["x-term"] != nil }
  }

  func without(_ key: String) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { !$0.key.utf8.elementsEqual(key.utf8) })
  }
}
