import Foundation
import JSONCodec
import LSPTestClient
import TestSupport
import Testing

/// From file to file of a dataset, through the built server.
@Suite(.timeLimit(.minutes(3))) struct DatasetNavigationTests {
  private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    .appendingPathComponent("concord-\(UUID().uuidString)")
  private var plugins: URL { folder.appendingPathComponent("plugins") }
  private var dataset: URL { folder.appendingPathComponent("dataset") }

  private func write(_ text: String, to url: URL) throws {
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url, options: .atomic)
  }

  /// The plugin and a dataset, beside each other in a new folder.
  private func prepare(segmentFiles: Int = 1) throws {
    for (name, text) in RadioPlugin.files { try write(text, to: plugins.appendingPathComponent("radio/" + name)) }
    try write("{}", to: dataset.appendingPathComponent("concord.json"))
    try write(
      #"{"recording": "r0"}"# + "\n" + #"{"title": "日本 🛒", "recording": "r1"}"# + "\n",
      to: dataset.appendingPathComponent("recordings.jsonl"))
    for number in 0..<segmentFiles {
      try write(
        #"{"segment": "s1", "of": "r1"}"# + "\n", to: dataset.appendingPathComponent("segments \(number).jsonl"))
    }
    try write(#"{"plays": {"r1": {}}}"#, to: dataset.appendingPathComponent("list.json"))
  }

  private func open(_ name: String, in server: ServerProcess) throws -> OpenFile {
    let url = dataset.appendingPathComponent(name)
    let text = try String(contentsOf: url, encoding: .utf8)
    return OpenFile(text, url.path, language: name.hasSuffix("l") ? "jsonl" : "json", in: server)
  }

  private func lines(_ locations: JSONValue?) -> [String] {
    (locations?.array ?? []).map { location in
      let file = location["uri"]?.string.flatMap(URL.init)?.lastPathComponent ?? "?"
      let start = location["range"]?["start"]
      return "\(file):\(start?["line"]?.integer ?? -1):\(start?["character"]?.integer ?? -1)"
    }
  }

  @Test func anIDIsFoundInEveryFile() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try prepare()
    let server = try await ServerProcess.initialized(plugins: plugins.path)
    let file = try open("segments 0.jsonl", in: server)
    let use = try file.range(#"r1"#).lowerBound
    let all = await file.ask("references", use, .init("context", ["includeDeclaration": true]))
    #expect(lines(all) == ["list.json:0:11", "recordings.jsonl:1:32", "segments 0.jsonl:0:24"])
    #expect(lines(await file.ask("definition", use)) == ["recordings.jsonl:1:32"])
    #expect(all?.array?.last?["uri"] == .string(file.uri))
    let symbols = await server.request("workspace/symbol", ["query": "日本"])?["result"]
    #expect(symbols?.array?.map { $0["name"] } == ["r1 — 日本 🛒"])
    #expect(lines(.array(symbols?.array?.compactMap { $0["location"] } ?? [])) == ["recordings.jsonl:1:32"])
    let recordings = try open("recordings.jsonl", in: server)
    let lenses = await server.request("textDocument/codeLens", ["textDocument": ["uri": .string(recordings.uri)]])
    let lens = try #require(lenses?["result"]?.array?.last)
    let title = await server.request("codeLens/resolve", lens)?["result"]?["command"]?["title"]
    #expect(title == "2 places in 2 files")
    await server.end()
  }

  /// With the edit made in the buffer and on disk, nothing names the old id, and the server says that all is well.
  @Test func renamingReachesOpenFilesAndFilesOnDisk() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try prepare(segmentFiles: 60)
    var options = SessionOptions(textDocument: [.init("rename", ["prepareSupport": true])])
    options.pulls = true
    let server = try await ServerProcess.initialized(options, plugins: plugins.path)
    var file = try open("segments 0.jsonl", in: server)
    #expect(try await file.pull().isEmpty)
    let use = try file.range(#"r1"#).lowerBound
    #expect(await file.ask("prepareRename", use)?["placeholder"] == "r1")
    let place = file.position(use)
    let id = server.client.start(
      "textDocument/rename",
      ["textDocument": ["uri": .string(file.uri)], "position": place, "newName": "r-new"])
    let question = try #require(await server.client.notification("window/showMessageRequest"))
    #expect(question["params"]?["message"] == "Rename `r1` in 62 files, 62 places?")
    server.client.send(["jsonrpc": "2.0", "id": question["id"] ?? nil, "result": ["title": "Rename"]])
    let changes = try #require(await server.client.answer(to: id)?["result"]?["documentChanges"]?.array)
    #expect(changes.count == 62)
    for change in changes {
      let uri = try #require(change["textDocument"]?["uri"]?.string)
      if uri == file.uri {
        try file.apply(["documentChanges": [change]])
      } else {
        #expect(change["textDocument"]?["version"] == .null)
        try applyOnDisk(change, to: try #require(URL(string: uri)))
      }
    }
    #expect(file.text == #"{"segment": "s1", "of": "r-new"}"# + "\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: dataset.path).filter { $0 != "concord.json" }
    for name in names where name != "segments 0.jsonl" {
      let text = try String(contentsOf: dataset.appendingPathComponent(name), encoding: .utf8)
      #expect(text.contains(#""r-new""#) && !text.contains(#""r1""#), "\(name)")
    }
    let moved = file.uri
    server.client.notify(
      "workspace/didChangeWatchedFiles",
      [
        "changes": .array(
          changes.compactMap { $0["textDocument"]?["uri"] }.filter { $0 != .string(moved) }.map {
            ["uri": $0, "type": 2]
          })
      ])
    #expect(try await file.pull().isEmpty)
    let now = await file.ask(
      "references", try file.range("r-new").lowerBound, .init("context", ["includeDeclaration": true]))
    #expect(now?.array?.count == 62)
    await server.end()
  }

  /// All edits stand in one line each, of characters of one UTF-16 unit before them or counted as such.
  private func applyOnDisk(_ change: JSONValue, to url: URL) throws {
    var lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
    for edit in (change["edits"]?.array ?? []).reversed() {
      let (start, end) = (try #require(edit["range"]?["start"]), try #require(edit["range"]?["end"]))
      let line = Int(try #require(start["line"]?.integer))
      try #require(start["line"] == end["line"])
      let units = Array(lines[line].utf16)
      let new = Array(try #require(edit["newText"]?.string).utf16)
      let (from, to) = (Int(try #require(start["character"]?.integer)), Int(try #require(end["character"]?.integer)))
      lines[line] = String(decoding: units[..<from] + new + units[to...], as: UTF16.self)
    }
    try write(lines.joined(separator: "\n"), to: url)
  }
}
