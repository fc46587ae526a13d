import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Accepting a finding with a reason, through the built server, as editors do it.
@Suite(.timeLimit(.minutes(3))) struct ServerDecisionTests {
  private let folder = DatasetFolder()

  private func dataset() throws {
    try folder.write(
      "concord.json",
      """
      {"alignments": [{"subject": ["subject"], "property": "class", "compare": {"by": "equal"}, "sources": [
        {"files": "pictures/*", "modality": "image", "subject": "subject", "value": "label"},
        {"files": "texts/*", "modality": "text", "subject": "subject", "value": "label"}]}]}
      """)
    try folder.write(
      "pictures/a.jsonl",
      #"{"subject": "s1", "label": "Zebrafink"}"# + "\n" + #"{"subject": "s2", "label": "Zebrafink"}"#)
    try folder.write(
      "texts/a.jsonl", #"{"subject": "s1", "label": "Kakadu"}"# + "\n" + #"{"subject": "s2", "label": "Kakadu"}"#)
  }

  /// A client that makes files, shows documents and works edits out when they are wanted, or none of it.
  private func server(isAble: Bool) async throws -> ServerProcess {
    let server = try ServerProcess()
    let actions: JSONValue =
      isAble
      ? [
        "codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix"]]], "dataSupport": true,
        "resolveSupport": ["properties": ["edit"]],
      ] : ["codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix"]]]]
    let edits: JSONValue =
      isAble ? ["documentChanges": true, "resourceOperations": ["create"]] : ["documentChanges": true]
    _ = await server.client.request(
      "initialize",
      [
        "processId": nil, "rootUri": .string(folder.url.absoluteString),
        "initializationOptions": ["actor": "ann-07", "typingPause": 0],
        "capabilities": [
          "textDocument": ["publishDiagnostics": ["versionSupport": true], "codeAction": actions],
          "workspace": ["workspaceEdit": edits], "window": ["showDocument": ["support": .bool(isAble)]],
        ],
      ])
    server.client.notify("initialized", .object([]))
    return server
  }

  private func actions(at text: String, in file: OpenFile) async throws -> [JSONValue] {
    let place = try file.position(file.range(text).lowerBound)
    let answer = await file.server.client.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(file.uri)], "range": ["start": place, "end": place],
        "context": ["diagnostics": []],
      ])
    return try #require(answer?["result"]?.array)
  }

  @Test func aFindingIsAcceptedWithAReason() async throws {
    defer { folder.remove() }
    try dataset()
    let server = try await server(isAble: true)
    let texts = try folder.open("texts/a.jsonl", in: server)
    _ = try await texts.published { $0.count == 2 }
    let offered = try await actions(at: "Kakadu", in: texts)
    #expect(
      offered.map { $0["title"]?.string } == [
        "Use \"Zebrafink\" here", "This is right, because …", "All 2 of this kind are right, because …",
      ])
    #expect(offered.dropFirst().allSatisfy { $0["isPreferred"] == nil && $0["edit"] == nil })

    let resolved = await server.client.request("codeAction/resolve", offered[1])?["result"]
    let changes = try #require(resolved?["edit"]?["documentChanges"]?.array)
    let path = folder.file("concord.decisions.jsonl").absoluteString
    #expect(changes.count == 2)
    #expect(changes[0] == ["kind": "create", "uri": .string(path), "options": ["ignoreIfExists": true]])
    #expect(changes[1]["textDocument"] == ["uri": .string(path), "version": nil])
    let line = try #require(changes[1]["edits"]?.array?[0]["newText"]?.string)
    #expect(
      line.hasPrefix(
        #"{"reason": "", "rule": "agreement/disagrees", "values": ["Kakadu", "Zebrafink"], "actor": "ann-07", "#))
    #expect(line.contains(#""versions": {"concord": ""#) && line.hasSuffix("}\n"))

    // The editor makes the edit, and is shown where the reason goes.
    try folder.write("concord.decisions.jsonl", line)
    let decisions = try folder.open("concord.decisions.jsonl", in: server)
    _ = try await decisions.published { $0.map { $0["code"]?.string } == ["decision/reason-missing"] }
    let command = try #require(resolved?["command"])
    let id = server.client.start(
      "workspace/executeCommand",
      ["command": command["command"] ?? nil, "arguments": command["arguments"] ?? nil])
    let asked = try #require(
      await server.client.first {
        $0["method"] == "window/showDocument" && $0["params"]?["uri"] == .string(decisions.uri)
      })
    #expect(asked["params"]?["selection"]?["start"] == ["line": 0, "character": 12])
    server.client.send(["jsonrpc": "2.0", "id": asked["id"] ?? nil, "result": ["success": true]])
    _ = await server.client.answer(to: id)

    var typed = decisions
    try typed.replace(#""reason": "","#, with: #""reason": "a rare bird","#)
    let shown = try await texts.published { found in found.contains { $0["severity"] == 4 } }
    #expect(shown.count == 2)
    #expect(shown.compactMap { $0["message"]?.string }.contains { $0.hasSuffix("Accepted by ann-07: a rare bird") })
    let back = try await actions(at: "Kakadu", in: texts)
    #expect(back.map { $0["title"]?.string }.last == "Accepted by ann-07: take it back")
    let removal = await server.client.request("codeAction/resolve", back.last)?["result"]?["edit"]
    try typed.apply(removal)
    #expect(typed.text == "")
    _ = try await texts.published { found in found.allSatisfy { $0["severity"] == 1 } }
    await server.end()
  }

  /// Neither files to be made nor edits to be asked for: the edit comes at once, and is plain.
  @Test func aClientThatCanLittleGetsAPlainEdit() async throws {
    defer { folder.remove() }
    try dataset()
    let server = try await server(isAble: false)
    let texts = try folder.open("texts/a.jsonl", in: server)
    _ = try await texts.published { $0.count == 2 }
    let offered = try await actions(at: "Kakadu", in: texts)
    let changes = try #require(offered[1]["edit"]?["documentChanges"]?.array)
    #expect(changes.count == 1 && offered[1]["command"] == nil)
    #expect(changes[0]["edits"]?.array?[0]["range"]?["start"] == ["line": 0, "character": 0])
    await server.end()
  }
}
