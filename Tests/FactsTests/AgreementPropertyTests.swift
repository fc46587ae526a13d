import Findings
import Ontology
import Testing

@testable import Facts

/// What holds of any claims whatever.
@Suite struct AgreementPropertyTests {
  private static let rules: [ComparisonRule] = [
    .equal, .number(absolute: 1, relative: nil), .number(absolute: nil, relative: 0.3),
    .interval(overlap: 0.5, contains: false, start: nil, end: nil), .text(maximumWER: 0.5, maximumCER: nil),
    .text(maximumWER: nil, maximumCER: 0.3), .box(minimumIoU: 0.5), .set, .multiset,
    .ontology(name: "v", mode: .compatible),
  ]
  private static let collections: [ClaimCollection] = [.each, .count, .sum(path: "n"), .sequence]

  private static let terms: TermIndex = {
    let terms = (0..<8).map { number in
      var term = Term(id: "\(number)")
      if number > 0 { term.broader = ["\((number - 1) / 2)"] }
      return term
    }
    return TermIndex(Vocabulary(id: "v", version: "1", terms: terms))
  }()

  private static func claims(_ random: inout SplitMix64) -> [ClaimFact] {
    (0..<Int.random(in: 0...12, using: &random)).map { number in
      let digits = (0..<Int.random(in: 0...3, using: &random)).map { _ in "\(Int.random(in: 0...4, using: &random))" }
      let n = Double.random(in: 0...6, using: &random)
      let value: ClaimValue =
        switch Int.random(in: 0...5, using: &random) {
        case 0: ClaimValue(json: Array("\(Int.random(in: 0...9, using: &random))".utf8))
        case 1: ClaimValue(json: Array("[\(digits.joined(separator: ","))]".utf8))
        case 2: ClaimValue(kind: .list, text: [], extent: box(n, 0, 5, 5))
        case 3: ClaimValue(kind: .list, text: [], extent: interval(n, n + 5))
        case 4: ClaimValue(digits.joined(separator: " "))
        default: ClaimValue("\(Int.random(in: 0...9, using: &random))")
        }
      return claim(
        value, ["image", "text", "audio", ""].randomElement(using: &random)!, at: number / 3, UInt32(10 * number),
        by: ["a", "b", nil].randomElement(using: &random)!,
        origin: [.human, .model, nil].randomElement(using: &random)!,
        pass: [.first, .blind, .adjudication, nil].randomElement(using: &random)!,
        confidence: [0.5, 0.9, nil].randomElement(using: &random)!, isGold: Int.random(in: 0...9, using: &random) == 0)
    }
  }

  /// Whatever stands in a file: texts, numbers, lists, and what is none of them.
  @Test(arguments: 1...20) func anyTwoBytesAreComparedTheSameFromBothSides(seed: Int) {
    var random = SplitMix64(UInt64(seed) &+ 3000)
    let parts = ["\"", "[", "]", ",", "1", "-", ".", "e9", "true", " cm", "\\u0301", "é", "{", ":", "\u{FFFF}", "null"]
    func value() -> ClaimValue {
      var json = Array(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in parts.randomElement(using: &random)! }.joined().utf8)
      if Bool.random(using: &random) { json.append(UInt8.random(in: 0...255, using: &random)) }
      let n = [0, -1, 1e308, .infinity, .nan, 5].randomElement(using: &random)!
      let extent = [box(n, n, 5, 5), interval(n, 5), nil].randomElement(using: &random)!
      let unit = ["cm", "km", "%", "", "\u{301}", nil].randomElement(using: &random)!
      return Bool.random(using: &random)
        ? ClaimValue(json: json, unit: unit, extent: extent) : ClaimValue(kind: .text, text: json, unit: unit)
    }
    for _ in 0..<100 {
      let (a, b) = (value(), value())
      for rule in Self.rules {
        let verdict = rule.verdict(a, b, terms: Self.terms)
        #expect(rule.verdict(b, a, terms: Self.terms) == verdict, "\(rule): \(a) \(b)")
        #expect(rule.verdict(a, a, terms: Self.terms) != .differ, "\(rule): \(a)")
        // What would be written in place of it says the same.
        let comparator = rule.comparator(Self.terms)
        if verdict == .differ, let new = comparator.replacement(of: a, by: b) {
          #expect(rule.verdict(new, b, terms: Self.terms) == .agree, "\(rule): \(a) \(b) \(new)")
        }
      }
    }
  }

  @Test(arguments: 1...30) func theOrderOfClaimsMakesNoDifference(seed: Int) {
    var random = SplitMix64(UInt64(seed))
    for _ in 0..<8 {
      let claims = Self.claims(&random)
      let shuffled = claims.shuffled(using: &random)
      for rule in Self.rules {
        for collection in Self.collections {
          let judge = AgreementJudge(
            Agreement(property: "p", rule: rule, collection: collection, requires: ["text"]), terms: Self.terms)
          #expect(judge.findings(claims, isIndexed: true) == judge.findings(shuffled, isIndexed: true))
        }
      }
    }
  }

  /// Every pair compared: there is a finding if and only if two claims differ, and each one outside differs from somebody.
  @Test(arguments: 1...30) func somethingIsFoundExactlyWhereAPairDiffers(seed: Int) {
    var random = SplitMix64(UInt64(seed) &+ 1000)
    for _ in 0..<8 {
      let claims = Self.claims(&random)
      for rule in Self.rules {
        let found = AgreementJudge(Agreement(property: "p", rule: rule), terms: Self.terms)
          .findings(claims, isIndexed: true)
        func opponents(_ a: ClaimFact) -> [ClaimFact] {
          claims.filter { rule.verdict(a.value, $0.value, terms: Self.terms) == .differ }
        }
        let differing = claims.filter { !opponents($0).isEmpty }
        #expect(found.isEmpty == differing.isEmpty, "\(rule)")
        for each in found {
          let own = differing.first { $0.place == each.finding.place }
          let others = own.map(opponents)?.map(\.place) ?? []
          #expect(others.contains(each.finding.related[0].place), "\(rule)")
          #expect(each.finding.related.count <= AgreementJudge.relatedLimit)
        }
        #expect(Set(found.map { $0.finding.place }).count == found.count)
        #expect(found.count { $0.isReference } == (found.isEmpty ? 0 : 1))
      }
    }
  }

  /// Nothing that a blind author is sent depends on what others say.
  @Test(arguments: 1...30) func aBlindAuthorSeesTheSameWhateverOthersSay(seed: Int) {
    var random = SplitMix64(UInt64(seed) &+ 2000)
    for _ in 0..<8 {
      var own = Self.claims(&random)
      for index in own.indices { own[index].by = "me" }
      own.append(claim("7", "image", at: 50, by: "me", pass: .blind))
      let others = Self.claims(&random).map { claim in
        var claim = claim
        claim.by = claim.by == "a" ? "you" : nil
        claim.documentOrder += 100
        return claim
      }
      let reader = ClaimReader(actor: "me")
      for rule in Self.rules {
        for collection in Self.collections {
          let judge = AgreementJudge(
            Agreement(property: "p", rule: rule, collection: collection), terms: Self.terms)
          #expect(
            judge.findings(own + others, isIndexed: true, reader: reader)
              == judge.findings(own, isIndexed: true, reader: reader))
        }
      }
    }
  }
}
