/// A rule's names as the plugin's table numbers: what it declares, and nothing else.
///
/// A class so that a record carries one reference; immutable after `init`.
final class RuleTable: Sendable {
  let id: String
  /// Index into the plugin's rules.
  let rule: UInt32
  let contexts: NameNumbers
  let settings: NameNumbers
  let vocabularies: [String: UInt32]
  /// By `FactKind.number`.
  let states: Numbering
  /// Kinds it may ask for by `members`: all of the plugin's.
  let kinds: [FactKind: UInt32]
  let recipes: [String: UInt32]
  let roles: UInt32
  let dialects: [String]
  /// By `Field.number`.
  private let fields: Numbering
  /// The look-ups of definitions, by the number of the field that refers to one.
  private let definitions: Numbering
  /// The rule's look-ups, with their index in the plugin's list.
  private let lookups: [(lookup: Lookup, index: Int)]
  let readsAllRecords: Bool
  /// The fields of which a record must have one, as table numbers.
  let triggers: FieldSet

  init(id: String, rule: Int, reads: Reads, states: [FactKind], recipes: [Recipe], tables: PluginTables) {
    self.id = id
    self.rule = UInt32(clamping: rule)
    contexts = NameNumbers(reads.context, in: tables.contexts)
    settings = NameNumbers(reads.settings, in: tables.settings)
    vocabularies = tables.vocabularies.numbers(of: reads.vocabularies)
    let kinds = tables.kinds
    self.kinds = Dictionary(kinds.names.map { (FactKind($0), kinds.number(of: $0)) }, uniquingKeysWith: { a, _ in a })
    self.states = Numbering(
      Dictionary(
        states.map { ($0.number, kinds.number(of: $0.rawValue)) }, uniquingKeysWith: { a, _ in a }))
    self.recipes = tables.recipes.numbers(of: recipes.map(\.name))
    roles = reads.roles.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    dialects = reads.dialects
    fields = Numbering(
      Dictionary(
        reads.fields.map { ($0.number, tables.fields.number(of: $0.rawValue)) }, uniquingKeysWith: { a, _ in a }))
    triggers = FieldSet(reads.triggers.map { tables.fields.number(of: $0.rawValue) })
    lookups = reads.lookups.map { lookup in (lookup, tables.lookups.firstIndex(of: lookup) ?? 0) }
    var definitions: [Int: UInt32] = [:]
    for case (.definition(let field), let index) in lookups { definitions[field.number] = UInt32(clamping: index) }
    self.definitions = Numbering(definitions)
    readsAllRecords = reads.triggers.isEmpty
  }

  func number(of field: Field) -> UInt32? { fields[field.number] }
  func index(of lookup: Lookup) -> Int? {
    if case .definition(let field) = lookup { return index(ofDefinitionBy: field) }
    return lookups.first { $0.lookup == lookup }?.index
  }
  func index(ofDefinitionBy field: Field) -> Int? { definitions[field.number].map { Int($0) } }
}

/// The few names that a rule declares: looking through them costs less than hashing one.
struct NameNumbers: Sendable {
  private let items: [(name: String, number: UInt32)]

  init(_ names: [String], in table: PluginTables.Table) { items = names.map { ($0, table.number(of: $0)) } }

  subscript(_ name: String) -> UInt32? {
    for item in items where item.name == name { return item.number }
    return nil
  }
}

/// The tables that the boundary's indices refer to: each name once, in order of first mention.
struct PluginTables {
  struct Table {
    private(set) var names: [String] = []
    private var index: [String: UInt32] = [:]

    mutating func add(_ added: [String]) {
      for name in added where index[name] == nil {
        index[name] = UInt32(clamping: names.count)
        names.append(name)
      }
    }
    /// 0 for a name that was never added, which `add` rules out.
    func number(of name: String) -> UInt32 { index[name] ?? 0 }
    func numbers(of names: [String]) -> [String: UInt32] {
      Dictionary(names.map { ($0, number(of: $0)) }, uniquingKeysWith: { a, _ in a })
    }
  }

  var fields = Table()
  var kinds = Table()
  var contexts = Table()
  var settings = Table()
  var vocabularies = Table()
  var dialects = Table()
  var recipes = Table()
  var recipeSummaries: [String] = []
  var lookups: [Lookup] = []

  mutating func add(_ reads: Reads, states: [FactKind], recipes added: [Recipe], kinds called: [FactKind]) {
    for lookup in reads.lookups where !lookups.contains(lookup) { lookups.append(lookup) }
    fields.add(reads.fields.map(\.rawValue))
    contexts.add(reads.context)
    settings.add(reads.settings)
    vocabularies.add(reads.vocabularies)
    dialects.add(reads.dialects)
    kinds.add((states + called).map(\.rawValue))
    for lookup in reads.lookups {
      switch lookup {
      case .definition(let field): fields.add([field.rawValue])
      case .facts(let kind, let field):
        kinds.add([kind.rawValue])
        fields.add([field.rawValue])
      case .factsByContext(let kind, let context):
        kinds.add([kind.rawValue])
        contexts.add([context])
      case .all(let kind): kinds.add([kind.rawValue])
      }
    }
    for recipe in added where !recipes.names.contains(recipe.name) {
      recipes.add([recipe.name])
      recipeSummaries.append(recipe.summary)
    }
  }
}
