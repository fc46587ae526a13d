import Testing

@testable import Schema

@Suite struct KeywordTests {
  static let values: [Case] = [
    Case("true", fits: ["1", "null", "{}"]),
    Case("false", fails: ["1", "null", "[]"]),
    Case("{}", fits: ["1", "\"\"", "[[]]"]),
    Case(#"{"type": "null"}"#, fits: ["null"], fails: ["0", "false", "\"\"", "[]", "{}"]),
    Case(#"{"type": "boolean"}"#, fits: ["true", "false"], fails: ["0", "\"true\"", "null"]),
    Case(
      #"{"type": "integer"}"#, fits: ["1", "1.0", "-3e2", "10e-1", "123456789012345678901234567890.0"],
      fails: ["1.5", "1e-1", "123456789012345678901234567890.5", "\"1\""]),
    Case(#"{"type": "number"}"#, fits: ["1", "1.5", "-0"], fails: ["\"1\"", "null"]),
    Case(#"{"type": "string"}"#, fits: ["\"\"", "\"1\""], fails: ["1", "[\"a\"]"]),
    Case(#"{"type": ["array", "object"]}"#, fits: ["[]", "{}"], fails: ["1", "\"\""]),
    Case(#"{"const": 1}"#, fits: ["1", "1.0", "1e0", "10e-1", "0.1e1"], fails: ["2", "\"1\"", "true", "[1]"]),
    Case(#"{"const": 9007199254740993}"#, fits: ["9007199254740993"], fails: ["9007199254740992", "9007199254740994"]),
    Case(
      #"{"const": 100000000000000000000000000001}"#,
      fits: ["100000000000000000000000000001", "100000000000000000000000000001.00"],
      fails: ["100000000000000000000000000002", "1e29"]),
    Case(#"{"const": false}"#, fits: ["false"], fails: ["0", "null", "true"]),
    Case(
      #"{"const": {"a": [1, {"b": 2}], "c": 3}}"#, fits: [#"{"c": 3.0, "a": [1, {"b": 2e0}]}"#],
      fails: [#"{"c": 3, "a": [{"b": 2}, 1]}"#, #"{"c": 3}"#, #"{"a": [1, {"b": 2}], "c": 3, "d": 4}"#]),
    Case(
      #"{"enum": ["a", 1, null, [1]]}"#, fits: ["\"a\"", "1.0", "null", "[1]", #""\u0061""#],
      fails: ["\"b\"", "2", "false", "[2]", "[]"]),
    Case(
      #"{"enum": ["a0","a1","a2","a3","a4","a5","a6","a7","a8","a9", 7, true]}"#,
      fits: ["\"a0\"", "\"a9\"", #""\u00615""#, "7.0", "true"], fails: ["\"a10\"", "\"7\"", "8", "false"]),
    Case(#"{"enum": ["é"]}"#, fits: ["\"é\"", #""\u00e9""#], fails: ["\"e\u{301}\""]),
    Case(#"{"minimum": 1.1}"#, fits: ["1.1", "1.10", "2", "\"a\""], fails: ["1.09999999999999999999", "1", "-5"]),
    Case(
      #"{"maximum": 18446744073709551616}"#, fits: ["18446744073709551616", "-1", "1e19"],
      fails: ["18446744073709551617", "1e20", "18446744073709551616.1"]),
    Case(#"{"exclusiveMinimum": 0}"#, fits: ["1e-400", "5"], fails: ["0", "-0", "0.000", "-1e-400"]),
    Case(#"{"exclusiveMaximum": 3.0}"#, fits: ["2.99", "-3"], fails: ["3", "3.0", "30e-1", "3.01"]),
    Case(#"{"multipleOf": 0.01}"#, fits: ["0.07", "4.02", "0", "1e300", "\"x\""], fails: ["0.075", "1e-3"]),
    Case(
      #"{"multipleOf": 3}"#, fits: ["9", "-3", "3e30", "333333333333333333333333333333"],
      fails: ["10", "1e30", "333333333333333333333333333334"]),
    Case(#"{"multipleOf": 1e-8}"#, fits: ["12391239123", "1e308"], fails: ["1e-9"]),
    Case(
      #"{"minLength": 2}"#, fits: ["\"ab\"", "\"é😀\"", #""\ud83d\ude00a""#, "1"],
      fails: ["\"a\"", "\"😀\"", #""\u00e9""#]),
    Case(#"{"maxLength": 2.0}"#, fits: ["\"ab\"", "\"😀😀\"", #""\n\n""#], fails: ["\"abc\"", #""\u0061bc""#]),
    Case(#"{"pattern": "^a+$"}"#, fits: ["\"aaa\"", "5"], fails: ["\"ab\"", "\"\"", #""a\n""#]),
  ]

  static let containers: [Case] = [
    Case(#"{"minItems": 1, "maxItems": 2}"#, fits: ["[1]", "[1,2]", "{}"], fails: ["[]", "[1,2,3]"]),
    Case(
      #"{"minProperties": 1, "maxProperties": 2}"#, fits: [#"{"a":1}"#, "[]"], fails: ["{}", #"{"a":1,"b":1,"c":1}"#]),
    Case(
      #"{"uniqueItems": true}"#, fits: ["[1, \"1\", true, [1], {\"a\":1}]", "[0, false]", "[[1,2],[2,1]]"],
      fails: ["[1, 1.0]", #"[{"a":1,"b":2},{"b":2.0,"a":1}]"#, #"["\u0061", "a"]"#, "[[], []]"]),
    Case(#"{"items": {"type": "integer"}}"#, fits: ["[]", "[1,2]", "{\"0\": \"\"}"], fails: ["[1,\"2\"]"]),
    Case(#"{"items": false}"#, fits: ["[]"], fails: ["[1]"]),
    Case(
      #"{"prefixItems": [{"type": "integer"}, {"type": "string"}]}"#, fits: ["[1]", "[1,\"a\",null]"],
      fails: ["[\"a\"]", "[1,2]"]),
    Case(#"{"prefixItems": [{}], "items": {"type": "string"}}"#, fits: ["[1, \"a\"]"], fails: ["[1, 2]"]),
    Case(#"{"contains": {"minimum": 5}}"#, fits: ["[1, 5]", "{}"], fails: ["[]", "[1]"]),
    Case(
      #"{"contains": {"const": 1}, "minContains": 2, "maxContains": 3}"#, fits: ["[1,1]", "[1,0,1,1]"],
      fails: ["[1]", "[1,1,1,1]"]),
    Case(#"{"contains": {"const": 1}, "minContains": 0}"#, fits: ["[]", "[2]"]),
    Case(
      #"{"properties": {"a": {"type": "integer"}, "b": false}}"#, fits: [#"{"a": 1}"#, #"{"c": 1}"#, "[]"],
      fails: [#"{"a": "1"}"#, #"{"b": 1}"#, #"{"\u0061": "1"}"#]),
    Case(#"{"required": ["a", "b\n"]}"#, fits: [#"{"a": 1, "b\n": null}"#, "1"], fails: [#"{"a": 1}"#, "{}"]),
    Case(
      #"{"additionalProperties": false, "properties": {"a": {}}, "patternProperties": {"^x": {"type": "integer"}}}"#,
      fits: [#"{"a": 1, "x1": 2}"#], fails: [#"{"b": 1}"#, #"{"x1": "a"}"#]),
    Case(#"{"additionalProperties": {"type": "integer"}}"#, fits: [#"{"a": 1}"#], fails: [#"{"a": "x"}"#]),
    Case(#"{"propertyNames": {"maxLength": 2}}"#, fits: [#"{"ab": 1}"#, "{}"], fails: [#"{"abc": 1}"#]),
    Case(#"{"propertyNames": {"enum": ["a", "b"]}}"#, fits: [#"{"\u0061": 1}"#], fails: [#"{"c": 1}"#]),
    Case(
      #"{"dependentRequired": {"a": ["b", "c"]}}"#, fits: [#"{"b": 1}"#, #"{"a":1,"b":1,"c":1}"#],
      fails: [#"{"a":1,"b":1}"#]),
    Case(
      #"{"dependentSchemas": {"a": {"required": ["b"]}}}"#, fits: [#"{"c": 1}"#, #"{"a":1,"b":1}"#],
      fails: [#"{"a":1}"#]),
  ]

  static let combinators: [Case] = [
    Case(#"{"allOf": [{"minimum": 1}, {"maximum": 3}]}"#, fits: ["1", "3"], fails: ["0", "4"]),
    Case(#"{"anyOf": [{"type": "string"}, {"minimum": 3}]}"#, fits: ["\"\"", "3"], fails: ["1"]),
    Case(#"{"oneOf": [{"multipleOf": 2}, {"multipleOf": 3}]}"#, fits: ["2", "3"], fails: ["6", "5"]),
    Case(#"{"not": {"type": "string"}}"#, fits: ["1"], fails: ["\"a\""]),
    Case(#"{"not": {"not": {"type": "string"}}}"#, fits: ["\"a\""], fails: ["1"]),
    Case(
      #"{"if": {"minimum": 10}, "then": {"multipleOf": 5}, "else": {"multipleOf": 2}}"#, fits: ["15", "4"],
      fails: ["11", "3"]),
    Case(#"{"if": false, "then": false}"#, fits: ["1"]),
    Case(
      #"{"oneOf": [{"properties": {"k": {"const": "a"}}, "required": ["k", "x"]}, {"properties": {"k": {"const": "b"}}, "required": ["k", "y"]}]}"#,
      fits: [#"{"k":"a","x":1}"#, #"{"k":"b","y":1}"#], fails: [#"{"k":"a","y":1}"#, #"{"k":"c","x":1}"#, "{}"]),
    Case(
      ##"{"$ref": "#/$defs/a", "maximum": 5, "$defs": {"a": {"minimum": 1}}}"##, fits: ["1", "5"], fails: ["0", "6"]),
    Case(##"{"$ref": "#b", "$defs": {"x": {"$anchor": "b", "type": "string"}}}"##, fits: ["\"\""], fails: ["1"]),
    Case(
      #"{"$id": "http://e.x/root", "$ref": "inner#/$defs/n", "$defs": {"i": {"$id": "inner", "$defs": {"n": {"type": "integer"}}}}}"#,
      fits: ["1"], fails: ["\"\""]),
    Case(
      ##"{"properties": {"a~b/c%d": {"type": "string"}, "x": {"$ref": "#/properties/a~0b~1c%25d"}}}"##,
      fits: [#"{"x": ""}"#], fails: [#"{"x": 1}"#]),
    Case(
      ##"{"$defs": {"t": {"properties": {"next": {"$ref": "#/$defs/t"}, "v": {"type": "integer"}}}}, "$ref": "#/$defs/t"}"##,
      fits: [#"{"next": {"next": {"v": 1}}}"#], fails: [#"{"next": {"next": {"v": ""}}}"#]),
  ]

  static let unevaluated: [Case] = [
    Case(
      #"{"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false}"#, fits: [#"{"a": 1}"#],
      fails: [#"{"a": 1, "b": 1}"#]),
    Case(
      #"{"anyOf": [{"properties": {"a": {"const": 1}}, "required": ["a"]}, {"properties": {"b": {}}, "required": ["b"]}], "unevaluatedProperties": false}"#,
      fits: [#"{"a": 1}"#, #"{"a": 1, "b": 2}"#, #"{"b": 1}"#], fails: [#"{"a": 2, "b": 1}"#, #"{"a": 1, "c": 1}"#]),
    Case(
      #"{"if": {"properties": {"k": {"const": 1}}, "required": ["k"]}, "then": {"properties": {"x": {}}}, "else": {"properties": {"y": {}}}, "unevaluatedProperties": false}"#,
      fits: [#"{"k": 1, "x": 1}"#, #"{"y": 1}"#], fails: [#"{"k": 1, "y": 1}"#, #"{"k": 2}"#]),
    Case(
      #"{"allOf": [{"properties": {"a": {}}}, {"unevaluatedProperties": false}]}"#, fits: ["{}"], fails: [#"{"a": 1}"#]),
    Case(
      #"{"unevaluatedProperties": {"type": "string"}, "properties": {"a": {}}}"#, fits: [#"{"a": 1, "b": ""}"#],
      fails: [#"{"b": 1}"#]),
    Case(
      #"{"properties": {"o": {"properties": {"x": {}}}}, "allOf": [{"properties": {"o": {"unevaluatedProperties": false}}}]}"#,
      fits: [#"{"o": {}}"#], fails: [#"{"o": {"x": 1}}"#]),
    Case(
      #"{"not": {"not": {"properties": {"a": {}}}}, "unevaluatedProperties": false}"#, fits: ["{}"],
      fails: [#"{"a": 1}"#]),
    Case(
      #"{"dependentSchemas": {"a": {"properties": {"a": {}, "b": {}}}}, "unevaluatedProperties": false}"#,
      fits: [#"{"a": 1, "b": 1}"#], fails: [#"{"b": 1}"#]),
    Case(#"{"allOf": [{"prefixItems": [{}, {}]}], "unevaluatedItems": false}"#, fits: ["[1, 2]"], fails: ["[1,2,3]"]),
    Case(
      #"{"contains": {"type": "string"}, "unevaluatedItems": {"type": "integer"}}"#, fits: ["[\"a\", 1, \"b\"]"],
      fails: ["[\"a\", null]"]),
    Case(
      #"{"anyOf": [{"items": {"type": "string"}}, true], "unevaluatedItems": false}"#, fits: ["[\"a\"]", "[]"],
      fails: ["[1]"]),
    Case(
      ##"{"$ref": "#/$defs/b", "unevaluatedProperties": false, "$defs": {"b": {"properties": {"a": {}}}}}"##,
      fits: [#"{"a": 1}"#], fails: [#"{"z": 1}"#]),
  ]

  static let drafts: [Case] = [
    Case(
      ##"{"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/a", "maximum": 1, "definitions": {"a": {"type": "integer"}}}"##,
      fits: ["5"], fails: ["\"\""]),
    Case(
      #"{"$schema": "http://json-schema.org/draft-07/schema#", "items": [{"type": "integer"}], "additionalItems": {"type": "string"}}"#,
      fits: ["[1, \"a\"]"], fails: ["[1, 2]", "[\"\"]"]),
    Case(
      #"{"$schema": "http://json-schema.org/draft-07/schema#", "items": {}, "additionalItems": false}"#,
      fits: ["[1, 2]"]),
    Case(
      #"{"$schema": "http://json-schema.org/draft-07/schema#", "dependencies": {"a": ["b"], "c": {"required": ["d"]}}}"#,
      fits: [#"{"a":1,"b":1}"#, #"{"c":1,"d":1}"#], fails: [#"{"a":1}"#, #"{"c":1}"#]),
    Case(
      ##"{"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"x": {"$id": "#foo", "type": "integer"}}, "allOf": [{"$ref": "#foo"}]}"##,
      fits: ["1"], fails: ["\"\""]),
    Case(
      #"{"$schema": "http://json-schema.org/draft-07/schema#", "prefixItems": [false], "unevaluatedProperties": false, "dependentRequired": {"a": ["b"]}}"#,
      fits: ["[1]", #"{"a": 1}"#]),
    Case(
      #"{"$schema": "http://json-schema.org/draft-06/schema#", "if": false, "else": false, "contains": {"const": 1}}"#,
      fits: ["[1]", "3"], fails: ["[]"]),
    Case(
      #"{"$schema": "http://json-schema.org/draft-04/schema#", "minimum": 1, "exclusiveMinimum": true, "const": 7, "contains": false}"#,
      fits: ["2", "[1]"], fails: ["1"]),
    Case(
      #"{"$schema": "http://json-schema.org/draft-04/schema#", "id": "http://e.x/a", "allOf": [{"$ref": "b#/definitions/n"}], "definitions": {"b": {"id": "b", "definitions": {"n": {"type": "integer"}}}}}"#,
      fits: ["1"], fails: ["\"\""]),
    Case(
      ##"{"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "http://e.x/tree", "$recursiveAnchor": true, "properties": {"c": {"items": {"$recursiveRef": "#"}}, "v": {"type": "integer"}}}"##,
      fits: [#"{"c": [{"v": 1}]}"#], fails: [#"{"c": [{"v": ""}]}"#]),
    Case(
      ##"{"$id": "http://e.x/strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false, "$defs": {"t": {"$id": "tree", "$dynamicAnchor": "node", "properties": {"c": {"items": {"$dynamicRef": "#node"}}}}}}"##,
      fits: [#"{"c": [{"c": []}]}"#], fails: [#"{"c": [{"d": 1}]}"#]),
  ]

  @Test(arguments: values) func valueKeyword(_ test: Case) { test.check() }
  @Test(arguments: containers) func containerKeyword(_ test: Case) { test.check() }
  @Test(arguments: combinators) func combinator(_ test: Case) { test.check() }
  @Test(arguments: unevaluated) func unevaluatedKeyword(_ test: Case) { test.check() }
  @Test(arguments: drafts) func edition(_ test: Case) { test.check() }

  @Test func otherDocumentsAreAskedForOnce() {
    Case(
      #"{"$id": "http://e.x/main", "properties": {"a": {"$ref": "other#/$defs/s"}, "b": {"$ref": "other"}}}"#,
      fits: [#"{"a": "", "b": {}}"#], fails: [#"{"a": 1}"#, #"{"b": 1}"#]
    ).check(others: ["http://e.x/other": #"{"type": "object", "$defs": {"s": {"type": "string"}}}"#])
  }

  @Test func aVocabularyWithoutValidationChecksNoValues() {
    Case(
      #"{"$schema": "http://e.x/meta", "$id": "http://e.x/main", "properties": {"a": false, "b": {"minimum": 10}}}"#,
      fits: [#"{"b": 1}"#], fails: [#"{"a": 1}"#]
    ).check(others: [
      "http://e.x/meta":
        #"{"$schema": "https://json-schema.org/draft/2020-12/schema", "$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/applicator": true}}"#
    ])
  }

  @Test func compilesCleanly() {
    for test in Self.values + Self.containers + Self.combinators + Self.unevaluated + Self.drafts {
      #expect(Subject(test.schema).problems == [], "\(test.schema)")
    }
  }
}
