import Ontology
import Testing

@testable import Facts

/// Transcripts and captions: what makes no difference, and rates held against a plain computation.
@Suite struct TextComparatorTests {
  @Test(arguments: [
    ("Hello, world.", "hello world"), ("  Two\tspaces\n", "two spaces"), ("Don't", "dont"), ("don’t", "DON'T"),
    ("well-known", "well known"), ("cafe\u{301}", "café"), ("Ngo\u{0302}\u{0301}i", "ngối"), ("ΟΔΟΣ", "οδος"),
    ("soft\u{AD}hyphen", "softhyphen"), ("…", ""), ("「東京」", "東京"), ("A\u{200B}B", "ab"),
  ])
  func whatMakesNoDifference(a: String, b: String) {
    #expect(NormalizedText(a) == NormalizedText(b))
    #expect(ComparisonRule.text(maximumWER: nil, maximumCER: nil).verdict(ClaimValue(a), ClaimValue(b)) == .agree)
  }

  @Test(arguments: [("bò", "bơ"), ("$5", "5"), ("a b", "ab"), ("ma", "má"), ("C++", "C")])
  func whatMakesADifference(a: String, b: String) {
    #expect(NormalizedText(a) != NormalizedText(b))
    #expect(ComparisonRule.text(maximumWER: nil, maximumCER: nil).verdict(ClaimValue(a), ClaimValue(b)) == .differ)
  }

  /// Known rates; the shorter text is what is divided by.
  @Test(arguments: [
    ("the cat sat on the mat", "the cat sit on mat the big", 3.0 / 6), ("a b c d e", "a b c x e", 0.2),
    ("a", "a b c d", 3), ("one two", "one two", 0),
  ])
  func wordRates(a: String, b: String, rate: Double) {
    func verdict(_ rate: Double) -> Verdict {
      ComparisonRule.text(maximumWER: rate, maximumCER: nil).verdict(ClaimValue(a), ClaimValue(b))
    }
    #expect(verdict(rate) == .agree)
    if rate > 0 { #expect(verdict(rate - 0.001) == .differ) }
  }

  @Test func characterRates() {
    let (a, b) = (ClaimValue("hello world"), ClaimValue("helo wrld"))
    #expect(ComparisonRule.text(maximumWER: nil, maximumCER: 2.0 / 9).verdict(a, b) == .agree)
    #expect(ComparisonRule.text(maximumWER: nil, maximumCER: 2.0 / 9 - 0.001).verdict(a, b) == .differ)
    #expect(ComparisonRule.text(maximumWER: 0.5, maximumCER: 0.3).verdict(a, b) == .differ)
    #expect(ComparisonRule.text(maximumWER: 1, maximumCER: 0.3).verdict(a, b) == .agree)
    #expect(ComparisonRule.text(maximumWER: 0.5, maximumCER: nil).verdict(ClaimValue(""), a) == .differ)
    #expect(ComparisonRule.text(maximumWER: .nan, maximumCER: -1).verdict(a, b) == .differ)
    #expect(ComparisonRule.text(maximumWER: .infinity, maximumCER: nil).verdict(a, b) == .agree)
  }

  private static func plainDistance(_ a: [Int], _ b: [Int]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let best = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = best
      }
    }
    return row[b.count]
  }

  @Test(arguments: 1...40) func aBandedDistanceIsThePlainOne(seed: Int) {
    var random = SplitMix64(UInt64(seed))
    for _ in 0..<50 {
      let letters = Int.random(in: 1...4, using: &random)
      func sequence() -> [Int] {
        (0..<Int.random(in: 0...14, using: &random)).map { _ in Int.random(in: 0..<letters, using: &random) }
      }
      let a = sequence()
      var b = Bool.random(using: &random) ? sequence() : a
      if !b.isEmpty, Bool.random(using: &random) { b.remove(at: Int.random(in: 0..<b.count, using: &random)) }
      let distance = Self.plainDistance(a, b)
      for limit in 0...16 {
        var steps = 10_000
        let found = EditDistance.within(limit, a, b, steps: &steps)
        #expect(found == (distance <= limit ? .within(distance) : .more), "\(a) \(b) \(limit)")
        #expect(EditDistance.within(limit, b, a, steps: &steps) == found)
      }
    }
  }

  @Test func nobodyWaitsForHostileTexts() {
    let a = String(repeating: "a b ", count: 16_000)
    let b = String(repeating: "c d ", count: 16_000)
    #expect(ComparisonRule.text(maximumWER: 0.9, maximumCER: nil).verdict(ClaimValue(a), ClaimValue(b)) == .unknown)
    let long = String(repeating: "x", count: ClaimValue.lengthLimit + 1)
    #expect(ComparisonRule.text(maximumWER: 0.1, maximumCER: nil).verdict(ClaimValue(long), ClaimValue(a)) == .unknown)
    // Marks without end, in the wrong order.
    let marks = "a" + String(repeating: "\u{301}\u{316}", count: 15_000)
    let sorted = "a" + String(repeating: "\u{316}", count: 15_000) + String(repeating: "\u{301}", count: 15_000)
    #expect(NormalizedText(marks) == NormalizedText(sorted))
  }

  /// Beside the composition of the language's own library, which compares texts by it.
  @Test(arguments: 1...20) func composedTextsAreThoseThatSwiftTakesForEqual(seed: Int) {
    var random = SplitMix64(UInt64(seed))
    let alphabet: [Unicode.Scalar] = [
      "a", "e", "o", "\u{301}", "\u{302}", "\u{323}", "\u{31B}", "é", "ệ", "ơ", "가", "\u{1100}", "\u{1161}", "\u{11A8}",
      "\u{212B}", "\u{0958}", "🙂", "\u{FB01}", "\u{1E9B}", "\u{2126}",
    ]
    for _ in 0..<300 {
      let scalars = (0..<Int.random(in: 0...6, using: &random)).map { _ in alphabet.randomElement(using: &random)! }
      let composed = Composition.composed(scalars)
      func text(_ scalars: [Unicode.Scalar]) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
      }
      #expect(text(composed) == text(scalars))
      #expect(Composition.composed(composed) == composed)
      let other = (0..<scalars.count).map { _ in alphabet.randomElement(using: &random)! }
      #expect((text(other) == text(scalars)) == (Composition.composed(other) == composed))
    }
  }
}
