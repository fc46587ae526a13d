import Findings
import Manifest
import TestSupport
import Testing
import Workspace

/// Vocabulary files are checked themselves, as tables and as JSON, while they are typed.
@Suite struct VocabularyTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var rule: RuleInfo
    var text: String
    var testDescription: String { "\(rule.id): \(text)" }
  }

  static let examples = VocabularyRules.all.flatMap { rule in
    (rule.good + rule.bad).map { Example(rule: rule, text: $0) }
  }

  /// An open list that `concord.json` names.
  private func desk(_ text: String, name: String = "list.csv") async throws -> (Desk, TemporaryFolder) {
    let folder = try TemporaryFolder()
    _ = try folder.write("concord.json", #"{"vocabularies": ["\#(name)"]}"#)
    let path = try folder.write(name, text)
    return (try await Desk(Array(text.utf8), path: path, languageID: "csv", library: Library(LibraryOptions())), folder)
  }

  @Test(arguments: examples) func pageShowsWhatTheRuleSays(_ example: Example) async throws {
    let file = Fixture(example.text).file
    let (desk, folder) = try await desk(String(decoding: file.bytes, as: UTF8.self))
    let found = try await desk.findings.filter { $0.rule == example.rule.id }
    #expect(found.map(\.bytes) == file.ranges)
    withExtendedLifetime(folder) {}
  }

  static let tablePages = SyntaxRules.all.filter { $0.source == "RFC 4180" }.flatMap { rule in
    (rule.good + rule.bad).map { Example(rule: rule, text: $0) }
  }

  @Test(arguments: tablePages) func pageShowsWhatIsNotWellFormed(_ example: Example) async throws {
    let file = Fixture(example.text).file
    let (desk, folder) = try await desk(String(decoding: file.bytes, as: UTF8.self))
    #expect(try await desk.findings.map(\.bytes) == file.ranges)
    #expect(try await desk.findings.allSatisfy { $0.rule == example.rule.id })
    withExtendedLifetime(folder) {}
  }

  /// Marks are where a rule of `rules` speaks, in order of place, in the JSON shape.
  @Test(arguments: [
    (#"{"id": "a", "prefLabel": "A"}, {"id": ⟪"a"⟫, "prefLabel": "B"}"#, ["duplicate-id"]),
    (#"{"id": "a", "prefLabel": {"vi": "Sữa"}}, {"id": "b", "prefLabel": {"vi": ⟪"sua"⟫}}"#, ["duplicate-label"]),
    (#"{"id": "a", "prefLabel": "A", "broader": [⟪"x"⟫]}"#, ["unknown-term"]),
    (
      #"{"id": "a", "prefLabel": "A", "broader": [⟪"b"⟫]}, {"id": "b", "prefLabel": "B", "broader": "a"}"#,
      ["cycle"]
    ),
    (#"{"id": "a", "prefLabel": "A", "replacedBy": [⟪"a"⟫], "deprecated": true}"#, ["cycle"]),
    (#"{"id": ⟪"a"⟫, "prefLabel": "A", "deprecated": true}"#, ["no-successor"]),
    (#"{"id": ⟪"8.93E+12"⟫, "prefLabel": "A"}"#, ["rounded-barcode"]), (#"⟪{"prefLabel": "A"}⟫"#, ["missing-id"]),
    (#"{"id": ⟪"a"⟫, "prefLabel": {}}"#, ["missing-label"]),
    (#"{"id": "a", "prefLabel": "A"}, {"id": "b", "prefLabel": "A", "deprecated": true, "replacedBy": "a"}"#, []),
  ]) func inJSON(_ terms: String, _ rules: [String]) async throws {
    let file = Fixture(#"{"id": "t", "version": "1", "terms": ["# + terms + "]}").file
    let desk = try await Desk(file.bytes, library: Library(LibraryOptions()))
    #expect(try await desk.findings.map(\.rule) == rules.map { "vocabulary/" + $0 })
    #expect(try await desk.findings.map(\.bytes) == file.ranges)
  }

  /// A circle over several entries is one finding, wherever one of its links is typed, and goes when one is taken out.
  @Test func circlesComeAndGo() async throws {
    let (desk, folder) = try await desk("id,label,parent\na,A,\nb,B,a\nc,C,b\nd,D,c\n")
    #expect(try await desk.lines == [])
    try await desk.replace("a,A,", with: "a,A,d")
    #expect(
      try await desk.findings.map(\.message) == [
        "This leads back to where it began: a → d → c → b → a. Take one of these links out."
      ])
    try await desk.replace("c,C,b", with: "c,C,")
    #expect(try await desk.lines == [])
    withExtendedLifetime(folder) {}
  }

  @Test func zerosArePutBack() async throws {
    let (desk, folder) = try await desk("id,label\n8934563138165,noodles\n12345678905,tea\n8936000010515,milk\n")
    let fix = try #require(try await desk.findings.first?.fixes.first)
    #expect(fix.title == "Write 0012345678905")
    #expect(fix.edits.map(\.text) == ["0012345678905"])
    try await desk.replace("12345678905", with: "0012345678905")
    #expect(try await desk.lines == [])
    withExtendedLifetime(folder) {}
  }

  /// Each of several ids in one cell is found where it stands.
  @Test func partsOfACellHavePlaces() async throws {
    let (desk, folder) = try await desk("id;label;parent\na;A;\nb;B;\"a|zz\"\n")
    #expect(try await desk.lines == ["vocabulary/unknown-term@28..<30"])
    withExtendedLifetime(folder) {}
  }

  /// A table that nobody names may be anything.
  @Test func otherTablesAreQuiet() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("concord.json", "{}")
    let path = try folder.write("figures.csv", "id,id\n1\n")
    let desk = try await Desk(
      Array("id,id\n1\n".utf8), path: path, languageID: "csv", library: Library(LibraryOptions()))
    #expect(try await desk.findings == [])
    let report = await FileChecks(library: desk.workspace.library, options: Workspace.Options()).report(
      [CheckItem(path: path, content: nil, isNamed: false)], asOf: "2026-11-21")
    #expect(report.files.isEmpty)
  }

  /// Typed letter by letter, cut and mended, a list ends with what a fresh look says.
  @Test func settledEqualsFresh() async throws {
    var random = SplitMix64(seed: 12)
    let text = "id,label,parent,deprecated\n" + (0..<40).map { "t\($0),Name \($0 % 37),t\(($0 * 7) % 43),\n" }.joined()
    let (desk, folder) = try await desk(text)
    let pieces = ["t1", ",", "\n", "\"", "t9,x,t8,\n", "yes", " "]
    for _ in 0..<30 {
      let count = try await desk.text.count
      let at = Int(random.next() % UInt64(count + 1))
      let isInsertion = random.next() % 2 == 0
      await desk.replace(
        at..<min(count, isInsertion ? at : at + 2),
        Array(isInsertion ? pieces[Int(random.next() % UInt64(pieces.count))].utf8 : "".utf8))
      let (fresh, other) = try await self.desk(String(decoding: desk.text, as: UTF8.self))
      #expect(try await desk.lines == fresh.lines)
      withExtendedLifetime(other) {}
    }
    withExtendedLifetime(folder) {}
  }
}
