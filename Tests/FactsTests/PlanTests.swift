import Findings
import Testing

@testable import Facts

@Suite struct PlanTests {
  private func plugin(_ id: String, _ rules: RuleDeclaration...) -> PluginDeclaration {
    PluginDeclaration(id: id, rules: rules)
  }

  @Test func stagesFollowWhatIsRead() throws {
    let plan = try RulePlan(
      [
        plugin(
          "b", RuleDeclaration(id: "late", form: .group(kind: "middle"), states: ["end"]),
          RuleDeclaration(id: "last", form: .tally(kind: "end")),
          RuleDeclaration(id: "across", form: .neighbor(kind: "start", among: "end", relation: .next))),
        plugin(
          "a", RuleDeclaration(id: "first", form: .record, states: ["start"]),
          RuleDeclaration(id: "from-start", form: .record, lookUps: ["start"], states: ["middle"]),
          RuleDeclaration(id: "unstated", form: .record, lookUps: ["nobody"])),
      ], hostKinds: ["region"])
    let stages = try ["region", "nobody", "start", "middle", "end"].map { plan.stage(of: try plan.kind($0)) }
    #expect(stages == [0, 0, 0, 1, 2])
    #expect(plan.stages.count == 3)
    for call in plan.calls where call.form != .host {
      #expect(plan.stages[call.stage].calls.contains(call.number))
    }
    let check = try #require(plan.check(of: "a"))
    #expect(check.rules == ["first", "from-start", "unstated"])
    #expect(check.stage == 0)
    #expect(plan.check(of: "b") == nil)
    let across = try plan.call("b") { if case .neighbor = $0 { true } else { false } }
    #expect(plan.call(across)?.stage == 2)
    #expect(plan.mayState(try plan.kind("region"), .host))
    #expect(!plan.mayState(try plan.kind("start"), .host))
  }

  @Test func rulesThatWantTheSameShareACall() throws {
    let plan = try RulePlan([
      plugin(
        "a", RuleDeclaration(id: "one", form: .neighbor(kind: "k", relation: .next)),
        RuleDeclaration(id: "two", form: .neighbor(kind: "k", relation: .next)),
        RuleDeclaration(id: "three", form: .neighbor(kind: "k", relation: .overlapping)),
        RuleDeclaration(id: "four", form: .group(kind: "k")),
        RuleDeclaration(id: "five", form: .group(kind: "k", needsRecords: true))),
      plugin("b", RuleDeclaration(id: "one", form: .neighbor(kind: "k", relation: .next))),
    ])
    #expect(plan.calls.map(\.rules) == [[], ["one", "two"], ["three"], ["four", "five"], ["one"]])
    #expect(plan.calls[3].needsRecords)
  }

  /// Whoever wants the most decides.
  @Test func groupsOfOneCallAreGivenWhatAnyRuleWants() throws {
    func members(_ rules: (fewest: Int, most: Int?)...) throws -> [String] {
      let rules = rules.enumerated().map { number, rule in
        RuleDeclaration(id: "r\(number)", form: .group(kind: "k", fewest: rule.fewest, most: rule.most))
      }
      let call = try RulePlan([PluginDeclaration(id: "a", rules: rules)]).calls[1]
      return ["\(call.fewest)", call.most.map { "\($0)" } ?? "all"]
    }
    #expect(try members((2, 8)) == ["2", "8"])
    #expect(try members((2, 8), (3, 16)) == ["2", "16"])
    #expect(try members((2, 8), (1, nil)) == ["1", "all"])
    #expect(try members((1, nil), (2, 8)) == ["1", "all"])
  }

  @Test func aCircleIsNamedInPlainWords() throws {
    let rules = [
      plugin(
        "p", RuleDeclaration(id: "in", form: .group(kind: "source"), states: ["a"]),
        RuleDeclaration(id: "ab", form: .group(kind: "a"), states: ["b"]),
        RuleDeclaration(id: "out", form: .group(kind: "b"), states: ["sink"])),
      plugin("q", RuleDeclaration(id: "ba", form: .record, lookUps: ["b"], states: ["a"])),
    ]
    let error = try #require(throws: PlanError.self) { _ = try RulePlan(rules) }
    #expect(error.code == .cycle)
    #expect(Set(error.kinds) == ["a", "b"])
    #expect(error.message.contains("`b` from `a` (by `p/ab`)"))
    #expect(error.message.contains("`a` from `b` (by `q/ba`)"))
    #expect(!error.message.contains("sink"))
    #expect(!error.message.contains("source"))
  }

  @Test func aRuleThatReadsWhatItStatesIsACircle() throws {
    let rule = RuleDeclaration(id: "self", form: .record, lookUps: ["k"], states: ["k"])
    let error = try #require(throws: PlanError.self) { _ = try RulePlan([plugin("p", rule)]) }
    #expect(error.kinds == ["k"])
  }

  /// Two rules of one plugin, one stating what the other looks up, are no circle, though one call runs both.
  @Test func statingAndLookingUpInOnePluginIsNoCircle() throws {
    let plan = try RulePlan([
      plugin(
        "p", RuleDeclaration(id: "size", form: .record, states: ["image"]),
        RuleDeclaration(id: "bounds", form: .record, lookUps: ["image"]))
    ])
    #expect(plan.stages.count == 1)
    #expect(plan.calls.count == 2)
  }

  @Test func longChainsAreNoTrouble() throws {
    let rules = (0..<5_000).map {
      RuleDeclaration(id: "r\($0)", form: .record, lookUps: ["k\($0)"], states: ["k\($0 + 1)"])
    }
    let plan = try RulePlan([PluginDeclaration(id: "p", rules: rules)])
    #expect(plan.stages.count == 5_001)
  }

  @Test func tooManyKindsAreRefused() throws {
    let names = (0..<70_000).map { "k\($0)" }
    let error = try #require(throws: PlanError.self) { _ = try RulePlan([], hostKinds: names) }
    #expect(error.code == .tooMany)
  }
}

@Suite struct FactKeyTests {
  @Test func shortTextsAreExactAndLongOnesDiffer() {
    var keys: Set<FactKey> = []
    var texts = [
      "", "\0", "\0\0", "a", "a\0", "é", "e\u{301}", "123456789012345", "1234567890123456", "1234567890123457",
    ]
    texts += (0..<2_000).map { "a rather long id that only differs at its end \($0)" }
    texts += (0..<2_000).map { "\($0)" }
    for text in texts { keys.insert(FactKey(text: text)) }
    #expect(keys.count == texts.count)
    for text in texts { keys.insert(FactKey(text: text).scoped(to: 1)) }
    for text in texts { keys.insert(FactKey(text: text).scoped(to: 1, 1)) }
    #expect(keys.count == 3 * texts.count)
  }

  /// Keys may be kept on disk and sent between machines: they must never change.
  @Test func keysAreTheSameForever() {
    #expect(FactKey(text: "ab") == FactKey(high: 0x0200_0000_0000_0000, low: 0x6261))
    let long = FactKey(text: "a text of more than fifteen bytes")
    #expect(String(long.high, radix: 16) + String(long.low, radix: 16) == "ffae6dd852ad5bb1e2276803946e742c")
  }
}
