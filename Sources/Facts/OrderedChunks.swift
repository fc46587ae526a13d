/// Row numbers in an order that the caller supplies, in chunks of at most 256.
///
/// Inserting, removing and finding cost two binary searches and a move inside one chunk.
/// The order must not change for rows that are in.
struct OrderedChunks {
  private static var capacity: Int { 256 }
  private var chunks: ContiguousArray<ContiguousArray<UInt32>> = []
  private(set) var count = 0

  typealias Order = (_ a: UInt32, _ b: UInt32) -> Bool

  /// A position; good until the next change.
  struct Position {
    fileprivate(set) var chunk: Int
    fileprivate(set) var offset: Int
  }

  init() {}

  /// Takes rows that are in order already.
  init(sorted rows: [UInt32]) {
    var start = 0
    while start < rows.count {
      let end = min(start + Self.capacity / 2, rows.count)
      chunks.append(ContiguousArray(rows[start..<end]))
      start = end
    }
    count = rows.count
  }

  var byteCount: Int { chunks.reduce(chunks.capacity * 8) { $0 + $1.capacity * 4 + 32 } }

  /// The first row for which `isBefore` is false; all rows for which it is true must come first.
  func lowerBound(_ isBefore: (UInt32) -> Bool) -> Position {
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(chunks[middle][chunks[middle].count - 1]) { low = middle + 1 } else { high = middle }
    }
    guard low < chunks.count else { return Position(chunk: chunks.count, offset: 0) }
    let chunk = low
    low = 0
    high = chunks[chunk].count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(chunks[chunk][middle]) { low = middle + 1 } else { high = middle }
    }
    return Position(chunk: chunk, offset: low)
  }

  func row(at position: Position) -> UInt32? {
    guard position.chunk < chunks.count, position.offset < chunks[position.chunk].count else { return nil }
    return chunks[position.chunk][position.offset]
  }

  func position(after position: Position) -> Position {
    guard position.chunk < chunks.count else { return position }
    if position.offset + 1 < chunks[position.chunk].count {
      return Position(chunk: position.chunk, offset: position.offset + 1)
    }
    return Position(chunk: position.chunk + 1, offset: 0)
  }

  func position(before position: Position) -> Position? {
    if position.offset > 0 { return Position(chunk: position.chunk, offset: position.offset - 1) }
    guard position.chunk > 0 else { return nil }
    return Position(chunk: position.chunk - 1, offset: chunks[position.chunk - 1].count - 1)
  }

  /// How many rows stand before the position. Cost: one step per chunk.
  func rank(of position: Position) -> Int {
    chunks[..<min(position.chunk, chunks.count)].reduce(position.offset) { $0 + $1.count }
  }

  mutating func insert(_ row: UInt32, by precedes: Order) {
    // Facts mostly come in the order in which they stand.
    if let last = chunks.last?.last, precedes(last, row) {
      count += 1
      return append(row)
    }
    var position = lowerBound { precedes($0, row) }
    count += 1
    guard position.chunk < chunks.count else { return append(row) }
    if chunks[position.chunk].count == Self.capacity {
      let middle = Self.capacity / 2
      chunks.insert(ContiguousArray(chunks[position.chunk][middle...]), at: position.chunk + 1)
      chunks[position.chunk] = ContiguousArray(chunks[position.chunk][..<middle])
      if position.offset > middle {
        position.chunk += 1
        position.offset -= middle
      }
    }
    makeRoom(in: position.chunk)
    chunks[position.chunk].insert(row, at: position.offset)
  }

  /// Grows a chunk in small steps: an array on its own doubles, and half of it would stay unused.
  private mutating func makeRoom(in chunk: Int) {
    let count = chunks[chunk].count
    guard count >= 32, count == chunks[chunk].capacity else { return }
    chunks[chunk].reserveCapacity(min(count + 32, Self.capacity))
  }

  /// Fills the last chunk to the brim, as files are read in order.
  private mutating func append(_ row: UInt32) {
    if let last = chunks.indices.last, chunks[last].count < Self.capacity {
      makeRoom(in: last)
      chunks[last].append(row)
    } else {
      chunks.append([row])
    }
  }

  /// Takes a row out; returns whether it was in.
  @discardableResult
  mutating func remove(_ row: UInt32, by precedes: Order) -> Bool {
    let position = lowerBound { precedes($0, row) }
    guard self.row(at: position) == row else { return false }
    let index = position.chunk
    chunks[index].remove(at: position.offset)
    count -= 1
    if chunks[index].isEmpty {
      chunks.remove(at: index)
    } else if index + 1 < chunks.count, chunks[index].count + chunks[index + 1].count <= Self.capacity / 2 {
      chunks[index].append(contentsOf: chunks[index + 1])
      chunks.remove(at: index + 1)
    }
    return true
  }

  /// Visits in order until `body` returns false.
  func forEach(while body: (UInt32) -> Bool) {
    for chunk in chunks {
      for row in chunk where !body(row) { return }
    }
  }

  /// Rows around a position, in order, at most `limit`: half of them before it, as far as there are so many.
  func around(_ position: Position, limit: Int) -> [UInt32] {
    var before: [UInt32] = []
    var back = position
    while before.count < limit / 2, let previous = self.position(before: back), let row = row(at: previous) {
      before.append(row)
      back = previous
    }
    var rows = Array(before.reversed())
    var next = position
    while rows.count < limit, let row = row(at: next) {
      rows.append(row)
      next = self.position(after: next)
    }
    return rows
  }

  /// The first rows, at most `limit`.
  func prefix(_ limit: Int) -> [UInt32] {
    var rows: [UInt32] = []
    rows.reserveCapacity(max(0, min(limit, count)))
    for chunk in chunks {
      guard rows.count < limit else { break }
      rows.append(contentsOf: chunk.prefix(limit - rows.count))
    }
    return rows
  }
}
