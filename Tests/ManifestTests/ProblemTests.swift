import Testing

@testable import Manifest

/// Exact problems, what would repair them, and the tree that is read nevertheless.
@Suite struct ProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var codes: [SyntaxProblem.Code]
    /// The text when every repair is made.
    var repaired: String?
    var syntax = Syntax.json
    var testDescription: String { text }
  }

  static let cases: [Case] = [
    Case(text: #"{"a": 1}"#, codes: [], repaired: #"{"a": 1}"#),
    Case(text: "", codes: [.emptyDocument]),
    Case(text: "\u{FEFF}1", codes: [.byteOrderMark], repaired: "1"),
    Case(text: #"{"a": 1,}"#, codes: [.trailingComma], repaired: #"{"a": 1}"#),
    Case(text: "[1, 2, ]", codes: [.trailingComma], repaired: "[1, 2 ]"),
    Case(text: "[1,, 2]", codes: [.extraComma], repaired: "[1, 2]"),
    Case(text: "[,1]", codes: [.extraComma], repaired: "[1]"),
    Case(text: "[1 2]", codes: [.missingComma], repaired: "[1 ,2]"),
    Case(text: #"{"a": 1 "b": 2}"#, codes: [.missingComma], repaired: #"{"a": 1 ,"b": 2}"#),
    Case(text: #"{"a" 1}"#, codes: [.missingColon], repaired: #"{"a" :1}"#),
    Case(text: #"{"a": }"#, codes: [.missingValue]),
    Case(text: #"{"a": , "b": 1}"#, codes: [.missingValue]),
    Case(text: #"{"a": 1, : 2}"#, codes: [.missingKey]),
    Case(text: #"{a: 1}"#, codes: [.invalidLiteral], repaired: #"{"a": 1}"#),
    Case(text: "[treu]", codes: [.invalidLiteral]),
    Case(text: "[NaN, 01, 1., +1, .5, 1e, -]", codes: Array(repeating: .invalidNumber, count: 7)),
    Case(text: #"["a\q"]"#, codes: [.invalidEscape]),
    Case(text: #"["\u12"]"#, codes: [.invalidEscape]),
    Case(text: #"["\ud800"]"#, codes: [.loneSurrogate]),
    Case(text: "[\"a\tb\"]", codes: [.controlCharacter]),
    Case(text: "[\"abc\n]", codes: [.unterminatedString], repaired: "[\"abc\"\n]"),
    Case(text: #"["say "hi" now"]"#, codes: [.strayQuote, .strayQuote], repaired: #"["say \"hi\" now"]"#),
    Case(text: "[1", codes: [.missingCloser], repaired: "[1]"),
    Case(text: #"{"a": [1, 2, "b": 3}"#, codes: [.missingCloser]),
    Case(text: "[1] 2", codes: [.extraContent]),
    Case(text: "[1]]", codes: [.strayCloser], repaired: "[1]"),
    Case(text: "[1 // c\n]", codes: [.comment]),
    Case(text: "[1 // c\n]", codes: [], repaired: "[1 // c\n]", syntax: .jsonc),
    Case(text: "{\"a\": 1}\n\n{}\n", codes: [.blankLine], repaired: "{\"a\": 1}\n{}\n", syntax: .jsonl),
    Case(text: "{\"a\": [1\n{}", codes: [.missingCloser, .missingCloser], syntax: .jsonl),
    Case(text: "{\"a\": 1}\r\n{}\r\n", codes: [], repaired: "{\"a\": 1}\r\n{}\r\n", syntax: .jsonl),
  ]

  @Test(arguments: cases) func problems(_ test: Case) {
    let document = Document(Array(test.text.utf8), syntax: test.syntax, shape: .whole)
    let problems = document.problems()
    #expect(problems.map(\.code) == test.codes)
    guard let repaired = test.repaired else { return }
    var bytes = Array(test.text.utf8)
    for problem in problems.reversed() {
      guard let replacement = problem.replacement else { continue }
      let isInsertion = problem.code == .strayQuote
      bytes.replaceSubrange(
        isInsertion ? problem.range.lowerBound..<problem.range.lowerBound : problem.range, with: replacement)
    }
    #expect(String(decoding: bytes, as: UTF8.self) == repaired)
  }

  @Test func duplicateKeysAreFoundAfterUnescaping() {
    let tree = RecordTree(parsing: Array(#"{"a": 1, "\u0061": 2, "b": {"a": 3}}"#.utf8))
    #expect(tree.problems.map(\.code) == [.duplicateKey])
    #expect(tree.member("a", of: 0).flatMap { tree.integer(of: $0) } == 2)
  }

  @Test func canonicalFormsStayDifferent() {
    let tree = RecordTree(parsing: Array("{\"\u{e9}\": 1, \"e\u{301}\": 2}".utf8))
    #expect(tree.problems.isEmpty)
    #expect(tree.member("e\u{301}", of: 0).flatMap { tree.integer(of: $0) } == 2)
  }

  @Test(
    arguments: [
      ("12", 12), ("-0", 0), ("1e2", 100), ("5.0", 5), ("1.5", nil), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min), ("9223372036854775808", nil), ("1e400", nil), ("120e-1", 12),
      ("0e99999999999", 0),
    ] as [(String, Int64?)])
  func integers(_ text: String, _ expected: Int64?) {
    #expect(RecordTree(parsing: Array(text.utf8)).integer(of: 0) == expected)
  }

  @Test func positionsCountAsTheEditorDoes() {
    let text: [UInt8] = Array("a\r\nb\r😀é\n".utf8) + [0xE2, 0x82, UInt8(ascii: "x")]
    let document = Document(text, syntax: .json, shape: .whole)
    #expect(document.lineCount == 4)
    #expect(document.position(at: 2, in: .utf16) == LinePosition(line: 0, character: 1))
    #expect(document.position(at: 9, in: .utf16) == LinePosition(line: 2, character: 2))
    #expect(document.position(at: 9, in: .utf32) == LinePosition(line: 2, character: 1))
    // Two bytes of a broken character are one replacement character.
    #expect(document.position(at: 14, in: .utf16) == LinePosition(line: 3, character: 1))
    #expect(document.offset(of: LinePosition(line: 2, character: 1), in: .utf16) == 5)
    #expect(document.offset(of: LinePosition(line: 9, character: 0), in: .utf8) == text.count)
  }
}
