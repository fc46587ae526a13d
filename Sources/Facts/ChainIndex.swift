/// How rows of one table hang in one chain index.
protocol ChainLink {
  associatedtype Row: BitwiseCopyable
  static func hash(_ row: Row, seed: UInt64) -> UInt64
  static func next(_ row: Row) -> UInt32
  static func setNext(_ row: inout Row, _ next: UInt32)
}

/// No row: ends a chain.
let noRow = UInt32.max

/// A hash index whose chains run through the rows themselves.
///
/// Linear hashing: buckets are split and joined one at a time, so no insertion ever pays for a rehash of everything.
/// About two rows a bucket, hence two bytes a row.
struct ChainIndex<Link: ChainLink> {
  private var heads = PagedArray<UInt32>()
  private(set) var count = 0
  private let seed: UInt64
  /// The greatest power of two that is not above the number of buckets.
  private var half = 1

  init(seed: UInt64) {
    self.seed = seed
    heads.append(noRow)
  }

  var byteCount: Int { heads.byteCount }
  var bucketCount: Int { heads.count }

  private func bucket(of hash: UInt64) -> Int {
    let wide = Int(truncatingIfNeeded: hash & UInt64(2 * half - 1))
    return wide < heads.count ? wide : wide & (half - 1)
  }

  /// The first row of the chain that holds every row of this hash, and others.
  func head(of hash: UInt64) -> UInt32 { heads[bucket(of: hash)] }
  func head(ofBucket bucket: Int) -> UInt32 { heads[bucket] }

  mutating func insert(_ id: UInt32, into rows: inout PagedArray<Link.Row>) {
    let bucket = bucket(of: Link.hash(rows[id], seed: seed))
    Link.setNext(&rows[id], heads[bucket])
    heads[bucket] = id
    count += 1
    if count > 2 * heads.count { split(&rows) }
  }

  /// Takes a row out; it must be in the index.
  mutating func remove(_ id: UInt32, from rows: inout PagedArray<Link.Row>) {
    let bucket = bucket(of: Link.hash(rows[id], seed: seed))
    var previous = noRow
    var current = heads[bucket]
    while current != id, current != noRow {
      previous = current
      current = Link.next(rows[current])
    }
    guard current == id else { return }
    let next = Link.next(rows[id])
    if previous == noRow { heads[bucket] = next } else { Link.setNext(&rows[previous], next) }
    count -= 1
    if heads.count > 1, 2 * count < heads.count { join(&rows) }
  }

  private mutating func split(_ rows: inout PagedArray<Link.Row>) {
    let added = heads.count
    if added == 2 * half { half = added }
    let source = added - half
    heads.append(noRow)
    var current = heads[source]
    heads[source] = noRow
    while current != noRow {
      let next = Link.next(rows[current])
      let target = bucket(of: Link.hash(rows[current], seed: seed))
      Link.setNext(&rows[current], heads[target])
      heads[target] = current
      current = next
    }
  }

  private mutating func join(_ rows: inout PagedArray<Link.Row>) {
    var current = heads.removeLast()
    if heads.count == half, half > 1 { half /= 2 }
    while current != noRow {
      let next = Link.next(rows[current])
      let target = bucket(of: Link.hash(rows[current], seed: seed))
      Link.setNext(&rows[current], heads[target])
      heads[target] = current
      current = next
    }
  }
}

/// Spreads the bits of a word; each output bit depends on each input bit.
func mixed(_ word: UInt64) -> UInt64 {
  var x = word
  x = (x ^ (x &>> 32)) &* 0xd6e8_feb8_6659_fd93
  x = (x ^ (x &>> 32)) &* 0xd6e8_feb8_6659_fd93
  return x ^ (x &>> 32)
}
