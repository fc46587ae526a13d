import TestSupport
import Testing

@testable import Manifest

/// Lines of words: the format names the columns, and no first row does.
@Suite struct WordLineTests {
  private static let turns = WordGrammar(
    [.init("type"), .init("file"), .init("onset", isNumber: true), .init("speaker")], comment: ";;", absent: "<NA>")
  private static let texts = WordGrammar(
    [.init("file"), .init("start", isNumber: true), .init("labels", opens: UInt8(ascii: "<")), .init("text")],
    comment: ";;", takesRest: true)

  private func rows(_ text: String, _ grammar: WordGrammar) -> [String] {
    let document = Document(Array(text.utf8), syntax: .words(grammar), shape: .rows)
    #expect(document.problems().isEmpty)
    return document.records(of: 1).compactMap {
      document.tree(of: $0.id).map { String(decoding: $0.bytes, as: UTF8.self) }
    }
  }

  @Test(arguments: [
    ("SPEAKER a 0.5 x\n", [#"{"type":"SPEAKER","file":"a","onset":0.5,"speaker":"x"}"#]),
    (";; all of it\n\nSPEAKER  a\t.5 x \r\n", [#"{"type":"SPEAKER","file":"a","onset":0.5,"speaker":"x"}"#]),
    ("SPEAKER a 007 <NA>", [#"{"type":"SPEAKER","file":"a","onset":7,"speaker":null}"#]),
    ("SPEAKER a late x y\n", [#"{"type":"SPEAKER","file":"a","onset":"late","speaker":"x","5":"y"}"#]),
    ("A -1e3\nB\n;;C\n", [#"{"type":"A","file":"-1e3"}"#, #"{"type":"B"}"#]), (";;", []), ("", []), (" \n", []),
  ]) func linesAreRows(_ text: String, _ expected: [String]) {
    #expect(rows(text, Self.turns) == expected)
  }

  @Test(arguments: [
    (
      "a 1 <o,f0> well  then\nb 2 yes\n",
      [#"{"file":"a","start":1,"labels":"<o,f0>","text":"well  then"}"#, #"{"file":"b","start":2,"text":"yes"}"#]
    ),
    ("a 1\n", [#"{"file":"a","start":1}"#]), ("a 1 <o>\n", [#"{"file":"a","start":1,"labels":"<o>"}"#]),
  ]) func theLastColumnIsTheRest(_ text: String, _ expected: [String]) {
    #expect(rows(text, Self.texts) == expected)
  }

  private func edited(_ text: String, _ key: String, _ json: String) throws -> String? {
    var document = Document(Array(text.utf8), syntax: .words(Self.turns), shape: .rows)
    let record = try #require(Array(document.records(of: 1)).last).id
    let node = try #require(document.tree(of: record)?.member(key, of: 0))
    guard let edits = document.textEdits(for: .replace(node: node, with: Array(json.utf8)), in: record) else {
      return nil
    }
    for edit in edits.reversed() { _ = document.apply(edit) }
    return String(decoding: document.allBytes(), as: UTF8.self)
  }

  @Test func wordsAreReplacedWhereTheyStand() throws {
    #expect(try edited(";; 1\nS  a  0.5  x\n", "speaker", #""Anna""#) == ";; 1\nS  a  0.5  Anna\n")
    #expect(try edited("S a 0.5 x\n", "onset", "1.25") == "S a 1.25 x\n")
    #expect(try edited("S a 0.5 x\n", "speaker", "null") == "S a 0.5 <NA>\n")
    // No word holds a space.
    #expect(try edited("S a 0.5 x\n", "speaker", #""A B""#) == nil)
  }

  @Test func placesAreThoseOfTheWords() throws {
    let document = Document(Array(";;\nS a  .5 x\n".utf8), syntax: .words(Self.turns), shape: .rows)
    let record = try #require(Array(document.records(of: 1)).first).id
    let tree = try #require(document.tree(of: record))
    let node = try #require(tree.member("onset", of: 0))
    #expect(document.absolute(tree.nodes[node].range, in: record) == 8..<10)
    #expect(document.relative(8, in: record) == tree.nodes[node].range.lowerBound)
  }

  /// Whatever is typed where: the text read anew says the same.
  @Test func editsEqualAFreshReading() {
    var random = SplitMix64(seed: 11)
    let pieces = ["S a 0.5 x\n", ";; note\n", "\n", " ", "<NA>", "\t", "Ä", ";", "1", "\r\n", "\u{FEFF}"].map {
      Array($0.utf8)
    }
    for grammar in [Self.turns, Self.texts] {
      var bytes = Array(String(repeating: "S a 0.5 x\n;; b\n", count: 700).utf8)
      var document = Document(bytes, syntax: .words(grammar), shape: .rows)
      for _ in 0..<300 {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...9, using: &random))
        let piece = pieces.randomElement(using: &random) ?? []
        bytes.replaceSubrange(start..<end, with: piece)
        _ = document.apply(TextEdit(range: start..<end, replacement: piece))
        let fresh = Document(bytes, syntax: .words(grammar), shape: .rows)
        #expect(document.problems() == fresh.problems())
        #expect(document.records().map(\.range) == fresh.records().map(\.range))
      }
    }
  }
}
