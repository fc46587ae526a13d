import Manifest

/// Records that wait for work, each once: what an edit touched first, then the rest outward from a focus.
struct WorkQueue: Sendable {
  private var hot: [RecordID] = []
  private var hotOnes: Set<RecordID> = []
  /// Ascending, so that the last one is nearest before the focus.
  private var before: [RecordID] = []
  /// Descending, so that the last one is nearest after the focus.
  private var after: [RecordID] = []
  private var coldOnes: Set<RecordID> = []
  /// Added since the two lists were made.
  private var isStale = false
  private var focus = RecordID.document
  private var turn = false

  var isEmpty: Bool { hotOnes.isEmpty && coldOnes.isEmpty }
  var hasHot: Bool { !hotOnes.isEmpty }

  /// Work that an edit caused directly; done before all else, and only once.
  mutating func addHot(_ record: RecordID) {
    coldOnes.remove(record)
    if hotOnes.insert(record).inserted { hot.append(record) }
  }

  /// Adds many, to be done in order of distance from `focus`. They are sorted when the next one is taken.
  mutating func add(_ records: some Sequence<RecordID>, focus: RecordID) {
    for record in records where !hotOnes.contains(record) && coldOnes.insert(record).inserted {
      isStale = true
      self.focus = focus
    }
  }

  mutating func remove(_ record: RecordID) {
    hotOnes.remove(record)
    coldOnes.remove(record)
  }

  /// The next record that an edit touched, or `nil`.
  mutating func takeHot() -> RecordID? {
    while let record = hot.popLast() {
      if hotOnes.remove(record) != nil { return record }
    }
    return nil
  }

  /// The next of the others, or `nil`. What is hot is left to those who wait for it.
  mutating func takeCold() -> RecordID? {
    if isStale { arrange() }
    while !before.isEmpty || !after.isEmpty {
      turn.toggle()
      let next = turn ? after.popLast() ?? before.popLast() : before.popLast() ?? after.popLast()
      if let next, coldOnes.remove(next) != nil { return next }
    }
    return nil
  }

  private mutating func arrange() {
    let all = coldOnes.sorted()
    let split = all.partitioningIndex { !($0 < focus) }
    before = Array(all[..<split])
    after = all[split...].reversed()
    isStale = false
  }
}

extension Array {
  /// The first index at which `belongsToSecond` holds, given that it holds for all that follow.
  func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
