/// A set of numbers from 0 on.
struct Bitmap: Sendable {
  private var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: (max(0, count) + 63) / 64) }

  func contains(_ index: Int) -> Bool {
    guard index >= 0, index >> 6 < words.count else { return false }
    return words[index >> 6] & (1 << UInt64(index & 63)) != 0
  }

  /// Whether it was not there before. A number beyond the count is not taken.
  @discardableResult mutating func insert(_ index: Int) -> Bool {
    guard index >= 0, index >> 6 < words.count, !contains(index) else { return false }
    words[index >> 6] |= 1 << UInt64(index & 63)
    return true
  }

  /// Calls `body` with the numbers from small to large, until it returns `false`.
  func forEach(_ body: (Int) -> Bool) {
    for (place, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        guard body(place << 6 + rest.trailingZeroBitCount) else { return }
        rest &= rest - 1
      }
    }
  }
}
