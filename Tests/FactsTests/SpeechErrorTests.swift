import Testing

@testable import Facts

/// Error rates of words and of speakers, against published figures and by hand.
@Suite struct SpeechErrorTests {
  static func turns(_ items: (Double, Double, String)...) -> [SpeakerTurn] {
    items.map { SpeakerTurn(start: $0.0, end: $0.1, speaker: Array($0.2.utf8)) }
  }

  static let right = turns((0, 10, "A"), (12, 20, "B"), (24, 27, "A"), (30, 40, "C"))
  static let other = turns((2, 13, "a"), (13, 14, "d"), (14, 20, "b"), (22, 38, "c"), (38, 40, "d"))

  static func error(
    _ other: [SpeakerTurn], _ right: [SpeakerTurn], _ collar: Double = 0, skipsOverlap: Bool = false
  ) throws -> DiarizationError {
    var steps = 1_000_000
    return try #require(
      DiarizationError(
        other, against: right, DiarizationError.Scope(collar: collar, skipsOverlap: skipsOverlap), steps: &steps))
  }

  /// Collars on each side, as NIST counts them.
  @Test(
    arguments: [
      (0, 2, 7, 7, 31), (0.125, 1.875, 6.375, 6.5, 30), (0.25, 1.75, 5.75, 6, 29), (0.5, 1.5, 4.5, 5, 27),
    ] as [(Double, Double, Double, Double, Double)])
  func knownDiarizations(collar: Double, missed: Double, falseAlarm: Double, confusion: Double, total: Double) throws {
    let error = try Self.error(Self.other, Self.right, collar)
    #expect(abs(error.missed - missed) < 1e-9 && abs(error.falseAlarm - falseAlarm) < 1e-9)
    #expect(abs(error.confusion - confusion) < 1e-9 && abs(error.total - total) < 1e-9)
    #expect(abs(error.rate - (missed + falseAlarm + confusion) / total) < 1e-9)
  }

  @Test func speakersAtOnce() throws {
    let right = Self.turns((0, 10, "A"), (5, 8, "B"))
    let other = Self.turns((0, 10, "x"))
    #expect(abs(try Self.error(other, right).rate - 3.0 / 13) < 1e-9)
    #expect(try Self.error(other, right, skipsOverlap: true).rate == 0)
  }

  @Test func whereNobodySpeaks() throws {
    #expect(try Self.error([], []).rate == 0)
    #expect(try Self.error(Self.other, []).rate == 1)
    #expect(try Self.error([], Self.right).rate == 1)
    // Too short to be anything.
    #expect(try Self.error(Self.turns((1, 1, "a"), (2, 1, "b")), []).rate == 0)
  }

  @Test func whatIsTooMuchIsNotCounted() {
    let many = (0..<100).map { SpeakerTurn(start: Double($0), end: Double($0) + 1, speaker: [UInt8($0)]) }
    var steps = 1000
    #expect(DiarizationError(many, against: many, steps: &steps) == nil)
    #expect(steps == 1000)
  }

  /// The best pairing of all, tried one by one.
  @Test(arguments: 1...200) func pairsAreTheBest(seed: Int) {
    var random = SplitMix64(UInt64(seed))
    let (rows, columns) = (Int.random(in: 1...5, using: &random), Int.random(in: 1...5, using: &random))
    let worth = (0..<rows).map { _ in (0..<columns).map { _ in Double(Int.random(in: 0...9, using: &random)) } }
    func best(_ row: Int, _ taken: Set<Int>) -> Double {
      guard row < rows else { return 0 }
      let one = (0..<columns).filter { !taken.contains($0) }
        .map { worth[row][$0] + best(row + 1, taken.union([$0])) }
      return max(best(row + 1, taken), one.max() ?? 0)
    }
    let found = Assignment.best(worth)
    #expect(Set(found.compactMap { $0 }).count == found.compactMap { $0 }.count)
    let sum = zip(worth, found).reduce(0) { sum, pair in sum + (pair.1.map { pair.0[$0] } ?? 0) }
    #expect(sum == best(0, []), "\(worth)")
  }

  @Test func knownTexts() {
    let words = ErrorRate.words(of: "the cat sit on mat the big", against: "the cat sat on the mat")
    #expect(words == ErrorRate(errors: 3, length: 6))
    #expect(ErrorRate.characters(of: "helo wrld", against: "hello world") == ErrorRate(errors: 2, length: 11))
    let corpus =
      ErrorRate.words(of: "a b", against: "a b") + ErrorRate.words(of: "c x e", against: "c d e")
    #expect(corpus.rate == 0.2)
    #expect(ErrorRate.words(of: "a b c d", against: "a").rate == 3)
    #expect(ErrorRate.words(of: "a b", against: "").rate == nil)
    #expect(ErrorRate.words(of: "Hello, world.", against: "hello world").errors == 0)
  }

  @Test func turnsAgreeUpToTheirLimit() {
    func side(_ turns: [SpeakerTurn], _ modality: String) -> [(String, ClaimValue)] {
      turns.map { turn in
        let text = "[\(turn.start), \(turn.end), \"\(String(decoding: turn.speaker, as: UTF8.self))\"]"
        return (modality, ClaimValue(json: Array(text.utf8)))
      }
    }
    // Of the other one's 36 seconds less is wrong than of the first one's 31.
    let rate = 16.0 / 31
    var steps = 1000
    let within = TurnLists(maximum: rate, scope: .init())
    let beyond = TurnLists(maximum: rate - 0.001, scope: .init())
    #expect(within.verdict(Self.right, Self.other, steps: &steps) == .agree)
    #expect(within.verdict(Self.other, Self.right, steps: &steps) == .agree)
    #expect(beyond.verdict(Self.right, Self.other, steps: &steps) == .differ)
    #expect(beyond.verdict(Self.other, Self.right, steps: &steps) == .differ)
    steps = 3
    #expect(beyond.verdict(Self.other, Self.right, steps: &steps) == .unknown)
    let readings = side(Self.right, "audio").compactMap { Turns(lists: within).reading(of: $0.1) }
    #expect(readings == Self.right)
    for text in [#"[1, 2]"#, #"["1", 2, "a"]"#, #"[2, 1, "a"]"#, #"[1, 2, true]"#, #""a""#] {
      #expect(Turns(lists: within).reading(of: ClaimValue(json: Array(text.utf8))) == nil, "\(text)")
    }
  }
}
