import Manifest
import Testing

@testable import Schema

/// Every keyword in every edition that has it: a value that fits and one that does not; in the others it says nothing.
@Suite struct EditionTests {
  struct Keyword: Sendable {
    var name: String
    /// The schema's members, without braces.
    var text: String
    var from: Draft = .draft4
    var upTo: Draft = .draft2020
    var fits: String
    var fails: String
  }

  static let keywords: [Keyword] = [
    Keyword(name: "type", text: #""type": "integer""#, fits: "1", fails: "\"\""),
    Keyword(name: "type list", text: #""type": ["null", "string"]"#, fits: "null", fails: "1"),
    Keyword(name: "enum", text: #""enum": [1, "a", [2.0]]"#, fits: "[2]", fails: "2"),
    Keyword(name: "const", text: #""const": {"a": 1.0}"#, from: .draft6, fits: #"{"a": 1}"#, fails: "1"),
    Keyword(name: "multipleOf", text: #""multipleOf": 0.0001"#, fits: "0.0075", fails: "0.00751"),
    Keyword(name: "minimum", text: #""minimum": 1.1"#, fits: "1.1", fails: "1.0999"),
    Keyword(name: "maximum", text: #""maximum": 3"#, fits: "3.0", fails: "3.01"),
    Keyword(
      name: "exclusiveMinimum (yes or no)", text: #""minimum": 1, "exclusiveMinimum": true"#, upTo: .draft4, fits: "2",
      fails: "1"),
    Keyword(
      name: "exclusiveMaximum (yes or no)", text: #""maximum": 1, "exclusiveMaximum": true"#, upTo: .draft4, fits: "0",
      fails: "1"),
    Keyword(name: "exclusiveMinimum", text: #""exclusiveMinimum": 1"#, from: .draft6, fits: "2", fails: "1"),
    Keyword(name: "exclusiveMaximum", text: #""exclusiveMaximum": 1"#, from: .draft6, fits: "0", fails: "1"),
    Keyword(name: "minLength", text: #""minLength": 2"#, fits: "\"😀😀\"", fails: "\"😀\""),
    Keyword(name: "maxLength", text: #""maxLength": 2"#, fits: "\"😀😀\"", fails: "\"abc\""),
    Keyword(name: "pattern", text: #""pattern": "^\\d+$""#, fits: "\"12\"", fails: "\"१२\""),
    Keyword(name: "minItems", text: #""minItems": 1"#, fits: "[1]", fails: "[]"),
    Keyword(name: "maxItems", text: #""maxItems": 1"#, fits: "[1]", fails: "[1,2]"),
    Keyword(name: "uniqueItems", text: #""uniqueItems": true"#, fits: "[1,true]", fails: "[1,1.0]"),
    Keyword(name: "minProperties", text: #""minProperties": 1"#, fits: #"{"a":1}"#, fails: "{}"),
    Keyword(name: "maxProperties", text: #""maxProperties": 1"#, fits: #"{"a":1}"#, fails: #"{"a":1,"b":1}"#),
    Keyword(name: "required", text: #""required": ["a"]"#, fits: #"{"a":1}"#, fails: "{}"),
    Keyword(name: "properties", text: #""properties": {"a": {"type": "null"}}"#, fits: #"{"b":1}"#, fails: #"{"a":1}"#),
    Keyword(
      name: "patternProperties", text: #""patternProperties": {"^a": {"type": "null"}}"#, fits: #"{"b":1}"#,
      fails: #"{"ab":1}"#),
    Keyword(
      name: "additionalProperties", text: #""properties": {"a": {}}, "additionalProperties": false"#, fits: #"{"a":1}"#,
      fails: #"{"b":1}"#),
    Keyword(
      name: "propertyNames", text: #""propertyNames": {"maxLength": 1}"#, from: .draft6, fits: #"{"a":1}"#,
      fails: #"{"ab":1}"#),
    Keyword(name: "dependencies", text: #""dependencies": {"a": ["b"]}"#, fits: #"{"b":1}"#, fails: #"{"a":1}"#),
    Keyword(
      name: "dependencies (description)", text: #""dependencies": {"a": {"required": ["b"]}}"#, fits: #"{"b":1}"#,
      fails: #"{"a":1}"#),
    Keyword(
      name: "dependentRequired", text: #""dependentRequired": {"a": ["b"]}"#, from: .draft2019, fits: #"{"b":1}"#,
      fails: #"{"a":1}"#),
    Keyword(
      name: "dependentSchemas", text: #""dependentSchemas": {"a": {"required": ["b"]}}"#, from: .draft2019,
      fits: #"{"b":1}"#, fails: #"{"a":1}"#),
    Keyword(name: "items", text: #""items": {"type": "null"}"#, fits: "[null]", fails: "[null, 1]"),
    Keyword(
      name: "items (list)", text: #""items": [{"type": "null"}]"#, upTo: .draft2019, fits: "[null, 1]", fails: "[1]"),
    Keyword(
      name: "additionalItems", text: #""items": [{}], "additionalItems": {"type": "null"}"#, upTo: .draft2019,
      fits: "[1, null]", fails: "[1, 1]"),
    Keyword(
      name: "prefixItems", text: #""prefixItems": [{"type": "null"}]"#, from: .draft2020, fits: "[null, 1]",
      fails: "[1]"),
    Keyword(name: "contains", text: #""contains": {"type": "null"}"#, from: .draft6, fits: "[1, null]", fails: "[1]"),
    Keyword(
      name: "minContains", text: #""contains": {"type": "null"}, "minContains": 2"#, from: .draft2019,
      fits: "[null, 1, null]", fails: "[1, null]"),
    Keyword(
      name: "maxContains", text: #""contains": {"type": "null"}, "maxContains": 1"#, from: .draft2019,
      fits: "[1, null]", fails: "[null, null]"),
    Keyword(name: "allOf", text: #""allOf": [{"minimum": 1}, {"maximum": 2}]"#, fits: "1", fails: "3"),
    Keyword(name: "anyOf", text: #""anyOf": [{"minimum": 2}, {"type": "string"}]"#, fits: "2", fails: "1"),
    Keyword(name: "oneOf", text: #""oneOf": [{"minimum": 1}, {"minimum": 2}]"#, fits: "1", fails: "2"),
    Keyword(name: "not", text: #""not": {"type": "null"}"#, fits: "1", fails: "null"),
    Keyword(
      name: "if", text: #""if": {"minimum": 5}, "then": {"multipleOf": 2}, "else": {"multipleOf": 3}"#, from: .draft7,
      fits: "3", fails: "5"),
    Keyword(
      name: "unevaluatedItems", text: #""allOf": [{"contains": {}}], "unevaluatedItems": false"#, from: .draft2020,
      fits: "[1]", fails: "[1]"),
    Keyword(
      name: "unevaluatedProperties", text: #""allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false"#,
      from: .draft2019, fits: #"{"a":1}"#, fails: #"{"b":1}"#),
    Keyword(
      name: "$ref", text: ##""allOf": [{"$ref": "#/definitions/a"}], "definitions": {"a": {"type": "null"}}"##,
      fits: "null", fails: "1"),
    Keyword(
      name: "$defs", text: ##""allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"type": "null"}}"##, from: .draft2019,
      fits: "null", fails: "1"),
    Keyword(
      name: "$anchor", text: ##""allOf": [{"$ref": "#x"}], "$defs": {"a": {"$anchor": "x", "type": "null"}}"##,
      from: .draft2019, fits: "null", fails: "1"),
    Keyword(
      name: "$id as a fragment",
      text: ##""allOf": [{"$ref": "#x"}], "definitions": {"a": {"$id": "#x", "type": "null"}}"##,
      from: .draft6, upTo: .draft7, fits: "null", fails: "1"),
    Keyword(
      name: "id as a fragment",
      text: ##""allOf": [{"$ref": "#x"}], "definitions": {"a": {"id": "#x", "type": "null"}}"##,
      upTo: .draft4, fits: "null", fails: "1"),
    Keyword(
      name: "$dynamicRef",
      text: ##""allOf": [{"$dynamicRef": "#x"}], "$defs": {"a": {"$dynamicAnchor": "x", "type": "null"}}"##,
      from: .draft2020, fits: "null", fails: "1"),
    Keyword(
      name: "$recursiveRef", text: ##""type": ["object", "null"], "additionalProperties": {"$recursiveRef": "#"}"##,
      from: .draft2019, upTo: .draft2019, fits: #"{"a": null}"#, fails: #"{"a": 1}"#),
  ]

  static let dialects: [(Draft, String)] = [
    (.draft4, "http://json-schema.org/draft-04/schema#"), (.draft6, "http://json-schema.org/draft-06/schema#"),
    (.draft7, "http://json-schema.org/draft-07/schema#"), (.draft2019, "https://json-schema.org/draft/2019-09/schema"),
    (.draft2020, "https://json-schema.org/draft/2020-12/schema"),
  ]

  @Test(arguments: dialects) func everyKeyword(_ draft: Draft, _ dialect: String) {
    for keyword in Self.keywords where draft >= keyword.from && draft <= keyword.upTo {
      let subject = Subject(#"{"$schema": "\#(dialect)", \#(keyword.text)}"#)
      #expect(subject.problems.isEmpty, "\(keyword.name): \(subject.problems.map(\.message))")
      #expect(subject.evaluate(keyword.fits).isValid, "\(keyword.name) should take \(keyword.fits)")
      guard keyword.fits != keyword.fails else { continue }
      #expect(!subject.evaluate(keyword.fails).isValid, "\(keyword.name) should refuse \(keyword.fails)")
    }
  }

  /// What an edition does not know it passes over.
  @Test(arguments: dialects) func keywordsOfOtherEditions(_ draft: Draft, _ dialect: String) {
    let unknown = [
      "const", "propertyNames", "contains", "if", "dependentRequired", "dependentSchemas", "prefixItems",
      "unevaluatedProperties", "$recursiveRef",
    ]
    for keyword in Self.keywords
    where unknown.contains(keyword.name) && (draft < keyword.from || draft > keyword.upTo) {
      let subject = Subject(#"{"$schema": "\#(dialect)", \#(keyword.text)}"#)
      #expect(subject.evaluate(keyword.fails).isValid, "\(keyword.name) means nothing in \(dialect)")
    }
  }

  /// In 2019-09, what `contains` found is not thereby seen.
  @Test func containsSeesFrom2020() {
    let text = #""allOf": [{"contains": {}}], "unevaluatedItems": false"#
    Case(#"{"$schema": "https://json-schema.org/draft/2019-09/schema", \#(text)}"#, fits: ["{}"], fails: ["[1]"])
      .check()
  }

  @Test(arguments: dialects) func anEditionDescribesItself(_ draft: Draft, _ dialect: String) throws {
    let source = try #require(BundledSchemas.source(dialect))
    let (program, problems) = SchemaProgram.compile(source)
    #expect(problems.isEmpty)
    let entry = program.entry(for: nil)
    let own = program.evaluate(RecordTree(parsing: source.bytes), at: entry)
    #expect(own.isValid && own.isComplete && own.findings.isEmpty)
    for bad in [
      #"{"type": "text"}"#, #"{"allOf": []}"#, #"{"minLength": -1}"#, #"{"properties": {"a": {"items": 1}}}"#,
    ] {
      #expect(
        !program.evaluate(RecordTree(parsing: Array(bad.utf8)), at: entry).isValid, "\(dialect) should refuse \(bad)")
    }
  }

  @Test func everyBundledSchemaCompiles() throws {
    #expect(BundledSchemas.addresses.count == 19)
    for address in BundledSchemas.addresses {
      let source = try #require(BundledSchemas.source(address))
      #expect(SchemaProgram.compile(source).problems.isEmpty, "\(address)")
    }
  }

  /// A document without `$schema` is read in the edition of who refers to it.
  @Test func theEditionGoesWithTheReference() {
    Case(
      #"{"$schema": "http://json-schema.org/draft-04/schema#", "allOf": [{"$ref": "http://e.x/other#foo"}]}"#,
      fits: ["1", "5"], fails: ["\"\""]
    ).check(others: [
      "http://e.x/other":
        ##"{"definitions": {"A": {"id": "#foo", "type": "integer", "const": 7, "$id": "http://e.x/wrong"}}}"##
    ])
  }
}
