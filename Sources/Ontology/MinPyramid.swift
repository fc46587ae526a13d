/// Gives the smallest numbers of any stretch of a column, in order, without looking at the rest of it.
///
/// Above the column stand the smallest of each sixteen, above those the smallest of each sixteen of them, and so on: the lowest level first.
struct MinPyramid {
  private static let fan = 16
  let column: Column
  let minima: Column
  /// Where each level above the column begins in `minima`, and how long it is.
  private let levels: [(start: Int, count: Int)]

  /// `nil` if the minima are not as many as the column needs.
  init?(_ column: Column, minima: Column) {
    self.column = column
    self.minima = minima
    levels = Self.levels(column.count)
    guard minima.count == levels.last.map({ $0.start + $0.count }) ?? 0 else { return nil }
  }

  private static func levels(_ count: Int) -> [(start: Int, count: Int)] {
    var levels: [(start: Int, count: Int)] = []
    var start = 0
    var count = count
    while count > fan {
      count = (count + fan - 1) / fan
      levels.append((start, count))
      start += count
    }
    return levels
  }

  /// The minima of a column that is being compiled.
  static func minima(of column: [UInt32]) -> [UInt32] {
    var all: [UInt32] = []
    var below = column
    while below.count > fan {
      var level: [UInt32] = []
      level.reserveCapacity(below.count / fan + 1)
      var start = 0
      while start < below.count {
        level.append(below[start..<min(start + fan, below.count)].min() ?? .max)
        start += fan
      }
      all += level
      below = level
    }
    return all
  }

  private func value(_ level: Int, _ index: Int) -> UInt32 {
    level == 0 ? column[index] : minima[levels[level - 1].start + index]
  }

  private func count(_ level: Int) -> Int { level == 0 ? column.count : levels[level - 1].count }

  /// Where the smallest number of the stretch stands. Cost: a few reads a level.
  func smallest(in range: Range<Int>) -> (value: UInt32, index: Int)? {
    var low = max(0, range.lowerBound)
    var high = min(column.count, range.upperBound)
    guard low < high else { return nil }
    var best: (value: UInt32, level: Int, index: Int) = (.max, 0, low)
    var level = 0
    func look(_ index: Int) {
      let found = value(level, index)
      if found < best.value { best = (found, level, index) }
    }
    while low < high {
      guard level < levels.count, high - low > Self.fan else {
        for index in low..<high { look(index) }
        break
      }
      while low % Self.fan != 0 {
        look(low)
        low += 1
      }
      while high % Self.fan != 0 {
        high -= 1
        look(high)
      }
      low /= Self.fan
      high /= Self.fan
      level += 1
    }
    return descend(best)
  }

  /// From a minimum to where it stands in the column; `nil` if damaged bytes promise what is not there.
  private func descend(_ found: (value: UInt32, level: Int, index: Int)) -> (value: UInt32, index: Int)? {
    var (level, index) = (found.level, found.index)
    while level > 0 {
      level -= 1
      let first = index * Self.fan
      let last = min(first + Self.fan, count(level))
      guard first < last, let below = (first..<last).first(where: { value(level, $0) == found.value }) else {
        return nil
      }
      index = below
    }
    return (found.value, index)
  }

  /// Calls `body` with the numbers of the stretch, smallest first, until it returns `false`. Cost: a few hundred nanoseconds each.
  func forEachAscending(in range: Range<Int>, _ body: (UInt32) -> Bool) {
    var heap = Heap()
    func push(_ range: Range<Int>) {
      if let found = smallest(in: range) { heap.push(Stretch(value: found.value, index: found.index, range: range)) }
    }
    push(range)
    while let next = heap.pop() {
      guard body(next.value) else { return }
      push(next.range.lowerBound..<next.index)
      push((next.index + 1)..<next.range.upperBound)
    }
  }

  private struct Stretch {
    var value: UInt32
    var index: Int
    var range: Range<Int>
  }

  private struct Heap {
    private var items: [Stretch] = []

    mutating func push(_ item: Stretch) {
      items.append(item)
      var index = items.count - 1
      while index > 0, items[index].value < items[(index - 1) / 2].value {
        items.swapAt(index, (index - 1) / 2)
        index = (index - 1) / 2
      }
    }

    mutating func pop() -> Stretch? {
      guard let first = items.first, let last = items.popLast() else { return nil }
      guard !items.isEmpty else { return first }
      items[0] = last
      var index = 0
      while true {
        var smallest = index
        for child in [2 * index + 1, 2 * index + 2]
        where child < items.count && items[child].value < items[smallest].value {
          smallest = child
        }
        if smallest == index { return first }
        items.swapAt(index, smallest)
        index = smallest
      }
    }
  }
}
