public import CConcordPlugin

/// A plugin: its id, version and rules.
///
///     let plugin = Plugin(id: "retail-sku", version: "0.1.0", rules: [CheckDigit.self])
///
///     // In the `Entry` target, and nothing else there (it imports CConcordPlugin publicly, PluginKit and the plugin):
///     @c(concord_plugin_entry_v1) public func entry() -> UnsafePointer<concord_plugin_v1>? { unsafe plugin.entry }
///
/// Make it once, as a global: what `entry` points to lives as long as the process.
@safe public final class Plugin: Sendable {
  /// Lower-case letters, digits and hyphens.
  public let id: String
  /// Semantic: `1.2.0`.
  public let version: String
  let rules: [RegisteredRule]
  let assistants: [RegisteredAssistant]
  let recipes: [String]
  /// How many fields its rules name.
  let fieldCount: Int
  /// Constant once made, never freed, and read by nobody here.
  // Sendable: the pointee is written in `init` only.
  nonisolated(unsafe) private let description: UnsafeMutablePointer<concord_plugin_v1>

  /// Makes the description that `entry` points to. Rules are numbered in the order given.
  public init(id: String, version: String, rules: [any Rule.Type], assistants: [any Assistant.Type] = []) {
    self.id = id
    self.version = version
    var tables = PluginTables()
    for rule in rules {
      tables.add(rule.reads, states: rule.states, recipes: rule.recipes, kinds: RegisteredRule.kinds(of: rule))
    }
    for assistant in assistants { tables.add(assistant.reads, states: [], recipes: [], kinds: []) }
    self.rules = rules.enumerated().map { RegisteredRule($1, index: $0, tables: tables) }
    self.assistants = assistants.map { RegisteredAssistant($0, tables: tables) }
    recipes = tables.recipes.names
    fieldCount = tables.fields.names.count
    unsafe description = Permanent.description(id: id, version: version, rules: self.rules, tables: tables)
    unsafe description.pointee.data = Unmanaged.passUnretained(self).toOpaque()
    unsafe CallTable.install(
      in: description, assists: !assistants.isEmpty, recipes: !recipes.isEmpty, forms: Set(self.rules.map(\.form)))
  }

  /// What the exported symbol returns.
  public var entry: UnsafePointer<concord_plugin_v1>? { unsafe UnsafePointer(description) }

  /// Every rule's information, in order; for tests of the plugin.
  public var ruleInfos: [RuleInfo] { rules.map(\.info) }
}

/// A rule with its table.
struct RegisteredRule: Sendable {
  let type: any Rule.Type
  let rule: any Rule
  let info: RuleInfo
  let reads: Reads
  let table: RuleTable
  let form: Form
  let kind: UInt32?
  /// Of a neighbor rule: the kind of those it relates to.
  let among: UInt32?

  enum Form: UInt8, Sendable { case record = 0, neighbor, group, tally }

  init(_ type: any Rule.Type, index: Int, tables: PluginTables) {
    self.type = type
    rule = type.init()
    info = type.info
    reads = type.reads
    form =
      switch rule {
      case is any NeighborRule: .neighbor
      case is any GroupRule: .group
      case is any TallyRule: .tally
      default: .record
      }
    kind = Self.kinds(of: type).first.map { tables.kinds.number(of: $0.rawValue) }
    among = Self.kinds(of: type).last.map { tables.kinds.number(of: $0.rawValue) }
    table = RuleTable(
      id: type.info.id, rule: index, reads: type.reads, states: type.states, recipes: type.recipes, tables: tables)
  }

  /// The kind the rule is called about, and behind it the kind a neighbor rule relates to.
  static func kinds(of type: any Rule.Type) -> [FactKind] {
    switch type {
    case let type as any NeighborRule.Type: [type.kind, type.among ?? type.kind]
    case let type as any GroupRule.Type: [type.kind]
    case let type as any TallyRule.Type: [type.kind]
    default: []
    }
  }
}

struct RegisteredAssistant: Sendable {
  let assistant: any Assistant
  let table: RuleTable

  init(_ type: any Assistant.Type, tables: PluginTables) {
    assistant = type.init()
    table = RuleTable(id: "", rule: Int(UInt32.max), reads: type.reads, states: [], recipes: [], tables: tables)
  }
}
