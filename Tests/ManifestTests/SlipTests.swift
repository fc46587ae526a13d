import Testing

@testable import Manifest

/// One cause, one problem: what a single slip of the hand gives, and where.
@Suite struct SlipTests {
  struct Slip: Sendable, CustomTestStringConvertible {
    /// With `▮` where the problem begins.
    var marked: String
    var code: SyntaxProblem.Code
    /// The text that takes the problem's place, where that is certain.
    var repair: String?
    var syntax = Syntax.json
    var testDescription: String { marked }

    init(_ marked: String, _ code: SyntaxProblem.Code, repair: String? = nil, syntax: Syntax = .json) {
      (self.marked, self.code, self.repair, self.syntax) = (marked, code, repair, syntax)
    }
  }

  static let colons: [Slip] = [
    Slip(#"{"a": 1, "b" ▮3}"#, .missingColon, repair: ":"),
    Slip(#"{"a": 1, "b" ▮"x"}"#, .missingColon, repair: ":"),
    Slip(#"{"a": 1, "b" ▮"x", "c": 2}"#, .missingColon, repair: ":"),
    Slip(#"{"a": 1, "b" ▮[1, 2]}"#, .missingColon, repair: ":"),
    Slip(#"{"a": 1, "b" ▮{"c": 1}}"#, .missingColon, repair: ":"),
    Slip(#"{"a": 1, "b" ▮true, "c": 2}"#, .missingColon, repair: ":"),
    Slip(#"[{"a": 1}, {"a" ▮2}, {"a": 3}]"#, .missingColon, repair: ":"),
    Slip(#"{"a":▮: 1}"#, .unexpectedCharacter, repair: ""),
    Slip(#"{"a"▮}"#, .missingValue),
    Slip(#"{"a"▮, "b": 2}"#, .missingValue),
    Slip(#"{"a": ▮, "b": 2}"#, .missingValue),
    Slip(#"{"a": 1, ▮: 3}"#, .missingKey),
  ]

  static let commas: [Slip] = [
    Slip(#"{"a": 1 ▮"b": 2}"#, .missingComma, repair: ","),
    Slip(#"{"a": "x" ▮"b": 2}"#, .missingComma, repair: ","),
    Slip(#"{"a": "x"▮"b": 2}"#, .missingComma, repair: ","),
    Slip(#"{"a": [1, 2] ▮"b": 2}"#, .missingComma, repair: ","),
    Slip(#"{"a": {"c": 1} ▮"b": 2}"#, .missingComma, repair: ","),
    Slip("{\"a\": 1\n ▮\"b\": 2}", .missingComma, repair: ","),
    Slip(#"[{"a": 1} ▮{"a": 2}]"#, .missingComma, repair: ","),
    Slip("[1 ▮2]", .missingComma, repair: ","),
    Slip(#"["a" ▮"b"]"#, .missingComma, repair: ","),
    Slip("[[1, 2] ▮[3, 4]]", .missingComma, repair: ","),
    Slip(#"{"a": 1,▮, "b": 2}"#, .extraComma, repair: ""),
    Slip(#"{▮,"a": 1}"#, .extraComma, repair: ""),
    Slip(#"{"a": 1, "b": 2▮,}"#, .trailingComma, repair: ""),
    Slip(#"[{"a": 1}, {"a": 2}▮,]"#, .trailingComma, repair: ""),
    Slip(#"{"a": 1▮; "b": 2}"#, .unexpectedCharacter, repair: ","),
    Slip(#"{"a": "x"▮; "b": 2}"#, .unexpectedCharacter, repair: ","),
    Slip(#"{"a": 1,▮5}"#, .missingKey),
  ]

  static let quotes: [Slip] = [
    Slip(#"{"a▮: 1, "b": 2}"#, .unterminatedString, repair: "\""),
    Slip(#"{"a▮: "x", "b": 2}"#, .unterminatedString, repair: "\""),
    Slip(#"{"a▮: [{"b": 2}]}"#, .unterminatedString, repair: "\""),
    Slip("{\"a▮: [\n{\"b\": 2}]}", .unterminatedString, repair: "\""),
    Slip(#"{"a": "x▮, "b": 2}"#, .unterminatedString, repair: "\""),
    Slip(#"{"a": "traffic light▮, "b": 2}"#, .unterminatedString, repair: "\""),
    Slip("{\"a\": \"x▮\n}", .unterminatedString, repair: "\""),
    Slip("{\"a\": \"x▮,\n \"b\": 2}", .unterminatedString, repair: "\""),
    Slip(#"{"a": "x", "b": "y▮}"#, .unterminatedString, repair: "\""),
    Slip(#"{"a": [{"b": "x▮}], "c": 1}"#, .unterminatedString, repair: "\""),
    Slip(#"{▮a": 1, "b": 2}"#, .invalidLiteral, repair: "\""),
    Slip(#"{"a": ▮x", "b": 2}"#, .invalidLiteral, repair: "\""),
    Slip(#"{"a": ▮traffic light", "b": 2}"#, .invalidLiteral, repair: "\""),
    Slip(#"["a", ▮b", "c"]"#, .invalidLiteral, repair: "\""),
    Slip(#"{"a": "x▮"", "b": 2}"#, .strayQuote, repair: "\\"),
    Slip(#"{"a": "▮"x", "b": 2}"#, .strayQuote, repair: "\\"),
    Slip(#"{▮""a": 1, "b": 2}"#, .strayQuote, repair: ""),
    Slip(#"{"a▮"": 1, "b": 2}"#, .strayQuote, repair: "\\"),
    Slip(#"{"a▮"b": 1, "c": 2}"#, .strayQuote, repair: "\\"),
    Slip(#"{"a": 1▮", "b": 2}"#, .strayQuote, repair: ""),
    Slip(#"{"a": [▮"], "b": 2}"#, .strayQuote, repair: ""),
    Slip(#"{"a": "x" ▮y}"#, .unexpectedCharacter),
  ]

  static let words: [Slip] = [
    Slip(#"{"a": ▮'x', "b": 2}"#, .invalidLiteral, repair: #""x""#),
    Slip(#"{▮'a': 1, "b": 2}"#, .invalidLiteral, repair: #""a""#),
    Slip(#"{"a": ▮'it's so', "b": 2}"#, .invalidLiteral, repair: #""it's so""#),
    Slip(#"{▮a: 1, "b": 2}"#, .invalidLiteral, repair: #""a""#),
    Slip(#"{▮a b: 1}"#, .invalidLiteral, repair: #""a b""#),
    Slip(#"{"a": ▮traffic light, "b": 2}"#, .invalidLiteral, repair: #""traffic light""#),
    Slip(#"{"a": ▮True}"#, .invalidLiteral),
    Slip(#"{"a": ▮NaN}"#, .invalidNumber),
    Slip(#"{"a": ▮01}"#, .invalidNumber),
    Slip(#"{"a": ▮1.5.2}"#, .invalidNumber),
    Slip(#"{"a": 1 ▮2}"#, .unexpectedCharacter),
    Slip(#"{"a": 1, ▮b}"#, .missingKey),
    Slip("{\"a\": 1 ▮// c\n}", .comment, repair: ""),
    Slip(#"{"a": 1 ▮/* c */}"#, .comment, repair: ""),
  ]

  static let brackets: [Slip] = [
    Slip(#"▮"a": 1, "b": 2}"#, .missingOpener, repair: "{"),
    Slip("{\"a\": 1}\n▮\"a\": 2}\n", .missingOpener, repair: "{", syntax: .jsonl),
    Slip(#"[{"a": 1}, ▮"a": 2}, {"a": 3}]"#, .missingOpener, repair: "{"),
    Slip(#"{"a": [{"b": 1}, ▮"b": 2}]}"#, .missingOpener, repair: "{"),
    Slip(#"{"a": ▮1, 2], "b": 3}"#, .missingOpener, repair: "["),
    Slip(#"{"a": {"b": 1}, "c": 2▮"#, .missingCloser, repair: "}"),
    Slip(#"[{"a": 1}, {"a": 2, ▮{"a": 3}]"#, .missingCloser),
    Slip(#"{"a": [1, 2, ▮"b": 3}"#, .missingCloser),
    Slip(#"{"a": [1, 2▮}"#, .missingCloser, repair: "]"),
    Slip(#"{"a": [{"b": 1}, {"b": 2}▮}"#, .missingCloser, repair: "]"),
    Slip(#"{"a": [{"b": [1, 2▮}], "c": 1}"#, .missingCloser, repair: "]"),
    Slip(#"{"a": 1▮}}"#, .strayCloser, repair: ""),
    Slip(#"{"a": [1, 2]▮]}"#, .strayCloser, repair: ""),
    Slip(#"{"a": [1, 2]▮}}"#, .strayCloser, repair: ""),
    Slip(#"{"a": [{"b": 1}▮}, {"b": 2}]}"#, .strayCloser, repair: ""),
    Slip(#"{"a": ▮{{"b": 1}}"#, .strayOpener, repair: ""),
    Slip(#"{"a": ▮{"b", "c": 1}"#, .strayOpener, repair: ""),
    Slip(#"{▮["a": 1, "b": 2}"#, .strayOpener, repair: ""),
    Slip(#"{"a"▮[: 1, "b": 2}"#, .strayOpener, repair: ""),
    Slip(#"{"a": [{"b": 1}, ▮[{"b": 2}], "c": 1}"#, .strayOpener, repair: ""),
  ]

  @Test(arguments: colons + commas + quotes + words + brackets)
  func givesOneProblem(_ slip: Slip) throws {
    let parts = slip.marked.split(separator: "▮", omittingEmptySubsequences: false)
    let problems = Document(Array(parts.joined().utf8), syntax: slip.syntax, shape: .whole).problems()
    try #require(problems.count == 1, "\(problems)")
    #expect(problems[0].code == slip.code)
    #expect(problems[0].range.lowerBound == parts[0].utf8.count)
    #expect(problems[0].replacement == slip.repair.map { Array($0.utf8) })
  }

  /// A slip in one record leaves the ones beside it what they are, and its own remaining values readable.
  @Test func whatIsLeftIsRead() {
    let tree = RecordTree(parsing: Array(#"{'a': 'it's', b: 1, "c: 2, "d" 3, "e": 4}"#.utf8))
    #expect(tree.member("a", of: 0).flatMap { tree.string(of: $0) } == "it's")
    for (index, key) in ["b", "c", "d", "e"].enumerated() {
      #expect(tree.member(key, of: 0).flatMap { tree.integer(of: $0) } == Int64(index + 1), "\(key)")
    }
  }
}
