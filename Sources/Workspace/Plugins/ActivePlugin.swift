import Facts
import Files
import Findings
package import PluginHost
import Synchronization

/// A plugin as this run uses it: its description, its code's rules, and the process its code runs in.
package final class ActivePlugin: Sendable {
  package let folder: String
  package let descriptor: PluginDescriptor
  /// `nil` for a plugin without code.
  let code: Code?
  /// SHA-256 of the library, or of what the folder's data is where there is none. Cost: reading them, when it is asked for first.
  package var sha256: String {
    identity.withLock { known in
      let found = known ?? Self.identity(library: sealed, at: library, folder: folder)
      known = found
      return found
    }
  }
  private let identity = Mutex<String?>(nil)
  /// The hash of what was sealed when it was loaded.
  private let sealed: String?
  package let trust: PluginTrust
  /// Where its library lies, if it has any.
  package let library: String?

  package var id: String { descriptor.id }
  package var hasCode: Bool { code != nil }
  /// The processes its code runs in.
  package var pool: PluginPool? { code?.pool }

  struct Code: Sendable {
    let rules: PluginRules
    let pool: PluginPool
    let lookUps: [LookUp]
  }

  /// A declared look-up with its kind numbered.
  enum LookUp: Sendable {
    case field(FactKind, String)
    case definition(String)
    case context(FactKind, String)
    case constant(FactKind)
    /// Of a kind that nobody could number; finds nothing.
    case nothing
  }

  init(_ loaded: LoadedPlugin, code: Code?) {
    folder = loaded.folder
    descriptor = loaded.descriptor
    trust = loaded.trust
    library = loaded.code?.library
    self.code = code
    sealed = loaded.code?.sealed?.sha256
  }

  private static func identity(library sealed: String?, at library: String?, folder: String) -> String {
    func read(_ path: String) -> [UInt8]? { try? FileSystem.regularFile(path, limit: LibraryParts.fileLimit) }
    if let sealed { return sealed }
    if let library { return read(library).map(Digest.sha256) ?? "" }
    let folders = ["schemas", "ontologies", "messages"].map { folder + "/" + $0 }
    let files = folders.filter { FileSystem.status(of: $0)?.kind == .folder }
      .flatMap { FileWalk(below: $0) { _ in true }.files }
    let lines = ([folder + "/plugin.json"] + files).compactMap { path in
      read(path).map { "\(path.dropFirst(folder.count)) \(Digest.sha256($0))\n" }
    }
    return Digest.sha256(Array(lines.joined().utf8))
  }

  var contextNames: [String] { code?.rules.contexts ?? [] }

  /// Whether some record rule may have something to say of the format: it is the plugin's own, or has a field that a rule reads.
  func serves(_ dialect: Dialect) -> Bool {
    guard let code else { return false }
    if dialect.plugin == id { return true }
    let names = Set(dialect.fieldNames.names)
    return code.rules.rules.contains { rule in
      (rule.dialects.isEmpty || rule.dialects.contains(dialect.id)) && rule.fields.contains { names.contains($0) }
    }
  }

  static func lookUps(of rules: PluginRules, kinds: KindRegistry) -> [LookUp] {
    rules.lookups.map { lookup in
      let kind = lookup.kind.flatMap { kinds[$0] }
      return switch (lookup.by, kind) {
      case (.definition(let field), _): .definition(field)
      case (.field(let field), let kind?): .field(kind, field)
      case (.context(let name), let kind?): .context(kind, name)
      case (.constant, let kind?): .constant(kind)
      default: .nothing
      }
    }
  }
}

extension PluginDeclaration {
  /// What a plugin's code rules read and state, for the plan.
  ///
  /// A rule on facts states the facts it looks at from records, in the plugin's check; what else it states may come from either.
  init(_ code: PluginRules) {
    var rules: [RuleDeclaration] = []
    for rule in code.declarations {
      let (form, own) = Self.form(of: rule)
      if own != nil { rules.append(RuleDeclaration(id: rule.id, form: form, states: rule.states.filter { $0 != own })) }
      if own == nil || !rule.states.isEmpty {
        rules.append(RuleDeclaration(id: rule.id, form: .record, lookUps: rule.lookups, states: rule.states))
      }
    }
    self.init(id: code.id, rules: rules)
  }

  /// The form, and the kind of the facts it looks at unless it looks at records.
  private static func form(of rule: RuleDeclared) -> (RuleDeclaration.Form, kind: String?) {
    switch rule.form {
    case .record: (.record, nil)
    case .neighbor(let kind, let among, let relation, let limit):
      (
        .neighbor(
          kind: kind, among: among, relation: Relation(rawValue: relation.rawValue) ?? .overlapping, limit: limit),
        kind
      )
    case .group(let kind, let needsRecords, let fewest, let most):
      (.group(kind: kind, needsRecords: needsRecords, fewest: fewest, most: most), kind)
    case .tally(let kind): (.tally(kind: kind), kind)
    }
  }
}
