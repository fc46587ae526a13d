import Findings

/// What a rule reads and states, in the names of kinds: what the plan of all rules is made from.
package struct RuleDeclared: Sendable, Hashable {
  package enum Form: Sendable, Hashable {
    case record
    /// `among` is `nil` for facts of its own kind.
    case neighbor(kind: String, among: String?, relation: RuleRelation, limit: Int)
    /// Asked about keys with `fewest` facts or more, and given the first `most` of them; `nil`: all that the host gives.
    case group(kind: String, needsRecords: Bool, fewest: Int = 1, most: Int? = nil)
    case tally(kind: String)
  }
  /// With the plugin: `vision/bbox-malformed`.
  package var id: String
  package var form: Form
  /// Kinds its record part looks up; definitions are not among them.
  package var lookups: [String]
  /// Fields whose definitions its record part looks up.
  package var definitions: [String]
  package var states: [String]
}

extension PluginRules {
  /// Every rule's declaration, in order.
  package var declarations: [RuleDeclared] {
    rules.map { rule in
      let lookups = rule.lookups.filter { self.lookups.indices.contains($0) }.map { self.lookups[$0] }
      let definitions: [String] = lookups.compactMap { lookup in
        if case .definition(let field) = lookup.by { field } else { nil }
      }
      return RuleDeclared(
        id: rule.info.id, form: form(of: rule), lookups: lookups.compactMap(\.kind), definitions: definitions,
        states: rule.states)
    }
  }

  private func form(of rule: CodeRule) -> RuleDeclared.Form {
    guard let kind = rule.kind else { return .record }
    if let relation = rule.relation {
      return .neighbor(kind: kind, among: rule.among, relation: relation, limit: rule.limit)
    }
    return rule.info.form == .tally
      ? .tally(kind: kind)
      : .group(kind: kind, needsRecords: rule.needsRecords, fewest: rule.fewest, most: rule.most)
  }
}
