/// Texts by the words, or characters, that differ; case, punctuation, spacing and composition make no difference.
///
/// A rate is what must be inserted, taken away and replaced, divided by the length of the shorter text: whichever of the two is
/// taken for the right one, the rate is at most that. Characters are code points, spaces between words included.
struct Texts: Comparator {
  private let wordRate: Double?
  private let characterRate: Double?

  init(wordRate: Double?, characterRate: Double?) {
    self.wordRate = wordRate
    self.characterRate = characterRate
  }

  var isTolerant: Bool { wordRate != nil || characterRate != nil }
  var hasRecurringValues: Bool { false }

  func reading(of value: ClaimValue) -> NormalizedText? {
    guard value.kind == .text, value.text.count <= ClaimValue.lengthLimit else { return nil }
    return NormalizedText(String(decoding: value.text, as: UTF8.self))
  }

  func verdict(_ a: NormalizedText, _ b: NormalizedText, steps: inout Int) -> Verdict {
    if a == b { return .agree }
    guard isTolerant else { return .differ }
    steps -= a.letters.count + b.letters.count
    guard steps > 0 else { return .unknown }
    var verdicts: [Verdict] = []
    if let wordRate {
      let (x, y) = NormalizedText.numbered(a.words, b.words)
      verdicts.append(Self.verdict(wordRate, x, y, &steps))
    }
    if let characterRate { verdicts.append(Self.verdict(characterRate, a.letters, b.letters, &steps)) }
    return verdicts.contains(.differ) ? .differ : verdicts.contains(.unknown) ? .unknown : .agree
  }

  /// Of the words where words are counted, else of the characters; of the shorter text, as in verdicts.
  func distance(_ a: NormalizedText, _ b: NormalizedText, steps: inout Int) -> Double? {
    func rate<Part: Equatable>(_ a: [Part], _ b: [Part]) -> Double? {
      let cost = a.count.multipliedReportingOverflow(by: 2 * b.count + 1)
      guard !a.isEmpty, !b.isEmpty, !cost.overflow, cost.partialValue <= steps else { return nil }
      steps -= cost.partialValue
      return ErrorRate(errors: EditDistance.between(a, b), length: min(a.count, b.count)).rate
    }
    guard wordRate != nil else { return characterRate == nil ? nil : rate(a.letters, b.letters) }
    let (x, y) = NormalizedText.numbered(a.words, b.words)
    return rate(x, y)
  }

  private static func verdict<Part: Equatable>(_ rate: Double, _ a: [Part], _ b: [Part], _ steps: inout Int) -> Verdict
  {
    let allowed = rate * Double(min(a.count, b.count)) + 1e-9
    let limit = allowed >= 0 ? Int(min(allowed, Double(max(a.count, b.count)))) : -1
    switch EditDistance.within(limit, a, b, steps: &steps) {
    case .within: return .agree
    case .more: return .differ
    case .tooCostly: return .unknown
    }
  }
}
