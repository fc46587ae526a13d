import Findings
import Manifest
import Testing

func record(_ label: UInt64) -> RecordReference {
  RecordReference(document: DocumentID(1), record: RecordID(label: label))
}

@Suite struct PublicationTests {
  private static func info(_ id: String, silences: [String]) -> RuleInfo {
    RuleInfo(id: id, form: .record, severity: .error, summary: "", why: "", messages: ["": ""], silences: silences)
  }

  private func finding(
    _ rule: String, _ at: Int, _ severity: Severity = .error, fold: String? = nil, count: Int = 1, related: [Int] = []
  ) -> Finding {
    let place = { (offset: Int) in Place(record: record(UInt64(offset)), start: 0, end: 2) }
    return Finding(
      rule: rule, severity: severity, place: place(at), message: Message("", [.init("v", rule)]),
      related: related.map { .init(place: place($0), message: Message()) },
      fixes: [Fix(title: Message("fix"), isCertain: true, action: .edits([.remove(place(at))]))], fold: fold,
      count: count)
  }

  /// A record's label is where it stands; 666 is gone.
  private func publish(
    _ findings: [Finding], silences: [String: [String]] = [:], edits: [Int] = [], limit: Int = Publication.limit
  ) -> Publication {
    Publication(
      of: findings, rule: { id in silences[id].map { Self.info(id, silences: $0) } },
      range: { place in
        let start = Int(place.record.record.label)
        return start == 666 ? nil : start..<start + 2
      }, edits: edits, limit: limit)
  }

  private func rules(_ publication: Publication) -> [String] { publication.shown.map(\.finding.rule) }

  @Test func gravestFirstThenByPlace() {
    let shown = publish([finding("d", 9, .hint), finding("c", 5), finding("b", 1, .warning), finding("a", 7)])
    #expect(rules(shown) == ["c", "a", "b", "d"])
    #expect(shown.shown.map(\.range.lowerBound) == [5, 7, 1, 9])
  }

  @Test func aGateHidesWhatItExplains() {
    let silences = ["convention": ["outside", "tiny"]]
    let shown = publish([finding("outside", 1), finding("convention", 9), finding("other", 2)], silences: silences)
    #expect(rules(shown) == ["other", "convention"])
    #expect(shown.silenced == 1)
    #expect(rules(publish([finding("outside", 1)], silences: silences)) == ["outside"])
  }

  @Test func gatesInACircleNeverHideEverything() {
    let two = publish([finding("a", 1), finding("b", 2)], silences: ["a": ["b"], "b": ["a"]])
    #expect(rules(two) == ["a"])
    let three = publish(
      [finding("c", 1), finding("b", 2), finding("a", 3)], silences: ["a": ["b"], "b": ["c"], "c": ["a", "c"]])
    #expect(rules(three) == ["a"])
  }

  @Test func aChainOfGatesLeavesItsFirstCause() {
    let shown = publish([finding("a", 1), finding("b", 2), finding("c", 3)], silences: ["c": ["b"], "b": ["a"]])
    #expect(rules(shown) == ["c"])
  }

  @Test func equalFindingsFoldIntoTheFirst() throws {
    let shown = publish([
      finding("label", 30, fold: "car"), finding("label", 10, fold: "car", count: 3), finding("label", 20, fold: "bus"),
      finding("label", 40), finding("other", 50, fold: "car"),
    ])
    #expect(shown.shown.map(\.range.lowerBound) == [10, 20, 40, 50])
    let first = try #require(shown.shown.first).finding
    #expect(first.count == 4)
    #expect(first.message.arguments.contains(.init("count", "4")))
    #expect(first.fixes.count == 1)
  }

  /// A barcode of eleven digits has eleven, however often it is met.
  @Test func aRulesOwnCountIsNotHowOftenItIsMet() throws {
    var digits = finding("digits", 10, fold: "40123456789")
    digits.message.arguments.append(.init("count", "11"))
    var again = digits
    again.place = Place(record: record(20), start: 0, end: 2)
    let shown = try #require(publish([digits, again]).shown.first).finding
    #expect(shown.count == 2)
    #expect(shown.message.arguments.filter { $0.name == "count" } == [.init("count", "11")])
  }

  @Test func foldsCompareCodePoints() {
    let shown = publish([finding("label", 1, fold: "é"), finding("label", 3, fold: "e\u{301}")])
    #expect(shown.shown.count == 2)
  }

