/// A Bloom filter of an object's keys: 128 bits, three a key.
struct KeySet: Sendable, Hashable {
  var low: UInt64 = 0
  var high: UInt64 = 0

  static let empty = KeySet()

  private init() {}

  /// The set of one key, given its hash.
  init(_ hash: UInt64) {
    let mixed = mix(hash, 0x2545_F491_4F6C_DD1D)
    for shift in [UInt64(0), 7, 14] {
      let bit = (mixed >> shift) & 127
      if bit < 64 { low |= 1 << bit } else { high |= 1 << (bit - 64) }
    }
  }

  var isEmpty: Bool { low | high == 0 }

  func contains(_ other: KeySet) -> Bool {
    !other.isEmpty && (low & other.low) == other.low && (high & other.high) == other.high
  }

  mutating func insert(_ other: KeySet) {
    low |= other.low
    high |= other.high
  }
}
