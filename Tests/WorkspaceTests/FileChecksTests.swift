import Findings
import Foundation
import Testing
import Workspace

/// Many files, several at a time.
@Suite struct FileChecksTests {
  /// A small dataset with files of every kind: right, wrong, broken, unknown, missing.
  private static func dataset(in folder: TemporaryFolder) throws -> [CheckItem] {
    _ = try folder.write("concord.json", #"{"rules": {"vision/duplicate-geometry": "off"}}"#)
    var items: [CheckItem] = []
    for number in 0..<40 {
      let box = number % 5 == 0 ? "[1, 2, 900, 4]" : "[1, 2, 3, 4]"
      let annotations = (0..<(number % 7) * 30).map {
        #"{"id": \#($0 % 50), "image_id": \#($0 % 3), "category_id": 1, "bbox": \#(box)}"#
      }
      let text =
        #"{"images": [{"id": 1, "file_name": "1.png", "width": 64, "height": 48}], "categories": [{"id": 1, "name": "a"}], "#
        + #""annotations": [\#(annotations.joined(separator: ","))]\#(number % 11 == 3 ? "" : "}")"#
      items.append(CheckItem(path: try folder.write("\(number).json", text), content: nil, isNamed: false))
    }
    items.append(CheckItem(path: folder.path + "/missing.json", content: nil, isNamed: true))
    items.append(CheckItem(path: "-", content: Array("[1,]".utf8), isNamed: true))
    return items
  }

  private static func checks(jobs: Int) throws -> FileChecks {
    FileChecks(library: try Installation.library.get(), options: Workspace.Options(), jobs: jobs)
  }

  @Test(arguments: [2, 3, 16]) func anyNumberOfJobsGivesTheSameReport(jobs: Int) async throws {
    let folder = try TemporaryFolder()
    let items = try Self.dataset(in: folder)
    let one = try await Self.checks(jobs: 1).report(items, asOf: "2026-11-21")
    #expect(one.files.count == 41)
    #expect(one.notRun.contains { $0.contains("missing.json") })
    #expect(one.files.flatMap(\.findings).count > 50)
    for _ in 0..<3 {
      let several = try await Self.checks(jobs: jobs).report(items, asOf: "2026-11-21")
      #expect(several == one)
    }
  }

  /// A file of lines that is too large to be kept is read in parts, and the report is the same.
  @Test func aLargeFileOfLinesIsReadInParts() async throws {
    let folder = try TemporaryFolder()
    var lines = (0..<24_000).map { number in
      let words = (0..<50).map { "w\((number * 7_919 + $0 * 104_729) % 100_003)" }.joined(separator: " ")
      return
        #"{"messages": [{"role": "user", "content": "What is \#(number)? \#(words)"}, {"role": "assistant", "content": "It is đẹp \#(number)."}]}"#
    }
    lines[7] = lines[7].replacing("assistant", with: "asistant")
    lines[20_000] = lines[19_000]
    lines[21_000].removeLast(2)
    lines[23_999] = #"{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": ""}]}"#
    let text = lines.joined(separator: "\n") + "\n"
    #expect(text.utf8.count > 10 << 20)
    let path = try folder.write("chat.jsonl", text)
    let checks = try Self.checks(jobs: 1)
    let parted = await checks.report([CheckItem(path: path, content: nil, isNamed: true)], asOf: "2026-11-21")
    let first = try #require(parted.files.first)
    #expect(first.dialect == "instruction-data/chat-lines" && first.records == 24_000)
    #expect(first.findings.count >= 4)
    let kept = Workspace(library: try Installation.library.get())
    await kept.open(path, path: path, text: Array(text.utf8), isNamed: true)
    await kept.settle(path)
    let expected = await kept.snapshot(path)?.checkedFindings(path: path)
    #expect(first.findings == expected)
  }

  /// A name that is misspelt in the first line does not hide what the file is.
  @Test func aFileIsKnownByItsNextLinesToo() async throws {
    let line = #"{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello."}]}"#
    let text = line.replacing("messages", with: "mesages") + "\n" + line.replacing("Hi", with: "Hey") + "\n"
    let folder = try TemporaryFolder()
    let item = CheckItem(path: try folder.write("chat.jsonl", text), content: nil, isNamed: true)
    let report = await FileChecks(library: try Installation.library.get(), options: Workspace.Options())
      .report([item], asOf: "2026-11-21")
    let file = try #require(report.files.first)
    #expect(file.dialect == "instruction-data/chat-lines")
    #expect(file.findings.map(\.rule) == ["instruction-data/chat-schema-mixed"])
  }

  @Test func everyItemIsNotedOnceAndFilesComeInOrder() async throws {
    let folder = try TemporaryFolder()
    let items = try Self.dataset(in: folder)
    var noted: [Int] = []
    var paths: [String] = []
    let report = try await Self.checks(jobs: 4)
      .run(items, asOf: "2026-11-21", noteDone: { noted.append($0) }, handOut: { paths.append($0.path) })
    #expect(noted.sorted() == Array(items.indices))
    #expect(paths == items.map(\.path).filter { !$0.hasSuffix("missing.json") })
    #expect(report.files.isEmpty)
  }

  @Test func whatIsSwitchedOffDidNotRun() async throws {
    let folder = try TemporaryFolder()
    let report = try await Self.checks(jobs: 1).report(try Self.dataset(in: folder), asOf: "2026-11-21")
    let rule = try #require(report.rules.first { $0.id == "vision/duplicate-geometry" })
    #expect(rule.skipped == "switched off in concord.json")
    #expect(rule.ran == 0)
  }

  @Test func rulesCountWhatTheyLookedAt() async throws {
    let boxes = (1...5).map { #"{"id": \#($0), "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, \#($0)]}"# }
    let text =
      #"{"images": [{"id": 1, "file_name": "1.png", "width": 64, "height": 48}], "categories": [{"id": 1, "name": "a"}], "#
      + #""annotations": [\#(boxes.joined(separator: ","))]}"#
    let item = CheckItem(path: "a.json", content: Array(text.utf8), isNamed: true)
    let report = try await Self.checks(jobs: 1).report([item], asOf: "2026-11-21")
    func ran(_ rule: String) -> Int? { report.rules.first { $0.id == rule }?.ran }
    #expect(ran("vision/bbox-malformed") == 5)
    #expect(ran("vision/bbox-convention-suspect") == 1)
    #expect(ran("syntax/comment") == 1)
    // The document, the picture, the category and five labels.
    #expect(ran("schema/required") == 8)
    #expect(report.rules.first { $0.id == "vision/media-size-disagrees" }?.ran == 1)
  }
}
