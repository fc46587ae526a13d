import Manifest
import Schema

/// The nodes of a record that must never be shown, with all that stands in them; for asking about many.
///
/// Cost: sorting what is marked private; a search a question.
struct HiddenNodes {
  /// Apart and ascending.
  private var ranges: [Range<Int>] = []

  init(_ evaluation: Evaluation, in tree: RecordTree) {
    for node in evaluation.privateNodes.map(Int.init).sorted() where tree.nodes.indices.contains(node) {
      let end = Int(tree.nodes[node].subtreeEnd)
      guard end > max(node, ranges.last?.upperBound ?? 0) else { continue }
      ranges.append(max(node, ranges.last?.upperBound ?? 0)..<end)
    }
  }

  var isEmpty: Bool { ranges.isEmpty }

  func contains(_ node: Int) -> Bool {
    let next = ranges.partitioningIndex { $0.upperBound > node }
    return next < ranges.count && ranges[next].contains(node)
  }
}
