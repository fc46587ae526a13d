import Manifest
import Testing

@testable import Schema

@Suite struct EntryTests {
  /// Concord's own file, in JSON and in JSONL.
  static let own = ##"""
    {"oneOf": [
      {"type": "object", "required": ["concord", "samples"], "allOf": [{"$ref": "#/$defs/header"}], "properties": {"samples": {"type": "array", "items": {"$ref": "#/$defs/sample"}}}},
      {"type": "array", "prefixItems": [{"$ref": "#/$defs/header"}], "items": {"$ref": "#/$defs/sample"}}],
     "$defs": {
      "header": {"type": "object", "properties": {"concord": {"type": "string"}, "domain": {"type": "string", "description": "Which *plugin*."}}},
      "sample": {"type": "object", "title": "Sample", "required": ["id"], "properties": {
        "id": {"type": "string", "x-field": "id", "x-defines": {"kind": "sample", "scope": "dataset"}},
        "sources": {"type": "array", "items": {"type": "object", "x-role": "asset", "properties": {"id": {"x-field": "id", "x-defines": {"kind": "source", "scope": "samples"}}}}},
        "annotations": {"type": "array", "uniqueItems": true, "minItems": 1, "items": {"$ref": "#/$defs/annotation"}}}},
      "annotation": {"type": "object", "x-role": "region", "properties": {"id": {"type": "string", "x-field": "id"}, "source": {"x-field": "asset", "x-references": {"kind": "source", "scope": "samples"}}}}}}
    """##

  @Test func recordsOfEveryPattern() {
    let subject = Subject(Self.own)
    #expect(subject.problems == [])
    #expect(subject.findings("{}", at: "/samples/*") == ["schema/required at {: `id` is missing in this sample."])
    let annotation = subject.evaluate(#"{"id": "a1", "source": "cam"}"#, at: "/samples/*/annotations/*")
    #expect(annotation.roles.role == .region && annotation.references.count == 1)
    #expect(subject.program.declarations.references[0].scope == .ancestor("samples"))
    #expect(subject.evaluate(#"{"id": 3}"#, at: "/nowhere/*").isValid)
    #expect(subject.program.entry(for: RecordShape.Pattern("/nowhere/*")).isEmpty)
  }

  @Test func linesOfJSONL() {
    let program = Subject(Self.own).program
    #expect(program.entryForLine().prefixCount == 1)
    let header = RecordTree(parsing: Array(#"{"concord": "1.0"}"#.utf8))
    #expect(program.evaluate(header, at: program.entryForLine(ordinal: 0)).isValid)
    #expect(!program.evaluate(header, at: program.entryForLine(ordinal: 1)).isValid)
    let line = Subject(#"{"type": "object", "required": ["text"]}"#).program
    #expect(!line.evaluate(header, at: line.entryForLine(ordinal: 5)).isValid)
  }

  private func shape(_ schema: String) -> Set<RecordShape.Pattern> {
    Set(Subject(schema).program.naturalShape.patterns)
  }

  private func patterns(_ paths: String...) -> Set<RecordShape.Pattern> {
    Set(paths.compactMap(RecordShape.Pattern.init))
  }

  @Test func naturalShape() {
    #expect(shape(VocabularyTests.coco).count == 3)
    #expect(
      shape(##"{"type": "object", "properties": {"c": {"type": "array", "items": {"$ref": "#"}}}}"##)
        == patterns(
          "/c/*", "/c/*/c/*", "/c/*/c/*/c/*", "/c/*/c/*/c/*/c/*"))
    #expect(
      shape(
        #"{"properties": {"regions": {"type": "object", "additionalProperties": {"type": "object"}}, "tags": {"type": "object", "additionalProperties": {"type": "string"}}}}"#
      ) == patterns("/regions/*"))
  }

  /// Lists in which nothing may stand twice are cut, and whoever cuts compares their entries, which stay whole.
  @Test func listsOfDifferentEntriesAreCut() {
    let schema = ##"""
      {"type": "object", "properties": {"a": {"type": "array", "uniqueItems": true, "items": {"type": "object",
      "properties": {"b": {"type": "array", "items": {"type": "object"}}}}},
      "c": {"type": "array", "items": {"type": "object"}}}}
      """##
    #expect(shape(schema) == patterns("/a/*", "/c/*"))
    #expect(Subject(schema).program.uniqueLists.map(\.pattern) == [RecordShape.Pattern("/a/*")].compactMap(\.self))
    #expect(shape(#"{"type": "array", "items": {"type": "object"}, "anyOf": [{"uniqueItems": true}]}"#) == [])
  }

  /// Whatever some keyword must see whole is not cut: the parts, each checked alone, would be found right where the whole is not.
  @Test(arguments: [
    #""contains": {"required": ["a"]}"#, #""unevaluatedItems": false"#, #""const": []"#,
    #""anyOf": [{"items": {"required": ["a"]}}, {"items": {"required": ["b"]}}]"#, #""not": {"items": false}"#,
    #""if": {"items": {"required": ["a"]}}, "then": false"#, #""x-rule": {"id": "r"}"#,
  ])
  func whatIsSeenWholeStaysWhole(_ keyword: String) {
    #expect(shape(#"{"type": "array", "items": {"type": "object"}, \#(keyword)}"#) == [])
    #expect(shape(##"{"type": "array", "items": {"type": "object"}, "allOf": [{\##(keyword)}]}"##) == [])
  }

  @Test func membersThatMustBeThereStayWithTheirObject() {
    #expect(shape(#"{"type": "object", "additionalProperties": {"type": "object"}, "required": ["a"]}"#) == [])
    #expect(shape(#"{"type": "object", "additionalProperties": {"type": "object"}, "propertyNames": {}}"#) == [])
    #expect(shape(#"{"items": {"type": "object"}}"#) == [], "an object here has no elements")
    #expect(shape(Self.own) == [], "which of the two it is shows only in the whole")
  }

  @Test func recordsKeyedByName() {
    let subject = Subject(
      #"{"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": {"type": "integer"}}"#)
    let program = subject.program
    let pattern = RecordShape.Pattern("/*")
    #expect(program.entry(for: pattern).dependsOnKey)
    let text = RecordTree(parsing: Array("\"t\"".utf8))
    #expect(program.evaluate(text, at: program.entry(for: pattern, key: Array("x1".utf8))).isValid)
    #expect(!program.evaluate(text, at: program.entry(for: pattern, key: Array("y1".utf8))).isValid)
  }

  /// The document with its records cut out: counts still hold, and what needs the elements is left to sums.
  @Test func elidedContainers() {
    let subject = Subject(Self.own)
    func sample(_ count: UInt32) -> RecordTree {
      var tree = RecordTree(parsing: Array(#"{"id": "s", "annotations": []}"#.utf8))
      tree.nodes[2].flags.insert(.elided)
      tree.nodes[2].childCount = count
      return tree
    }
    let result = subject.evaluate(sample(5), at: "/samples/*")
    #expect(result.isValid)
    #expect(result.arrayChecks.map(\.keyword) == [.uniqueItems])
    #expect(result.arrayChecks.map(\.node) == [2])
    #expect(subject.evaluate(sample(0), at: "/samples/*").findings.map(\.rule) == ["schema/min-items"])
    var keyed = RecordTree(parsing: Array("{}".utf8))
    keyed.nodes[0].flags.insert(.elided)
    keyed.nodes[0].childCount = 3
    let object = Subject(#"{"required": ["a"], "additionalProperties": false, "maxProperties": 2}"#).evaluate(keyed)
    #expect(object.arrayChecks.map(\.keyword) == [.required])
    #expect(object.findings.map(\.rule) == ["schema/max-properties"])
  }

  @Test func dynamicScopeReachesRecords() {
    let subject = Subject(
      ##"{"$id": "http://e.x/narrow", "$ref": "core", "$defs": {"k": {"$dynamicAnchor": "kind", "enum": ["a"]}, "c": {"$id": "core", "$defs": {"k": {"$dynamicAnchor": "kind"}}, "properties": {"samples": {"type": "array", "items": {"type": "object", "properties": {"kind": {"$dynamicRef": "#kind"}}}}}}}}"##
    )
    #expect(subject.problems == [])
    #expect(subject.evaluate(#"{"kind": "a"}"#, at: "/samples/*").isValid)
    #expect(!subject.evaluate(#"{"kind": "b"}"#, at: "/samples/*").isValid)
    #expect(!subject.evaluate(#"{"samples": [{"kind": "b"}]}"#).isValid)
  }

  @Test func descriptions() {
    let subject = Subject(
      #"{"properties": {"k": {"title": "Kind", "description": "What *it* is.", "enum": ["a", "b"], "enumDescriptions": ["First", "Second"]}}, "oneOf": [{"properties": {"k": {"const": "a", "markdownDescription": "**A**"}}}, {"properties": {"k": {"const": "b", "markdownDescription": "**B**"}}}]}"#
    )
    func describe(_ json: String) -> SchemaDescription? {
      let tree = RecordTree(parsing: Array(json.utf8))
      return subject.program.description(of: 1, in: tree, at: subject.program.entry(for: nil))
    }
    #expect(
      describe(#"{"k": "b"}"#) == SchemaDescription(title: "Kind", markdown: "What \\*it\\* is.\n\nSecond\n\n**B**"))
    #expect(describe(#"{"z": "b"}"#) == nil)
  }
}
