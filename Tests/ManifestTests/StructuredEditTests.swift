import Testing

@testable import Manifest

/// Values change, and commas, spaces and indentation follow the siblings' style.
@Suite struct StructuredEditTests {
  private func check(
    _ text: String, _ path: String?, _ expected: String, record: Int = 0, shape: RecordShape = .whole,
    syntax: Syntax = .json, _ edit: (RecordTree) -> StructuredEdit
  ) throws {
    var document = Document(Array(text.utf8), syntax: syntax, shape: shape)
    let id = Array(document.records())[record].id
    let tree = try #require(document.tree(of: id))
    let edits = try #require(document.textEdits(for: edit(tree), in: id))
    for edit in edits.reversed() { _ = document.apply(edit) }
    #expect(String(decoding: document.allBytes(), as: UTF8.self) == expected)
  }

  @Test func removesWithItsComma() throws {
    try check(#"{"a": 1, "b": 2, "c": 3}"#, nil, #"{"a": 1, "c": 3}"#) { .remove(node: $0.member("b", of: 0)!) }
    try check(#"{"a": 1, "b": 2}"#, nil, #"{"a": 1}"#) { .remove(node: $0.member("b", of: 0)!) }
    try check(#"{"a": 1}"#, nil, "{}") { .remove(node: $0.member("a", of: 0)!) }
    try check("[\n  1,\n  2\n]", nil, "[\n  1\n]") { _ in .remove(node: 2) }
  }

  @Test func insertsInTheStyleOfTheSiblings() throws {
    try check(#"{"a": 1}"#, nil, #"{"a": 1, "b": 2}"#) { _ in
      .insertMember(object: 0, key: Array("b".utf8), value: Array("2".utf8), after: nil)
    }
    try check("{\n  \"a\": 1\n}", nil, "{\n  \"a\": 1,\n  \"b\": 2\n}") { _ in
      .insertMember(object: 0, key: Array("b".utf8), value: Array("2".utf8), after: nil)
    }
    try check(#"{"a":1,"c":3}"#, nil, #"{"a":1,"b":2,"c":3}"#) {
      .insertMember(object: 0, key: Array("b".utf8), value: Array("2".utf8), after: $0.member("a", of: 0))
    }
    try check("[1, 3]", nil, "[1, 2, 3]") { _ in .insertElement(array: 0, value: Array("2".utf8), at: 1) }
    try check("[1, 3]", nil, "[0, 1, 3]") { _ in .insertElement(array: 0, value: Array("0".utf8), at: 0) }
    try check("[]", nil, "[0]") { _ in .insertElement(array: 0, value: Array("0".utf8), at: 0) }
  }

  @Test func removesWholeRecords() throws {
    let shape = RecordShape([RecordShape.Pattern("/r/*")!])
    try check(
      #"{"r": [{"id": 1}, {"id": 2}, {"id": 3}]}"#, nil, #"{"r": [{"id": 1}, {"id": 3}]}"#, record: 2, shape: shape
    ) { _ in
      .remove(node: 0)
    }
    try check(#"{"r": {"x": 1, "y": 2}}"#, nil, #"{"r": {"x": 1}}"#, record: 2, shape: shape) { _ in .remove(node: 0) }
    try check("1\n2\n3", nil, "1\n3", record: 2, shape: Layout.lines.shape, syntax: .jsonl) { _ in .remove(node: 0) }
  }

  @Test func replacesAndRenames() throws {
    try check(#"{"a": 1.50}"#, nil, #"{"a": "x"}"#) {
      .replace(node: $0.member("a", of: 0)!, with: Array(#""x""#.utf8))
    }
    try check(#"{"a": 1.50}"#, nil, #"{"b\"": 1.50}"#) {
      .rename(member: $0.member("a", of: 0)!, to: Array("b\"".utf8))
    }
  }

  @Test func pointersLeadFromTheDocument() throws {
    let text = #"{"samples": [{"id": 1, "annotations": []}, {"id": 2, "annotations": [{"b": 1}, {"b": [7, 8]}]}]}"#
    let document = Document(Array(text.utf8), syntax: .json, shape: Layout.nested.shape)
    let last = try #require(Array(document.records()).last)
    let tree = try #require(document.tree(of: last.id))
    #expect(document.pointer(of: tree.nodes.count - 1, tree: tree, in: last.id) == "/samples/1/annotations/1/b/1")
    let lines = Document(Array("{}\n\n{\"a/b\": 1}".utf8), syntax: .jsonl, shape: Layout.lines.shape)
    let line = try #require(Array(lines.records()).last)
    #expect(lines.pointer(of: 1, tree: lines.tree(of: line.id)!, in: line.id) == "/2/a~1b")
    let keyed = Document(
      Array(#"{"x.jpg": {"regions": {"r/0": {"a": 1}}}}"#.utf8), syntax: .json, shape: Layout.keyed.shape)
    #expect(Array(keyed.records()).last.flatMap { keyed.pointer(to: $0.id) } == "/x.jpg/regions/r~10")
    #expect(Array(keyed.records()).last.flatMap { keyed.key(of: $0.id) } == Array("r/0".utf8))
  }

  /// So that a record whose key lost or gained a quote, and is therefore no other record, stands under what it stood under.
  @Test(arguments: [#""r4""#, #""r4"#, #"r4""#, #""r"4""#, "'r4'", "r4"])
  func aQuoteTooFewOrManyMakesNoOtherKey(written: String) {
    let text = #"{"x.jpg": {"regions": {"# + written + #": {"a": 1}}}}"#
    let document = Document(Array(text.utf8), syntax: .json, shape: Layout.keyed.shape)
    #expect(Array(document.records()).last.flatMap { document.key(of: $0.id) } == Array("r4".utf8))
  }

  @Test func ownTextMapsToTheDocument() throws {
    let text = #"{"samples": [{"annotations": [{"b": 1}], "z": 5}], "end": true}"#
    let document = Document(Array(text.utf8), syntax: .json, shape: Layout.nested.shape)
    let sample = Array(document.records())[1]
    #expect(
      document.ownText(of: sample.id).map { String(decoding: $0, as: UTF8.self) } == #"{"annotations": [], "z": 5}"#)
    let tree = try #require(document.tree(of: sample.id))
    let five = try #require(tree.member("z", of: 0))
    let range = try #require(document.absolute(tree.nodes[five].range, in: sample.id))
    #expect(document.bytes(in: range) == Array("5".utf8))
    #expect(document.relative(range.lowerBound, in: sample.id) == Int(tree.nodes[five].start))
    #expect(tree.member("annotations", of: 0).map { tree.nodes[$0].childCount } == 1)
  }

  @Test(arguments: [Layout.oneLine, .pretty, .nested, .keyed, .rootArray, .lines])
  func shapeIsInferred(_ layout: Layout) {
    var generator = Generator(seed: 9)
    let bytes = generator.document(layout, records: 600)
    let shape = RecordShape.inferred(from: bytes, syntax: layout.syntax)
    let document = Document(bytes, syntax: layout.syntax, shape: shape)
    let declared = Document(bytes, syntax: layout.syntax, shape: layout.shape)
    // Small inner arrays stay with the record around them.
    let isNested = layout == .nested || layout == .keyed
    let expected = isNested ? declared.recordCounts[1] : declared.recordCounts.dropFirst().max()
    #expect(document.recordCounts.dropFirst().max() == expected, "\(shape)")
  }
}
