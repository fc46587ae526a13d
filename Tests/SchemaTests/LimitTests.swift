import Manifest
import Testing

@testable import Schema

/// Whatever a schema or a file holds, evaluation ends, and says so where it gave up.
@Suite struct LimitTests {
  @Test func deepDataAndRecursiveSchemas() {
    let subject = Subject(
      ##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "array", "items": {"$ref": "#/$defs/n"}}}}"##)
    let depth = 100_000
    #expect(subject.evaluate(String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).isValid)
    let broken = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    #expect(subject.evaluate(broken).findings.count == 1)
  }

  /// Looking for what is known of a value looks at that value alone.
  @Test func aRecordOfManyFields() {
    let subject = Subject(
      #"{"type": "array", "items": {"x-field": "text", "allOf": [{"x-field": "text"}, {"x-field": "label"}]}}"#)
    let evaluation = subject.evaluate("[" + repeatElement("1", count: 20_000).joined(separator: ",") + "]")
    #expect(evaluation.roles.entries.count == 40_000)
  }

  @Test func deepConstants() {
    let deep = String(repeating: "[", count: 20_000) + String(repeating: "]", count: 20_000)
    let subject = Subject(#"{"const": \#(deep)}"#)
    #expect(subject.evaluate(deep).isValid)
    #expect(!subject.evaluate("[" + deep + "]").isValid)
    let nested = String(repeating: #"{"not": "#, count: 20_000) + "true" + String(repeating: "}", count: 20_000)
    #expect(Subject(nested).evaluate("1").isValid)
  }

  @Test(arguments: [
    ##"{"$ref": "#"}"##,
    ##"{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"allOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]}}}"##,
    ##"{"anyOf": [{"not": {"$ref": "#"}}, {"$ref": "#"}]}"##,
    ##"{"if": {"$ref": "#"}, "then": {"$ref": "#"}}"##,
  ])
  func referencesInCircles(_ schema: String) {
    let subject = Subject(schema)
    #expect(subject.problems.contains { $0.message.contains("refers to itself") })
    #expect(subject.evaluate("1").isComplete)
  }

  @Test func dynamicReferencesInCirclesEnd() {
    let subject = Subject(##"{"$id": "http://e.x/a", "$dynamicAnchor": "x", "allOf": [{"$dynamicRef": "#x"}]}"##)
    #expect(subject.evaluate("1").isComplete)
  }

  @Test func doublingSchemasAreGivenUp() {
    let levels = (0..<40).map {
      ##""l\##($0)": {"allOf": [{"$ref": "#/$defs/l\##($0 + 1)"}, {"$ref": "#/$defs/l\##($0 + 1)"}]}"##
    }
    let schema =
      ##"{"required": ["sure"], "$ref": "#/$defs/l0", "$defs": {\##(levels.joined(separator: ",")), "l40": {"type": "object"}}}"##
    let result = Subject(schema).evaluate("{}", options: EvaluationOptions(maximumSteps: 10_000))
    #expect(!result.isComplete)
    #expect(result.findings.map(\.rule).sorted() == ["schema/not-checked", "schema/required"])
  }

  @Test func catastrophicPatternsAreNotChecked() {
    let subject = Subject(#"{"pattern": "^(a+)+$"}"#)
    let result = subject.evaluate("\"" + String(repeating: "a", count: 60) + "b\"")
    #expect(!result.isComplete && result.isValid)
    #expect(result.findings.map(\.rule) == ["schema/not-checked"])
    #expect(subject.evaluate("\"aaaa\"").isComplete)
  }

  /// No bytes make compiling or evaluating trap.
  @Test func anyBytes() {
    let sample = Array(
      ##"{"$id":"http://e.x/a","$ref":"#/$defs/x","type":["string",5],"enum":[1,{"a":[]}],"minimum":"1","multipleOf":0,"pattern":"(","properties":{"a":{"pattern":"\\p{"}},"required":[1,"a"],"items":[{}],"contains":3,"minContains":-1,"x-rule":{},"x-defines":{"kind":1},"x-geometry":{"type":"box","convention":"x"},"$defs":{"x":{"$dynamicAnchor":"q","unevaluatedProperties":false}},"dependentSchemas":{"a":false},"if":1}"##
        .utf8)
    let value = RecordTree(
      parsing: Array(#"{"a": [1, "b", {"c": null}], "d": 1e99999999999999999999, "e": "\ud800"}"#.utf8))
    for end in 0...sample.count { exercise(Array(sample[..<end]), value) }
    var random = SplitMix64(seed: 7)
    for _ in 0..<300 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      exercise(bytes, value)
      exercise(sample, RecordTree(parsing: bytes))
    }
    exercise([], RecordTree(parsing: []))
  }

  private func exercise(_ schema: [UInt8], _ value: RecordTree) {
    let (program, _) = SchemaProgram.compile(SchemaSource(uri: "", bytes: schema))
    let entry = program.entry(for: nil)
    _ = program.evaluate(value, at: entry)
    _ = program.naturalShape
    _ = program.description(of: value.nodes.count - 1, in: value, at: entry)
  }

  @Test func syntaxErrorsAreNotReportedTwice() {
    let subject = Subject(
      #"{"properties": {"a": {"type": "integer"}, "b": {"type": "string", "maxLength": 1}, "c": {"type": "integer"}}, "required": ["a"]}"#
    )
    #expect(subject.findings(#"{"a": , "b": "abc"#) == [])
    #expect(subject.findings(#"{"a": 01, "c": NaN}"#) == [])
  }
}

struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
