import Foundation
import Manifest
import Testing

@testable import Schema

/// Choices of a thousand branches: only those a value may fit are tried, and what is said stands at the one that was meant.
@Suite struct WideChoiceTests {
  static let count = 1000

  private static func schema(_ keyword: String, _ branch: (Int) -> String) -> Subject {
    Subject(#"{"\#(keyword)": [\#((0..<count).map(branch).joined(separator: ","))]}"#)
  }

  static let byConstant = schema("oneOf") {
    #"{"type": "object", "required": ["kind", "v"], "properties": {"kind": {"const": "k\#($0)"}, "v": {"maximum": \#($0)}}}"#
  }
  static let byList = schema("anyOf") {
    #"{"properties": {"kind": {"enum": ["a\#($0)", "b\#($0)"]}, "v": {"maximum": \#($0)}}}"#
  }
  static let byName = schema("oneOf") {
    #"{"required": ["common", "only\#($0)"], "properties": {"only\#($0)": {"maximum": \#($0)}}}"#
  }
  static let byValue = schema("oneOf") { #"{"const": "s\#($0)", "title": "t"}"# }

  /// What a record costs with the index: room for a few branches, far less than all.
  private func evaluate(_ subject: Subject, _ json: String) -> (isComplete: Bool, findings: [String]) {
    let options = EvaluationOptions(maximumSteps: 0)
    let result = subject.evaluate(json, options: options)
    return (result.isComplete, result.findings.map { "\($0.rule): \(subject.rendered($0))" })
  }

  @Test(arguments: [
    (#"{"kind": "k700", "v": 3}"#, [String]()),
    (#"{"kind": "k700", "v": 701}"#, ["schema/maximum: 701 is too large; the most allowed is 700."]),
    (#"{"kind": "k700"}"#, ["schema/required: `v` is missing here."]),
    (
      #"{"v": 1}"#,
      ["schema/required: `kind` is missing here. It says what kind of thing this is, and so what else belongs here."]
    ),
  ])
  func toldApartByAConstant(_ json: String, _ expected: [String]) {
    let found = evaluate(Self.byConstant, json)
    #expect(found.isComplete && found.findings == expected)
  }

  @Test func aWrongConstantIsTheFault() {
    let findings = Self.byConstant.findings(#"{"kind": "k70O", "v": 1}"#)
    #expect(findings.count == 1 && findings[0].hasPrefix(#"schema/enum at "k70O": "#))
    #expect(findings[0].contains("Did you mean"))
    #expect(Self.byConstant.findings("5").map { String($0.prefix(11)) } == ["schema/type"])
  }

  @Test func toldApartByOtherMeans() {
    #expect(
      evaluate(Self.byList, #"{"kind": "b5", "v": 6}"#).findings == [
        "schema/maximum: 6 is too large; the most allowed is 5."
      ])
    #expect(Self.byList.evaluate(#"{"v": 500}"#).isValid, "nothing demands the member there")
    #expect(
      evaluate(Self.byName, #"{"common": 1, "only9": 10}"#).findings == [
        "schema/maximum: 10 is too large; the most allowed is 9."
      ])
    #expect(
      evaluate(Self.byName, #"{"common": 1}"#).findings.first?.hasPrefix("schema/any-of: What this is can't be told")
        == true)
    #expect(evaluate(Self.byValue, "\"s999\"").findings == [])
    #expect(evaluate(Self.byValue, "\"s1000\"").findings.first?.hasPrefix("schema/enum: ") == true)
  }

  @Test func severalMayFit() {
    let subject = Self.schema("oneOf") { #"{"properties": {"kind": {"const": "k\#($0 / 2)"}}, "required": ["kind"]}"# }
    #expect(subject.findings(#"{"kind": "k3"}"#).first?.hasPrefix("schema/one-of") == true)
  }

  /// The index may leave branches out, but never one that fits.
  @Test func theIndexChangesNothing() {
    var generator = SplitMix64(seed: 3)
    let values = [
      "1", "\"a\"", "null", "[]", "{}", #"{"k": 1}"#, #"{"k": "a", "r1": 1}"#, #"{"k": 2.0, "r2": 1}"#, #"{"r3": 1}"#,
      #"{"k": null}"#, #"{"k": [1], "r0": 0}"#, "1.0", "true",
    ]
    let parts = [
      #""type": "object""#, #""type": ["string", "integer"]"#, #""required": ["r\#(1)"]"#, #""required": ["k", "r2"]"#,
      #""properties": {"k": {"const": 1}}"#, #""properties": {"k": {"enum": ["a", 2, [1]]}}"#, #""const": 1"#,
      #""allOf": [{"type": "number"}]"#, #""properties": {"k": {"const": null}}, "required": ["k"]"#,
    ]
    for _ in 0..<300 {
      let branches = (0..<12).map { _ in "{\(parts.randomElement(using: &generator) ?? "")}" }
      let keyword = Bool.random(using: &generator) ? "anyOf" : "oneOf"
      let wide = Subject(#"{"\#(keyword)": [\#(branches.joined(separator: ","))]}"#)
      let each = branches.map { Subject($0) }
      for value in values {
        let fitting = each.count { $0.evaluate(value).isValid }
        let expected = keyword == "anyOf" ? fitting > 0 : fitting == 1
        #expect(wide.evaluate(value).isValid == expected, "\(keyword) \(branches) \(value)")
      }
    }
  }

  /// Prints figures; run with CONCORD_BENCH=1 in release.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["CONCORD_BENCH"] != nil))
  func benchmark() {
    let clock = ContinuousClock()
    func mean(_ subject: Subject, _ json: String) -> Duration {
      let tree = RecordTree(parsing: Array(json.utf8))
      let evaluator = SchemaEvaluator(subject.program)
      let entry = subject.program.entry(for: nil)
      let rounds = 2000
      return clock.measure { for _ in 0..<rounds { _ = evaluator.evaluate(tree, at: entry) } } / rounds
    }
    let one = Subject(
      #"{"type": "object", "required": ["kind", "v"], "properties": {"kind": {"const": "k700"}, "v": {"maximum": 700}}}"#
    )
    let right = #"{"kind": "k700", "v": 3}"#
    print("one branch \(mean(one, right)), one of 1,000 \(mean(Self.byConstant, right))")
    print("one of 1,000, wrong inside \(mean(Self.byConstant, #"{"kind": "k700", "v": 900}"#))")
    print("one of 1,000, none fits \(mean(Self.byConstant, #"{"kind": "nothing", "v": 3}"#))")
    print(
      "one of 1,000 by name \(mean(Self.byName, #"{"common": 1, "only700": 3}"#)), by value \(mean(Self.byValue, "\"s700\""))"
    )
    let unique = Subject(#"{"uniqueItems": true}"#)
    let list = "[" + (0..<100_000).map { #"{"a": \#($0), "b": "x"}"# }.joined(separator: ",") + "]"
    let tree = RecordTree(parsing: Array(list.utf8))
    print("100,000 objects, all different: \(clock.measure { _ = unique.evaluate(tree) })")
  }
}
