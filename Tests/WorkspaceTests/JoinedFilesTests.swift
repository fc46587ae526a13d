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
    let shop = try await Shop(["a/recordings.jsonl": Self.recordings, "b/segments.jsonl": Self.segments], Talk.plugin)
    try await shop.open("b/segments.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == [])
  }

  @Test func anEditInOneFileIsSeenInTheOther() async throws {
    let shop = try await Shop(["a/recordings.jsonl": Self.recordings, "b/segments.jsonl": Self.segments], Talk.plugin)
    try await shop.open("b/segments.jsonl")
    try await shop.open("a/recordings.jsonl")
    try await shop.replace("r2", with: "r9", in: "a/recordings.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == ["link/dangling@54..<58 x2"])
    try await shop.replace("r9", with: "r2", in: "a/recordings.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == [])
  }

  /// Whoever opens a file while it is being read from disk is told of the text they opened, not of the one on disk.
  @Test func whatIsOpenCountsWhileTheFileIsBeingRead() async throws {
    let onDisk = Self.recordings.replacing("r2", with: "r9")
    let shop = try await Shop(["a/recordings.jsonl": onDisk, "b/segments.jsonl": Self.segments], Talk.plugin)
    try await shop.open("b/segments.jsonl")
    for round in 0..<400 {
      for _ in 0..<round * 7 % 1000 { await Task.yield() }
      await shop.workspace.open(
        "a/recordings.jsonl", path: shop.path("a/recordings.jsonl"), text: Array(Self.recordings.utf8))
      try #require(try await shop.findings("b/segments.jsonl") == [], "round \(round)")
      await shop.close("a/recordings.jsonl")
    }
  }

  /// A file that is too large to be checked in the editor takes part as it is on disk: nothing in it is said to be missing.
  @Test(arguments: [260_000, 400_000]) func aFileThatIsTooLargeToBeCheckedTakesPart(limit: Int) async throws {
    let many = Self.recordings + (3..<6000).map { "{\"recording\": \"r\($0)\", \"seconds\": 1}\n" }.joined()
    let shop = try await Shop(["a/recordings.jsonl": many, "b/segments.jsonl": Self.segments], Talk.plugin)
    await shop.workspace.use(memoryLimit: limit)
    try await shop.open("a/recordings.jsonl")
    #expect(try await shop.findings("a/recordings.jsonl").map { String($0.prefix(19)) } == ["concord/not-checked"])
    try await shop.open("b/segments.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == [])
    try await shop.save("a/recordings.jsonl", many.replacing("\"r2\"", with: "\"x2\""))
    #expect(try await shop.findings("b/segments.jsonl") == ["link/dangling@54..<58 x2"])
    // With room for it, it counts as it is open.
    await shop.workspace.use(memoryLimit: 1 << 30)
    await shop.close("a/recordings.jsonl")
    try await shop.save("a/recordings.jsonl", many)
    #expect(try await shop.findings("b/segments.jsonl") == [])
  }

  /// Nothing is settled while a list that changed is not read, whichever files are opened meanwhile.
  @Test func aListThatChangedCountsForFilesThatAreOpenedBeforeItIsRead() async throws {
    let shop = try await Street.shop()
    let names = ["camera/a.json", "captions/a.jsonl"]
    for name in names { try await shop.open(name) }
    #expect(try await shop.findings("camera/a.json") == [])
    try await shop.save("lists/objects.csv", Street.objects.replacing("automobile,vehicle", with: "automobile,person"))
    for name in names { await shop.close(name) }
    for name in names { try await shop.open(name) }
    #expect(try await shop.findings("camera/a.json").count == 1)
  }

  @Test func aFileThatIsClosedCountsAsItIsOnDisk() async throws {
    let shop = try await Shop(["a/recordings.jsonl": Self.recordings, "b/segments.jsonl": Self.segments], Talk.plugin)
    try await shop.open("b/segments.jsonl")
    try await shop.open("a/recordings.jsonl")
    try await shop.replace("r2", with: "r9", in: "a/recordings.jsonl")
    #expect(try await shop.findings("b/segments.jsonl").count == 1)
    await shop.close("a/recordings.jsonl")
    #expect(try await shop.findings("b/segments.jsonl") == [])
  }

  @Test func aFileThatChangesOnDiskIsReadAgain() async throws {
    let shop = try await Shop(["a/recordings.jsonl": Self.recordings, "b/segments.jsonl": Self.segments], Talk.plugin)
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
    let shop = try await Shop(
      ["a.jsonl": Self.recordings, "b.jsonl": #"{"recording": "r1", "seconds": 1}"#], Talk.plugin)
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
    let shop = try await Shop(files, Talk.plugin)
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
    let shop = try await Shop(["a.jsonl": Self.recordings, "b.jsonl": Self.segments], Talk.plugin, configuration: nil)
    try await shop.open("b.jsonl")
    #expect(try await shop.findings("b.jsonl").count == 2)
  }
}

/// A plugin of data alone: recordings, and segments of recordings.
private enum Talk {
  static let plugin = [
    "plugin.json": #"""
    {"id": "talk", "version": "1.0.0", "name": "Talk", "dialects": [
      {"id": "recordings", "name": "recordings", "syntax": "jsonl", "schema": "recordings.json",
       "files": ["*.jsonl"], "probe": {"required": ["/0/recording"]}, "records": ["/*"]},
      {"id": "segments", "name": "segments", "syntax": "jsonl", "schema": "segments.json",
       "files": ["*.jsonl"], "probe": {"required": ["/0/segment"]}, "records": ["/*"]}]}
    """#,
    "recordings.json": schema("recording", #""x-defines": {"kind": "recording", "scope": "dataset"}"#),
    "segments.json": schema("of", #""x-references": {"kind": "recording", "scope": "dataset"}"#),
  ]

  private static func schema(_ member: String, _ keyword: String) -> String {
    #"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {"\#(member)": {"type": "string", \#(keyword)}}}"#
  }
}
