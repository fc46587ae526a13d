import Facts
import Findings
import Findings
import Manifest
import PluginHost

/// What a plugin's record rules look up for one record: the keys, and what stood there.
struct LookUps {
  static let limit = 256

  private(set) var keys: [(FactKind, FactKey)] = []
  /// One item for each of the plugin's declared look-ups.
  private(set) var found: [LookupResult] = []

  init(
    _ lookUps: [Source], result: HostResult, context: [RecordInput.ContextMember], in document: DocumentID,
    store: FactStore
  ) {
    for lookUp in lookUps {
      let targets = Self.targets(lookUp, result: result, context: context, in: document)
      keys += targets.map { ($0.kind, $0.key) }
      found.append(Self.facts(at: targets, in: store))
    }
  }

  /// A declared look-up with its field as records of one format number it.
  enum Source: Sendable {
    case field(FactKind, UInt32)
    case definition(UInt32)
    case context(FactKind, String)
    case constant(FactKind)
    case nothing

    init(_ lookUp: ActivePlugin.LookUp, in dialect: Dialect) {
      self =
        switch lookUp {
        case .field(let kind, let name): dialect.field(name).map { .field(kind, $0) } ?? .nothing
        case .definition(let name): dialect.field(name).map { .definition($0) } ?? .nothing
        case .context(let kind, let name): .context(kind, name)
        case .constant(let kind): .constant(kind)
        case .nothing: .nothing
        }
    }
  }

  private typealias Target = (kind: FactKind, key: FactKey)

  private static func targets(
    _ lookUp: Source, result: HostResult, context: [RecordInput.ContextMember], in document: DocumentID
  ) -> [Target] {
    switch lookUp {
    case .field(let kind, let field):
      return result.roles.entries.filter { $0.field == field && Int($0.node) < result.tree.nodes.count }
        .map { (kind, FactKey(text: result.tree.scalarText(of: Int($0.node)), in: document)) }
    case .definition(let field):
      return result.roles.entries.filter { $0.field == field }.compactMap { result.references[$0.node] }
        .flatMap { reference in reference.kinds.map { ($0, reference.key) } }
    case .context(let kind, let name):
      guard let value = context.first(where: { $0.name == name })?.value else { return [] }
      let tree = RecordTree(parsing: value)
      return [(kind, FactKey(text: tree.scalarText(of: 0), in: document))]
    case .constant(let kind):
      return [(kind, FactKey(text: [], in: document))]
    case .nothing:
      return []
    }
  }

  private static func facts(at targets: [Target], in store: FactStore) -> LookupResult {
    var facts: [AttachedFact] = []
    var total = 0
    for target in targets {
      let part = store.facts(target.kind, target.key, limit: limit - min(facts.count, limit))
      facts += part.facts.map { AttachedFact($0.fact, order: 0) }
      total += part.total
    }
    for index in facts.indices { facts[index].order = UInt64(index) }
    return LookupResult(Array(facts.prefix(limit)), total: total)
  }
}

extension AttachedFact {
  init(_ fact: StatedFact, order: UInt64) {
    self.init(
      kind: fact.kind, key: fact.key, places: fact.places, payload: fact.payload, extent: fact.extent, order: order)
  }

  /// In document order, numbered so that a rule can tell which stands first.
  static func numbered(_ facts: [StatedFact]) -> [AttachedFact] {
    facts.enumerated().map { AttachedFact($1, order: UInt64($0)) }
  }
}
