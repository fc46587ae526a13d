import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Commands as editors run them, and texts that stand in no file. On copies of examples, through the built server.
@Suite(.timeLimit(.minutes(3))) struct CommandTests {
  private let folder = DatasetFolder()

  /// A client that shows documents, and texts that the server makes.
  private func server(_ root: URL = Build.shelf) async throws -> ServerProcess {
    let server = try ServerProcess()
    _ = await server.client.request(
      "initialize",
      [
        "processId": nil, "rootUri": .string(root.absoluteString),
        "initializationOptions": ["typingPause": 0, "role": "reviewer"],
        "capabilities": [
          "window": ["showDocument": ["support": true], "workDoneProgress": true],
          "workspace": ["textDocumentContent": .object([])],
          "textDocument": ["publishDiagnostics": ["versionSupport": true]],
        ],
      ])
    server.client.notify("initialized", .object([]))
    return server
  }

  private func run(_ command: String, _ arguments: JSONValue, token: JSONValue? = nil, in server: ServerProcess) async
    -> JSONValue?
  {
    await server.request(
      "workspace/executeCommand",
      .object(
        [.init("command", .string(command)), .init("arguments", arguments)]
          + (token.map { [.init("workDoneToken", $0)] } ?? [])))
  }

  /// Answers the next wish to show something, and says what.
  private func shown(by server: ServerProcess) async -> JSONValue? {
    let wish = await server.client.first { $0["method"] == "window/showDocument" }
    server.client.send(["jsonrpc": "2.0", "id": wish?["id"] ?? nil, "result": ["success": true]])
    return wish?["params"]
  }

  /// From disagreement to disagreement, from file to file and round.
  @Test func theNextDisagreementIsInTheNextFile() async throws {
    defer { folder.remove() }
    let source = #""subject": "subject", "value": "label""#
    try folder.write(
      "concord.json",
      """
      {"alignments": [{"subject": ["subject"], "property": "class", "compare": {"by": "equal"}, "sources": [
        {"files": "pictures/*", "modality": "image", \(source)}, {"files": "texts/*", "modality": "text", \(source)}]}]}
      """)
    func lines(_ labels: String...) -> String {
      labels.enumerated().map { #"{"subject": "s\#($0)", "label": "\#($1)"}"# }.joined(separator: "\n")
    }
    try folder.write("pictures/a.jsonl", lines("car", "car", "tree", "car"))
    try folder.write("texts/a.jsonl", lines("car", "bus", "tree", "tram"))
    let server = try await server(folder.url)
    let file = try folder.open("pictures/a.jsonl", in: server)
    func next(_ line: Int64?) async -> JSONValue? {
      let position = line.map { ["line": .integer($0), "character": 40] as JSONValue }
      let arguments: JSONValue = .array([.string(file.uri)] + (position.map { [$0] } ?? []))
      async let answer = run("concord.nextDisagreement", arguments, in: server)
      let wish = await shown(by: server)
      let result = await answer?["result"]
      #expect(wish?["uri"] == result?["uri"] && wish?["selection"] == result?["range"])
      return result
    }
    let first = await next(nil)
    #expect(first?["uri"] == .string(file.uri) && first?["range"]?["start"]?["line"] == 1)
    #expect(first?["message"]?.string?.contains("bus") == true)
    #expect(await next(1)?["range"]?["start"]?["line"] == 3)
    // Behind the last one here, the first in the other file.
    let other = await next(3)
    #expect(other?["uri"] == folder.uri("texts/a.jsonl") && other?["range"]?["start"]?["line"] == 1)
    await server.end()
  }

  @Test func aFolderIsCheckedWithProgress() async throws {
    try folder.copyExample("street-scene")
    defer { folder.remove() }
    let server = try await server(folder.url)
    let counts = await run("concord.checkFolder", [.string(folder.url.absoluteString)], token: "t", in: server)?[
      "result"]
    #expect((counts?["files"]?.integer ?? 0) >= 5)
    let check = try await Program.run(
      Build.server, ["check", "--plugins", Build.plugins, "--format", "json", folder.url.path])
    let summary = (try JSONCodec.decode(from: Array(check.text.utf8)) as JSONValue)["summary"]
    #expect((counts?["error"]?.integer ?? 0) > 0 && counts?["error"] == summary?["error"])
    for kind in ["begin", "end"] {
      let told = await server.client.first { $0["method"] == "$/progress" && $0["params"]?["token"] == "t" }
      #expect(told?["params"]?["value"]?["kind"] == .string(kind))
    }
    // From now on what is found there is shown.
    let published = await server.client.first {
      $0["method"] == "textDocument/publishDiagnostics" && $0["params"]?["diagnostics"]?.array?.isEmpty == false
    }
    #expect(published?["params"]?["uri"]?.string?.hasPrefix(folder.url.absoluteString) == true)
    #expect(await run("concord.checkFolder", ["untitled:x"], in: server)?["error"]?["code"] == -32602)
    await server.end()
  }

  /// A change of settings, or an answer about them that comes late, takes nothing away that somebody asked for.
  @Test func aCheckedFolderStaysShown() async throws {
    try folder.copyExample("street-scene")
    defer { folder.remove() }
    let server = try await server(folder.url)
    _ = await run("concord.checkFolder", [.string(folder.url.absoluteString)], in: server)
    server.client.notify(
      "workspace/didChangeConfiguration", ["settings": ["concord": ["typingPause": 0, "role": "annotator"]]])
    try folder.write("late.coco.json", #"{"images": [], "annotations": [], "categories": [1,,2]}"#)
    let uri = folder.uri("late.coco.json")
    server.client.notify("workspace/didChangeWatchedFiles", ["changes": [["uri": uri, "type": 1]]])
    let told = await server.client.first {
      $0["method"] == "textDocument/publishDiagnostics" && $0["params"]?["uri"] == uri
    }
    #expect(told?["params"]?["diagnostics"]?.array?.isEmpty == false)
    await server.end()
  }

  /// By its number, by the address that `concord check` prints, and in a file that no editor opens.
  @Test func theSeventhEntryOfALargeFileIsATextOfItsOwn() async throws {
    defer { folder.remove() }
    try folder.copyExample("shelf")
    let server = try await server(folder.url)
    let uri = folder.uri("products.coco.json")
    let text = try String(contentsOf: folder.file("products.coco.json"), encoding: .utf8)
    let line = Int64(text.split(separator: "\n").firstIndex { $0.contains("{\"id\": 7, \"image_id\"") } ?? 0)
    for address: JSONValue in [7, "/annotations/6/bbox/2"] {
      async let answer = run("concord.openRecord", [uri, address], in: server)
      #expect(await shown(by: server)?["uri"] == uri)
      let range = await answer?["result"]?["range"]
      #expect(range?["start"]?["line"] == .integer(line) && range?["end"]?["line"] == .integer(line))
    }
    #expect(await run("concord.openRecord", [uri, 700], in: server)?["error"]?["code"] == -32803)
    // 51 MB of lines: more than VS Code hands to a server.
    let filler = String(repeating: "x", count: 1_000_000)
    let lines = (1...52).map { #"{"messages": [{"role": "user", "content": "\#($0) \#(filler)"}]}"# }
    try folder.write("large.jsonl", lines.joined(separator: "\n"))
    async let answer = run("concord.openRecord", [folder.uri("large.jsonl"), 7], in: server)
    let made = try #require(await shown(by: server)?["uri"]?.string)
    #expect(made.hasPrefix("concord:record/7.json?"))
    #expect(await answer?["result"]?["uri"] == .string(made))
    let content = await server.request("workspace/textDocumentContent", ["uri": .string(made)])?["result"]?["text"]
    #expect(content?.string == lines[6] + "\n")
    await server.end()
  }

  @Test func aCheckIsExplained() async throws {
    let server = try await server()
    async let answer = run("concord.explainRule", ["vision/bbox-out-of-image"], in: server)
    let made = try #require(await shown(by: server)?["uri"]?.string)
    #expect(made == "concord:rule/vision/bbox-out-of-image.md")
    let page = try #require(await answer?["result"]?["markdown"]?.string)
    #expect(page.hasPrefix("# `vision/bbox-out-of-image`\n"))
    let content = await server.request("workspace/textDocumentContent", ["uri": .string(made)])?["result"]
    #expect(content == ["text": .string(page)])
    for wrong: JSONValue in ["concord:rule/none/such.md", "concord:", "file:///etc/passwd", "concord:record/x?y"] {
      #expect(await server.request("workspace/textDocumentContent", ["uri": wrong])?["error"] != nil)
    }
    #expect(await run("concord.explainRule", ["none/such"], in: server)?["error"]?["code"] == -32803)
    #expect(await run("concord.explainRule", .array([]), in: server)?["error"]?["code"] == -32602)
    await server.end()
  }
}
