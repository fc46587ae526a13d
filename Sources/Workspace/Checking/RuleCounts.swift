import Facts
import Findings
import PluginHost

/// How many records, facts and keys each rule looked at in one document: each once, however often it was looked at again.
struct RuleCounts {
  /// Records, by rule.
  private var records: [String: Int] = [:]
  /// Facts and keys that a plugin answered for.
  private var answered: Set<Owner> = []

  /// Notes a record that is shown to plugins for the first time.
  mutating func note(_ record: RecordInput, _ plugins: [ActivePlugin]) {
    for plugin in plugins {
      guard let rules = plugin.code?.rules else { continue }
      for rule in rules.rules where rule.info.form == .record && rules.shows(record, to: rule) {
        records[rule.info.id, default: 0] += 1
      }
    }
  }

  /// Notes an answer.
  mutating func note(_ owner: Owner) {
    switch owner {
    case .host, .check: break
    case .relate, .group, .totals: answered.insert(owner)
    }
  }

  /// What there is in the settled document: facts and keys that came and went don't count.
  func byRule(in store: FactStore, _ plan: RulePlan) -> [String: Int] {
    var counts = records
    for owner in answered where isThere(owner, in: store, plan) {
      for rule in plan.call(owner.call)?.rules ?? [] { counts[rule, default: 0] += 1 }
    }
    return counts
  }

  private func isThere(_ owner: Owner, in store: FactStore, _ plan: RulePlan) -> Bool {
    switch (owner, plan.call(owner.call)?.form) {
    case (.relate(let fact, _), _): store.fact(fact) != nil
    case (.group(let key, _), .group(let kind)?): store.count(kind, key) > 0
    case (.totals(let key, _), .totals(let kind)?): !store.totals(kind, key, limit: 1).isEmpty
    default: false
    }
  }
}
