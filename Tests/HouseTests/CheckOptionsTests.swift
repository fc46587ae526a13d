import Foundation
import Testing

/// Formats, languages, baselines and jobs of the built program over the example folder.
@Suite struct CheckOptionsTests {
  private func check(_ arguments: String..., paths: [String] = ["Examples/shelf"]) throws -> ProgramRun {
    try ProgramRun("concord", ["check", "--plugins", "Plugins", "--as-of", "2026-11-21"] + arguments + paths)
  }

  @Test(arguments: ["text", "json", "jsonl", "sarif", "github"])
  func everyFormatGivesTheSameBytesForAnyJobs(format: String) throws {
    let one = try check("--format", format, "--jobs", "1")
    #expect(one.status == 1, "\(one.complaint)")
    #expect(!one.output.isEmpty)
    for jobs in ["2", "7"] {
      let several = try check("--format", format, "--jobs", jobs)
      #expect(several.output == one.output)
      #expect(several.status == 1)
    }
  }

  @Test func linesAreFindingsAndNothingElse() throws {
    let run = try check("--format", "jsonl")
    let lines = run.text.split(separator: "\n")
    #expect(lines.count > 5)
    for line in lines {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["rule"] is String && object?["path"] is String)
    }
    #expect(run.complaint.hasPrefix("Checked 5 files"))
  }

  @Test func whatABaselineHasDoesNotCount() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let before = folder.appendingPathComponent("before.json")
    try check("--format", "json").output.write(to: before)
    let same = try check("--baseline", before.path)
    #expect(same.status == 0, "\(same.complaint)")
    let count = try checks(in: same.text)
    #expect(same.text == "Checked 5 files, 170 entries, \(count) checks: all well, 14 known from before.\n")
    try check("--format", "json", paths: ["Examples/shelf/checkout.json"]).output.write(to: before)
    #expect(try check("--baseline", before.path).status == 1)
    #expect(try check("--baseline", "README.md").status == 2)
    #expect(try check("--baseline", folder.path + "/gone.json").status == 2)
  }

  /// A disagreement fails the check until somebody says why it is right; nothing is open then, and nothing is called well.
  @Test func whatIsAcceptedFailsNothing() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    let sources = ["a", "b"].map { #"{"files": "\#($0).jsonl", "thing": "thing", "value": "is"}"# }
    try write(
      "concord.json",
      #"{"alignments": [{"subject": "thing", "property": "class", "compare": {"by": "equal"}, "sources": ["#
        + sources.joined(separator: ", ") + "]}]}")
    try write("a.jsonl", #"{"thing": "x", "is": "car"}"# + "\n")
    try write("b.jsonl", #"{"thing": "x", "is": "bus"}"# + "\n")
    func run() throws -> ProgramRun {
      try ProgramRun("concord", ["check", "--no-plugins", "--format", "jsonl", folder.path])
    }
    let before = try run()
    #expect(before.status == 1)
    let first = try #require(before.text.split(separator: "\n").first)
    let finding = try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any]
    let fingerprint = try #require(finding?["fingerprint"] as? String)
    try write(
      "concord.decisions.jsonl",
      #"{"reason": "two cameras", "rule": "agreement/disagrees", "scope": "label", "fingerprint": "\#(fingerprint)"}"#)
    let after = try run()
    #expect(after.status == 0, "\(after.text)")
    #expect(after.complaint.contains(": 2 accepted earlier"))
  }

  private func checks(in line: String) throws -> String {
    String(try #require(line.firstMatch(of: /(\d+) checks/)).1)
  }

  @Test(arguments: ["vi", "vi-VN", "vi_VN"]) func speaksVietnamese(tag: String) throws {
    let run = try check("--lang", tag)
    #expect(run.text.contains("Mã vạch này không thể đúng"))
    #expect(run.text.contains("\nĐã kiểm tra 5 tệp"))
    #expect(!run.text.contains("This "))
    #expect(run.complaint.isEmpty)
  }

  @Test func aLanguageThatNobodyWroteIsSaidAndEnglish() throws {
    let run = try check("--lang", "fr")
    #expect(run.complaint == "concord: there are no messages in `fr`; they are in English\n")
    #expect(try check().text == run.text)
  }

  @Test(arguments: [
    ["--lang", "v"], ["--lang", "vi--VN"], ["--lang", ""], ["--lang", "123"], ["--jobs", "0"], ["--jobs", "x"],
    ["--jobs", "-1"], ["--progress", "sometimes"], ["--as-of", "2026-1-1"], ["--as-of", "today"],
  ]) func badValuesAreTwo(arguments: [String]) throws {
    let run = try ProgramRun("concord", ["check"] + arguments + ["Examples"])
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
  }

  @Test func progressStaysOffStandardOutput() throws {
    let quiet = try check("--progress", "never")
    #expect(quiet.complaint.isEmpty)
    #expect(try check().complaint.isEmpty)
    let told = try check("--progress", "always")
    #expect(told.output == quiet.output)
    #expect(told.complaint.hasSuffix("5/5\n"))
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func completionsAreGenerated(shell: String) throws {
    let run = try ProgramRun("concord", ["--generate-completion-script", shell])
    #expect(run.status == 0)
    #expect(run.text.contains("baseline"))
  }
}
