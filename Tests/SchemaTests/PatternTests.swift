import Testing

@testable import Schema

/// Patterns as ECMAScript reads them.
@Suite struct PatternTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var pattern: String
    var matches: [String]
    var differs: [String]
    var testDescription: String { pattern }
  }

  static let examples = [
    Example(pattern: #"^\d+$"#, matches: ["09"], differs: ["٣", "１", ""]),
    Example(pattern: #"^\w$"#, matches: ["a", "_"], differs: ["é"]),
    Example(pattern: #"^\W$"#, matches: ["é", "-"], differs: ["a"]),
    Example(pattern: #"^\s$"#, matches: [" ", "\u{a0}", "\u{feff}", "\u{2029}", "\u{b}"], differs: ["a", "\u{200b}"]),
    Example(pattern: #"^\S$"#, matches: ["a", "\u{200b}"], differs: ["\u{3000}"]),
    Example(pattern: #"^[\s\d]+$"#, matches: ["1 2\u{a0}"], differs: ["a"]),
    Example(pattern: #"^[^\S]$"#, matches: ["\u{2003}"], differs: ["x"]),
    Example(pattern: #"^.$"#, matches: ["😀", "\u{85}"], differs: ["\n", "\r", "\u{2028}"]),
    Example(pattern: #"^a$"#, matches: ["a"], differs: ["a\n", "b\na"]),
    Example(pattern: #"^\cC\t\x41\0$"#, matches: ["\u{3}\tA\u{0}"], differs: ["cC"]),
    Example(pattern: #"^\u00e9\ud83d\ude00$"#, matches: ["é😀"], differs: ["é"]),
    Example(pattern: #"^\u{1F600}$"#, matches: ["😀"], differs: ["u"]),
    Example(pattern: #"^\p{Letter}\p{Lu}\p{Script=Greek}$"#, matches: ["éÉλ"], differs: ["1Éλ", "éél"]),
    Example(pattern: #"^\P{Decimal_Number}$"#, matches: ["a"], differs: ["٣"]),
    Example(pattern: #"^[[:alpha:]]"#, matches: ["[]", ":]", "a]"], differs: ["b]"]),
    Example(pattern: #"^[^]$"#, matches: ["\n"], differs: [""]),
    Example(pattern: #"[]"#, matches: [], differs: ["", "a"]),
    Example(pattern: #"^a{,3}$"#, matches: ["a{,3}"], differs: ["aa"]),
    Example(pattern: #"^a{2,3}$"#, matches: ["aa", "aaa"], differs: ["a"]),
    Example(pattern: #"^(?<y>\d{4})-\k<y>$"#, matches: ["2026-2026"], differs: ["2026-2025"]),
    Example(pattern: #"^(?=a)\w(?!c)"#, matches: ["ab"], differs: ["ac"]),
    Example(pattern: #"^\A\Q\/\-$"#, matches: ["AQ/-"], differs: ["/-"]),
    Example(pattern: #"# x"#, matches: ["a# x"], differs: ["#x"]),
  ]

  @Test(arguments: examples) func reads(_ example: Example) throws {
    let pattern = try Pattern(example.pattern)
    let matcher = PatternMatcher()
    func outcome(_ text: String) -> PatternMatcher.Outcome {
      let bytes = Array(text.utf8)
      return matcher.search(pattern, in: bytes.span, 0..<bytes.count)
    }
    for text in example.matches { #expect(outcome(text) == .matches, "\(text.debugDescription)") }
    for text in example.differs { #expect(outcome(text) == .differs, "\(text.debugDescription)") }
  }

  @Test(arguments: ["(", "[a", "a**", "(*ACCEPT)", #"\"#, "a{2,1}", #"\p{Klingon}"#, #"\p{L"#, "x)"])
  func refuses(_ source: String) {
    #expect(throws: Pattern.Failure.self) { try Pattern(source) }
    let subject = Subject(#"{"pattern": \#(String(decoding: JSONText.quoted(source.utf8), as: UTF8.self))}"#)
    #expect(subject.problems.map(\.pointer) == ["/pattern"])
    #expect(subject.evaluate("\"x\"").isValid, "a part that can't be used says nothing")
  }

  /// Bytes that are no UTF-8 are looked through without harm.
  @Test func anyBytes() throws {
    let bytes: [UInt8] = [0xff, 0x61, 0xc3]
    #expect(PatternMatcher().search(try Pattern("a"), in: bytes.span, 0..<3) == .matches)
    #expect(PatternMatcher().search(try Pattern("b"), in: bytes.span, 0..<3) == .differs)
    #expect(PatternMatcher().search(try Pattern("^$"), in: bytes.span, 3..<3) == .matches)
  }
}