  @Test func doublesCountOnce() {
    let shown = publish([
      finding("a", 1, .warning), finding("a", 1), finding("a", 1, related: [5]), finding("b", 1), finding("a", 2),
    ])
    #expect(shown.shown.map(\.finding.severity) == [.error, .error, .error, .error])
    #expect(rules(shown) == ["a", "a", "b", "a"])
    #expect(rules(publish([finding("a", 1, fold: "x"), finding("a", 1, fold: "x")])) == ["a"])
  }

  /// Two missing members of one object are two findings at one place; of a plugin's rule the second is a repetition.
  @Test func declaredRulesMayReportSeveralThingsAtOnePlace() {
    let place = Place(record: record(1), start: 0, end: 2)
    let findings = ["id", "name"].map {
      Finding(rule: "schema/required", severity: .error, place: place, message: Message("", [.init("key", $0)]))
    }
    func shown(_ form: RuleInfo.Form) -> Int {
      let info = RuleInfo(id: "schema/required", form: form, severity: .error, summary: "", why: "", messages: [:])
      return Publication(of: findings + findings, rule: { _ in info }, range: { _ in 0..<2 }).shown.count
    }
    #expect(shown(.declared) == 2)
    #expect(shown(.record) == 1)
  }

  @Test func whatStandsNowhereIsNotShown() { #expect(publish([finding("a", 666)]).shown.isEmpty) }

  @Test func theCapKeepsWhatIsNearTheLastEdits() {
    let findings = (0..<5000).map { finding("a", $0 * 10 + 1000) }
    let near = publish(findings, edits: [21_000])
    #expect(near.shown.count == 1000)
    #expect(near.omitted == 4000)
    #expect(near.shown.map(\.range.lowerBound).min() == 16_000)
    #expect(near.shown.map(\.range.lowerBound).max() == 25_990)
    #expect(near.shown.map(\.range.lowerBound) == near.shown.map(\.range.lowerBound).sorted())
    let first = publish(findings, limit: 3)
    #expect(first.shown.map(\.range.lowerBound) == [1000, 1010, 1020])
    #expect(publish(findings, edits: [.min, .max], limit: 0).shown.isEmpty)
  }

  @Test func orderOfArrivalDoesNotMatter() {
    var findings: [Finding] = []
    for index in 0..<60 {
      findings.append(
        finding("r\(index % 7)", index % 11, index % 3 == 0 ? .hint : .error, fold: index % 2 == 0 ? "f" : nil))
    }
    let expected = publish(findings, silences: ["r1": ["r2"]], edits: [4], limit: 9)
    for _ in 0..<20 {
      #expect(publish(findings.shuffled(), silences: ["r1": ["r2"]], edits: [4], limit: 9) == expected)
    }
  }
}

@Suite struct SyntaxRulesTests {
  @Test func everyKindOfProblemHasItsRule() {
    #expect(SyntaxRules.all.map(\.id) == SyntaxProblem.Code.allCases.map { "syntax/\($0.rawValue)" })
    #expect(Set(SyntaxRules.all.compactMap { $0.messages[""] }).count == SyntaxRules.all.count)
    for rule in SyntaxRules.all {
      #expect(rule.messages.values.allSatisfy { !$0.isEmpty && MessageCatalog.names(in: $0).isEmpty })
      #expect(rule.bad.allSatisfy { $0.contains("⟪") && $0.contains("⟫") })
    }
  }

  @Test func onlyWhatProgramsAcceptIsAWarning() {
    let warnings = SyntaxRules.all.filter { $0.severity == .warning }.map(\.id)
    #expect(
      Set(warnings) == [
        "syntax/duplicate-key", "syntax/lone-surrogate", "syntax/byte-order-mark", "syntax/blank-line",
        "syntax/missing-cell", "syntax/extra-cell", "syntax/duplicate-column",
      ])
  }

  @Test func aKnownReplacementIsACertainFix() {
    let place = Place(record: record(3), start: 4, end: 5)
    let finding = SyntaxRules.finding(SyntaxProblem(.trailingComma, 90..<91, replacement: []), at: place)
    #expect(finding.rule == "syntax/trailing-comma")
    #expect(finding.severity == .error)
    #expect(finding.place == place)
    #expect(finding.fixes == [Fix(title: Message("fix"), isCertain: true, action: .edits([.text(place, [])]))])
    let catalog = MessageCatalog(SyntaxRules.all)
    #expect(
      catalog.text(of: finding.message, rule: finding.rule)
        == "There is a comma too many before this bracket. Take it out.")
    #expect(catalog.text(of: finding.fixes[0].title, rule: finding.rule) == "Take the comma out")
    #expect(SyntaxRules.finding(SyntaxProblem(.missingKey, 0..<1), at: place).fixes.isEmpty)
  }
}
