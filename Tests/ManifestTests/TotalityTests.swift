import Testing

@testable import Manifest

/// Any bytes give a tree, records and problems.
@Suite struct TotalityTests {
  static let sample =
    "\u{FEFF}{\"a\": [1, -0.5e+3, true, null, \"x\\u00e9\\ud83d\\ude00\\n\"],\r\n// c\n \"b\": {\"é😀\": /* d */ []}, \"a\": \"\u{0}\"}\r"

  private func check(_ bytes: [UInt8], _ syntax: Syntax = .json) {
    let tree = RecordTree(parsing: bytes, syntax: syntax)
    #expect(Comparison.malformed(tree) == nil)
    for shape in [RecordShape.whole, Layout.keyed.shape, Layout.lines.shape] {
      let document = Document(bytes, syntax: syntax, shape: shape)
      #expect(document.problems().count == document.problemCount)
      for record in document.records() {
        let tree = document.tree(of: record.id)
        #expect(tree != nil && tree.flatMap(Comparison.malformed) == nil, "\(record)")
      }
      #expect(document.offset(of: document.position(at: bytes.count, in: .utf16), in: .utf16) == bytes.count)
    }
  }

  @Test func everyTruncation() {
    let bytes = Array(Self.sample.utf8)
    for count in 0...bytes.count {
      check(Array(bytes[..<count]))
      check(Array(bytes[count...]), .jsonl)
    }
  }

  @Test func randomBytes() {
    var random = SplitMix64(seed: 11)
    let alphabet = Array("{}[]\",:\\ \n\r/*0e-tnué\u{0}".utf8) + [0xFF, 0xC3, 0xED, 0xA0, 0x80]
    for round in 0..<150 {
      let bytes = (0..<Int(random.next() % 300)).map { _ in
        round % 2 == 0
          ? UInt8(truncatingIfNeeded: random.next()) : alphabet[Int(random.next() % UInt64(alphabet.count))]
      }
      check(bytes, round % 3 == 0 ? .jsonl : round % 3 == 1 ? .jsonc : .json)
    }
  }

  @Test(arguments: ["[", "{\"a\":", "]", "}", "\"", "[{", "/*", ","])
  func hundredThousand(_ piece: String) {
    let bytes = Array(String(repeating: piece, count: 100_000).utf8)
    var document = Document(bytes, syntax: .json, shape: .whole)
    #expect(document.problems().count == document.problemCount)
    _ = document.apply(TextEdit(range: 50_000..<50_000, replacement: Array("1".utf8)))
    #expect(document.byteCount == bytes.count + 1)
    let tree = document.tree(of: .document)
    #expect(tree.flatMap(Comparison.malformed) == nil && tree != nil)
  }

  @Test func longTokens() {
    for text in [
      "\"" + String(repeating: "é", count: 20_000) + "\"", String(repeating: "1", count: 30_000),
      "// " + String(repeating: "x", count: 9000) + "\n[1]", "/*" + String(repeating: "x", count: 9000) + "*/[1]",
      "[" + String(repeating: " ", count: 9000) + "1]", "{\"" + String(repeating: "k", count: 9000) + "\": 1}",
    ] {
      let document = Document(Array(text.utf8), syntax: .jsonc, shape: .whole)
      #expect(document.problems().isEmpty, "\(text.prefix(10))")
      #expect(document.tree(of: .document)?.nodes == RecordTree(parsing: Array(text.utf8)).nodes)
    }
  }

  @Test(arguments: Layout.allCases) func validTextHasNoProblems(_ layout: Layout) {
    guard layout != .whole else { return }
    var generator = Generator(seed: 5)
    let bytes = generator.document(layout, records: 200)
    let document = Document(bytes, syntax: layout.syntax, shape: layout.shape)
    #expect(document.problems().isEmpty)
  }

  /// Valid values of random form, with few keys so that recovery would be tempted.
  @Test func randomValidTextHasNoProblems() {
    var random = SplitMix64(seed: 3)
    func value(_ depth: Int) -> String {
      switch depth > 5 ? random.next() % 3 : random.next() % 7 {
      case 0: return ["1", "-2.5e3", "true", "null"][Int(random.next() % 4)]
      case 1, 2: return ["\"a\"", "\"\"", "\"}, {\"", "\"a\\\"b\""][Int(random.next() % 4)]
      case 3, 4: return "[" + (0..<Int(random.next() % 4)).map { _ in value(depth + 1) }.joined(separator: ",") + "]"
      default:
        let members = (0..<Int(random.next() % 4)).map { _ in
          ["\"a\"", "\"b\"", "\"c\""][Int(random.next() % 3)] + " : " + value(depth + 1)
        }
        return "{" + members.joined(separator: ", ") + "}"
      }
    }
    for _ in 0..<400 {
      let text = value(0)
      for shape in [RecordShape.whole, Layout.keyed.shape, Layout.nestedLines.shape] {
        let document = Document(Array(text.utf8), syntax: .json, shape: shape)
        #expect(document.problems().isEmpty, "\(text)")
      }
    }
  }
}
