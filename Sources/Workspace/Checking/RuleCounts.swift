import Facts
import Findings
import Manifest
import PluginHost

/// How many records of one document each rule looked at: each once, however often it was looked at again.
struct RuleCounts {
  private let checks: [DocumentChecker.CheckCall]
  /// By check, then by rule.
  private var counts: [[Int]]

  init(_ checker: DocumentChecker?) {
    checks = checker?.calls ?? []
    counts = checks.map { [Int](repeating: 0, count: $0.plugin.code?.rules.rules.count ?? 0) }
  }

  /// Notes a record that is shown to plugins. The first walk does, which comes by each once, whoever was there before.
  mutating func note(_ roles: RoleTable) {
    for check in checks.indices {
      checks[check].filter.forEachRule(shown: roles) { rule in
        counts[check][rule] += 1
        return true
      }
    }
  }

  /// By rule on records; those that looked at none are left out.
  var records: [String: Int] {
    var records: [String: Int] = [:]
    for (check, counts) in zip(checks, counts) {
      for (rule, count) in zip(check.plugin.code?.rules.rules ?? [], counts) {
        if count > 0, rule.info.form == .record { records[rule.info.id, default: 0] += count }
      }
    }
    return records
  }
}

extension FactSpace {
  /// How many facts and keys each rule looked at since somebody asked last: those that are there now. What came and went doesn't count.
  func takeAnswered(_ plan: RulePlan) -> [String: Int] {
    var counts: [String: Int] = [:]
    for owner in answered ?? [] where isThere(owner, plan) {
      for rule in plan.call(owner.call)?.rules ?? [] { counts[rule, default: 0] += 1 }
    }
    answered = answered.map { _ in [] }
    return counts
  }

  private func isThere(_ owner: Owner, _ plan: RulePlan) -> Bool {
    switch (owner, plan.call(owner.call)?.form) {
    case (.relate(let fact, _), _): store.fact(fact) != nil
    case (.group(let key, _), .group(let kind)?): store.count(kind, key) > 0
    case (.totals(let key, _), .totals(let kind)?): !store.totals(kind, key, limit: 1).isEmpty
    default: false
    }
  }
}
