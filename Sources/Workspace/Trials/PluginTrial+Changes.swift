import Findings
import PluginHost

extension PluginTrial {
  /// So many faults are enough to begin with.
  private static let mostFaults = 10

  /// Checks texts that are changed at random: whatever they have become, the plugin goes on, and what it finds stands in them.
  func tryChanges(of texts: [TriedText], _ witness: CallWitness, _ report: inout TrialReport) async {
    var faults = 0
    var told: Set<String> = []
    _ = witness.takeFaults()
    for (dialect, texts) in Dictionary(grouping: texts, by: \.dialect).sorted(by: { $0.key < $1.key }) {
      let workspace = workspace(dialect, witness)
      for text in texts where faults < Self.mostFaults {
        var changes = TextChanges(SeededNumbers(options.seed, text.title))
        for _ in 0..<options.changes {
          let changed = changes.changed(text.bytes)
          report.changes += 1
          let outcome = await workspace.check(CheckItem(path: "changed.json", content: changed, isNamed: true))
          _ = witness.takeCalls()
          for problem in problems(outcome, changed, witness.takeFaults()) where told.insert(problem).inserted {
            faults += 1
            report.faults.append(TrialFault(kind: .change, place: text.title, message: problem, text: changed))
          }
          await plugin.pool?.wake()
        }
      }
      await workspace.letGo()
    }
  }

  private func problems(_ outcome: FileOutcome, _ text: [UInt8], _ faults: [PluginFault]) -> [String] {
    var problems = faults.map(\.message)
    guard case .checked(let file, _) = outcome else { return problems + ["it could not be checked"] }
    for finding in file.findings where finding.bytes.upperBound > text.count {
      problems.append("\(finding.rule) finds something behind the end of the text")
    }
    return problems
  }
}
