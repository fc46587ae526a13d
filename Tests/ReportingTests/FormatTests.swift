import Findings
import Foundation
import Reporting
import Testing
import Workspace

/// One text of several lines of source.
private func joined(_ parts: String...) -> String { parts.joined() }

/// A small report with something of everything, for the formats whose bytes other programs read.
private enum Sample {
  static let source = "{\"label\": \"牛 123\"}"

  static func finding(_ severity: Severity = .error) -> CheckedFinding {
    var finding = CheckedFinding.at("\"牛 123\"", in: source, severity: severity, message: "100 %: it's\nwrong, {so}.")
    finding.related = [
      CheckedRelated(path: "b c.json", start: finding.start, end: finding.end, message: "The other")
    ]
    finding.fixes = [
      CheckedFix(
        title: "Write it", isCertain: true,
        edits: [
          CheckedEdit(
            path: "a.json", bytes: finding.bytes, start: finding.start, end: finding.end, text: "\"123\"")
        ])
    ]
    return finding
  }

  static var report: CheckReport {
    var report = CheckReport.of([finding()])
    report.plugins = [PluginSummary(id: "retail-sku", version: "0.1.0", sha256: "aa")]
    report.vocabularies = [VocabularySummary(id: "skus", version: "2026.11", sha256: "bb")]
    report.notRun = ["gone.json: There is no such file or folder."]
    return report
  }

  static let rule = RuleInfo(
    id: "retail-sku/gtin-check-digit", form: .record, severity: .error, summary: "A barcode ends in its check digit.",
    why: "", messages: ["": "Wrong."])
}

@Suite struct JSONLinesReportTests {
  private func written(_ file: CheckedFile) -> [UInt8] {
    var out: [UInt8] = []
    JSONLinesReport.write(file) { out += $0 }
    return out
  }

  @Test func aFindingIsOneLine() {
    var file = Sample.report.files[0]
    file.findings = [Sample.finding(), Sample.finding(.hint)]
    let lines = String(decoding: written(file), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 3 && lines[2].isEmpty)
    #expect(
      lines[0]
        == joined(
          #"{"path": "a.json", "rule": "retail-sku/gtin-check-digit", "severity": "error", "#,
          #""message": "100 %: it's\nwrong, {so}.", "fingerprint": "f1", "#,
          #""range": {"start": { "line": 0, "character": 10 }, "end": { "line": 0, "character": 17 }}, "#,
          #""bytes": [10, 19], "pointer": "/label", "count": 1, "related": [{"path": "b c.json", "#,
          #""range": {"start": { "line": 0, "character": 10 }, "end": { "line": 0, "character": 17 }}, "#,
          #""message": "The other"}], "fixes": [{"title": "Write it", "certain": true, "#,
          #""edits": [{"path": "a.json", "bytes": [10, 19], "text": "\"123\""}]}]}"#))
    #expect(lines[1].contains(#""severity": "hint""#))
  }

  @Test func nothingFoundIsNothingPrinted() {
    var file = Sample.report.files[0]
    file.findings = []
    #expect(written(file).isEmpty)
  }
}

@Suite struct GitHubReportTests {
  private func printed(_ report: CheckReport) -> [String] {
    var out = ""
    GitHubReport.write(report) { out += $0 }
    return out.split(separator: "\n").map(String.init)
  }

  @Test func whatWouldEndACommandIsEscaped() {
    let lines = printed(.of([Sample.finding()], path: "odd,name:%\n.json"))
    #expect(
      lines[0]
        == joined(
          "::error file=odd%2Cname%3A%25%0A.json,line=1,col=11,endColumn=18,",
          "title=retail-sku/gtin-check-digit::100 %25: it's%0Awrong, {so}."))
    #expect(lines[1].hasPrefix("Checked odd"))
    #expect(lines.count == 2)
  }

  @Test func aRangeOverLinesHasNoColumns() {
    var finding = Sample.finding(.warning)
    finding.end = CheckedPosition(line: 4, character: 2)
    #expect(printed(.of([finding]))[0].hasPrefix("::warning file=a.json,line=1,endLine=5,title="))
  }

