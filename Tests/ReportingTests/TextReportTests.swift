import Findings
import Reporting
import Testing
import Workspace

@Suite struct TextReportTests {
  /// What is printed for findings in `source`, line by line.
  private func printed(
    _ findings: [CheckedFinding], in source: String = "", width: Int? = nil, isColored: Bool = false
  ) -> [String] {
    let bytes = Array(source.utf8)
    let report = TextReport(style: .init(isColored: isColored, width: width)) { _, range in
      Array(bytes[min(range.lowerBound, bytes.count)..<min(range.upperBound, bytes.count)])
    }
    return report.text(of: .of(findings)).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func pipedIsOneLineAFinding() {
    let source = "{\n  \"label\": \"123\"\n}"
    #expect(
      printed([.at("\"123\"", in: source)], in: source) == [
        "a.json:2:12: error: This barcode can't be right. [retail-sku/gtin-check-digit]",
        "Checked a.json (retail-sku/shelf), 8 entries, 1 check: 1 error."
          + " Not run: vision/media-size-disagrees (the pictures are not here).",
        "",
      ])
  }

  @Test func aTerminalShowsTheSource() {
    let source = "{\n  \"label\": \"123\"\n}"
    let lines = printed([.at("\"123\"", in: source)], in: source, width: 60)
    #expect(Array(lines[1...2]) == [" 2 │ \"label\": \"123\"", "   │          ^^^^^"])
  }

  @Test func wideAndCombiningCharactersKeepTheMarkInPlace() {
    // "đường" with the horn and grave as marks of their own; three ideographs of two columns each.
    let source = "\"du\u{31B}o\u{31B}\u{300}ng 牛奶盒\": \"123\""
    let lines = printed([.at("\"123\"", in: source)], in: source, width: 60)
    #expect(lines[2] == "   │ " + String(repeating: " ", count: 1 + 5 + 1 + 6 + 1 + 2) + "^^^^^")
  }

  @Test func aMarkUnderWideCharactersIsAsWide() {
    let source = "\"牛奶\""
    #expect(printed([.at("牛奶", in: source)], in: source, width: 60)[2] == "   │  ^^^^")
  }

  @Test(arguments: [12, 20, 40, 79, 80, 200])
  func excerptsAreNoWiderThanTheTerminal(width: Int) {
    let filler = String(repeating: "[\"đường 牛奶\", 12],", count: 4_000)
    for target in ["\"x\"", String(repeating: "\"long 牛\"", count: 300)] {
      let source = filler + target + filler
      let lines = printed([.at(target, in: source)], in: source, width: width)
      for line in lines[1...2] {
        #expect(columns(line) <= max(width, 13), "\(line)")
      }
      let marked = lines[2].drop { $0 != "^" }
      #expect(!marked.isEmpty && marked.allSatisfy { $0 == "^" })
    }
  }

  /// Widths counted the plain way, for the characters these tests use.
  private func columns(_ text: String) -> Int {
    text.reduce(0) { $0 + ("牛奶盒".contains($1) ? 2 : 1) }
  }

  @Test func theMarkedPartIsTheRangeOnALongLine() {
    let filler = String(repeating: "0123456789", count: 1_000)
    let source = filler + "\"x\"" + filler
    let lines = printed([.at("\"x\"", in: source)], in: source, width: 50)
    let line = Array(lines[1])
    let marked = lines[2].enumerated().filter { $0.element == "^" }.map { line[$0.offset] }
    #expect(String(marked) == "\"x\"")
    #expect(line.contains("…") && line.last == "…")
  }

  @Test func nothingOfASensitiveFindingIsShown() {
    let source = "{\"name\": \"Jane Doe\"}"
    let finding = CheckedFinding.at("\"Jane Doe\"", in: source, message: "A name.", isSensitive: true)
    #expect(!printed([finding], in: source, width: 60).joined().contains("Jane"))
  }

