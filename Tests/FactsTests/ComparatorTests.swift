import Manifest
import Ontology
import Testing

@testable import Facts

/// What agrees with what; every case from both sides.
@Suite struct ComparatorTests {
  private func check(
    _ rule: ComparisonRule, _ a: ClaimValue, _ b: ClaimValue, _ expected: Verdict, terms: TermIndex? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(rule.verdict(a, b, terms: terms) == expected, "\(a.words) and \(b.words)", sourceLocation: location)
    #expect(rule.verdict(b, a, terms: terms) == expected, "\(b.words) and \(a.words)", sourceLocation: location)
  }

  private func json(_ text: String, unit: String? = nil) -> ClaimValue {
    ClaimValue(json: Array(text.utf8), unit: unit)
  }

  @Test(arguments: [
    (#""car""#, #""car""#, Verdict.agree), (#""car""#, #""Car""#, .differ), (#""caf\u00e9""#, #""café""#, .agree),
    (#""café""#, #""cafe\u0301""#, .differ), ("1", "1.0", .agree), ("1", "1e0", .agree), ("1200", "12.0e2", .agree),
    ("0", "-0.0", .agree), ("1", "-1", .differ), ("0.1", "0.10000000000000000000001", .differ),
    ("123456789012345678901234567890", "123456789012345678901234567891", .differ), ("5e-400", "0.5e-399", .agree),
    ("1e400", "10e399", .agree), ("1e400", "1e401", .differ), (#""3""#, "3.0", .agree), (#""03""#, "3", .differ),
    (#""3.0""#, #""3""#, .differ), ("true", "true", .agree), ("true", "false", .differ), (#""true""#, "true", .agree),
    (#"["a", 1]"#, #"["a", 1.0]"#, .agree), (#"["a", "b"]"#, #"["b", "a"]"#, .differ), (#"["a"]"#, #""a""#, .differ),
    ("null", "1", .unknown), ("{}", "{}", .unknown), ("[[1]]", "[[1]]", .unknown), ("01", "1", .unknown),
    ("1e999999999", "1e999999998", .unknown), ("", #""a""#, .unknown), (#""""#, #""a""#, .differ),
  ])
  func equalValues(a: String, b: String, expected: Verdict) { check(.equal, json(a), json(b), expected) }

  @Test func equalNumbersHaveEqualUnits() {
    check(.equal, json("12", unit: "cm"), json("12", unit: "mm"), .differ)
    check(.equal, json("12", unit: "cm"), ClaimValue("12", unit: "cm"), .agree)
  }

  @Test(arguments: [
    ("1.2", "m", "120", "cm", Verdict.agree), ("3", "km", "3000", "m", .agree), ("1500", "ms", "1.5", "s", .agree),
    ("90", "min", "1.5", "h", .agree), ("180", "deg", "3.141592653589793", "rad", .agree),
    ("0.25", "kg", "250", "g", .agree), ("330", "mL", "0.33", "L", .agree), ("50", "%", "0.5", "", .agree),
    ("36", "km/h", "10", "m/s", .agree), ("1", "[in_i]", "2.54", "cm", .agree), ("12", "px", "12", "px", .agree),
    ("12", "px", "12", "mm", .unknown), ("12", "px", "12", "", .unknown), ("1", "kg", "1", "m", .unknown),
    ("1", "furlong", "1", "furlong", .agree), ("1", "furlong", "1", "chain", .unknown), ("1", "m", "1", "M", .unknown),
    ("1.2", "m", "121", "cm", .differ),
  ])
  func numbersInUnits(a: String, unitA: String, b: String, unitB: String, expected: Verdict) {
    check(.number(absolute: nil, relative: nil), json(a, unit: unitA), json(b, unit: unitB), expected)
  }

  @Test func numbersWithinTolerances() {
    let either = ComparisonRule.number(absolute: 1.5, relative: 0.2, unit: "mm")
    check(either, json("10", unit: "mm"), json("1.15", unit: "cm"), .agree)
    check(either, json("100", unit: "mm"), json("8", unit: "cm"), .agree)
    check(either, json("10", unit: "mm"), json("13", unit: "mm"), .differ)
    let absolute = ComparisonRule.number(absolute: 0.1, relative: nil)
    check(absolute, json("0.3"), json("0.2"), .agree)
    check(absolute, json("0.3"), json("0.19"), .differ)
    // Of the unit that both have.
    check(absolute, json("3", unit: "cm"), json("3.1", unit: "cm"), .agree)
    check(absolute, json("3", unit: "cm"), json("3.2", unit: "cm"), .differ)
    // Of the base unit where they have several.
    check(absolute, json("3", unit: "m"), json("309", unit: "cm"), .agree)
    check(absolute, json("-5"), json("5"), .differ)
    check(.number(absolute: .nan, relative: -1), json("1"), json("2"), .differ)
  }

  @Test(
    arguments: [
      (#""3.2 cm""#, "32", "mm", Verdict.agree), (#"" 3.2cm ""#, "32", "mm", .agree), (#""3""#, "3", nil, .agree),
      (#""3 or 4""#, "3", nil, .unknown), (#""3 4""#, "3", nil, .unknown), (#""three""#, "3", nil, .unknown),
      ("true", "1", nil, .unknown),
      ("[3]", "3", nil, .unknown), (#""3e""#, "3", nil, .unknown), (#""1e999""#, "1", nil, .unknown),
      (#""nan""#, "1", nil, .unknown), (#""0x10""#, "16", nil, .unknown), (#""-""#, "0", nil, .unknown),
    ] as [(String, String, String?, Verdict)])
  func numbersInTexts(a: String, b: String, unit: String?, expected: Verdict) {
    check(.number(absolute: nil, relative: nil), json(a), json(b, unit: unit), expected)
  }

  private func times(_ start: Double, _ end: Double, unit: String? = nil) -> ClaimValue {
    ClaimValue(kind: .list, text: [], unit: unit, extent: interval(start, end))
  }

  @Test func intervals() {
    func rule(
      overlap: Double? = nil, contains: Bool = false, start: Double? = nil, end: Double? = nil
    ) -> ComparisonRule { .interval(overlap: overlap, contains: contains, start: start, end: end) }
    check(rule(overlap: 0.5), times(0, 10), times(5, 15), .differ)
    check(rule(overlap: 1.0 / 3), times(0, 10), times(5, 15), .agree)
    check(rule(overlap: 0.8182), times(6, 16), times(5, 15), .differ)
    check(rule(overlap: 0.8181), times(6, 16), times(5, 15), .agree)
    check(rule(overlap: 0.01), times(0, 1), times(1, 2), .differ)
    check(rule(overlap: 0.5), times(1, 1), times(1, 1), .agree)
    check(rule(overlap: 0.5), times(1, 1), times(2, 2), .differ)
    check(rule(contains: true), times(0, 10), times(2, 3), .agree)
    check(rule(contains: true), times(0, 10), times(9, 11), .differ)
    check(rule(start: 0.25), times(1, 2), times(1.25, 9), .agree)
    check(rule(start: 0.25, end: 0.25), times(1, 2), times(1.25, 9), .differ)
    check(rule(), times(1, 2), times(1, 2), .agree)
    check(rule(), times(1, 2), times(1, 2.1), .differ)
    check(rule(start: 0.01), times(1000, 2000, unit: "ms"), times(1, 2, unit: "s"), .agree)
    check(rule(start: 0.01), times(1000, 2000, unit: "ms"), times(1, 2), .agree)
    check(rule(start: 1), times(1, 2, unit: "px"), times(1, 2, unit: "s"), .unknown)
    check(rule(start: 1), times(2, 1), times(1, 2), .unknown)
    check(rule(start: 1), times(.nan, 1), times(1, 2), .unknown)
    check(rule(start: 1), times(0, .infinity), times(1, 2), .unknown)
    check(rule(start: 1), json("[1, 2]"), json("[1.5, 2]"), .agree)
    check(rule(start: 1), json(#"["1", 2]"#), json("[1.5, 2]"), .unknown)
  }

  private func boxed(_ x: Double, _ y: Double, _ width: Double, _ height: Double) -> ClaimValue {
    ClaimValue(kind: .list, text: [], extent: box(x, y, width, height))
  }

  @Test(
    arguments: [
      (10.0, 10.0, 0.0, 0.0, 1.0), (10, 10, 5, 0, 1.0 / 3), (10, 10, 5, 5, 25.0 / 175), (5, 5, 0, 0, 0.25),
      (10, 10, 10, 0, 0), (10, 10, 20, 20, 0),
    ] as [(Double, Double, Double, Double, Double)])
  func boxesByWhatTheyShare(width: Double, height: Double, x: Double, y: Double, iou: Double) {
    let (a, b) = (boxed(0, 0, 10, 10), boxed(x, y, width, height))
    check(.box(minimumIoU: iou), a, b, .agree)
    if iou < 1 { check(.box(minimumIoU: iou + 0.001), a, b, .differ) }
  }

  @Test func boxesWithoutAnAreaTakeNoPart() {
    for odd in [
      boxed(0, 0, 0, 5), boxed(0, 0, -5, 5), boxed(.nan, 0, 1, 1), boxed(0, 0, .infinity, 1), json("[0,0,1,1]"),
    ] {
      check(.box(minimumIoU: 0), boxed(0, 0, 10, 10), odd, .unknown)
    }
    check(.box(minimumIoU: 0.5), boxed(0, 0, 10, 10), times(0, 10), .unknown)
  }

  @Test(arguments: [
    (#"["a", "b", "a"]"#, #"["b", "a"]"#, Verdict.agree, Verdict.differ),
    (#"["a", 1]"#, #"[1.0, "a"]"#, .agree, .agree),
    (#"["a"]"#, #""a""#, .agree, .agree), (#"["a"]"#, #"["b"]"#, .differ, .differ), ("[]", "[]", .agree, .agree),
    ("[]", #"["a"]"#, .differ, .differ), ("[{}]", "[{}]", .unknown, .unknown), ("null", "[]", .unknown, .unknown),
  ])
  func listsAsSets(a: String, b: String, set: Verdict, multiset: Verdict) {
    check(.set, json(a), json(b), set)
    check(.multiset, json(a), json(b), multiset)
  }

  // MARK: Terms

  private static let terms: TermIndex = {
    func term(_ id: String, _ labels: [(String, String)], _ change: (inout Term) -> Void = { _ in }) -> Term {
      var term = Term(id: id)
      term.prefLabels = labels.map { Term.Label(language: $0.0, text: $0.1) }
      change(&term)
      return term
    }
    return TermIndex(
      Vocabulary(
        id: "objects", version: "1",
        terms: [
          term("Q1", [("en", "vehicle"), ("vi", "phương tiện")]),
          term("Q2", [("en", "car"), ("vi", "ô tô")]) { $0.broader = ["Q1"] },
          term("Q3", [("en", "truck")]) { $0.broader = ["Q1"] },
          term("Q4", [("en", "taxi")]) { $0.canonical = "Q2" },
          term("Q5", [("en", "automobile")]) {
            $0.isDeprecated = true
            $0.replacedBy = ["Q2"]
          },
          term("Q6", [("en", "lorry")]) { $0.exactMatch = ["Q3"] },
          term("Q7", [("en", "bank")]), term("Q8", [("en", "bank")]) { $0.broader = ["Q1"] },
          term("Q9", [("en", "pickup")]) { $0.exactMatch = ["wikidata:Q215601"] },
          term("Q10", [("en", "pick-up")]) { $0.exactMatch = ["wikidata:Q215601"] },
          term("Q11", [("vi", "bò")]),
        ]))
  }()

  @Test(
    arguments: [
      ("vehicle", "Q1", [Verdict.agree, .agree, .agree]), ("phương tiện", "vehicle", [.agree, .agree, .agree]),
      ("Vehicle", "vehicle", [.agree, .agree, .agree]), ("car", "taxi", [.differ, .agree, .agree]),
      ("automobile", "car", [.differ, .agree, .agree]), ("automobile", "taxi", [.differ, .agree, .agree]),
      ("lorry", "truck", [.differ, .agree, .agree]), ("pickup", "pick-up", [.differ, .agree, .agree]),
      ("car", "vehicle", [.differ, .differ, .agree]), ("taxi", "vehicle", [.differ, .differ, .agree]),
      ("lorry", "vehicle", [.differ, .differ, .agree]), ("car", "truck", [.differ, .differ, .differ]),
      ("bank", "Q7", [.agree, .agree, .agree]), ("bank", "Q8", [.agree, .agree, .agree]),
      ("Q7", "Q8", [.differ, .differ, .differ]), ("bank", "vehicle", [.differ, .differ, .agree]),
      ("bo", "bò", [.unknown, .unknown, .unknown]), ("boat", "car", [.unknown, .unknown, .unknown]),
      ("", "car", [.unknown, .unknown, .unknown]),
    ] as [(String, String, [Verdict])])
  func termsOfAList(a: String, b: String, expected: [Verdict]) {
    for (mode, verdict) in zip(OntologyMode.allCases, expected) {
      check(.ontology(name: "objects", mode: mode), ClaimValue(a), ClaimValue(b), verdict, terms: Self.terms)
    }
  }

  @Test func withoutItsListNoTermIsKnown() {
    check(.ontology(name: "objects", mode: .same), ClaimValue("car"), ClaimValue("car"), .unknown)
  }

  /// What stands by its id stays an id, what stands by a label a label of its language.
  @Test(arguments: [
    ("Q3", "car", "Q2"), ("truck", "Q2", "car"), ("phương tiện", "car", "ô tô"), ("truck", "ô tô", "car"),
  ])
  func aTermIsReplacedInItsOwnForm(here: String, there: String, expected: String) {
    let comparator = OntologyTerms(terms: Self.terms, mode: .same)
    #expect(comparator.replacement(of: ClaimValue(here), by: ClaimValue(there))?.words == expected)
  }

  @Test func anIDIsShownWithItsLabel() {
    let comparator = OntologyTerms(terms: Self.terms, mode: .same)
    #expect(comparator.words(for: ClaimValue("Q2")) == "Q2 (car)")
    #expect(comparator.words(for: ClaimValue("car")) == "car")
  }

  @Test(
    arguments: [
      ("5", "cm", "70", "mm", "7"), ("5", "cm", "7", "cm", "7"), ("5", "min", "90", "s", "1.5"),
      ("5", "s", "0.1", "ms", "0.0001"),
      ("5", "cm", "1e30", "m", nil), ("5", "cm", "1", "kg", nil),
    ] as [(String, String, String, String, String?)])
  func aNumberIsReplacedInItsOwnUnit(here: String, unit: String, there: String, itsUnit: String, expected: String?) {
    let comparator = Numbers(absolute: nil, relative: nil)
    let found = comparator.replacement(of: json(here, unit: unit), by: json(there, unit: itsUnit))
    #expect(found?.json.map { String(decoding: $0, as: UTF8.self) } == expected)
  }
}
