package import Findings

extension FactKey {
  /// The key of a text: exact up to fifteen bytes, a 128-bit hash beyond. The same on every machine and in every run.
  package init(text: [UInt8]) {
    let text = text.span
    let count = text.count
    guard count > 15 else {
      var words: (high: UInt64, low: UInt64) = (UInt64(count) &<< 56, 0)
      for index in text.indices {
        if index < 8 {
          words.low |= UInt64(text[index]) &<< UInt64(8 * index)
        } else {
          words.high |= UInt64(text[index]) &<< UInt64(8 * (index - 8))
        }
      }
      self.init(high: words.high, low: words.low)
      return
    }
    var high = mixed(UInt64(count))
    var low = mixed(high ^ 0x9e37_79b9_7f4a_7c15)
    var word: UInt64 = 0
    for index in text.indices {
      word |= UInt64(text[index]) &<< UInt64(8 * (index & 7))
      guard index & 7 == 7 || index == count - 1 else { continue }
      high = mixed(high ^ word)
      low = mixed(low &+ word &* 0x9e37_79b9_7f4a_7c15) ^ high
      word = 0
    }
    // The top byte of short keys is their length; 0xff keeps the two apart.
    self.init(high: mixed(high ^ low) | 0xff00_0000_0000_0000, low: mixed(low))
  }

  package init(text: some StringProtocol) { self.init(text: Array(text.utf8)) }

  /// The key of a text that means something only within its document.
  package init(text: [UInt8], in document: DocumentID) {
    self = FactKey(text: text).scoped(to: UInt64(document.number), 2)
  }

  /// This key within a scope (a document, a record): the same text under two scopes gives two keys.
  package func scoped(to scope: UInt64, _ inner: UInt64 = 0) -> FactKey {
    let mix = mixed(scope &+ mixed(inner &+ 0x9e37_79b9_7f4a_7c15))
    return FactKey(high: mixed(high ^ mix), low: mixed(low &+ mix) ^ high)
  }
}