  @Test func noMoreThanGitHubShows() {
    let errors = (0..<25).map { _ in Sample.finding() }
    let hints = (0..<12).map { _ in Sample.finding(.hint) }
    let lines = printed(.of(hints + errors))
    #expect(lines.count { $0.hasPrefix("::error ") } == 10)
    #expect(lines.count { $0.hasPrefix("::notice ") } == 10)
    #expect(lines[20] == "17 more findings are not shown beside the lines; `concord check` prints them all.")
    #expect(lines[21].contains("25 errors, 12 hints."))
  }
}

@Suite struct SARIFReportTests {
  private func bytes(_ report: CheckReport, language: String = "en") -> [UInt8] {
    var out: [UInt8] = []
    SARIFReport(report, version: "0.1.0", rules: [Sample.rule], words: .english, language: language)
      .write { out += $0 }
    return out
  }

  private func compact(_ report: CheckReport) -> String {
    String(decoding: bytes(report), as: UTF8.self).split(separator: "\n")
      .map { $0.drop { $0 == " " } }.joined(separator: " ")
  }

  @Test func aResultSaysWhereByLinesColumnsAndBytes() {
    let region =
      #""region": { "startLine": 1, "startColumn": 11, "endLine": 1, "endColumn": 18, "byteOffset": 10, "byteLength": 9 }"#
    let text = compact(Sample.report)
    #expect(text.contains(#""columnKind": "utf16CodeUnits""#))
    #expect(
      text.contains(
        joined(
          #""results": [ { "ruleId": "retail-sku/gtin-check-digit", "ruleIndex": 0, "level": "error", "#,
          #""message": { "text": "100 %: it's\nwrong, {so}." }, "#,
          #""locations": [ { "physicalLocation": { "artifactLocation": { "uri": "a.json", "index": 0 }, \#(region) }, "#,
          #""logicalLocations": [ { "fullyQualifiedName": "/label" } ] } ], "#,
          #""partialFingerprints": { "concord/v1": "f1" }, "#)))
    #expect(
      text.contains(
        #""relatedLocations": [ { "id": 0, "physicalLocation": { "artifactLocation": { "uri": "b%20c.json" }"#))
    #expect(
      text.contains(
        joined(
          #""fixes": [ { "description": { "text": "Write it" }, "artifactChanges": [ { "artifactLocation": "#,
          #"{ "uri": "a.json", "index": 0 }, "replacements": [ { "deletedRegion": "#,
          String(region.dropFirst(#""region": "#.count)),
          #", "insertedContent": { "text": "\"123\"" } } ] } ], "properties": { "certain": true } } ]"#)))
  }

  @Test func theRunSaysWhatItDependsOnAndWhatWasNotRun() {
    let text = compact(Sample.report)
    #expect(
      text.contains(
        #""extensions": [ { "name": "retail-sku", "version": "0.1.0", "properties": { "sha256": "aa" } } ]"#))
    #expect(
      text.contains(
        joined(
          #""invocations": [ { "executionSuccessful": false, "toolExecutionNotifications": [ "#,
          #"{ "level": "warning", "message": { "text": "gone.json: There is no such file or folder." } }, "#,
          #"{ "level": "note", "message": { "text": "vision/media-size-disagrees: the pictures are not here" }, "#,
          #""associatedRule": { "id": "vision/media-size-disagrees" } } ] } ]"#)))
    #expect(text.contains(#""vocabularies": [ { "id": "skus", "version": "2026.11", "sha256": "bb" } ]"#))
  }

  @Test func sensitiveFindingsShowNoText() {
    var report = Sample.report
    report.files[0].findings[0].isSensitive = true
    #expect(!String(decoding: bytes(report), as: UTF8.self).contains("insertedContent"))
  }

  @Test func anotherReaderUnderstandsIt() throws {
    let object = try JSONSerialization.jsonObject(with: Data(bytes(Sample.report))) as? [String: Any]
    #expect(object?["version"] as? String == "2.1.0")
    #expect(bytes(Sample.report) == bytes(Sample.report))
  }

  @Test(arguments: [
    ("/data/đường.json", "file:///data/%C4%91%C6%B0%E1%BB%9Dng.json"), ("a:b.json", "a%3Ab.json"), ("-", "-"),
  ])
  func pathsBecomeAddresses(path: String, uri: String) {
    let text = String(decoding: bytes(.of([Sample.finding()], path: path)), as: UTF8.self)
    #expect(text.contains("\"uri\": \"\(uri)\""))
  }
}
