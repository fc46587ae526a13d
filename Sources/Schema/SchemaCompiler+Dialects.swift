import Manifest

/// Groups of keywords that a `$schema` of somebody's own may leave out.
struct KeywordSet: OptionSet, Sendable {
  let rawValue: UInt8
  static let applicator = KeywordSet(rawValue: 1)
  static let unevaluated = KeywordSet(rawValue: 2)
  static let validation = KeywordSet(rawValue: 4)
  static let all: KeywordSet = [.applicator, .unevaluated, .validation]

  private static let groups: [(KeywordSet, [String])] = [
    (
      .applicator,
      [
        "prefixItems", "items", "additionalItems", "contains", "additionalProperties", "properties",
        "patternProperties", "dependentSchemas", "dependencies", "propertyNames", "if", "then", "else", "allOf",
        "anyOf", "oneOf", "not",
      ]
    ),
    (.unevaluated, ["unevaluatedItems", "unevaluatedProperties"]),
    (
      .validation,
      [
        "type", "enum", "const", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minContains", "maxContains",
        "minProperties", "maxProperties", "required", "dependentRequired",
      ]
    ),
  ]

  /// Takes the keywords out that mean nothing here.
  func removeUnknown(from members: inout [String: Int]) {
    guard self != .all else { return }
    for (group, keywords) in Self.groups where !contains(group) {
      for keyword in keywords { members[keyword] = nil }
    }
  }
}

/// What a `$schema` says: the edition, and which keywords count.
extension SchemaCompiler {
  /// How many `$schema` are followed from one that is somebody's own.
  private static let maximumDialectHops = 8

  mutating func adopt(_ dialect: String, for resource: inout Resource, at node: Int) {
    if let draft = Draft(dialect: dialect) {
      resource.draft = draft
      return
    }
    var uri = URIReference(dialect).resolved(against: URIReference(resource.uri)).withoutFragment
    // A schema that describes itself is written in the edition it is taken for.
    guard uri != resource.uri else { return }
    for hop in 0..<Self.maximumDialectHops {
      guard let source = source(of: uri) else {
        report(
          "`$schema` names an edition that isn't known here, and there is no such file: `\(dialect)`. It is read as the newest.",
          resource.document, node)
        return
      }
      let tree = RecordTree(parsing: source.bytes)
      let members = tree.membersByKey(of: 0)
      let next = members["$schema"].flatMap { tree.plainString(of: $0) }
      let draft = next.flatMap(Draft.init(dialect:))
      if let draft { resource.draft = draft }
      if hop == 0, let vocabulary = members["$vocabulary"] { take(vocabulary, of: tree, for: &resource, at: node) }
      guard draft == nil, let next else { return }
      uri = URIReference(next).resolved(against: URIReference(uri)).withoutFragment
    }
  }

  private mutating func take(_ list: Int, of tree: RecordTree, for resource: inout Resource, at node: Int) {
    guard tree.nodes[list].kind == .object else { return }
    resource.keywords = []
    for child in tree.children(of: list) {
      let uri = String(decoding: tree.plainText(of: child, key: true), as: UTF8.self)
      let isNeeded = tree.nodes[child].kind == .true
      let edition = "https://json-schema.org/draft/"
      switch uri {
      case edition + "2020-12/vocab/validation", edition + "2019-09/vocab/validation":
        resource.keywords.insert(.validation)
      case edition + "2020-12/vocab/applicator": resource.keywords.insert(.applicator)
      case edition + "2020-12/vocab/unevaluated": resource.keywords.insert(.unevaluated)
      case edition + "2019-09/vocab/applicator": resource.keywords.formUnion([.applicator, .unevaluated])
      case edition + "2020-12/vocab/format-assertion": resource.assertsFormat = true
      case edition + "2019-09/vocab/format": resource.assertsFormat = isNeeded
      case let other where other.hasPrefix(edition): continue
      default:
        guard isNeeded else { continue }
        report("This needs keywords that aren't known here: `\(uri)`. They are passed over.", resource.document, node)
      }
    }
  }
}
