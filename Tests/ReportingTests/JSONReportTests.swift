import Findings
import Foundation
import Reporting
import Testing
import Workspace

@Suite struct JSONReportTests {
  private func bytes(_ report: CheckReport) -> [UInt8] {
    var out: [UInt8] = []
    JSONReport(report, version: "0.1.0").write { out += $0 }
    return out
  }

  private var sample: CheckReport {
    let source = "{\"label\": \"12\u{7F}\\\"3\"}"
    var finding = CheckedFinding.at("\"12\u{7F}\\\"3\"", in: source, message: "Line\none \"two\" \u{1} é 🥛\\")
    finding.related = [
      CheckedRelated(path: "b.json", start: finding.start, end: finding.end, message: "The other.")
    ]
    finding.fixes = [
      CheckedFix(
        title: "Write it", isCertain: true,
        edits: [
          CheckedEdit(path: "a.json", bytes: 10..<18, start: finding.start, end: finding.end, text: "\"5\"")
        ])
    ]
    return .of([finding])
  }

  @Test func anotherReaderUnderstandsIt() throws {
    let object = try #require(try JSONSerialization.jsonObject(with: Data(bytes(sample))) as? [String: Any])
    #expect(object["concord"] as? String == "0.1.0")
    let run = try #require(object["run"] as? [String: Any])
    let rules = try #require(run["rules"] as? [[String: Any]])
    #expect(rules[0]["skipped"] is NSNull)
    #expect(rules[1]["skipped"] as? String == "the pictures are not here")
    let files = try #require(object["files"] as? [[String: Any]])
    let finding = try #require((files[0]["findings"] as? [[String: Any]])?.first)
    #expect(finding["message"] as? String == "Line\none \"two\" \u{1} é 🥛\\")
    #expect(finding["bytes"] as? [Int] == [10, 18])
    let range = try #require(finding["range"] as? [String: [String: Int]])
    #expect(range == ["start": ["line": 0, "character": 10], "end": ["line": 0, "character": 18]])
    let fix = try #require((finding["fixes"] as? [[String: Any]])?.first)
    #expect(fix["certain"] as? Bool == true)
    let summary = try #require(object["summary"] as? [String: Any])
    #expect(summary["error"] as? Int == 1)
    #expect(summary["hint"] as? Int == 0)
  }

  @Test func membersStandInTheOrderOfThePage() {
    let text = String(decoding: bytes(sample), as: UTF8.self)
    let keys = [
      "concord", "run", "asOf", "configuration", "plugins", "vocabularies", "rules", "id", "ran", "found", "accepted",
      "skipped", "files", "path", "sha256", "dialect", "recognised", "records", "findings", "rule", "severity",
      "message",
      "fingerprint", "range", "start", "line", "character", "end", "bytes", "pointer", "count", "related", "fixes",
      "title",
      "certain", "edits", "summary", "error", "warning", "information", "hint", "notRun",
    ]
    var rest = text[...]
    for key in keys {
      guard let found = rest.range(of: "\"\(key)\":") else {
        Issue.record("`\(key)` is not where it belongs")
        return
      }
      rest = rest[found.upperBound...]
    }
  }

  @Test func emptyListsStayOnOneLine() {
    let text = String(decoding: bytes(CheckReport(asOf: "2026-11-21", configuration: "")), as: UTF8.self)
    #expect(text.contains("\"plugins\": [],\n"))
    #expect(text.contains("  \"files\": [],\n"))
    #expect(text.hasSuffix("  }\n}\n"))
  }

  @Test func theSameReportGivesTheSameBytes() {
    #expect(bytes(sample) == bytes(sample))
  }
}
