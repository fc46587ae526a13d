import Findings
package import Manifest

/// Stretches of a text that edits have taken, apart from each other.
package struct TakenRanges: Sendable {
  /// Ascending.
  private var ranges: [Range<Int>] = []

  package init() {}

  /// Whether a range touches none that is taken. Cost: O(log n).
  package func isFree(_ range: Range<Int>) -> Bool {
    let index = index(of: range)
    if index > 0, ranges[index - 1].upperBound >= range.lowerBound { return false }
    return index == ranges.count || ranges[index].lowerBound > range.upperBound
  }

  /// Takes ranges that are free.
  package mutating func take(_ taken: some Sequence<Range<Int>>) {
    for range in taken { ranges.insert(range, at: index(of: range)) }
  }

  private func index(of range: Range<Int>) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].lowerBound < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether edits of one fix are apart from each other, given in order.
  package static func areApart(_ ranges: [Range<Int>]) -> Bool {
    zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }
  }
}

extension DocumentSnapshot {
  /// The edits of every certain fix that can be made at once, in order, and of how many fixes they are: what `concord check --fix`
  /// makes in one round. Of two that touch, the one that stands first; the other is there to be made afterwards. Nothing that
  /// somebody has accepted is changed.
  ///
  /// Cost: every finding is put in order, and the edits of those with a fix are worked out.
  package func certainFixes() -> (edits: [TextEdit], count: Int) {
    var memo = RecordMemo(document)
    var taken = TakenRanges()
    var all: [TextEdit] = []
    var count = 0
    for finding in shown(limit: nil).findings where finding.acceptance == nil {
      var edits: [TextEdit] = []
      for fix in finding.finding.fixes where fix.isCertain {
        edits = textEdits(of: fix, &memo) ?? []
        if !edits.isEmpty { break }
      }
      let ranges = edits.map(\.range)
      guard !edits.isEmpty, TakenRanges.areApart(ranges), ranges.allSatisfy(taken.isFree) else { continue }
      taken.take(ranges)
      all += edits
      count += 1
    }
    return (all.sorted { $0.range.lowerBound < $1.range.lowerBound }, count)
  }
}
