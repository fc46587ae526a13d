import Findings
import Manifest
import Testing

@testable import Schema

/// JSON inside a string: what is wrong there is found at its column in the file, escapes and all.
@Suite struct EmbeddedTests {
  private static let call = ##"""
    {"properties": {
      "tools": {"type": "array", "items": {"type": "object"}},
      "calls": {"items": {"properties": {"arguments": {"type": "string", "x-embedded": {"syntax": "json", "schema": "/tools/*/parameters", "where": "name"}}}}}}}
    """##

  /// Each finding as its rule and the text of the file it marks.
  private func found(_ schema: String, _ json: String) -> [String] {
    let bytes = Array(json.utf8)
    return Subject(schema).evaluate(json).findings.map {
      "\($0.rule) at \(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
  }

  private func fixed(_ schema: String, _ json: String) -> [String] {
    Subject(schema).evaluate(json).findings.flatMap(\.fixes).map { fix in
      guard case .text(let range, let bytes) = fix.edit else { return "no text" }
      var text = Array(json.utf8)
      text.replaceSubrange(range, with: bytes)
      return String(decoding: text, as: UTF8.self)
    }
  }

  private let limit =
    ##"{"properties": {"a": {"x-embedded": {"syntax": "json", "schema": "#/$defs/in"}}}, "$defs": {"in": {"type": "object", "properties": {"n": {"type": "integer", "maximum": 9}, "é\n": {"enum": ["x\"y"]}}, "required": ["n"]}}}"##

  @Test func findingsStandInsideTheString() {
    #expect(found(limit, #"{"a": "{\"n\": 3}"}"#) == [])
    #expect(found(limit, #"{"a": "{\"n\": 12}"}"#) == ["schema/maximum at 12"])
    #expect(found(limit, #"{"a": "{\u0022n\u0022: \u0031\u0032}"}"#) == [#"schema/maximum at \u0031\u0032"#])
    #expect(found(limit, #"{"a": "{}"}"#) == ["schema/required at {"])
    #expect(found(limit, #"{"a": "{\"n\": 1, \"\u00e9\\n\": \"z\"}"}"#) == [#"schema/const at \"z\""#])
    #expect(found(limit, #"{"a": "{\"n\": \"😀\"}"}"#) == [#"schema/type at \"😀\""#])
    #expect(found(limit, #"{"a": "{\"n\": \"\ud83d\ude00\"}"}"#) == [#"schema/type at \"\ud83d\ude00\""#])
    #expect(found(limit, #"{"a": 5}"#) == [], "what is no string holds no text")
  }

  @Test func syntaxInside() {
    #expect(found(limit, #"{"a": "{\"n\": 1,}"}"#) == ["syntax/trailing-comma at ,"])
    #expect(found(limit, #"{"a": ""}"#).first?.hasPrefix("syntax/empty-document") == true)
    #expect(!Subject(limit).evaluate(#"{"a": "{\"n\": 1"}"#).isValid)
  }

  @Test func fixesAreEscaped() {
    #expect(fixed(limit, #"{"a": "{\"n\": 1,}"}"#) == [#"{"a": "{\"n\": 1}"}"#])
    #expect(fixed(limit, #"{"a": "{\"n\": \"3\"}"}"#) == [#"{"a": "{\"n\": 3}"}"#])
    #expect(
      fixed(limit, #"{"a": "{\"n\": 1, \"é\\n\": \"xy\"}"}"#).contains(#"{"a": "{\"n\": 1, \"é\\n\": \"x\\\"y\"}"}"#))
  }

  @Test func linesInside() {
    let schema = ##"{"x-embedded": {"syntax": "jsonl", "schema": "#/$defs/l"}, "$defs": {"l": {"type": "integer"}}}"##
    #expect(found(schema, #""1\n\n\"2\"\n3""#) == [#"schema/type at \"2\""#])
  }

  /// The description of a tool's arguments stands in the record itself.
  @Test func theRecordSaysWhatBelongs() {
    func record(_ name: String, _ arguments: String) -> String {
      #"{"tools": [{"name": "f", "parameters": {"type": "object", "required": ["city"]}}, {"name": "g", "parameters": {"properties": {"n": {"type": "integer"}}}}], "calls": [{"name": "\#(name)", "arguments": "\#(arguments)"}]}"#
    }
    #expect(found(Self.call, record("f", #"{\"city\": 1}"#)) == [])
    #expect(found(Self.call, record("f", "{}")) == ["schema/required at {"])
    #expect(found(Self.call, record("g", #"{\"n\": 1.5}"#)) == ["schema/type at 1.5"])
    #expect(found(Self.call, record("h", "{}")) == [], "which tools there are is another rule's matter")
    #expect(found(Self.call, record("h", "{")) == ["syntax/missing-closer at "])
  }

  /// What stands in data may say what is right, under no name of its own.
  @Test func aDescriptionInTheRecordNamesNoRules() {
    let json =
      #"{"tools": [{"name": "f", "parameters": {"required": ["a"], "x-rule": {"id": "theirs"}, "$ref": "http://e.x/none"}}], "calls": [{"name": "f", "arguments": "{}"}]}"#
    #expect(found(Self.call, json) == ["schema/required at {"])
  }

  @Test func privateTextsAreNotShown() {
    let schema =
      ##"{"properties": {"a": {"x-private": true, "x-embedded": {"syntax": "json", "schema": "#/$defs/i"}}}, "$defs": {"i": {"enum": ["no"]}}}"##
    let subject = Subject(schema)
    let json = #"{"a": "\"secret\""}"#
    #expect(subject.findings(json).count == 1 && !subject.findings(json)[0].contains(": `secret`"))
    #expect(subject.findings(json).allSatisfy { !$0.split(separator: ": ", maxSplits: 1)[1].contains("secret") })
  }

  @Test func textsInTextsEnd() {
    let schema = ##"{"properties": {"a": {"x-embedded": {"syntax": "json", "schema": "#"}}}, "required": ["a"]}"##
    var json = "{}"
    for _ in 0..<8 { json = #"{"a": "# + String(decoding: JSONText.quoted(json.utf8), as: UTF8.self) + "}" }
    #expect(Subject(schema).evaluate(json).isComplete)
    #expect(found(schema, #"{"a": "{\"a\": \"{}\"}"}"#) == ["schema/required at {"])
  }

  @Test(arguments: [
    #""xml""#, ##"{"syntax": "yaml"}"##, ##"{"syntax": "json", "schema": 1}"##,
    ###"{"syntax": "json", "schema": "#/nowhere"}"###,
  ])
  func mistakesAreSaid(_ value: String) {
    #expect(Subject(#"{"x-embedded": \#(value)}"#).problems.count == 1)
  }
}
