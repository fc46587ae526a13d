import Findings
import Manifest
import Testing

@testable import Schema

/// What may still be written, as the schema sees it.
@Suite struct SuggestionTests {
  private func evaluator(_ schema: String) -> SchemaEvaluator {
    SchemaEvaluator(SchemaProgram.compile(SchemaSource(uri: "test:schema", bytes: Array(schema.utf8))).program)
  }

  /// Keys offered in the root of a text; `!` marks those that must be there.
  private func keys(_ schema: String, _ text: String) -> [String] {
    let evaluator = evaluator(schema)
    let tree = RecordTree(parsing: Array(text.utf8))
    return evaluator.members(of: 0, in: tree, at: evaluator.program.entry(for: nil), cursor: nil)
      .map { String(decoding: $0.key, as: UTF8.self) + ($0.isRequired ? "!" : "") }
  }

  /// Values offered for the member `a` of the root.
  private func values(_ schema: String, _ text: String = #"{"a": ""}"#) -> [String] {
    let evaluator = evaluator(schema)
    let tree = RecordTree(parsing: Array(text.utf8))
    guard let node = tree.member("a", of: 0) else { return [] }
    let spot = evaluator.spot(ofValue: node, in: tree, at: evaluator.program.entry(for: nil))
    return evaluator.values(at: spot).map { String(decoding: $0.body.plain, as: UTF8.self) }
  }

  private static let shapes = #"""
    {"required": ["kind"], "oneOf": [
      {"required": ["radius"], "properties": {"kind": {"const": "circle"}, "radius": {"type": "number"}}},
      {"required": ["width"], "properties": {"kind": {"const": "box"}, "width": {"type": "number"}}}]}
    """#

  @Test func whatIsWrittenDecidesBetweenBranches() {
    #expect(keys(Self.shapes, "{}") == ["kind!", "radius", "width"])
    #expect(keys(Self.shapes, #"{"kind": "box"}"#) == ["width!"])
    #expect(keys(Self.shapes, #"{"radius": "no number"}"#) == ["kind!", "width!"])
  }

  @Test func theDecidingValueItselfIsOpen() {
    let schema = Self.shapes.replacing("kind", with: "a")
    #expect(values(schema, #"{"a": "box"}"#) == [#""circle""#, #""box""#])
    #expect(values(schema, #"{"a": "", "width": 1}"#).contains(#""box""#))
  }

  @Test func aConditionIsAQuestion() {
    let schema = #"""
      {"properties": {"a": {"enum": [0, 1]}}, "if": {"properties": {"a": {"const": 1}}, "required": ["a"]},
       "then": {"required": ["b"]}, "else": {"required": ["c"]}}
      """#
    #expect(values(schema) == ["0", "1"])
    #expect(keys(schema, #"{"a": 1}"#) == ["b!"])
    #expect(keys(schema, #"{"a": 0}"#) == ["c!"])
  }

  @Test func silentAndForbiddenMembersAreNotOffered() {
    #expect(
      keys(#"{"properties": {"a": {"doNotSuggest": true}, "b": false, "c": {}, "d": {"deprecated": true}}}"#, "{}")
        == ["c", "d"])
  }

  @Test func valuesFitEverythingThatIsSure() {
    #expect(values(#"{"properties": {"a": {"enum": ["x", "y"], "allOf": [{"enum": ["y", "z"]}]}}}"#) == [#""y""#])
    #expect(values(#"{"properties": {"a": {"type": ["boolean", "null"]}}}"#) == ["true", "false", "null"])
    #expect(values(#"{"properties": {"a": {"type": "number", "default": 3, "examples": [4, "no"]}}}"#) == ["3", "4"])
  }

  @Test func aSchemaThatRefersToItselfComesToAnEnd() {
    let schema =
      ##"{"$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"$ref": "#"}]}}, "$ref": "#/$defs/a", "properties": {"a": {"$ref": "#"}}}"##
    #expect(keys(schema, #"{"x": 1}"#) == ["a"])
  }

  @Test func aThousandBranchesAreToldApartByOneMember() {
    let branches = (0..<1000).map { #"{"properties": {"a": {"const": \#($0)}, "m\#($0)": {}}}"# }.joined(separator: ",")
    #expect(keys(#"{"oneOf": [\#(branches)]}"#, #"{"a": 512}"#) == ["m512"])
  }

  @Test func aThousandBranchesAreToldApartByWhatTheyAllow() {
    let branches = (0..<1000).map {
      #"{"properties": {"m\#($0)": {"title": "M\#($0)"}, "n\#($0)": {}}, "additionalProperties": false}"#
    }
    let schema = #"{"oneOf": [\#(branches.joined(separator: ","))]}"#
    #expect(keys(schema, #"{"m512": 1}"#) == ["n512"])
    #expect(keys(schema, "{}").count == 2000)
    // What other branches refuse is said of none of them.
    let evaluator = evaluator(schema)
    let offers = evaluator.members(
      of: 0, in: RecordTree(parsing: Array("{}".utf8)), at: evaluator.program.entry(for: nil), cursor: nil)
    #expect(offers.allSatisfy { $0.spot.entries.count == 1 })
    #expect(evaluator.program.title(of: offers[0].spot) == "M0")
    #expect(evaluator.program.tellingPlaces(of: offers[0].spot).count == 1)
    #expect(evaluator.program.tellingPlaces(of: offers[1].spot) == [])
  }

  @Test func aBranchThatIsOpenMayStillRefuseAMember() {
    let schema = #"{"anyOf": [{"properties": {"a": {}}, "additionalProperties": false}, {"properties": {"b": {}}}]}"#
    #expect(keys(schema, "{}") == ["a", "b"])
    #expect(keys(#"{"properties": {"a": {}}, "allOf": [{"additionalProperties": false}]}"#, "{}") == [])
  }
}
