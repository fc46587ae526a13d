/// The extents of one large group, in chunks of neighbors.
///
/// Sorted by size class first, then along a Z curve, so that a chunk holds things of one size in one corner and its bounds stay tight.
/// A search tests the bounds of all chunks (a few microseconds at 60,000 members) and the members of those few that qualify.
/// Bounds are single precision, rounded outward; the caller tests what is found exactly.
struct ExtentIndex {
  private static var capacity: Int { 64 }

  struct Bounds {
    var minX: Float = .infinity
    var minY: Float = .infinity
    var maxX: Float = -.infinity
    var maxY: Float = -.infinity

    init() {}

    init(_ extent: Extent) {
      minX = Self.down(extent.minX)
      minY = Self.down(extent.minY)
      maxX = -Self.down(-extent.maxX)
      maxY = -Self.down(-extent.maxY)
    }

    private static func down(_ value: Double) -> Float {
      let near = Float(value)
      return Double(near) > value ? near.nextDown : near
    }

    mutating func add(_ other: Bounds) {
      minX = min(minX, other.minX)
      minY = min(minY, other.minY)
      maxX = max(maxX, other.maxX)
      maxY = max(maxY, other.maxY)
    }

    func touches(_ extent: Extent) -> Bool {
      Double(minX) <= extent.maxX && extent.minX <= Double(maxX) && Double(minY) <= extent.maxY
        && extent.minY <= Double(maxY)
    }

    func isInside(_ extent: Extent) -> Bool {
      extent.minX <= Double(minX) && Double(maxX) <= extent.maxX && extent.minY <= Double(minY)
        && Double(maxY) <= extent.maxY
    }
  }

  private struct Entry {
    var code: UInt64
    var bounds: Bounds
    var row: UInt32

    func precedes(_ code: UInt64, _ row: UInt32) -> Bool { self.code == code ? self.row < row : self.code < code }
  }

  private var chunks: ContiguousArray<ContiguousArray<Entry>> = []
  private var bounds: ContiguousArray<Bounds> = []

  var byteCount: Int {
    chunks.reduce((chunks.capacity + 2 * bounds.capacity) * 8) {
      $0 + $1.capacity * MemoryLayout<Entry>.stride + 32
    }
  }

  /// Rows whose bounds pass, in no order; `nil` when there are more than `cap`.
  func rows(passing test: (Bounds) -> Bool, cap: Int) -> [UInt32]? {
    var rows: [UInt32] = []
    for (index, bounds) in bounds.enumerated() where test(bounds) {
      for entry in chunks[index] where test(entry.bounds) { rows.append(entry.row) }
      guard rows.count <= cap else { return nil }
    }
    return rows
  }

  mutating func insert(_ row: UInt32, _ extent: Extent) {
    let entry = Entry(code: Self.code(of: extent), bounds: Bounds(extent), row: row)
    guard !chunks.isEmpty else {
      chunks.append([entry])
      bounds.append(entry.bounds)
      return
    }
    let (chunk, offset) = position(of: entry.code, row)
    chunks[chunk].insert(entry, at: offset)
    bounds[chunk].add(entry.bounds)
    guard chunks[chunk].count > Self.capacity else { return }
    let tail = ContiguousArray(chunks[chunk][(Self.capacity / 2)...])
    chunks[chunk].removeSubrange((Self.capacity / 2)...)
    chunks.insert(tail, at: chunk + 1)
    bounds.insert(Bounds(), at: chunk + 1)
    measure(chunk)
    measure(chunk + 1)
  }

  mutating func remove(_ row: UInt32, _ extent: Extent) {
    guard !chunks.isEmpty else { return }
    let (chunk, offset) = position(of: Self.code(of: extent), row)
    guard offset < chunks[chunk].count, chunks[chunk][offset].row == row else { return }
    chunks[chunk].remove(at: offset)
    if chunk + 1 < chunks.count, chunks[chunk].count + chunks[chunk + 1].count <= Self.capacity / 2 {
      chunks[chunk].append(contentsOf: chunks[chunk + 1])
      chunks.remove(at: chunk + 1)
      bounds.remove(at: chunk + 1)
    }
    guard chunks[chunk].isEmpty else { return measure(chunk) }
    chunks.remove(at: chunk)
    bounds.remove(at: chunk)
  }

  private mutating func measure(_ chunk: Int) {
    bounds[chunk] = chunks[chunk].reduce(into: Bounds()) { $0.add($1.bounds) }
  }

  /// Where an entry stands or belongs. There must be a chunk.
  private func position(of code: UInt64, _ row: UInt32) -> (chunk: Int, offset: Int) {
    var low = 0
    var high = chunks.count - 1
    while low < high {
      let middle = (low + high) / 2
      let last = chunks[middle][chunks[middle].count - 1]
      if last.precedes(code, row) { low = middle + 1 } else { high = middle }
    }
    let chunk = low
    low = 0
    high = chunks[chunk].count
    while low < high {
      let middle = (low + high) / 2
      if chunks[chunk][middle].precedes(code, row) { low = middle + 1 } else { high = middle }
    }
    return (chunk, low)
  }

  /// Six bits of size class, then the bits of both cell numbers interleaved.
  static func code(of extent: Extent) -> UInt64 {
    let size = max(extent.maxX - extent.minX, extent.maxY - extent.minY)
    let level = size.isFinite && size > 0 ? min(max(Int(size.exponent) + 1, -30), 33) : size > 0 ? 33 : -30
    let scale = Double(sign: .plus, exponent: -level, significand: 1)
    let (x, y) = (cell(extent.minX * scale), cell(extent.minY * scale))
    return UInt64(level + 30) &<< 58 | spread(x) &<< 1 | spread(y)
  }

  /// The whole number below, in 29 bits; what is out of reach counts as the outermost.
  private static func cell(_ value: Double) -> UInt64 {
    let limit = 268_435_455.0
    let clamped = min(max(value, -limit), limit)
    let truncated = Int64(clamped)
    return UInt64((Double(truncated) > clamped ? truncated - 1 : truncated) + 268_435_456)
  }

  private static func spread(_ value: UInt64) -> UInt64 {
    var x = value
    x = (x | x &<< 16) & 0x0000_ffff_0000_ffff
    x = (x | x &<< 8) & 0x00ff_00ff_00ff_00ff
    x = (x | x &<< 4) & 0x0f0f_0f0f_0f0f_0f0f
    x = (x | x &<< 2) & 0x3333_3333_3333_3333
    return (x | x &<< 1) & 0x5555_5555_5555_5555
  }
}
