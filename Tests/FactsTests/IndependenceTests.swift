import Findings
import Testing

@testable import Facts

/// A second or blind reading is not anchored by the first.
@Suite struct IndependenceTests {
  private let first = claim("malignant", "image", at: 1, by: "ann-1", pass: .first)
  private let blind = claim("benign", "image", at: 2, by: "ann-2", pass: .blind)
  private let model = claim("cyst", "image", at: 3, origin: .model)
  private let judge = AgreementJudge(Agreement(property: "class", rule: .equal, requires: ["text"]))

  private func found(_ claims: [ClaimFact], _ actor: String?, _ role: ClaimReader.Role = .annotator)
    -> [AgreementFinding]
  {
    judge.findings(claims, isIndexed: true, reader: ClaimReader(actor: actor, role: role))
  }

  @Test func theBlindAuthorIsToldNothing() {
    #expect(found([first, blind, model], "ann-2").isEmpty)
    var second = blind
    second.pass = .second
    #expect(found([first, second, model], "ann-2").isEmpty)
  }

  @Test func everybodyElseIsToldAll() {
    for (actor, role) in [
      ("ann-2", ClaimReader.Role.reviewer), ("ann-1", .annotator), (nil, .annotator), ("ann-3", .annotator),
    ] {
      let found = found([first, blind, model], actor, role).filter { $0.finding.rule == "agreement/disagrees" }
      #expect(found.map(\.document) == [1, 2, 3])
    }
  }

  @Test func theBlindAuthorsOwnContradictionIsTheirs() {
    let other = claim("cyst", "image", at: 2, 40, by: "ann-2", pass: .blind)
    let found = found([first, blind, other, model], "ann-2")
    #expect(found.map(\.document) == [2, 2])
    #expect(!"\(found)".contains("malignant"))
    #expect(found.allSatisfy { $0.finding.related.allSatisfy { $0.place.record.document == DocumentID(2) } })
  }

  @Test func betweenIndependentReadingsNothingIsCopied() {
    let found = found([first, blind], "boss", .reviewer).filter { $0.finding.rule == "agreement/disagrees" }
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.replacement == nil && $0.finding.fixes.isEmpty })
    #expect(
      found[0].text
        == #"In this file this is "malignant", in another file it is "benign", by people who looked independently. Ask for a third look instead of changing one to fit the other."#
    )
  }

  @Test func whichReadingsAreIndependent() {
    func reading(_ pass: ClaimPass?, _ by: String?, _ origin: ClaimOrigin? = nil) -> ClaimFact {
      claim("x", "image", by: by, origin: origin, pass: pass)
    }
    func check(_ a: ClaimFact, _ b: ClaimFact, _ expected: Bool, _ location: SourceLocation = #_sourceLocation) {
      #expect(Independence.areIndependent(a, b) == expected, sourceLocation: location)
      #expect(Independence.areIndependent(b, a) == expected, sourceLocation: location)
    }
    check(reading(.first, "a"), reading(.first, "b"), true)
    check(reading(.first, "a"), reading(.first, "a"), false)
    check(reading(.first, nil), reading(.first, nil), true)
    check(reading(.blind, "a"), reading(nil, "b"), true)
    check(reading(.second, "a"), reading(.first, "a", .mixed), true)
    check(reading(nil, "a"), reading(nil, "b"), false)
    check(reading(.assisted, "a"), reading(.first, "b"), false)
    check(reading(.blind, "a"), reading(.first, nil, .model), false)
    check(reading(.blind, "a"), reading(.adjudication, "b"), false)
    // Names are compared by their code points.
    check(reading(.first, "\u{E9}"), reading(.first, "e\u{301}"), true)
  }
}
