import Facts
import Manifest
import PluginHost

/// How the documents of one format are checked: the host's own stage, and the calls of the plugins that have rules for it.
final class DocumentChecker: Sendable {
  let dialect: Dialect
  let host: HostStage
  /// The checks that run on its records, one a plugin.
  let calls: [CheckCall]
  /// Members of ancestors that some rule reads.
  let contextNames: [String]
  let definitionKinds: Set<FactKind>

  struct CheckCall: Sendable {
    let number: CallNumber
    let plugin: ActivePlugin
    let filter: RuleFilter
    let lookUps: [LookUps.Source]
  }

  init(dialect: Dialect, plugins: [ActivePlugin], plan: RulePlan) {
    self.dialect = dialect
    host = HostStage(dialect: dialect, kinds: plan.kinds)
    definitionKinds = Set(dialect.definitionKinds.compactMap(\.self))
    let serving = plugins.filter { $0.serves(dialect) }
    calls = serving.compactMap { plugin in
      guard let check = plan.check(of: plugin.id), let code = plugin.code else { return nil }
      let filter = RuleFilter(code.rules, names: dialect.fieldNames, dialect: dialect.id)
      let lookUps = code.lookUps.map { LookUps.Source($0, in: dialect) }
      return CheckCall(number: check.number, plugin: plugin, filter: filter, lookUps: lookUps)
    }
    var names: [String] = []
    for name in serving.flatMap(\.contextNames) where !names.contains(name) { names.append(name) }
    contextNames = names
  }

  /// Whether plugins have anything to look at in the record.
  func isOfInterest(_ roles: RoleTable) -> Bool { roles.role != .none || !roles.entries.isEmpty }
}
