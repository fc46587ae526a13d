import Manifest
import Testing

@testable import Schema

@Suite struct ChoiceTests {
  static let kinds = #"""
    {"required": ["kind"], "oneOf": [
      {"properties": {"kind": {"const": "bbox"}, "bbox": {"type": "array", "minItems": 4}}, "required": ["bbox"]},
      {"properties": {"kind": {"const": "polygon"}, "polygon": {"type": "array"}}, "required": ["polygon"]},
      {"properties": {"kind": {"enum": ["span", "event"]}, "span": {"type": "array"}}, "required": ["span"]}]}
    """#

  @Test func theNamedKindDecides() {
    let subject = Subject(Self.kinds)
    #expect(
      subject.findings(#"{"kind": "polygon", "bbox": [1, 2]}"#) == ["schema/required at {: `polygon` is missing here."])
    #expect(
      subject.findings(#"{"kind": "bbox", "bbox": [1]}"#) == [
        "schema/min-items at [1]: This list is too short: it holds 1, and at least 4 are needed."
      ])
    #expect(
      subject.findings(#"{"kind": "bbx", "bbox": [1, 2, 3, 4]}"#) == [
        #"schema/enum at "bbx": `bbx` isn't one of the allowed values: `bbox`, `polygon`, `span`, `event`. Did you mean `bbox`?"#
      ])
    #expect(subject.evaluate(#"{"kind": "event", "span": []}"#).isValid)
  }

  @Test func withoutANameTheNearestBranchDecides() {
    let subject = Subject(
      #"{"anyOf": [{"type": "string"}, {"type": "object", "required": ["a", "b", "c"]}, {"type": "object", "required": ["a", "d"], "properties": {"d": {"type": "integer"}}}]}"#
    )
    #expect(
      subject.findings(#"{"a": 1, "d": "x"}"#) == [
        #"schema/type at "x": `d` should be a whole number, but it is text."#
      ])
  }

  @Test func branchesThatWantOnlyAnotherKindAreSaidTogether() {
    let subject = Subject(
      ##"{"oneOf": [{"type": "string"}, {"type": "array"}, {"$ref": "#/$defs/n"}], "$defs": {"n": {"type": "null"}}}"##)
    #expect(
      subject.findings("1") == [
        "schema/type at 1: This should be a list `[…]`, text or empty (`null`), but it is the number 1."
      ])
    let values = Subject(#"{"anyOf": [{"const": "cat", "description": "A cat"}, {"const": "dog"}]}"#)
    #expect(
      values.findings("\"dgo\"") == [
        #"schema/enum at "dgo": `dgo` isn't one of the allowed values: `cat`, `dog`. Did you mean `dog`?"#
      ])
  }

  @Test func tooManyBranchesFit() {
    #expect(
      Subject(#"{"oneOf": [{"type": "number"}, {"minimum": 0}]}"#).findings("1") == [
        "schema/one-of at 1: This can be read in 2 ways, and only one may fit. Add or remove what tells them apart."
      ])
  }

  /// Roles come from the branch taken, or meant; never from the others.
  @Test func rolesFollowTheBranch() {
    let schema = #"""
      {"properties": {"id": {"x-field": "id"}}, "oneOf": [
        {"properties": {"kind": {"const": "a"}, "v": {"type": "number", "x-field": "score"}}, "required": ["kind"]},
        {"properties": {"kind": {"const": "b"}, "v": {"type": "string", "x-field": "label"}}, "required": ["kind"]}]}
      """#
    let subject = Subject(schema)
    func fields(_ json: String) -> [String] {
      subject.evaluate(json).roles.entries.map { subject.program.fieldNames[Int($0.field)] }
    }
    #expect(fields(#"{"id": 1, "kind": "a", "v": 1}"#) == ["id", "score"])
    #expect(fields(#"{"id": 1, "kind": "b", "v": 1}"#) == ["id", "label"])
    #expect(fields(#"{"id": 1, "kind": "c", "v": "x"}"#) == ["id", "label"])
    #expect(fields(#"{"id": 1}"#) == ["id"])
  }

  /// Each level tries two branches; without discriminators this would take 2^40 steps.
  @Test func nestedChoicesDoNotExplode() {
    let schema =
      ##"{"$ref": "#/$defs/e", "$defs": {"e": {"oneOf": [{"properties": {"k": {"const": 1}, "c": {"$ref": "#/$defs/e"}}, "required": ["k"]}, {"properties": {"k": {"const": 2}, "c": {"$ref": "#/$defs/e"}}, "required": ["k"]}]}}}"##
    let json = String(repeating: #"{"k": 2, "c": "#, count: 400) + #"{"k": 3}"# + String(repeating: "}", count: 400)
    let result = Subject(schema).evaluate(json)
    #expect(result.isComplete && result.findings.count == 1)
  }

  /// Whoever types a value has not said yet which branch it will be.
  @Test func aConditionOnWhatIsNotWrittenYetTakesNeitherBranch() {
    let condition = #"{"properties": {"a": {"const": "x"}}, "required": ["a"]}"#
    let branches = Subject(#"{"if": \#(condition), "then": {"required": ["b"]}, "else": {"required": ["c"]}}"#)
    #expect(branches.findings(#"{"a": }"#) == [])
    #expect(branches.findings(#"{"a": "x"}"#).count == 1)
    #expect(branches.findings(#"{"a": "y"}"#).count == 1)
    #expect(branches.findings("{}").count == 1)
    let exclusion = Subject(#"{"not": \#(condition)}"#)
    #expect(exclusion.findings(#"{"a": }"#) == [])
    #expect(exclusion.findings(#"{"a": "x"}"#).count == 1)
  }
}
