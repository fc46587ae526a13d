import Facts
import Findings
import Manifest
import PluginHost

/// What a plugin's record rules look up for one record: the keys, and what stood there.
struct LookUps {
  static let limit = 256

  private(set) var keys: [(FactKind, FactKey)] = []
  /// One item for each of the plugin's declared look-ups.
  private(set) var found: [FoundFacts] = []

  init(plugin: LoadedPlugin, result: HostResult, context: [(name: String, value: [UInt8])], store: FactStore) {
    for lookUp in plugin.lookUps {
      let targets = Self.targets(lookUp, result: result, context: context)
      keys += targets.map { ($0.kind, $0.key) }
      found.append(Self.facts(at: targets, in: store))
    }
  }

  private typealias Target = (kind: FactKind, key: FactKey)

  private static func targets(
    _ lookUp: LoadedPlugin.LookUp, result: HostResult, context: [(name: String, value: [UInt8])]
  ) -> [Target] {
    switch lookUp {
    case .field(let kind, let field):
      return result.roles.entries.filter { $0.field == field && Int($0.node) < result.tree.nodes.count }
        .map { (kind, FactKey(text: result.tree.scalarText(of: Int($0.node)))) }
    case .definition(let field):
      return result.roles.entries.filter { $0.field == field }.compactMap { result.references[$0.node] }
        .flatMap { reference in reference.kinds.map { ($0, reference.key) } }
    case .context(let kind, let name):
      guard let value = context.first(where: { $0.name == name })?.value else { return [] }
      let tree = RecordTree(parsing: value)
      return [(kind, FactKey(text: tree.scalarText(of: 0)))]
    case .constant(let kind):
      return [(kind, FactKey(text: ""))]
    }
  }

  private static func facts(at targets: [Target], in store: FactStore) -> FoundFacts {
    var facts: [AttachedFact] = []
    var total = 0
    for target in targets {
      let part = store.facts(target.kind, target.key, limit: limit - min(facts.count, limit))
      facts += part.facts.map { AttachedFact($0.fact) }
      total += part.total
    }
    return FoundFacts(facts: Array(facts.prefix(limit)), total: total)
  }
}
