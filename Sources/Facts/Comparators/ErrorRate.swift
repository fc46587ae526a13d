/// How far one text is from another that counts: what must be inserted, taken away and replaced, beside the length of the one that counts.
package struct ErrorRate: Sendable, Hashable {
  package var errors: Int
  /// Of the text that counts, in words or characters.
  package var length: Int

  /// `nil` where nothing was to be said: then all that was said is too much, and there is nothing to divide by.
  package var rate: Double? { length > 0 ? Double(errors) / Double(length) : nil }

  package init(errors: Int, length: Int) {
    self.errors = errors
    self.length = length
  }

  /// Of several texts: all errors by all lengths, not the mean of their rates.
  package static func + (a: Self, b: Self) -> Self {
    Self(errors: a.errors + b.errors, length: a.length + b.length)
  }

  /// Word error rate. Case, punctuation and spacing make no difference.
  package static func words(of text: some StringProtocol, against right: some StringProtocol) -> Self {
    let (a, b) = NormalizedText.numbered(NormalizedText(right).words, NormalizedText(text).words)
    return Self(errors: EditDistance.between(a, b), length: a.count)
  }

  /// Character error rate, by code points, with the spaces between words. Case, punctuation and spacing make no difference.
  package static func characters(of text: some StringProtocol, against right: some StringProtocol) -> Self {
    let (a, b) = (NormalizedText(right).letters, NormalizedText(text).letters)
    return Self(errors: EditDistance.between(a, b), length: a.count)
  }
}
