import Facts
import Findings
import PluginHost

/// What is in a whole file, as its plugin counts it.
extension DocumentSnapshot {
  private var declaredCounts: [PluginDescriptor.Counts] {
    dialect.flatMap { library.plugin($0.plugin) }?.descriptor.counts ?? []
  }

  package var hasCounts: Bool { !declaredCounts.isEmpty }

  /// In one line: of each part its values, the most frequent first. Waits until everything is known; `nil` if there is nothing
  /// to tell. Cost: one step a bin.
  package func counts(in workspace: Workspace) async -> String? {
    await workspace.settle(uri)
    var groups: [String] = []
    for counts in declaredCounts {
      let bins = await workspace.totals(of: counts.kind, in: uri)
      var factor = 1
      for names in counts.parts {
        var amounts = [Int64](repeating: 0, count: names.count)
        for (bin, amount) in bins { amounts[Int(bin) / factor % names.count] += amount }
        factor *= names.count
        let shown = names.indices.filter { amounts[$0] > 0 && !names[$0].isEmpty }
          .sorted { (amounts[$1], $0) < (amounts[$0], $1) }
        if !shown.isEmpty {
          groups.append(shown.map { "\(words(names[$0])) \(amounts[$0])" }.joined(separator: ", "))
        }
      }
    }
    return groups.isEmpty ? nil : groups.joined(separator: " · ")
  }
}

extension Workspace {
  /// The amounts of a kind in a document, by bin; those that make no sense are left out.
  fileprivate func totals(of kind: String, in uri: String) -> [(bin: UInt32, amount: Int64)] {
    guard let state = documents[uri], let kind = library.plan.kinds[kind] else { return [] }
    return state.store.totals(kind, FactKey(text: [], in: state.id)).filter { $0.amount > 0 && $0.amount < 1 << 40 }
      .map { ($0.bin, $0.amount) }
  }
}
