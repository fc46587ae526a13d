import Facts
import Findings
import PluginHost

extension PendingCall {
  /// What is said at the entry when its plugin failed there. Faults that are nobody's entry's (a plugin that rests or
  /// can't be used) are not said at each, but once, with what was not run.
  func findings(for faults: [PluginFault]) -> [Finding] {
    guard !faults.isEmpty, let place = call.place else { return [] }
    var said: Set<String> = []
    return faults.compactMap { fault -> Finding? in
      let rule: RuleInfo
      var fold: String?
      switch fault.code {
      case .setAside: rule = PluginFaultRules.stopped
      case .droppedAnswers:
        rule = PluginFaultRules.confused
        // There may be one at every entry: one is shown, with their number.
        fold = fault.plugin
      case .refused, .resting, .restarted, .complaint, .cancelled: return nil
      }
      guard said.insert(rule.id).inserted else { return nil }
      return Finding(
        rule: rule.id, severity: rule.severity, place: place, message: Message("", [.init("plugin", fault.plugin)]),
        fold: fold)
    }
  }
}

extension PluginCall {
  /// Where the call looks: the whole record, or the main place of the fact that it is about.
  fileprivate var place: Place? {
    switch self {
    case .check(let record, _), .fix(let record, _, _), .complete(let record, _, _), .hover(let record, _, _):
      Place(record: record.reference, start: 0, end: UInt32(clamping: record.bytes.count))
    case .relate(let fact, _, _, _): fact.places.first?.place
    case .group(_, _, let facts, _): facts.last?.places.first?.place
    case .totals(_, _, let totals): totals.lazy.compactMap(\.places.first).first
    }
  }
}
