/// What hangs in the chains of an index, by number: how it is hashed, and what comes after it.
protocol ChainRows {
  func hash(of row: UInt32) -> UInt64
  func next(of row: UInt32) -> UInt32
  mutating func setNext(of row: UInt32, _ next: UInt32)
}

/// No row: ends a chain.
let noRow = UInt32.max

/// Of how many rows a table may consist: numbers beyond have other meanings.
let mostRows = Int(noRow) - 2

/// A hash index whose chains run through what it indexes.
///
/// Linear hashing: buckets are split and joined one at a time, so no insertion ever pays for a rehash of everything.
struct ChainIndex {
  private var heads = PagedArray<UInt32>()
  private(set) var count = 0
  /// How many rows a bucket has at most, on average; each bucket takes four bytes.
  private let load: Int
  /// The greatest power of two that is not above the number of buckets.
  private var half = 1

  init(load: Int = 2) {
    self.load = load
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

  mutating func insert(_ id: UInt32, into rows: inout some ChainRows) {
    let bucket = bucket(of: rows.hash(of: id))
    rows.setNext(of: id, heads[bucket])
    heads[bucket] = id
    count += 1
    if count > load * heads.count { split(&rows) }
  }

  /// Takes a row out; it must be in the index.
  mutating func remove(_ id: UInt32, from rows: inout some ChainRows) {
    let bucket = bucket(of: rows.hash(of: id))
    var previous = noRow
    var current = heads[bucket]
    while current != id, current != noRow {
      previous = current
      current = rows.next(of: current)
    }
    guard current == id else { return }
    let next = rows.next(of: id)
    if previous == noRow { heads[bucket] = next } else { rows.setNext(of: previous, next) }
    count -= 1
    if heads.count > 1, 4 * count < load * heads.count { join(&rows) }
  }

  private mutating func split(_ rows: inout some ChainRows) {
    let added = heads.count
    if added == 2 * half { half = added }
    let source = added - half
    heads.append(noRow)
    var current = heads[source]
    heads[source] = noRow
    while current != noRow {
      let next = rows.next(of: current)
      let target = bucket(of: rows.hash(of: current))
      rows.setNext(of: current, heads[target])
      heads[target] = current
      current = next
    }
  }

  private mutating func join(_ rows: inout some ChainRows) {
    var current = heads.removeLast()
    if heads.count == half, half > 1 { half /= 2 }
    while current != noRow {
      let next = rows.next(of: current)
      let target = bucket(of: rows.hash(of: current))
      rows.setNext(of: current, heads[target])
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
