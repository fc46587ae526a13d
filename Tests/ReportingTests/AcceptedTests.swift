import Findings
import Reporting
import Testing
import Workspace

/// What somebody has found right, with a reason, is counted as that in every report, and is never clean.
@Suite struct AcceptedTests {
  private static var report: CheckReport {
    var accepted = CheckedFinding.at("123", in: "[123, 456]", severity: .hint, message: "Wrong. Accepted: it is a test")
    accepted.accepted = CheckedAcceptance(by: "ann-07", reason: "it is a test")
    accepted.fixes = [CheckedFix(title: "Write it", isCertain: true, edits: [.at(1..<4, "124")])]
    var report = CheckReport.of([accepted])
    report.rules[0].found = 0
    report.rules[0].accepted = 1
    return report
  }

  private func bytes(_ write: (([UInt8]) -> Void) -> Void) -> String {
    var out: [UInt8] = []
    write { out += $0 }
    return String(decoding: out, as: UTF8.self)
  }

  @Test func textCountsIt() {
    let out = TextReport(style: .init()).text(of: Self.report)
    #expect(out.hasPrefix("Checked a.json (retail-sku/shelf), 8 entries, 1 check: 1 accepted earlier."))
  }

  @Test func jsonSaysWhoAndWhy() {
    let json = bytes { JSONReport(Self.report, version: "0.1.0").write(to: $0) }
    #expect(json.contains(#""accepted": 1"#) && json.contains(#""hint": 0"#))
    #expect(json.contains("\"by\": \"ann-07\"") && json.contains("\"reason\": \"it is a test\""))
  }

  @Test func sarifSuppressesIt() {
    let sarif = bytes {
      SARIFReport(Self.report, version: "0.1.0", rules: [], words: .english, language: "en").write(to: $0)
    }
    for part in [#""suppressions""#, #""kind": "external""#, #""justification": "it is a test""#] {
      #expect(sarif.contains(part), "\(part)")
    }
  }

  @Test func gitHubIsNotShownIt() {
    var out = ""
    GitHubReport.write(Self.report) { out += $0 }
    #expect(!out.contains("::"))
  }

  @Test func itsFixIsNotApplied() { #expect(FixPlan(Self.report).fixCount == 0) }

  /// When nobody accepts it any more it is new, whatever an earlier report had.
  @Test func aBaselineDoesNotKnowIt() throws {
    let json = bytes { JSONReport(Self.report, version: "0.1.0").write(to: $0) }
    var baseline = try Baseline(json: Array(json.utf8), checking: ["a.json"])
    var file = CheckReport.of([.at("123", in: "[123, 456]")]).files[0]
    #expect(baseline.removeKnown(from: &file) == 0)
  }
}
