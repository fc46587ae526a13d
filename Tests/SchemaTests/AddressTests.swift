import Testing

@testable import Schema

/// Where `$ref` leads: base addresses, ids, anchors, dynamic scopes.
@Suite struct AddressTests {
  static let draft7 = #""$schema": "http://json-schema.org/draft-07/schema#""#

  static let cases: [Case] = [
    // An id deeper down is the base of what stands below it.
    Case(
      ##"{"$id": "http://e.x/a/root.json", "properties": {"l": {"$id": "b/", "items": {"$ref": "c.json"}}}, "$defs": {"n": {"$id": "/a/b/c.json", "type": "integer"}}}"##,
      fits: [#"{"l": [1]}"#], fails: [#"{"l": [""]}"#]),
    // What only looks like an id is none.
    Case(
      ##"{"$id": "http://e.x/m", "enum": [{"$id": "http://e.x/t", "type": "null"}, 1, ""], "const": {"$id": "http://e.x/t"}, "x": {"$id": "http://e.x/t", "type": "null"}, "not": {"$ref": "http://e.x/t"}, "$defs": {"t": {"$id": "t", "type": "string"}}}"##,
      fails: ["1"]),
    Case(
      ##"{"$id": "http://e.x/m", "properties": {"$id": {"type": "string"}, "$ref": {"type": "string"}}}"##,
      fits: [#"{"$id": "a", "$ref": "b"}"#], fails: [#"{"$ref": 1}"#, #"{"$id": 1}"#]),
    // Names by URN, with relative references inside.
    Case(
      ##"{"$id": "urn:uuid:deadbeef-1234-0000-0000-4321feebdaed", "properties": {"a": {"$ref": "urn:uuid:deadbeef-1234-0000-0000-4321feebdaed#/$defs/s"}, "b": {"$ref": "#s"}}, "$defs": {"s": {"$anchor": "s", "type": "string"}}}"##,
      fits: [#"{"a": "", "b": ""}"#], fails: [#"{"a": 1}"#, #"{"b": 1}"#]),
    Case(
      ##"{"$id": "file:///folder/file.json", "$ref": "other.json", "$defs": {"o": {"$id": "other.json", "type": "null"}}}"##,
      fits: ["null"], fails: ["1"]),
    // Empty parts, escapes and percent signs in paths.
    Case(
      ##"{"$ref": "#/$defs//$defs/a%22b", "$defs": {"": {"$defs": {"a\"b": {"type": "null"}}}}}"##, fits: ["null"],
      fails: ["1"]),
    // Up to draft-07 nothing beside `$ref` counts, an id neither.
    Case(
      ##"{\##(draft7), "$id": "http://e.x/base/", "definitions": {"a": {"$id": "http://e.x/foo.json", "type": "string"}, "b": {"$id": "foo.json", "type": "number"}}, "allOf": [{"$id": "http://e.x/", "$ref": "foo.json"}]}"##,
      fits: ["1"], fails: ["\"\""]),
    Case(
      ##"{\##(draft7), "properties": {"f": {"$ref": "#/definitions/a", "maxItems": 2}}, "definitions": {"a": {"type": "array"}}}"##,
      fits: [#"{"f": [1,2,3]}"#], fails: [#"{"f": ""}"#]),
    // Another edition inside: its own keywords count there.
    Case(
      ##"{"$id": "http://e.x/new", "prefixItems": [{"$ref": "old"}], "$defs": {"o": {"$id": "old", \##(draft7), "allOf": [{"$ref": "#/definitions/s", "minimum": 100}], "definitions": {"s": {"dependencies": {"a": ["b"]}, "dependentRequired": {"a": ["c"]}}}}}}"##,
      fits: ["[1]", #"[{"a": 1, "b": 1}]"#], fails: [#"[{"a": 1}]"#]),
    // Metaschemas are at hand.
    Case(
      #"{"$ref": "https://json-schema.org/draft/2020-12/schema"}"#, fits: ["true", #"{"minLength": 1}"#],
      fails: [#"{"minLength": -1}"#, #"{"$defs": {"a": 1}}"#]),
    Case(
      ##"{\##(draft7), "$ref": "http://json-schema.org/draft-07/schema#"}"##, fits: [#"{"minLength": 1}"#],
      fails: [#"{"minLength": -1}"#]),
    // A dynamic anchor counts only if the reference first leads to one.
    Case(
      ##"{"$id": "http://e.x/a", "$ref": "list", "$defs": {"foo": {"$dynamicAnchor": "items", "type": "string"}, "list": {"$id": "list", "type": "array", "items": {"$dynamicRef": "#items"}, "$defs": {"items": {"$anchor": "items"}}}}}"##,
      fits: ["[1]"]),
    Case(
      ##"{"$id": "http://e.x/a", "$ref": "list", "$defs": {"foo": {"$dynamicAnchor": "items", "type": "string"}, "list": {"$id": "list", "type": "array", "items": {"$dynamicRef": "#items"}, "$defs": {"items": {"$dynamicAnchor": "items"}}}}}"##,
      fits: ["[\"\"]"], fails: ["[1]"]),
    Case(
      ##"{"$id": "http://e.x/a", "$ref": "list", "$defs": {"foo": {"$dynamicAnchor": "items", "type": "string"}, "list": {"$id": "list", "type": "array", "items": {"$dynamicRef": "#/$defs/items"}, "$defs": {"items": {"$dynamicAnchor": "items", "type": "integer"}}}}}"##,
      fits: ["[1]"], fails: ["[\"\"]"]),
    // Scopes that were left count no more.
    Case(
      ##"{"$id": "http://e.x/main", "if": {"$id": "first", "$defs": {"thingy": {"$dynamicAnchor": "thingy", "type": "number"}}}, "then": {"$id": "second", "$ref": "start", "$defs": {"thingy": {"$dynamicAnchor": "thingy", "type": "null"}}}, "$defs": {"start": {"$id": "start", "$dynamicRef": "inner#thingy"}, "thingy": {"$id": "inner", "$dynamicAnchor": "thingy", "type": "string"}}}"##,
      fits: ["null"], fails: ["\"a\"", "42"]),
    // The outermost schema that may be recursed to.
    Case(
      ##"{"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "http://e.x/s", "$recursiveAnchor": true, "anyOf": [{"type": "integer"}, {"$ref": "tree"}], "$defs": {"t": {"$id": "tree", "$recursiveAnchor": true, "type": "object", "additionalProperties": {"$recursiveRef": "#"}}}}"##,
      fits: [#"{"a": 1}"#, #"{"a": {"b": 2}}"#], fails: [#"{"a": ""}"#]),
    Case(
      ##"{"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "http://e.x/s", "anyOf": [{"type": "integer"}, {"$ref": "tree"}], "$defs": {"t": {"$id": "tree", "$recursiveAnchor": true, "type": "object", "additionalProperties": {"$recursiveRef": "#"}}}}"##,
      fits: [#"{"a": {}}"#], fails: [#"{"a": 1}"#]),
  ]

  @Test(arguments: cases) func leadsThere(_ test: Case) {
    test.check()
    #expect(Subject(test.schema).problems == [])
  }

  @Test(arguments: [
    ##"{"$ref": "#/$defs/none"}"##, ##"{"$ref": "#none"}"##, #"{"$ref": "http://e.x/none"}"#,
    #"{"$schema": "http://e.x/edition"}"#, ##"{"items": [1], "$ref": "#/items/1"}"##, ##"{"$ref": "#/x~2/0"}"##,
  ])
  func whatLeadsNowhereIsSaid(_ schema: String) {
    let subject = Subject(schema)
    #expect(subject.problems.contains { $0.message.contains("no such") || $0.message.contains("nothing there") })
    #expect(subject.problems.allSatisfy { $0.line == 1 && $0.column > 1 })
    _ = subject.evaluate("[]")
  }

  @Test func keywordsThatMustBeKnownAreSaid() {
    let subject = Subject(
      #"{"$schema": "http://e.x/meta"}"#,
      others: ["http://e.x/meta": #"{"$vocabulary": {"http://e.x/vocab/own": true, "http://e.x/vocab/other": false}}"#])
    #expect(
      subject.problems.map(\.message) == [
        "This needs keywords that aren't known here: `http://e.x/vocab/own`. They are passed over."
      ])
  }
}
