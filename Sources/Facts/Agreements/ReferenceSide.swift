/// Which statements the others are held against, and which of the others differ from them.
///
/// Equal readings are one group. Groups are taken in order of preference: gold, adjudicated, by a person, by a model; within one
/// rank the one with more statements, then with more confidence, then the earlier. The first is the reference, with all that
/// differ from nothing taken before. Whatever differs from a part of that stands outside, so that where two differ, one does.
struct ReferenceSide: Sendable {
  /// What stands outside, in document order: a statement, and the preferred one that it differs from.
  private(set) var outside: [(statement: Int, counterpart: Int)] = []
  /// By the group of a counterpart: its statements, the preferred ones first.
  private var members: [Int: [Int]] = [:]
  private var groupOf: [Int] = []

  /// Groups that the others are held against, and that strengthen each other.
  static let groupLimit = 64

  /// Cost: O(n log n), and `groupLimit` comparisons a group.
  init<C: ReadingComparator>(_ statements: [Statement<C.Reading>], _ comparator: C) {
    var steps = ComparisonSteps.limit
    var groups = Self.groups(of: statements)
    if comparator.isTolerant { Self.strengthen(&groups, comparator, &steps) }
    groups.sort(by: Group.precedes)
    groupOf = Array(repeating: 0, count: statements.count)
    for (number, group) in groups.enumerated() {
      for statement in group.statements { groupOf[statement] = number }
    }
    var reference: [Int] = []
    for (number, group) in groups.enumerated() {
      let counterpart = reference.first { other in
        comparator.verdict(groups[other].reading, group.reading, steps: &steps) == .differ
      }
      if let counterpart {
        members[counterpart] = groups[counterpart].statements
        outside += group.statements.map { ($0, groups[counterpart].statements[0]) }
      } else if reference.count < Self.groupLimit {
        reference.append(number)
      }
    }
    outside.sort { $0.statement < $1.statement }
  }

  /// The statements that say the same as a counterpart, the preferred ones first.
  func fellows(of counterpart: Int) -> [Int] { members[groupOf[counterpart]] ?? [] }

  /// The statements that stand outside because of what a counterpart says, in document order.
  func opponents(of counterpart: Int) -> [Int] {
    outside.filter { $0.counterpart == counterpart }.map(\.statement)
  }

  private struct Group<Reading: Hashable & Sendable> {
    var reading: Reading
    /// The preferred ones first.
    var statements: [Int]
    var rank: ClaimRank
    /// How many statements of its rank it has, and those of groups that agree with it.
    var support: Int
    var confidence: Double
    var first: Int

    static func precedes(_ a: Self, _ b: Self) -> Bool {
      if a.rank != b.rank { return a.rank < b.rank }
      if a.support != b.support { return a.support > b.support }
      return a.confidence == b.confidence ? a.first < b.first : a.confidence > b.confidence
    }
  }

  private static func groups<Reading>(of statements: [Statement<Reading>]) -> [Group<Reading>] {
    var places: [Reading: Int] = [:]
    var all: [[Int]] = []
    for (number, statement) in statements.enumerated() {
      if let place = places[statement.reading] {
        all[place].append(number)
      } else {
        places[statement.reading] = all.count
        all.append([number])
      }
    }
    return all.map { numbers in
      let preferred = numbers.sorted { a, b in
        let (x, y) = (statements[a], statements[b])
        if x.rank != y.rank { return x.rank < y.rank }
        return x.confidence == y.confidence ? a < b : x.confidence > y.confidence
      }
      let best = statements[preferred[0]]
      return Group(
        reading: best.reading, statements: preferred, rank: best.rank,
        support: numbers.count { statements[$0].rank == best.rank }, confidence: best.confidence, first: preferred[0])
    }
  }

  /// Adds to the support of each of the foremost groups what agrees with it.
  private static func strengthen<C: ReadingComparator>(
    _ groups: inout [Group<C.Reading>], _ comparator: C, _ steps: inout Int
  ) {
    let foremost = groups.indices.sorted { Group.precedes(groups[$0], groups[$1]) }.prefix(groupLimit)
    let own = groups.map(\.support)
    for (place, a) in foremost.enumerated() {
      for b in foremost.dropFirst(place + 1) where groups[a].rank == groups[b].rank {
        guard comparator.verdict(groups[a].reading, groups[b].reading, steps: &steps) == .agree else { continue }
        groups[a].support += own[b]
        groups[b].support += own[a]
      }
    }
  }
}
