/// How many insertions, deletions and replacements turn one sequence into another.
enum EditDistance {
  enum Answer: Equatable {
    case within(Int)
    case more
    /// There were not as many steps left.
    case tooCostly
  }

  /// The distance if it is at most `limit`.
  ///
  /// Only places at most `limit` apart are compared. Cost: the shorter length times twice the limit, taken from `steps`.
  static func within<Part: Equatable>(_ limit: Int, _ a: [Part], _ b: [Part], steps: inout Int) -> Answer {
    guard limit >= 0, abs(a.count - b.count) <= limit else { return .more }
    let (short, long) = trimmed(a.count <= b.count ? (a[...], b[...]) : (b[...], a[...]))
    // No distance is greater than the longer one's length.
    let limit = min(limit, long.count)
    guard !short.isEmpty else { return long.count <= limit ? .within(long.count) : .more }
    let (cost, overflow) = short.count.multipliedReportingOverflow(by: 2 * limit + 1)
    guard !overflow, cost <= steps else { return .tooCostly }
    steps -= cost
    return banded(limit, short, long)
  }

  /// The distance, whatever it costs.
  static func between<Part: Equatable>(_ a: [Part], _ b: [Part]) -> Int {
    var limit = max(8, abs(a.count - b.count))
    var steps = Int.max
    // Most texts are nearly alike: a wider band is tried only where a narrow one was too narrow.
    while true {
      if case .within(let distance) = within(limit, a, b, steps: &steps) { return distance }
      guard limit < max(a.count, b.count) else { return max(a.count, b.count) }
      limit = min(limit * 4, max(a.count, b.count))
      steps = Int.max
    }
  }

  /// Without what both begin and end with.
  private static func trimmed<Part: Equatable>(
    _ both: (ArraySlice<Part>, ArraySlice<Part>)
  ) -> (ArraySlice<Part>, ArraySlice<Part>) {
    var (a, b) = both
    let head = zip(a, b).prefix { $0 == $1 }.count
    (a, b) = (a.dropFirst(head), b.dropFirst(head))
    let tail = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
    return (a.dropLast(tail), b.dropLast(tail))
  }

  /// A row of the usual table for each part of `a`, of it only the places of `b` that lie at most `limit` from the diagonal.
  private static func banded<Part: Equatable>(_ limit: Int, _ a: ArraySlice<Part>, _ b: ArraySlice<Part>) -> Answer {
    let beyond = limit + 1
    // Place `k` of a row is column `row + k - limit`.
    var row = (0...2 * limit).map { $0 < limit ? beyond : min($0 - limit, beyond) }
    for (number, part) in a.enumerated() {
      var left = beyond
      var least = beyond
      for place in row.indices {
        let column = number + 1 + place - limit
        guard column >= 0, column <= b.count else {
          row[place] = beyond
          left = beyond
          continue
        }
        let above = place + 1 < row.count ? row[place + 1] : beyond
        var best = min(above, left) + 1
        if column > 0 {
          best = min(best, row[place] + (part == b[b.startIndex + column - 1] ? 0 : 1))
        }
        left = min(best, beyond)
        row[place] = left
        least = min(least, left)
      }
      guard least <= limit else { return .more }
    }
    let last = row[b.count - a.count + limit]
    return last <= limit ? .within(last) : .more
  }
}
