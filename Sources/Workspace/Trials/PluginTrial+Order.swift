import Findings
import PluginHost

extension PluginTrial {
  /// Asks every call again: in another process and from the end, twice in a row, and among others in no order. An answer is a matter
  /// of what is asked and of nothing else, so all must be the same to the last byte.
  func tryOrder(_ seen: [CallWitness.Seen], in pool: PluginPool, _ report: inout TrialReport) async {
    guard !seen.isEmpty else { return }
    await pool.reload()
    let first = await pool.run(seen.map(\.call), priority: .background)
    await pool.reload()
    let order = Array(seen.indices)
    var random = SeededNumbers(options.seed)
    let askings: [(how: String, order: [Int])] = [
      ("from the last to the first", order.reversed()),
      ("twice in a row", order.flatMap { [$0, $0] }),
      ("among others", order.shuffled(using: &random)),
    ]
    var told: Set<String> = []
    for asking in askings {
      let answers = await pool.run(asking.order.map { seen[$0].call }, priority: .background)
      for (index, answer) in zip(asking.order, answers) where answer != first[index] {
        // What stopped the plugin is told where it stopped.
        guard answer.faults.isEmpty, first[index].faults.isEmpty else { continue }
        let what = difference(answer, first[index])
        guard told.insert(what).inserted else { continue }
        report.faults.append(
          TrialFault(
            kind: .purity, place: seen[index].text,
            message: "\(what) when it is asked again \(asking.how), though nothing it was given is different"))
      }
    }
    report.calls = seen.count
    report.askings = 1 + askings.reduce(0) { $0 + $1.order.count } / seen.count
  }

  /// Names the rules whose findings differ, or what else does.
  private func difference(_ a: PluginResult, _ b: PluginResult) -> String {
    let rules = Set(a.findings).symmetricDifference(b.findings).map(\.rule)
    if !rules.isEmpty { return "\(Set(rules).sorted().joined(separator: ", ")) gives another answer" }
    if a.findings != b.findings { return "the plugin gives its findings in another order" }
    if a.facts != b.facts || a.tallies != b.tallies || a.claims != b.claims {
      return "what the plugin states for its other rules is not the same"
    }
    return "the plugin looks other words up"
  }
}
