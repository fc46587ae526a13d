import TestSupport
import Testing

@testable import Manifest

/// Tables: rows are records, cells are members named by the first row.
@Suite struct TableTests {
  private func rows(_ text: String) -> [String] {
    let document = Document(Array(text.utf8), syntax: .csv, shape: .rows)
    return document.records(of: 1).compactMap {
      document.tree(of: $0.id).map { String(decoding: $0.bytes, as: UTF8.self) }
    }
  }

  @Test(arguments: [
    ("id,label\n1,milk\n2,bread\n", [#"{"id":"1","label":"milk"}"#, #"{"id":"2","label":"bread"}"#]),
    ("id;label\r\n007;\"a;\"\"b\"\"\"\r\n", [#"{"id":"007","label":"a;\"b\""}"#]),
    ("id\tlabel\n 1 \t two words \n", [#"{"id":"1","label":"two words"}"#]),
    ("id,label\n1,\"two\nlines\"\n2,x", [#"{"id":"1","label":"two\nlines"}"#, #"{"id":"2","label":"x"}"#]),
    ("\u{FEFF}id,label\n\n1,\n\n", [#"{"id":"1","label":}"#]),
    ("id,,label,id\n1,2,3,4,5\n", [#"{"id":"1","label":"3"}"#]),
    ("id,label\n1\n", [#"{"id":"1"}"#]),
    ("id,label\n1,a\\b \"c\"\n", [#"{"id":"1","label":"a\\b \"c\""}"#]),
    ("name;description, long\na;b, c\n", [#"{"name":"a","description, long":"b, c"}"#]),
    ("id\n1\r2\n", [#"{"id":"1"}"#, #"{"id":"2"}"#]), ("id,label", []), ("", []), ("\n\n", []),
  ]) func rowsAreObjects(_ text: String, _ expected: [String]) {
    #expect(rows(text) == expected)
  }

  @Test(arguments: [
    "id,label\n1,\"milk⟪⟫\n2,bread\n", "id,label\n1,\"milk⟪⟫", "id,label\n1,\"5⟪\"⟫ pipe\"\n", "id,label\n1⟪⟫\n2,x\n",
    "id,label\n1,milk,⟪fresh⟫,x\n2,a,,\n", "id,label,⟪label⟫\n", "id,label\n1,\"a\nb\"\n", "id,label,,\n1,2\n1,2,,\n",
    "id,label\n1,\"milk⟪⟫\n2,\"bread\"\n3,\"x\"\n",
  ]) func problemsStandWhereTheyAre(_ marked: String) {
    let file = Fixture(marked).file
    let document = Document(file.bytes, syntax: .csv, shape: .rows)
    #expect(document.problems().map(\.range) == file.ranges)
  }

  /// A quote somebody has just typed costs the row it stands in.
  @Test func aLostQuoteIsLocal() {
    var generator = Generator(seed: 8)
    let lines = (0..<500).map { "\($0),label \($0),\($0 % 3 == 0 ? "\"a, b\"" : "plain")" }
    let text = "id,label,note\n" + lines.joined(separator: "\n") + "\n"
    let whole = rows(text)
    for _ in 0..<60 {
      var bytes = Array(text.utf8)
      bytes.insert(.quote, at: 15 + Int(generator.random.next() % UInt64(bytes.count - 15)))
      let left = Set(rows(String(decoding: bytes, as: UTF8.self)))
      let lost = whole.filter { !left.contains($0) }.count
      #expect(lost <= 2)
    }
  }

  @Test func aTextInAnotherEncodingIsOneProblem() {
    let text: [UInt8] = [0xFF, 0xFE] + "id,label\n1,x\n".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let document = Document(text, syntax: .csv, shape: .rows)
    #expect(document.problems().map(\.code) == [.foreignEncoding])
    #expect(document.recordCounts == [1, 0])
  }

  /// Every byte of a cell's value leads to its place in the text and back.
  @Test func placesLeadBothWays() throws {
    let text = "id,label\n1, \"a \"\"q\"\" \\ \té\nb\" ,x\n2,,\n"
    let document = Document(Array(text.utf8), syntax: .csv, shape: .rows)
    let record = try #require(document.records(of: 1).first { _ in true })
    let tree = try #require(document.tree(of: record.id))
    let label = try #require(tree.member("label", of: 0))
    let range = try #require(document.absolute(tree.nodes[label].range, in: record.id))
    #expect(String(decoding: document.bytes(in: range), as: UTF8.self) == "\"a \"\"q\"\" \\ \té\nb\"")
    #expect(document.absolute(0..<tree.bytes.count, in: record.id) == record.range)
    #expect(document.absolute(tree.nodes[label].keyRange, in: record.id) == range)
    for offset in range.dropFirst().dropLast() {
      let own = try #require(document.relative(offset, in: record.id))
      #expect(tree.node(at: own) == label)
      let back = try #require(document.absolute(own..<own, in: record.id)).lowerBound
      // In the middle of a doubled quote is behind it.
      #expect(back == offset || back == offset + 1)
    }
    #expect(document.pointer(of: label, tree: tree, in: record.id) == "/0/label")
    let second = try #require(document.records(of: 1).map(\.id).last)
    let empty = try #require(
      document.tree(of: second).flatMap { tree in tree.member("label", of: 0).map { tree.nodes[$0] } })
    #expect(empty.kind == .missing)
    let gap = text.utf8.count - 2
    #expect(document.absolute(empty.range, in: second) == gap..<gap)
    #expect(document.relative(gap, in: second) == Int(empty.start))
  }

  private func edited(_ text: String, _ edit: (RecordTree) throws -> StructuredEdit) throws -> String? {
    let document = Document(Array(text.utf8), syntax: .csv, shape: .rows)
    let id = try #require(document.records(of: 1).first { _ in true }).id
    let tree = try #require(document.tree(of: id))
    guard let edits = document.textEdits(for: try edit(tree), in: id) else { return nil }
    var bytes = Array(text.utf8)
    for edit in edits.reversed() { bytes.replaceSubrange(edit.range, with: edit.replacement) }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("id,label\n1,x\n", #""y""#, "id,label\n1,y\n"),
    ("id,label\n1,x\n", #""a, \"b\"""#, "id,label\n1,\"a, \"\"b\"\"\"\n"),
    ("id;label\n1;\"x\"\n", #""y""#, "id;label\n1;\"y\"\n"), ("id,label\n1,\n", #""y""#, "id,label\n1,y\n"),
    ("id,label\n1,x\n", "12.50", "id,label\n1,12.50\n"), ("id,label\n1,x\n", "null", "id,label\n1,\n"),
  ]) func aCellIsReplaced(_ text: String, _ value: String, _ expected: String) throws {
    let found = try edited(text) { tree in
      .replace(node: try #require(tree.member("label", of: 0)), with: Array(value.utf8))
    }
    #expect(found == expected)
  }

  @Test func rowsAndCellsComeAndGo() throws {
    #expect(try edited("id,label\r\n1,x\r\n2,y\r\n") { _ in .remove(node: 0) } == "id,label\r\n2,y\r\n")
    #expect(try edited("id,label\n1,x") { _ in .remove(node: 0) } == "id,label")
    #expect(try edited("id,label\n1,x\n") { _ in .remove(node: 2) } == "id,label\n1,\n")
    let note = Array("note".utf8)
    let value = Array(#""new""#.utf8)
    func insertion(_ key: [UInt8]) -> StructuredEdit { .insertMember(object: 0, key: key, value: value, after: nil) }
    #expect(try edited("id,label,note\n1\n") { _ in insertion(note) } == "id,label,note\n1,,new\n")
    #expect(try edited("id,note\n1,\n") { _ in insertion(note) } == "id,note\n1,new\n")
    #expect(try edited("id,label\n1,x\n") { _ in insertion(note) } == nil)
    #expect(try edited("id,label\n1,x\n") { _ in .rename(member: 1, to: note) } == nil)
  }

  /// Rows keep their ids when a column gets another name, and all are said to differ.
  @Test func theFirstRowMattersToAll() {
    var generator = Generator(seed: 4)
    var document = Document(generator.document(.commaTable, records: 300), syntax: .csv, shape: .rows)
    let ids = document.recordIDs()
    let changes = document.apply(TextEdit(range: 0..<2, replacement: Array("code".utf8)))
    #expect(changes.inserted.isEmpty && changes.removed.isEmpty)
    #expect(Set(changes.changed) == Set(ids + [.document]))
    #expect(document.tree(of: ids[0])?.member("code", of: 0) != nil)
    let small = document.apply(TextEdit(range: 4..<4, replacement: Array(" ".utf8)))
    #expect(small.changed == [.document])
  }
}
