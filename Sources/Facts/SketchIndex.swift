/// Which keys of sketches there are: who holds one that is held once, and how many hold one of the others.
///
/// A key is looked for by 32 bits of its hash, in one of the segments that the lowest of these bits name, where it stands at its place or
/// soon behind it: mostly one look at memory. A segment that is nearly full becomes two, so that no insertion pays for more than one. Two
/// keys that share all 32 bits count as one: who holds them is said to meet, which the facts made of them show to be wrong.
struct SketchIndex {
  enum Held {
    /// By nobody before.
    case alone
    /// By one before: a key of a sketch.
    case by(entry: UInt32, position: Int)
    /// By several before, or it can't be told.
    case shared
  }

  /// Sketches must be numbered below this.
  static let mostEntries = 1 << 25

  private struct Segment {
    var count: UInt16 = 0
    /// How many of a key's bits name it.
    var depth: UInt8 = 0
  }

  /// 1,024 for each segment. A slot has a key's bits in its upper half, and below who holds it, or how many.
  private var slots = PagedArray<UInt64>()
  private var segments: [Segment] = []
  /// Segments by the lowest bits of keys, as many as the deepest of them has.
  private var directory: [UInt32] = []
  private var count = 0
  /// What was fetched means nothing, but somebody has to want it.
  private var fetched: UInt64 = 0

  private static let size = 1024
  private static let mask = size - 1
  private static let placeBits: UInt64 = 10
  private static let mostDepth: UInt8 = 22
  /// More in one segment would have to look too far for a place.
  private static let most: UInt16 = 832
  private static let empty = UInt64.max
  private static let isShared: UInt64 = 1 << 31
  private static let mostShared: UInt64 = isShared - 2

  var byteCount: Int { slots.byteCount + segments.capacity * 4 + directory.capacity * 4 }

  private static func bits(_ hash: UInt64) -> UInt64 { hash >> 32 }
  private static func place(_ bits: UInt64) -> Int { Int(bits & UInt64(mask)) }
  private func segment(_ bits: UInt64) -> Int {
    Int(directory[Int(bits >> Self.placeBits) & (directory.count - 1)])
  }

  /// Brings near where keys stand, or would: they are far apart, and looking at one after the other would wait for each.
  mutating func fetch(_ hashes: some Sequence<UInt64>) {
    guard !segments.isEmpty else { return }
    var seen: UInt64 = 0
    for hash in hashes {
      let bits = Self.bits(hash)
      seen ^= slots[segment(bits) * Self.size + Self.place(bits)]
    }
    fetched = seen
  }

  /// Where a key stands in its segment, or where it would.
  private func slot(_ bits: UInt64, in segment: Int) -> Int {
    let first = segment * Self.size
    var place = Self.place(bits)
    while true {
      let slot = slots[first + place]
      // A segment is never full.
      if slot == Self.empty || slot >> 32 == bits { return first + place }
      place = (place + 1) & Self.mask
    }
  }

  /// Notes that a sketch holds a key, and tells who held it before.
  mutating func insert(_ hash: UInt64, entry: UInt32, position: Int) -> Held {
    if segments.isEmpty { begin() }
    let bits = Self.bits(hash)
    var segment = segment(bits)
    var at = slot(bits, in: segment)
    let found = slots[at]
    guard found == Self.empty else {
      let value = found & 0xFFFF_FFFF
      guard value & Self.isShared == 0 else {
        if value - Self.isShared < Self.mostShared { slots[at] = found + 1 }
        return .shared
      }
      slots[at] = bits << 32 | Self.isShared | 2
      return .by(entry: UInt32(value >> 6), position: Int(value & 63))
    }
    while segments[segment].count >= Self.most {
      guard split(segment) else { return .shared }
      segment = self.segment(bits)
      at = slot(bits, in: segment)
    }
    slots[at] = bits << 32 | UInt64(entry) << 6 | UInt64(position)
    segments[segment].count += 1
    count += 1
    return .alone
  }

  /// Notes that a sketch holds a key no longer.
  mutating func remove(_ hash: UInt64) {
    guard !segments.isEmpty else { return }
    let bits = Self.bits(hash)
    let segment = segment(bits)
    let at = slot(bits, in: segment)
    let found = slots[at]
    guard found != Self.empty else { return }
    let isLast = found & Self.isShared == 0 || found & 0xFFFF_FFFF == Self.isShared | 1
    guard isLast else { return slots[at] = found - 1 }
    close(at, in: segment)
    segments[segment].count -= 1
    count -= 1
    if count == 0 { self = SketchIndex() }
  }

  /// Empties a slot; those behind it that would stand there if they could move up.
  private mutating func close(_ at: Int, in segment: Int) {
    let first = segment * Self.size
    var gap = at - first
    var next = (gap + 1) & Self.mask
    while slots[first + next] != Self.empty {
      let slot = slots[first + next]
      let wanted = Self.place(slot >> 32)
      if (next - wanted) & Self.mask >= (next - gap) & Self.mask {
        slots[first + gap] = slot
        gap = next
      }
      next = (next + 1) & Self.mask
    }
    slots[first + gap] = Self.empty
  }

  // MARK: Growing

  private mutating func begin() {
    addSegment(depth: 0)
    directory = [0]
  }

  private mutating func addSegment(depth: UInt8) {
    for _ in 0..<Self.size { slots.append(Self.empty) }
    segments.append(Segment(count: 0, depth: depth))
  }

  /// Makes two of a segment; false where that would take more bits than there are.
  private mutating func split(_ segment: Int) -> Bool {
    let depth = segments[segment].depth
    guard depth < Self.mostDepth else { return false }
    if directory.count == 1 << Int(depth) { directory += directory }
    let added = segments.count
    segments[segment] = Segment(count: 0, depth: depth + 1)
    addSegment(depth: depth + 1)
    for index in directory.indices where directory[index] == UInt32(segment) && index >> Int(depth) & 1 == 1 {
      directory[index] = UInt32(added)
    }
    let first = segment * Self.size
    var moved: [UInt64] = []
    moved.reserveCapacity(Self.size)
    for index in first..<(first + Self.size) where slots[index] != Self.empty {
      moved.append(slots[index])
      slots[index] = Self.empty
    }
    for slot in moved {
      let segment = self.segment(slot >> 32)
      slots[self.slot(slot >> 32, in: segment)] = slot
      segments[segment].count += 1
    }
    return true
  }
}
