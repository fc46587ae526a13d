/// The runs of words in a text, as numbers.
enum Shingles {
  /// Runs of `size` words, folded. Cost: one step a byte, times `size`.
  static func set(of text: [UInt8], size: Int) -> Set<UInt64> {
    let words = text.split(separator: 0x20).map { hash($0) }
    guard words.count >= size else { return Set(words) }
    var out: Set<UInt64> = []
    out.reserveCapacity(words.count)
    for start in 0...(words.count - size) {
      out.insert(words[start..<(start + size)].reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ $1) &* 0x100_0000_01b3 })
    }
    return out
  }

  /// Shared runs over all runs, 0 to 1.
  static func overlap(_ a: Set<UInt64>, _ b: Set<UInt64>) -> Double {
    let shared = a.count < b.count ? a.count { b.contains($0) } : b.count { a.contains($0) }
    let all = a.count + b.count - shared
    return all > 0 ? Double(shared) / Double(all) : 1
  }

  /// FNV-1a, 64 bits: the same in every process.
  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
