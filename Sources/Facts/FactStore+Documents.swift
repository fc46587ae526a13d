import Findings
import Manifest

extension FactStore {
  /// The facts of a key by document: the first one in each, and how many. Cost: a search per document.
  package func documents(_ kind: FactKind, _ key: FactKey) -> [(first: FactView, count: Int)] {
    let group = GroupKey(kind: kind, key: key)
    guard let index = facts.large[group] else {
      var runs: [(first: FactView, count: Int)] = []
      for row in facts.members(of: group, limit: .max).rows {
        if let last = runs.last, last.first.fact.places[0].place.record.document.number == facts.facts[row].document {
          runs[runs.count - 1].count += 1
        } else {
          runs.append((facts.facts.view(of: row), 1))
        }
      }
      return runs
    }
    var runs: [(first: FactView, count: Int)] = []
    var position = index.order.lowerBound { _ in false }
    var rank = 0
    while let row = index.order.row(at: position) {
      let document = facts.facts[row].document
      position = index.order.lowerBound { facts.facts[$0].document <= document }
      let end = index.order.rank(of: position)
      runs.append((facts.facts.view(of: row), end - rank))
      rank = end
    }
    return runs
  }
}
