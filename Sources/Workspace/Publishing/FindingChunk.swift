import Manifest

/// Rows of records that follow each other, with what is shown of them.
struct FindingChunk: Sendable {
  private(set) var rows: [FindingRow] = []
  /// How many findings stand in them.
  private(set) var count = 0
  /// The rules of which something is shown here, with how often.
  private(set) var shown: [(rule: Int, count: Int)] = []

  /// More rows than this are cut in two.
  static let limit = 128

  init(_ rows: some Sequence<FindingRow>) {
    for row in rows { insert(row, at: self.rows.count) }
  }

  func index(of record: RecordID) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].record < record { low = middle + 1 } else { high = middle }
    }
    return low
  }

  mutating func insert(_ row: FindingRow, at index: Int) {
    rows.insert(row, at: index)
    note(row, 1)
  }

  mutating func replace(at index: Int, by row: FindingRow) {
    note(rows[index], -1)
    rows[index] = row
    note(row, 1)
  }

  mutating func remove(at index: Int) { note(rows.remove(at: index), -1) }

  private mutating func note(_ row: FindingRow, _ step: Int) {
    count += step * row.findings.count
    for item in row.items where item.isShown {
      guard let index = shown.firstIndex(where: { $0.rule == item.rule }) else {
        shown.append((item.rule, step))
        continue
      }
      shown[index].count += step
      if shown[index].count == 0 { shown.remove(at: index) }
    }
  }
}

/// Where a record's row is, or would be.
struct FindingPlace {
  var chunk: Int
  var row: Int
  var isThere: Bool
}

extension [FindingChunk] {
  /// Cost: O(log n).
  func place(of record: RecordID) -> FindingPlace {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if let last = self[middle].rows.last, last.record < record { low = middle + 1 } else { high = middle }
    }
    guard low < count else {
      // Behind all others: in the last chunk.
      return FindingPlace(chunk: Swift.max(0, count - 1), row: last?.rows.count ?? 0, isThere: false)
    }
    let rows = self[low].rows
    let row = self[low].index(of: record)
    return FindingPlace(chunk: low, row: row, isThere: row < rows.count && rows[row].record == record)
  }

  /// Puts a row where its place was found; `nil` takes it away. Cost: a chunk.
  mutating func replace(at place: FindingPlace, by row: FindingRow?) {
    guard !isEmpty else {
      if let row { append(FindingChunk(CollectionOfOne(row))) }
      return
    }
    switch (row, place.isThere) {
    case (let row?, true): self[place.chunk].replace(at: place.row, by: row)
    case (let row?, false): self[place.chunk].insert(row, at: place.row)
    case (nil, true): self[place.chunk].remove(at: place.row)
    case (nil, false): return
    }
    let rows = self[place.chunk].rows
    if rows.isEmpty {
      remove(at: place.chunk)
    } else if rows.count > FindingChunk.limit {
      // Rows come in order when a file is opened: chunks that are full stay so.
      let isLast = place.chunk == count - 1 && place.row == rows.count - 1
      let cut = isLast ? rows.count - 1 : rows.count / 2
      replaceSubrange(place.chunk...place.chunk, with: [FindingChunk(rows[..<cut]), FindingChunk(rows[cut...])])
    }
  }
}