  @Test func notEvenBesideAnotherFinding() {
    let source = "{\"name\": \"Jane Doe\", \"label\": 3}"
    let findings = [
      CheckedFinding.at("\"Jane Doe\"", in: source, message: "A name.", isSensitive: true),
      CheckedFinding.at("3", in: source),
    ]
    let lines = printed(findings, in: source, width: 60)
    #expect(lines[2] == " 1 │ {\"name\": **********, \"label\": 3}")
  }

  @Test func nothingInAFileSteersTheTerminal() {
    let evil = "\"\u{1B}]0;owned\u{7}\u{9B}31m\u{202E}\r\""
    let finding = CheckedFinding.at(evil, in: evil, message: "Says \u{1B}[2J\nand more.")
    let out = printed([finding], in: evil, width: 70).joined(separator: "\n")
    let isClean = out.unicodeScalars.allSatisfy {
      $0 == "\n" || ($0.value >= 0x20 && !(0x7F...0x9F).contains($0.value))
    }
    #expect(isClean)
    #expect(!out.unicodeScalars.contains("\u{202E}"))
    #expect(out.contains("Says ␛[2J and more."))
  }

  @Test func colorsAreGivenBack() {
    let lines = printed([.at("1", in: "1")], in: "1", width: 60, isColored: true)
    #expect(lines[0].hasPrefix("\u{1B}[1ma.json:1:1:\u{1B}[0m \u{1B}[1;31merror:\u{1B}[0m "))
    for line in lines {
      let parts = line.split(separator: "\u{1B}[", omittingEmptySubsequences: false)
      #expect(parts.count == 1 || parts.last?.hasPrefix("0m") == true)
    }
  }

  @Test func sidesAndFixesAreNamed() {
    var finding = CheckedFinding.at("1", in: "1", severity: .warning)
    finding.count = 3
    finding.related = [
      CheckedRelated(
        path: "b.json", start: CheckedPosition(line: 3, character: 4), end: CheckedPosition(line: 3, character: 9),
        message: "The other one.")
    ]
    finding.fixes = [
      CheckedFix(title: "Write 5", isCertain: true, edits: []),
      CheckedFix(title: "Take it out", isCertain: false, edits: []),
    ]
    #expect(
      Array(printed([finding]).prefix(4)) == [
        "a.json:1:1: warning: This barcode can't be right. (3 times) [retail-sku/gtin-check-digit]",
        "  also b.json:4:5: The other one.", "  fix: Write 5", "  possible fix: Take it out",
      ])
  }

  @Test func aFileThatIsGoneHasNoExcerpt() {
    let out = TextReport(style: .init(width: 40)) { _, _ in nil }.text(of: .of([.at("1", in: "1")]))
    #expect(out.split(separator: "\n").count == 2)
  }
}

@Suite struct SummaryLineTests {
  @Test func allWell() {
    var report = CheckReport.of([])
    report.rules.removeLast()
    #expect(SummaryLine(report).text == "Checked a.json (retail-sku/shelf), 8 entries, 1 check: all well.")
  }

  @Test func nothingIsNotAllWell() {
    var report = CheckReport(asOf: "2026-11-21", configuration: "")
    report.notRun = ["c.json: There is no such file or folder."]
    #expect(SummaryLine(report).text == "Nothing was checked. Not run: c.json: There is no such file or folder.")
  }

  @Test func severalFiles() {
    var report = CheckReport.of([.at("1", in: "1"), .at("1", in: "1", severity: .hint)])
    report.files.append(CheckedFile(path: "b.json", sha256: "", dialect: nil, recognised: nil, records: 1))
    report.rules = (1...5).map { RuleSummary(id: "a/r\($0)", ran: 0, found: 0, skipped: "Plugin a did not load.") }
    report.notRun = ["c.json: There is no such file or folder."]
    #expect(
      SummaryLine(report).text
        == "Checked 2 files, 9 entries, 0 checks: 1 error, 1 hint. 1 of a kind that is not known. Not run:"
        + " a/r1, a/r2, a/r3 and 2 more (Plugin a did not load); c.json: There is no such file or folder.")
  }
}
