import Findings
import JSONCodec
import LanguageServerProtocol
import Manifest
import Testing

@testable import LanguageServer

@Suite struct ReplyBudgetTests {
  private func finding(_ at: Int, _ message: String) -> ShownFinding {
    ShownFinding(rule: "a/b", severity: .error, range: at..<at + 1, message: message)
  }

  @Test func whatFitsIsLeftAlone() {
    let all = (0..<100).map { finding($0, "short") }
    #expect(ReplyBudget.fitting(all, near: [3]) == all)
    #expect(ReplyBudget.fitting([], near: []).isEmpty)
  }

  @Test func thoseNearTheEditStay() {
    let all = (0..<1_000).map { finding($0 * 10, String(repeating: "x", count: 2_000)) }
    let kept = ReplyBudget.fitting(all, near: [5_000])
    #expect(kept.count > 150 && kept.count < 250)
    #expect(kept.map(\.range.lowerBound) == kept.map(\.range.lowerBound).sorted())
    let middle = (kept[0].range.lowerBound + kept[kept.count - 1].range.lowerBound) / 2
    #expect(abs(middle - 5_000) <= 10)
  }

  /// Every character that JSON writes longer counts as what it takes.
  @Test(arguments: [
    "plain", "\"\\\"\\", "\u{01}\u{02}\n\t", "đường 牛奶", String(repeating: "\u{7}", count: 100),
    String(repeating: "\"/\\", count: 50),
  ])
  func aFindingTakesNoMoreThanIsCounted(text: String) throws {
    var shown = finding(1_000_000, text)
    shown.rulePage = "file:///pages/" + text
    let end = LinePosition(line: 1_000_000, character: 1_000_000)
    shown.related = (0..<3).map { _ in RelatedPlace(uri: "file:///" + text, start: end, end: end, message: text) }
    shown.count = .max
    var session = Session()
    session.client = try JSONCodec.decode(
      from: Array(
        #"{"textDocument": {"publishDiagnostics": {"relatedInformation": true, "codeDescriptionSupport": true}}}"#.utf8)
    )
    try #require(session.client.diagnosticsHaveRelated && session.client.diagnosticsHaveRuleLinks)
    let diagnostic = try #require(session.diagnostics([shown], in: FarText()).first)
    #expect(try JSONCodec.encode(writable: diagnostic).count <= shown.writtenSize)
  }

  @Test func aMessageIsCut() {
    #expect(ReplyBudget.cut(String(repeating: "é", count: 5_000)).unicodeScalars.count == 4_097)
    #expect(ReplyBudget.cut("short") == "short")
  }
}

/// Every place of it is far down and far right.
private struct FarText: PositionedText {
  var version: Int { 1 }
  func position(at offset: Int, in encoding: PositionEncoding) -> LinePosition {
    LinePosition(line: Int(Int32.max), character: Int(Int32.max))
  }
}
