import Findings
import Manifest
import Testing

@testable import Schema

@Suite struct VocabularyTests {
  /// COCO as a maintainer writes it down.
  static let coco = ##"""
    {"title": "COCO file", "type": "object", "required": ["images", "annotations"], "properties": {
      "images": {"type": "array", "items": {"type": "object", "title": "Image", "x-role": "asset", "required": ["id", "file_name"], "properties": {
        "id": {"type": "integer", "x-field": "id", "x-defines": {"kind": "image", "name": "file_name", "exports": ["width", "height", "missing"]}},
        "file_name": {"type": "string", "x-media": {"modality": "image", "width": "width", "height": "height"}},
        "width": {"type": "integer", "x-field": "width"}, "height": {"type": "integer", "x-field": "height"}}}},
      "annotations": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
      "categories": {"type": "array", "items": {"type": "object", "properties": {
        "id": {"type": "integer", "x-defines": {"kind": "category", "name": "name", "exports": {"label": "name"}}},
        "name": {"type": "string", "x-term": {"ontology": "objects", "under": "thing", "form": "label"}}}}}},
     "$defs": {"annotation": {"type": "object", "x-role": "region", "required": ["id", "image_id", "category_id", "bbox"], "properties": {
        "id": {"type": "integer", "x-field": "id", "x-defines": {"kind": "annotation", "scope": "document"}},
        "image_id": {"type": "integer", "x-field": "asset", "x-references": {"kind": "image"}},
        "category_id": {"type": "integer", "x-field": "label", "x-references": {"kind": "category", "rule": "unknown-category", "message": "No such category."}},
        "bbox": {"type": "array", "minItems": 4, "maxItems": 4, "items": {"type": "number"}, "x-field": "box", "x-geometry": {"type": "box", "convention": "xywh", "unit": "px"}},
        "segmentation": {"type": "array", "items": {"type": "array", "minItems": 6, "items": {"type": "number"}, "x-geometry": {"type": "polygon"}}},
        "area": {"type": "number", "x-field": "area"}, "iscrowd": {"enum": [0, 1]}, "score": {"type": "number", "x-field": "score"}}}}}
    """##

  private func fields(_ subject: Subject, _ evaluation: Evaluation) -> [String] {
    evaluation.roles.entries.map { entry in
      let numbers = evaluation.roles.numbers[Int(entry.numberStart)..<Int(entry.numberStart + entry.numberCount)]
      return "\(subject.program.fieldNames[Int(entry.field)]) \(entry.geometry) \(Array(numbers))"
    }
  }

  private func key(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func cocoAnnotation() {
    let subject = Subject(Self.coco)
    #expect(subject.problems == [])
    let json =
      #"{"id": 7, "image_id": 3.0, "category_id": 1e1, "bbox": [1, 2.5, 30, 40], "segmentation": [[0, 0, 5, 0, 5, 5]], "area": 12.5, "iscrowd": 0}"#
    let result = subject.evaluate(json, at: "/annotations/*")
    #expect(result.isValid)
    #expect(result.roles.role == .region)
    #expect(
      fields(subject, result) == [
        "id none [7.0]", "asset none [3.0]", "label none [10.0]", "box box [1.0, 2.5, 30.0, 40.0]",
        "polygon polygon [0.0, 0.0, 5.0, 0.0, 5.0, 5.0]", "area none [12.5]",
      ])
    #expect(result.definitions.map { key($0.key) } == ["n7"])
    #expect(result.references.map { key($0.key) } == ["n3", "n10"])
    #expect(
      result.references.map { subject.program.declarations.references[$0.declaration].kind } == ["image", "category"])
    let rule = subject.program.declarations.references[result.references[1].declaration].rule
    #expect(rule.id == "test/unknown-category" && rule.messages == ["": "No such category."])
    #expect(subject.program.ruleInfos.map(\.id) == ["test/unknown-category"])
  }

  @Test func cocoImage() {
    let subject = Subject(Self.coco)
    let result = subject.evaluate(#"{"id": 3, "file_name": "a\u0062.jpg", "width": 640}"#, at: "/images/*")
    let definition = result.definitions[0]
    #expect(definition.name == "ab.jpg")
    #expect(definition.exports.map { $0.map(key) } == ["640", nil, nil])
    #expect(result.roles.role == .asset)
    #expect(result.media.map { key($0.path) } == ["ab.jpg"])
    #expect(subject.program.declarations.media[0].properties.map(\.name) == ["width", "height"])
    #expect(result.media[0].properties == [3, nil])
  }

  @Test func cocoCategory() {
    let subject = Subject(Self.coco)
    let result = subject.evaluate(#"{"id": "3", "name": "car"}"#, at: "/categories/*")
    #expect(
      result.definitions.map { key($0.key) } == ["s3"], "a wrong kind of id is still an id, and another one than 3")
    #expect(
      subject.program.declarations.defines.first { $0.kind == "category" }?.exports == [
        .init(name: "label", path: "name")
      ])
    #expect(result.terms.map { key($0.text) } == ["car"])
    #expect(subject.program.declarations.terms[0].under == "thing")
    #expect(subject.program.declarations.terms[0].form == .label)
  }

  /// What is half typed keeps what can be known of it.
  @Test func halfTypedRecords() {
    let subject = Subject(Self.coco)
    let result = subject.evaluate(#"{"id": 7, "image_id": , "bbox": [1, 2, "#, at: "/annotations/*")
    #expect(result.definitions.map { key($0.key) } == ["n7"])
    #expect(result.references.isEmpty)
    #expect(fields(subject, result) == ["id none [7.0]", "asset none []", "box box []"])
    #expect(fields(subject, subject.evaluate(#"{"bbox": "1,2"}"#, at: "/annotations/*")) == ["box box []"])
  }

  @Test(arguments: [
    (#"{"type": "box", "convention": "xyxy"}"#, "[1, 2, 4, 8]", "box [1.0, 2.0, 3.0, 6.0]"),
    (#"{"type": "box", "convention": "cxcywh"}"#, "[10, 10, 4, 8]", "box [8.0, 6.0, 4.0, 8.0]"),
    (
      #"{"type": "box", "unit": "percent", "size": {"width": "w", "height": "size/h ?? h"}}"#, "[10, 20, 30, 40]",
      "box [20.0, 20.0, 60.0, 40.0]"
    ),
    (
      #"{"type": "box", "convention": "cxcywh", "unit": "unit", "size": ["w", "h"]}"#, "[0.5, 0.5, 0.25, 0.5]",
      "box [75.0, 25.0, 50.0, 50.0]"
    ),
    (#"{"type": "box", "unit": "unit", "size": ["../w", "../h"]}"#, "[0.5, 0.5, 0.25, 0.5]", "none []"),
    (
      #"{"type": "box", "convention": "xyxy"}"#, #"{"xmin": 1, "ymin": 1, "xmax": 3, "ymax": 4}"#,
      "box [1.0, 1.0, 2.0, 3.0]"
    ),
    (
      #"{"type": "box", "members": ["l", "t", "b", "h"]}"#, #"{"l": 1, "t": 2, "b": 3, "h": 4}"#,
      "box [1.0, 2.0, 3.0, 4.0]"
    ),
    (#"{"type": "box"}"#, "[1, 2, 3]", "box []"),
    (#"{"type": "box"}"#, "[1, 2, 3, null]", "box []"),
    (#"{"type": "box"}"#, "[1, 2, 3, 1e400]", "box []"),
    (#"{"type": "interval", "unit": "ms"}"#, "[1500, 2500]", "interval [1.5, 2.5]"),
    (
      #"{"type": "interval", "convention": "start-duration"}"#, #"{"start": 1, "duration": 0.5}"#, "interval [1.0, 1.5]"
    ),
    (#"{"type": "point"}"#, #"{"x": 1, "y": 2}"#, "point [1.0, 2.0]"),
    (#"{"type": "polygon"}"#, "[[0, 0], [1, 0], [1, 1]]", "polygon [0.0, 0.0, 1.0, 0.0, 1.0, 1.0]"),
    (#"{"type": "polygon"}"#, "[0, 0, 1, 0, 1]", "polygon []"),
  ])
  func geometry(_ declaration: String, _ value: String, _ expected: String) {
    let subject = Subject(#"{"properties": {"v": {"x-field": "f", "x-geometry": \#(declaration)}}}"#)
    #expect(subject.problems == [])
    let result = subject.evaluate(#"{"v": \#(value), "w": 200, "h": 100}"#)
    #expect(fields(subject, result) == ["f " + expected])
  }

  @Test func intervalsOverSeveralMembers() {
    let subject = Subject(
      #"{"x-interval": {"start": "offset", "duration": "duration"}, "properties": {"offset": {"x-field": "start", "x-unit": "ms"}}}"#
    )
    #expect(
      fields(subject, subject.evaluate(#"{"offset": 2, "duration": 3}"#)) == [
        "interval interval [2.0, 5.0]", "start none [0.002]",
      ])
  }

  @Test func idsFromKeysAndPlaces() {
    let subject = Subject(
      #"{"properties": {"speakers": {"propertyNames": {"x-defines": "speaker"}, "additionalProperties": {"x-defines": {"kind": "voice", "from": "key"}}}, "classes": {"items": {"x-defines": {"kind": "class", "from": "index"}}}, "by": {"x-references": "speaker"}}}"#
    )
    let result = subject.evaluate(#"{"speakers": {"anna": {}, "b\u00e9": 1}, "classes": ["x", "y"], "by": "anna"}"#)
    #expect(result.definitions.map { key($0.key) } == ["sanna", "sanna", "sbé", "sbé", "n0", "n1"])
    #expect(result.references.map { key($0.key) } == ["sanna"])
    let keyed = Subject(
      #"{"additionalProperties": {"x-defines": {"kind": "region", "from": "key", "scope": "dataset"}}}"#)
    #expect(keyed.evaluate("{}", at: "/*").definitions.isEmpty)
    let named = keyed.evaluate("{}", at: "/*", options: EvaluationOptions(recordKey: Array("r1".utf8)))
    #expect(named.definitions.map { key($0.key) } == ["sr1"])
    #expect(keyed.program.declarations.defines[0].scope == .dataset)
  }

  @Test func keysAreCanonical() {
    let subject = Subject(#"{"items": {"x-references": "k"}}"#)
    func keys(_ json: String) -> [String] { subject.evaluate(json).references.map { key($0.key) } }
    #expect(keys("[1, 1.0, 1e0, 10e-1]") == ["n1", "n1", "n1", "n1"])
    #expect(keys("[-0.0, 1.5, 15e-1, 1e30]") == ["n0", "n15e-1", "n15e-1", "n1e30"])
    #expect(keys("[9007199254740993]") == ["n9007199254740993"])
    #expect(keys(#"["1", "a\u0062", "é"]"#) == ["s1", "sab", "sé"])
    #expect(keys("[null, true, {}, []]") == [])
  }

  /// Values of an object with a role of its own are not this record's.
  @Test func nestedRoles() {
    let subject = Subject(
      #"{"x-role": "entity", "properties": {"id": {"x-field": "id"}, "parts": {"items": {"x-role": "region", "properties": {"id": {"x-field": "id", "x-defines": "part"}}}}}}"#
    )
    let result = subject.evaluate(#"{"parts": [{"id": 5}], "id": 1}"#)
    #expect(result.roles.role == .entity)
    #expect(fields(subject, result) == ["id none [1.0]"])
    #expect(result.definitions.map { key($0.key) } == ["n5"])
  }

  @Test func mistakesInTheVocabularyAreReported() {
    let subject = Subject(
      #"{"x-role": "thing", "x-refrences": {}, "x-geometry": {"type": "blob"}, "x-defines": {}, "x-rule": {"id": "a", "severity": "fatal"}}"#
    )
    #expect(subject.problems.count == 5)
    #expect(
      subject.problems.contains { $0.message == "`x-refrences` is no keyword here. Did you mean `x-references`?" })
    #expect(subject.problems.allSatisfy { $0.pointer.hasPrefix("/x-") })
  }

  @Test func theScopeItselfMayBeTheID() {
    let subject = Subject(
      #"""
      {"x-defines": {"kind": "picture", "from": "scope", "exports": {"width": "size/w"}},
       "properties": {"shapes": {"items": {"x-field": "asset", "x-references": {"kind": "picture", "from": "scope"}}}}}
      """#)
    #expect(subject.problems == [])
    let picture = subject.evaluate(#"{"size": {"w": 640}}"#)
    #expect(picture.definitions.map(\.range) == [0..<1])
    #expect(picture.definitions.first?.exports.map { $0.map(key) } == ["640"])
    let shape = subject.evaluate(#"{"a": 1}"#, at: "/shapes/*")
    #expect(shape.references.map(\.key) == picture.definitions.map(\.key))
    #expect(fields(subject, shape) == ["asset none []"])
  }

  @Test func anIDMayBeGivenAgain() {
    let subject = Subject(#"{"x-defines": {"kind": "label", "repeats": true}}"#)
    #expect(subject.problems == [])
    #expect(subject.program.declarations.defines.map(\.repetition) == [.anywhere])
    let plain = Subject(#"{"x-defines": "label"}"#)
    #expect(plain.program.declarations.defines.map(\.repetition) == [.nowhere])
    let elsewhere = Subject(#"{"x-defines": {"kind": "label", "repeats": "elsewhere"}}"#)
    #expect(elsewhere.problems == [])
    #expect(elsewhere.program.declarations.defines.map(\.repetition) == [.elsewhere])
    #expect(Subject(#"{"x-defines": {"kind": "label", "repeats": "often"}}"#).problems.count == 1)
  }

  @Test func aReferenceMayLeadNowhere() {
    let subject = Subject(#"{"x-references": {"kind": "label", "optional": true}}"#)
    #expect(subject.problems == [])
    #expect(subject.program.declarations.references.map(\.isOptional) == [true])
  }

  @Test(arguments: [
    ("[[10, 20], [40, 60]]", "[10.0, 20.0, 30.0, 40.0]"), ("[[40, 60], [10, 20]]", "[10.0, 20.0, 30.0, 40.0]"),
    ("[[40, 20], [10, 60]]", "[10.0, 20.0, 30.0, 40.0]"), ("[10, 60, 40, 20]", "[10.0, 20.0, 30.0, 40.0]"),
    ("[[1, 2], [3, 4], [5, 6]]", "[]"), ("[[1, 2], [3]]", "[]"), (#"[[1, 2], "x"]"#, "[]"), ("[]", "[]"),
  ])
  func aBoxMayBeAnyTwoCorners(_ json: String, _ numbers: String) {
    let subject = Subject(#"{"x-geometry": {"type": "box", "convention": "corners", "unit": "px"}}"#)
    #expect(subject.problems == [])
    #expect(fields(subject, subject.evaluate(json)) == ["box box \(numbers)"])
  }
}
