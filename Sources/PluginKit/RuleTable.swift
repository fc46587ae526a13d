/// A rule's names as the plugin's table numbers: what it declares, and nothing else.
///
/// A class so that a record carries one reference; immutable after `init`.
final class RuleTable: Sendable {
  let id: String
  /// Index into the plugin's rules.
  let rule: UInt32
  let contexts: [String: UInt32]
  let settings: [String: UInt32]
  let vocabularies: [String: UInt32]
  let states: [FactKind: UInt32]
  /// Kinds it may ask for by `members`: all of the plugin's.
  let kinds: [FactKind: UInt32]
  let recipes: [String: UInt32]
  let roles: UInt32
  let dialects: [String]
  /// Table number by `Field.number`.
  private let fields: [UInt32?]
  /// The rule's look-ups, with their index in the plugin's list.
  private let lookups: [(lookup: Lookup, index: Int)]
  let readsAllRecords: Bool
  /// The fields of which a record must have one, as table numbers.
  let triggers: FieldSet

  init(id: String, rule: Int, reads: Reads, states: [FactKind], recipes: [Recipe], tables: PluginTables) {
    self.id = id
    self.rule = UInt32(clamping: rule)
    contexts = tables.contexts.numbers(of: reads.context)
    settings = tables.settings.numbers(of: reads.settings)
    vocabularies = tables.vocabularies.numbers(of: reads.vocabularies)
    let kinds = tables.kinds
    self.kinds = Dictionary(kinds.names.map { (FactKind($0), kinds.number(of: $0)) }, uniquingKeysWith: { a, _ in a })
    self.states = Dictionary(states.map { ($0, kinds.number(of: $0.rawValue)) }, uniquingKeysWith: { a, _ in a })
    self.recipes = tables.recipes.numbers(of: recipes.map(\.name))
    roles = reads.roles.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
    dialects = reads.dialects
    var fields = [UInt32?](repeating: nil, count: (reads.fields.map(\.number).max() ?? -1) + 1)
    for field in reads.fields { fields[field.number] = tables.fields.number(of: field.rawValue) }
    self.fields = fields
    triggers = FieldSet(reads.triggers.map { tables.fields.number(of: $0.rawValue) })
    lookups = reads.lookups.map { lookup in (lookup, tables.lookups.firstIndex(of: lookup) ?? 0) }
    readsAllRecords = reads.triggers.isEmpty
  }

  func number(of field: Field) -> UInt32? { fields.indices.contains(field.number) ? fields[field.number] : nil }
  func index(of lookup: Lookup) -> Int? { lookups.first { $0.lookup == lookup }?.index }
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
