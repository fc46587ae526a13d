import Facts
import Findings
import PluginHost

/// How many records of one document each rule looked at: each once, however often it was looked at again.
struct RuleCounts {
  /// By rule.
  private(set) var records: [String: Int] = [:]

  /// Notes a record that is shown to plugins for the first time.
  mutating func note(_ record: RecordInput, _ plugins: [ActivePlugin]) {
    for plugin in plugins {
      guard let rules = plugin.code?.rules else { continue }
      for rule in rules.rules where rule.info.form == .record && rules.shows(record, to: rule) {
        records[rule.info.id, default: 0] += 1
      }
    }
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
