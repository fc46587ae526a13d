import Facts
import PluginHost

/// How much of what plugins say of one document is kept, so that none can fill the memory with it.
///
/// Each call brings some with it, and what is not used is saved up. So one entry may have thousands of findings and
/// facts, and all entries together on the average of `share`: far more than rules have, and far less than a machine.
struct AnswerBudget {
  /// Findings, facts and totals for each call.
  static let share = 64
  /// What is there at first, and saved up at most.
  static let most = 100_000
  private var left = AnswerBudget.most

  /// Leaves out of an answer what goes beyond the budget; says so in its faults.
  mutating func admit(_ result: inout PluginResult, of plugin: String) {
    left = min(left + Self.share, Self.most)
    let keys = result.sketches.reduce(0) { $0 + $1.keys.count }
    let count = result.findings.count + result.facts.count + result.tallies.count + keys
    guard count > left else {
      left -= count
      return
    }
    var room = left
    left = 0
    Self.cut(&result.findings, &room)
    Self.cut(&result.facts, &room)
    Self.cut(&result.tallies, &room)
    Self.cut(&result.sketches, &room)
    result.faults.append(
      PluginFault(
        plugin: plugin, code: .droppedAnswers,
        message: "The plugin `\(plugin)` says far more of this file than can be kept; the rest is left out."))
  }

  private static func cut<Element>(_ elements: inout [Element], _ room: inout Int) {
    if elements.count > room { elements.removeLast(elements.count - room) }
    room -= elements.count
  }
}
