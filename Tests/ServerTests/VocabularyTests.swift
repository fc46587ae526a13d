import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// A dataset with its own list of labels in a table, and nothing installed but a format without code.
@Suite(.timeLimit(.minutes(3))) struct ServerVocabularyTests {
  /// A folder of its own with a format, a list and a file of labels.
  final class Dataset {
    let folder: URL
    static let list = "id;name;deprecated;replaced_by\nmilk;Sữa;;\nloaf;Ổ bánh;yes;bread\nbread;Bánh mì;;\n"
    static let labels = #"{"shelf": [{"label": "milk"}, {"label": "butter"}, {"label": "loaf"}]}"#

    init() throws {
      folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appendingPathComponent("concord-\(UUID().uuidString)")
      try write(
        "plugins/shelves/plugin.json",
        #"""
        {"id": "shelves", "version": "1.0.0", "name": "Shelves", "dialects": [{"id": "shelf", "name": "shelf",
          "schema": "schemas/shelf.json", "probe": {"required": ["shelf"]}, "records": ["/shelf/*"]}]}
        """#)
      try write(
        "plugins/shelves/schemas/shelf.json",
        #"""
        {"properties": {"shelf": {"items": {"properties": {"label": {"x-term": {"ontology": "things"}}}}}}}
        """#)
      try write("data/concord.json", #"{"vocabularies": ["things.csv"]}"#)
      try write("data/things.csv", Self.list)
      try write("data/a.json", Self.labels)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ name: String, _ text: String) throws {
      let url = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// `rule@line:character message` of what `concord check` says of a file, in order of text.
    func checked(_ name: String) throws -> [String] {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Build.server)
      process.arguments = ["check", "--format", "json", "--plugins", path("plugins"), path(name)]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
      process.waitUntilExit()
      let report = try JSONCodec.decode(JSONValue.self, from: bytes)
      let files = try #require(report["files"]?.array)
      return files.flatMap { $0["findings"]?.array ?? [] }.map { finding in
        let start = finding["range"]?["start"]
        return
          "\(finding["rule"]?.string ?? "?")@\(start?["line"]?.integer ?? -1):\(start?["character"]?.integer ?? -1) "
          + (finding["message"]?.string ?? "")
      }.sorted()
    }
  }

  private func told(_ file: OpenFile) async throws -> [String] {
    try await file.pull().map { finding in
      let start = finding["range"]?["start"]
      return "\(finding["code"]?.string ?? "?")@\(start?["line"]?.integer ?? -1):\(start?["character"]?.integer ?? -1) "
        + (finding["message"]?.string ?? "")
    }.sorted()
  }

  @Test func labelsFollowTheListWhereverItIsEdited() async throws {
    let dataset = try Dataset()
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true), plugins: dataset.path("plugins"))
    let labels = OpenFile(Dataset.labels, dataset.path("data/a.json"), in: server)
    #expect(try await told(labels) == dataset.checked("data/a.json"))
    #expect(try await labels.pull().compactMap { $0["code"]?.string } == ["term/unknown", "term/deprecated"])

    // Typed, and not yet saved.
    var list = OpenFile(Dataset.list, dataset.path("data/things.csv"), language: "csv", in: server)
    try list.replace("bread;Bánh", with: "butter;Bơ;;\nbread;Bánh")
    #expect(try await labels.pull().compactMap { $0["code"]?.string } == ["term/deprecated"])
    try dataset.write("data/things.csv", list.text)
    #expect(try await told(labels) == dataset.checked("data/a.json"))

    // What is wrong in the list itself is told in the list.
    try list.replace("milk;", with: "bread;")
    #expect(try await list.pull().compactMap { $0["code"]?.string } == ["vocabulary/duplicate-id"])
    #expect(try await labels.pull().compactMap { $0["code"]?.string } == ["term/unknown", "term/deprecated"])
    try dataset.write("data/things.csv", list.text)
    #expect(try await told(labels) == dataset.checked("data/a.json"))
    #expect(try await told(list) == dataset.checked("data/things.csv"))
    list.close()

    // Saved in another program.
    try dataset.write("data/things.csv", "id,name\nmilk,Sữa\nbutter,Bơ\nloaf,Ổ bánh\n")
    server.client.notify(
      "workspace/didChangeWatchedFiles", ["changes": [["uri": .string(list.uri), "type": 2]]])
    #expect(try await labels.pull() == [])
    #expect(try await told(labels) == dataset.checked("data/a.json"))
    await server.end()
  }
}
