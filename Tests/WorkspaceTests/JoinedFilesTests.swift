import Foundation
import Findings
import Manifest
import Testing
import Workspace

/// Ids that count in a whole dataset: what one file defines, another may name.
@Suite struct JoinedFilesTests {
  private static let recordings = """
    {"recording": "r1", "seconds": 4}
    {"recording": "r2", "seconds": 5}

    """
  private static let segments = """
    {"segment": "s1", "of": "r1"}
    {"segment": "s2", "of": "r2"}
    {"segment": "s3", "of": "r2"}

    """

  @Test func whatAnotherFileDefinesIsKnown() async throws {
    let shop = try await Shop(["a/recordings.jsonl": Self.recordings, "b/segments.jsonl": Self.segments])
    try await shop.open("b/segments.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == [])
  }

  @Test func anEditInOneFileIsSeenInTheOther() async throws {
    let shop = try await Shop(["a/recordings.jsonl": Self.recordings, "b/segments.jsonl": Self.segments])
    try await shop.open("b/segments.jsonl")
    try await shop.open("a/recordings.jsonl")
    try await shop.replace("r2", with: "r9", in: "a/recordings.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == ["link/dangling@54..<58 x2"])
    try await shop.replace("r9", with: "r2", in: "a/recordings.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == [])
  }

  @Test func aFileThatIsClosedCountsAsItIsOnDisk() async throws {
    let shop = try await Shop(["a/recordings.jsonl": Self.recordings, "b/segments.jsonl": Self.segments])
    try await shop.open("b/segments.jsonl")
    try await shop.open("a/recordings.jsonl")
    try await shop.replace("r2", with: "r9", in: "a/recordings.jsonl")
    #expect(try await shop.findings("b/segments.jsonl").count == 1)
    await shop.close("a/recordings.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == [])
  }

  @Test func aFileThatChangesOnDiskIsReadAgain() async throws {
    let shop = try await Shop(["a/recordings.jsonl": Self.recordings, "b/segments.jsonl": Self.segments])
    try await shop.open("b/segments.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == [])
    let path = try shop.folder.write("a/recordings.jsonl", #"{"recording": "r2", "seconds": 5}"#)
    await shop.workspace.filesChanged([path])
    #expect(try await shop.findings("b/segments.jsonl") == ["link/dangling@24..<28"])
    let new = try shop.folder.write("c.jsonl", #"{"recording": "r1", "seconds": 5}"#)
    await shop.workspace.filesChanged([new])
    #expect(try await shop.findings("b/segments.jsonl") == [])
  }

  @Test func twoFilesMayNotDefineTheSame() async throws {
    let shop = try await Shop(["a.jsonl": Self.recordings, "b.jsonl": #"{"recording": "r1", "seconds": 1}"#])
    try await shop.open("b.jsonl")
    #expect(try await shop.findings("b.jsonl") == ["link/duplicate-id@14..<18"])
    let related = try await shop.shown("b.jsonl").flatMap(\.related)
    #expect(related.map { "\($0.path)" } == [shop.folder.path + "/a.jsonl"])
    #expect(related.first?.start == CheckedPosition(line: 0, character: 14))
    try await shop.open("a.jsonl")
    #expect(try await shop.findings("a.jsonl") == [])
  }

  /// Whatever was opened first, and whatever was typed on the way.
  @Test func liveEqualsChecked() async throws {
    let files = [
      "a.jsonl": Self.recordings, "b.jsonl": Self.segments, "c.jsonl": Self.recordings, "d.jsonl": Self.segments,
    ]
    let shop = try await Shop(files)
    for name in ["d.jsonl", "b.jsonl", "c.jsonl", "a.jsonl"] { try await shop.open(name) }
    try await shop.replace("r2", with: "r7", in: "a.jsonl")
    try await shop.replace("r1", with: "r8", in: "d.jsonl")
    for name in files.keys {
      _ = try shop.folder.write(name, String(decoding: try await shop.text(name), as: UTF8.self))
    }
    let report = await shop.check(files.keys.sorted())
    for file in report.files {
      #expect(try await shop.shown(Paths.name(of: file.path)) == file.findings, "\(file.path)")
    }
    #expect(report.files.map(\.findings.count) == [0, 0, 1, 1])
  }

  @Test func filesOutsideOfADatasetAreOnTheirOwn() async throws {
    let shop = try await Shop(["a.jsonl": Self.recordings, "b.jsonl": Self.segments], isDataset: false)
    try await shop.open("b.jsonl")
    #expect(try await shop.findings("b.jsonl").count == 2)
  }
}

/// A dataset on disk with a plugin of its own: recordings, and segments of recordings.
private struct Shop {
  let folder = try! TemporaryFolder()
  let library: Library
  let workspace: Workspace

  init(_ files: [String: String], isDataset: Bool = true) async throws {
    if isDataset { _ = try folder.write("concord.json", "{}") }
    for (name, text) in files { _ = try folder.write(name, text) }
    let plugins = try TemporaryFolder()
    _ = try plugins.write("talk/plugin.json", Self.plugin)
    _ = try plugins.write(
      "talk/recordings.json", Self.schema("recording", #""x-defines": {"kind": "recording", "scope": "dataset"}"#))
    _ = try plugins.write(
      "talk/segments.json", Self.schema("of", #""x-references": {"kind": "recording", "scope": "dataset"}"#))
    var options = LibraryOptions()
    options.folders = [plugins.path]
    library = try Library(options)
    workspace = Workspace(library: library)
    let publications = workspace.publications
    Task { for await _ in publications {} }
  }

  private static let plugin = #"""
    {"id": "talk", "version": "1.0.0", "name": "Talk", "dialects": [
      {"id": "recordings", "name": "recordings", "syntax": "jsonl", "schema": "recordings.json",
       "files": ["*.jsonl"], "probe": {"required": ["/0/recording"]}, "records": ["/*"]},
      {"id": "segments", "name": "segments", "syntax": "jsonl", "schema": "segments.json",
       "files": ["*.jsonl"], "probe": {"required": ["/0/segment"]}, "records": ["/*"]}]}
    """#

  private static func schema(_ member: String, _ keyword: String) -> String {
    #"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {"\#(member)": {"type": "string", \#(keyword)}}}"#
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func open(_ name: String) async throws {
    let text = try await text(name)
    await workspace.open(name, path: path(name), text: text)
  }

  func close(_ name: String) async { await workspace.close(name) }

  func text(_ name: String) async throws -> [UInt8] {
    if let open = await workspace.snapshot(name) { return open.document.allBytes() }
    return Array(try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  func replace(_ old: String, with new: String, in name: String) async throws {
    let start = try #require(try await text(name).firstOffset(of: old))
    await workspace.change(name, version: 1, edits: [.bytes(start..<start + old.utf8.count, Array(new.utf8))])
  }

  func shown(_ name: String) async throws -> [CheckedFinding] {
    await workspace.settle(name)
    return try #require(await workspace.snapshot(name)).checkedFindings(path: path(name))
  }

  func findings(_ name: String) async throws -> [String] { try await shown(name).map(\.line) }

  /// A fresh check of files as they are on disk.
  func check(_ names: [String]) async -> CheckReport {
    let items = names.map { CheckItem(path: path($0), content: nil, isNamed: true) }
    return await FileChecks(library: library, options: Workspace.Options(), jobs: 2).report(items, asOf: "2024-10-04")
  }
}
