import Findings
import Reporting
import Testing
import Workspace

@Suite struct BaselineTests {
  private func finding(_ fingerprint: String) -> CheckedFinding {
    var finding = CheckedFinding.at("1", in: "1")
    finding.fingerprint = fingerprint
    return finding
  }

  private func json(_ files: [String: [String]]) -> [UInt8] {
    var report = CheckReport(asOf: "2026-11-21", configuration: "")
    for (path, fingerprints) in files.sorted(by: { $0.key < $1.key }) {
      report.files += CheckReport.of(fingerprints.map(finding), path: path).files
    }
    var out: [UInt8] = []
    JSONReport(report, version: "0.1.0").write { out += $0 }
    return out
  }

  /// Fingerprints that are left of each file in turn, when an earlier report had `before`.
  private func left(_ now: [(String, [String])], before: [String: [String]]) throws -> [[String]] {
    var baseline = try Baseline(json: json(before), checking: Set(now.map(\.0)))
    return now.map { path, fingerprints in
      var file = CheckReport.of(fingerprints.map(finding), path: path).files[0]
      let known = baseline.removeKnown(from: &file)
      #expect(known + file.findings.count == fingerprints.count)
      return file.findings.map(\.fingerprint)
    }
  }

  @Test func whatWasThereBeforeIsKnown() throws {
    #expect(try left([("a", ["x", "y"])], before: ["a": ["x"]]) == [["y"]])
  }

  @Test func theSameMistakeOnceMoreIsNew() throws {
    #expect(try left([("a", ["x", "x", "x"])], before: ["a": ["x", "x"]]) == [["x"]])
  }

  @Test func anotherFilesMistakeIsNotKnown() throws {
    #expect(try left([("a", ["x"]), ("b", ["x"])], before: ["a": ["x"], "b": []]) == [[], ["x"]])
  }

  @Test func aRenamedFileBringsNothingBack() throws {
    #expect(try left([("new", ["x", "y"])], before: ["old": ["x"]]) == [["y"]])
    // A file that is still there keeps what is its own.
    #expect(try left([("old", ["x"]), ("new", ["x"])], before: ["old": ["x"]]) == [[], ["x"]])
  }

  @Test(arguments: ["", "[]", "{}", #"{"files": [{"path": "a"}]}"#, #"{"files": 3}"#])
  func whatIsNoReportIsRefused(text: String) {
    #expect(throws: Baseline.Problem.self) { try Baseline(json: Array(text.utf8), checking: []) }
  }
}

@Suite struct ProgressBarTests {
  @Test(arguments: [(60, "████████████████████░░░░░░░░░░░░░░░░░░░░ 3/8 50 %"), (20, "████░░░░░ 3/8 50 %"), (8, "3/8")])
  func itGrowsWithTheBytes(width: Int, expected: String) {
    #expect(ProgressBar(done: 3, all: 8, bytesDone: 50, bytes: 100).text(width: width) == expected)
  }

  @Test(arguments: 0...120) func itIsNeverTooWide(width: Int) {
    let bar = ProgressBar(done: 123_456, all: 123_456, bytesDone: 7, bytes: 7)
    #expect(bar.text(width: width).count <= width)
  }

  @Test func nothingToDoIsNoDivisionByNothing() {
    #expect(ProgressBar(done: 0, all: 0, bytesDone: 0, bytes: 0).text(width: 80).hasSuffix("0/0 0 %"))
  }
}
