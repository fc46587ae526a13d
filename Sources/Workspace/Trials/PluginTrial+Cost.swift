import Facts
import Findings
import Manifest
import PluginHost

extension PluginTrial {
  /// Times each rule by itself, and each record with all rules.
  func measure(_ seen: [CallWitness.Seen], in pool: PluginPool, _ report: inout TrialReport) async {
    let session = pool.bulk
    let clock = WorkClock(session)
    let checks = seen.filter { $0.call.record != nil }
    guard !checks.isEmpty else { return }
    // Code that does not ask which rules are wanted answers though none is, and each rule costs as much as all.
    await session.want([])
    let unasked = await session.run(checks.map(\.call), priority: .background)
    if unasked.contains(where: \.saysAnything) {
      await session.want(nil)
      report.jointCost = await clock.time(checks.map(\.call))
    } else {
      for (index, rule) in pool.rules.rules.enumerated() {
        report.costs.append(await cost(of: rule, UInt32(clamping: index), seen, session, clock))
      }
      report.costs.sort { max($0.recordCost, $0.joinCost) > max($1.recordCost, $1.joinCost) }
    }
    await session.want(nil)
    report.slowest = await slowest(checks, clock)
  }

  private func cost(
    of rule: CodeRule, _ number: UInt32, _ seen: [CallWitness.Seen], _ session: PluginSession, _ clock: WorkClock
  ) async -> RuleCost {
    let kind = rule.kind.flatMap { library.plan.kinds[$0] }
    let records = seen.map(\.call).filter { rule.isCalled(for: $0) }
    let joins = seen.map(\.call).filter { $0.kind != nil && $0.kind == kind }
    await session.want([])
    let idle = (await clock.time(records), await clock.time(joins))
    await session.want([number])
    let busy = (await clock.time(records), await clock.time(joins))
    return RuleCost(
      rule: rule.info.id, records: records.count, recordCost: max(0, busy.0 - idle.0), joins: joins.count,
      joinCost: max(0, busy.1 - idle.1))
  }

  private static let shown = 5

  private func slowest(_ checks: [CallWitness.Seen], _ clock: WorkClock) async -> [SlowRecord] {
    var all: [String: SlowRecord] = [:]
    for check in checks {
      let nanoseconds = await clock.time(Array(repeating: check.call, count: 4))
      guard nanoseconds > all[check.text]?.nanoseconds ?? 0 else { continue }
      let bytes = check.call.record?.bytes.count ?? 0
      all[check.text] = SlowRecord(place: check.text, bytes: bytes, nanoseconds: nanoseconds)
    }
    return Array(all.values.sorted { $0.nanoseconds > $1.nanoseconds }.prefix(Self.shown))
  }
}

/// Measures calls by what their process has worked.
private struct WorkClock {
  private let session: PluginSession
  init(_ session: PluginSession) { self.session = session }

  /// Nanoseconds a call: the best of five rounds, since whatever else the machine does only adds to it. 0 for no calls.
  func time(_ calls: [PluginCall]) async -> Double {
    guard !calls.isEmpty else { return 0 }
    var best = Double.infinity
    for _ in 0..<5 {
      let before = await session.worked
      _ = await session.run(calls, priority: .background)
      best = min(best, Double(await session.worked &- before) / Double(calls.count))
    }
    return best
  }
}

extension PluginResult {
  /// Whether a rule has answered.
  fileprivate var saysAnything: Bool {
    !findings.isEmpty || !facts.isEmpty || !tallies.isEmpty || !sketches.isEmpty || !claims.isEmpty
  }
}

extension PluginCall {
  /// The record of a check.
  fileprivate var record: RecordInput? {
    guard case .check(let record, _) = self else { return nil }
    return record
  }

  /// The kind of the facts that a join is about.
  fileprivate var kind: FactKind? {
    switch self {
    case .relate(let fact, _, _, _): fact.kind
    case .group(let kind, _, _, _), .totals(let kind, _, _): kind
    case .check, .fix, .complete, .hover: nil
    }
  }
}

extension CodeRule {
  /// Whether a check has something of what the rule reads.
  fileprivate func isCalled(for call: PluginCall) -> Bool {
    guard let record = call.record, dialects.isEmpty || dialects.contains(record.dialect),
      roles.isEmpty || roles.contains(record.roles.role.rawValue)
    else { return false }
    let names = record.fieldNames.names
    return fields.isEmpty
      || record.roles.entries.contains { entry in
        Int(entry.field) < names.count && fields.contains(names[Int(entry.field)])
      }
  }
}
