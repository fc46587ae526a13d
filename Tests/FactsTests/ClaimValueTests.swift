import Testing

@testable import Facts

@Suite struct ClaimValueTests {
  @Test(arguments: [
    (#""a\"b""#, ClaimValue.Kind.text, #"a"b"#), ("12.50", .number, "12.50"), ("true", .flag, "true"),
    ("null", .nothing, "null"),
    ("[1, \"x\"]", .list, "1, x"), ("[]", .list, "[]"), ("[[1]]", .nothing, "[[1]]"),
    ("{\"a\": 1}", .nothing, "{\"a\": 1}"),
    ("01", .nothing, "01"), ("1 2", .nothing, "1"), ("", .nothing, ""), ("\"half", .nothing, "half"),
  ])
  func readsValues(json: String, kind: ClaimValue.Kind, words: String) {
    let value = ClaimValue(json: Array(json.utf8))
    #expect(value.kind == kind)
    #expect(value.words == words)
  }

  @Test(arguments: [#""a\"b""#, "12.50", "true", #"[1, "x"]"#]) func writesWhatItRead(json: String) {
    #expect(ClaimValue(json: Array(json.utf8)).json.map { String(decoding: $0, as: UTF8.self) } == json)
  }

  @Test func longValuesAreCutWhereALetterBegins() {
    let value = ClaimValue("x" + String(repeating: "ệ", count: 200))
    #expect(value.words == "x" + String(repeating: "ệ", count: 66) + "…")
    #expect(ClaimValue(kind: .text, text: Array(repeating: 0x80, count: 300)).words.utf8.count > 200)
    let list = ClaimValue(
      kind: .list, text: [], elements: Array(repeating: .init(kind: .text, text: [0x61]), count: 4000))
    #expect(list.words.hasSuffix(", …") || list.words.hasSuffix("…"))
    #expect(ClaimValue(kind: .number, text: Array("3".utf8), unit: "cm").words == "3 cm")
  }

  @Test func listsAndValuesTooLongTakeNoPart() {
    let list = "[" + Array(repeating: "1", count: ClaimValue.elementLimit + 1).joined(separator: ",") + "]"
    #expect(ClaimValue(json: Array(list.utf8)).kind == .nothing)
    let text = "\"" + String(repeating: "x", count: ClaimValue.lengthLimit) + "\""
    #expect(ClaimValue(json: Array(text.utf8)).kind == .nothing)
  }

  @Test(
    arguments: [
      (["0.1", "0.2"], "0.3"), (["1e3", "1"], "1001"), (["-1", "1"], "0"), ([], "0"), (["1e-3", "0"], "0.001"),
      (["12345678901234567890", "1"], "12345678901234567891"), (["1e40", "1"], nil),
    ] as [([String], String?)])
  func sumsAreExact(parts: [String], sum: String?) {
    let numbers = parts.compactMap { DecimalText(Array($0.utf8)) }
    #expect(DecimalText.sum(numbers).map { String(decoding: $0.canonical, as: UTF8.self) } == sum)
  }

  @Test(arguments: ["+1", "1.", ".5", "1e", "1e+", "--1", "0x1", "Infinity", "1 ", "", "-", "1_000", "٣"])
  func whatIsNoNumberIsNone(text: String) { #expect(DecimalText(Array(text.utf8)) == nil) }
}
