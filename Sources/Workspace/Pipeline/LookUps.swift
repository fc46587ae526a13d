import Facts
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
    _ lookUps: [Source], meaning: RecordMeaning, context: [RecordInput.ContextMember], in document: DocumentID,
    store: FactStore
  ) {
    found.reserveCapacity(lookUps.count)
    var targets: [Target] = []
    for lookUp in lookUps {
      targets.removeAll(keepingCapacity: true)
      Self.add(lookUp, to: &targets, meaning: meaning, context: context, in: document)
      for target in targets { keys.append((target.kind, target.key)) }
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

  private static func add(
    _ lookUp: Source, to targets: inout [Target], meaning: RecordMeaning, context: [RecordInput.ContextMember],
    in document: DocumentID
  ) {
    switch lookUp {
    case .field(let kind, let field):
      for entry in meaning.roles.entries where entry.field == field && Int(entry.node) < meaning.tree.nodes.count {
        targets.append((kind, FactKey(text: meaning.tree.scalarText(of: Int(entry.node)), in: document)))
      }
    case .definition(let field):
      for entry in meaning.roles.entries where entry.field == field {
        guard let reference = meaning.references[entry.node] else { continue }
        for kind in reference.kinds { targets.append((kind, reference.key)) }
      }
    case .context(let kind, let name):
      guard let value = context.first(where: { $0.name == name })?.value else { return }
      let tree = RecordTree(parsing: value)
      targets.append((kind, FactKey(text: tree.scalarText(of: 0), in: document)))
    case .constant(let kind):
      targets.append((kind, FactKey(text: [], in: document)))
    case .nothing: break
    }
  }

  private static func facts(at targets: [Target], in store: FactStore) -> LookupResult {
    var facts: [AttachedFact] = []
    var total = 0
    for target in targets {
      let part = store.facts(target.kind, target.key, limit: limit - min(facts.count, limit))
      total += part.total
      for view in part.facts { facts.append(AttachedFact(view.fact, order: UInt64(facts.count))) }
    }
    return LookupResult(facts, total: total)
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
