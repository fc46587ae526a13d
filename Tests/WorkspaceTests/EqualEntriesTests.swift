import Files
import Foundation
import Manifest
import Testing
import Workspace

/// Lists in which nothing may stand twice are judged entry by entry, and found right exactly if the whole is.
@Suite struct EqualEntriesTests {
  private static let schema = """
    {"type": "object", "properties": {"entries": {"type": "array", "uniqueItems": true,
    "items": {"type": "object"}}}}
    """

  /// A workspace that checks against the schema alone.
  private struct Bench {
    let folder: TemporaryFolder
    let workspace: Workspace
    let uri = "file:///nowhere/list.json"

    init() throws {
      folder = try TemporaryFolder()
      var options = LibraryOptions()
      options.schema = try folder.write("s.json", EqualEntriesTests.schema)
      workspace = Workspace(library: Library(options))
    }

    func open(_ text: String) async {
      await workspace.open(uri, path: nil, version: 1, text: Array(text.utf8), isNamed: true)
    }

    func replace(_ range: Range<Int>, with text: String) async {
      await workspace.change(uri, version: 2, edits: [.bytes(range, Array(text.utf8))])
    }

    /// What is found: where, and where for the first time.
    func found() async throws -> [String] {
      await workspace.settle(uri)
      let snapshot = try #require(await workspace.snapshot(uri))
      return snapshot.checkedFindings(path: "list.json").filter { $0.rule == "schema/unique-items" }.map { finding in
        let first = finding.related.map { "\($0.start.line)" }.joined(separator: ",")
        return "\(finding.start.line) as \(first) x\(finding.count)"
      }
    }
  }

  private static func text(_ entries: [String]) -> String {
    "{\"entries\": [\n" + entries.joined(separator: ",\n") + "\n]}"
  }

  @Test func theSecondNamesTheFirst() async throws {
    let bench = try Bench()
    await bench.open(
      Self.text([#"{"a": 1, "b": "x"}"#, #"{"a": 2}"#, #"{"b": "\u0078", "a": 1.0}"#, #"{"a": 2}"#, #"{"a": 2}"#]))
    #expect(try await bench.found() == ["3 as 1 x1", "4 as 2 x2"])
  }

  /// A format of a plugin that is a form and nothing else is cut like a schema by itself: an edit reads what it touched.
  @Test func aFormatWithoutRecordsIsCutAsWell() async throws {
    let entries = (1...300).map { #"{"a": \#($0)}"# }
    let shop = try await Shop(
      ["list.json": Self.text(entries)],
      [
        "plugin.json":
          #"{"id": "lists", "version": "1.0.0", "name": "Lists", "dialects": [{"id": "list", "name": "lists", "syntax": "json", "schema": "list.json", "files": ["*.json"], "probe": {"required": ["/entries"]}}]}"#,
        "list.json": Self.schema,
      ])
    try await shop.open("list.json")
    #expect(try await shop.shown("list.json").isEmpty)
    let before = await shop.workspace.workDone(for: "list.json").records
    #expect(before > 300)
    try await shop.replace(#"{"a": 200}"#, with: #"{"a": 199}"#, in: "list.json")
    #expect(try await shop.shown("list.json").map(\.pointer) == ["/entries/199"])
    #expect(await shop.workspace.workDone(for: "list.json").records - before < 5)
  }

  @Test func membersOfAnObjectAreNotCompared() async throws {
    let bench = try Bench()
    await bench.open(#"{"entries": {"a": {"x": 1}, "b": {"x": 1}}}"#)
    #expect(try await bench.found() == [])
  }

  /// An edit in one of thousands looks at that one.
  @Test func anEditLooksAtItsEntry() async throws {
    let bench = try Bench()
    let entries = (0..<3_000).map { "{\"id\": \(10_000 + $0)}" }
    let text = Self.text(entries)
    await bench.open(text)
    #expect(try await bench.found() == [])
    let before = await bench.workspace.workDone(for: bench.uri).records
    let start = try #require(text.utf8.firstRange(of: "12000".utf8)).lowerBound
    let offset = text.utf8.distance(from: text.utf8.startIndex, to: start)
    await bench.replace(offset..<offset + 5, with: "10001")
    #expect(try await bench.found() == ["2001 as 2 x1"])
    await bench.replace(offset..<offset + 5, with: "12000")
    #expect(try await bench.found() == [])
    #expect(await bench.workspace.workDone(for: bench.uri).records - before <= 6)
  }

  /// After any edits, what is found is what is found in the same text opened anew.
  @Test(arguments: 0..<UInt64(12)) func editedEqualsFresh(seed: UInt64) async throws {
    var random = SplitMix(seed)
    var lines = (0..<12).map { _ in Self.entry(&random) }
    let edited = try Bench()
    await edited.open(Self.text(lines))
    _ = try await edited.found()
    for _ in 0..<12 {
      let before = Self.text(lines)
      switch random.below(4) {
      case 0: lines.insert(Self.entry(&random), at: random.below(lines.count + 1))
      case 1 where lines.count > 1: lines.remove(at: random.below(lines.count))
      case 2: lines[random.below(lines.count)] = Self.entry(&random) + "]"
      default: lines[random.below(lines.count)] = Self.entry(&random)
      }
      await edited.replace(0..<0, with: "")
      let (old, new) = (Array(before.utf8), Array(Self.text(lines).utf8))
      var start = 0
      while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
      var end = 0
      while end < min(old.count, new.count) - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
      await edited.replace(start..<old.count - end, with: String(decoding: new[start..<new.count - end], as: UTF8.self))
      let fresh = try Bench()
      await fresh.open(Self.text(lines))
      #expect(try await edited.found() == fresh.found(), "\(Self.text(lines))")
    }
  }

  private static func entry(_ random: inout SplitMix) -> String {
    let id = random.below(4)
    return [#"{"id": \#(id)}"#, #"{"id": \#(id), "x": "é"}"#, #"{"x": "é", "id": \#(id).0}"#][random.below(3)]
  }
}

private struct SplitMix {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &+ 1 }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
