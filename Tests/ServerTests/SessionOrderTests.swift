import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// What a session settles with its client while it runs: settings, folders, what is registered, what is told.
@Suite(.timeLimit(.minutes(3))) struct SessionOrderTests {
  private func server(_ workspace: JSONValue, textDocument: JSONValue = .object([]), folders: [URL] = []) async throws
    -> ServerProcess
  {
    let server = try ServerProcess()
    let folders = folders.map { ["uri": .string($0.absoluteString), "name": "f"] as JSONValue }
    let answer = await server.client.request(
      "initialize",
      [
        "processId": nil, "workspaceFolders": .array(folders), "initializationOptions": ["typingPause": 0],
        "capabilities": ["workspace": workspace, "textDocument": textDocument],
      ])
    try #require(answer?["result"] != nil)
    server.client.notify("initialized", .object([]))
    return server
  }

  private func asked(_ method: String, by server: ServerProcess, answer: JSONValue = .null) async -> JSONValue? {
    let message = await server.client.first { $0["method"] == .string(method) && $0["id"] != nil }
    server.client.send(["jsonrpc": "2.0", "id": message?["id"] ?? nil, "result": answer])
    return message?["params"]
  }

  /// Settings are asked for everywhere and for each folder; of one folder alone every file is shown.
  @Test func aFolderThatIsOpenedLaterHasItsOwnSettings() async throws {
    let (here, there) = (DatasetFolder(), DatasetFolder())
    for folder in [here, there] {
      try folder.copyExample("street-scene")
    }
    defer { for folder in [here, there] { folder.remove() } }
    let server = try await server(["configuration": true, "workspaceFolders": true], folders: [here.url])
    let first = await asked(
      "workspace/configuration", by: server, answer: [["typingPause": 0], ["scope": "open files"]])
    #expect(
      first?["items"] == [
        ["section": "concord"], ["scopeUri": .string(here.url.absoluteString), "section": "concord"],
      ])
    server.client.notify(
      "workspace/didChangeWorkspaceFolders",
      ["event": ["added": [["uri": .string(there.url.absoluteString), "name": "there"]], "removed": .array([])]])
    let second = await asked(
      "workspace/configuration", by: server,
      answer: [["typingPause": 0], ["scope": "open files"], ["scope": "workspace"]])
    #expect(second?["items"]?.array?.count == 3)
    let told = await server.client.first { message in
      message["method"] == "textDocument/publishDiagnostics"
        && message["params"]?["diagnostics"]?.array?.isEmpty == false
    }
    #expect(told?["params"]?["uri"]?.string?.hasPrefix(there.url.absoluteString) == true)
    let path = try #require(told?["params"]?["uri"])
    server.client.notify(
      "workspace/didChangeWorkspaceFolders",
      ["event": ["added": .array([]), "removed": [["uri": .string(there.url.absoluteString), "name": "there"]]]])
    _ = await asked("workspace/configuration", by: server, answer: [.null, .null])
    let gone = await server.client.first { $0["params"]?["uri"] == path && $0["params"]?["diagnostics"] == .array([]) }
    #expect(gone != nil)
    await server.end()
    let stray = server.client.untaken.filter {
      $0["params"]?["uri"]?.string?.hasPrefix(here.url.absoluteString) == true
    }
    #expect(stray.isEmpty)
  }

  /// For files of lines at once; for `json` when somebody wants it; not at all when nobody does.
  @Test func layoutIsAskedForAndTakenBack() async throws {
    let can: JSONValue = ["dynamicRegistration": true]
    let server = try await server(
      ["didChangeConfiguration": can, "didChangeWatchedFiles": can],
      textDocument: ["formatting": can, "rangeFormatting": can, "onTypeFormatting": can])
    var registered: [String: JSONValue] = [:]
    for _ in 0..<2 {
      for each in await asked("client/registerCapability", by: server)?["registrations"]?.array ?? [] {
        registered[each["method"]?.string ?? "?"] = each["registerOptions"]
      }
    }
    #expect(registered["workspace/didChangeConfiguration"] == ["section": "concord"])
    #expect(registered["workspace/didChangeWatchedFiles"]?["watchers"]?.array?.isEmpty == false)
    #expect(registered["textDocument/rangeFormatting"] != nil)
    #expect(registered["textDocument/onTypeFormatting"]?["firstTriggerCharacter"] == "}")
    func languages(_ options: JSONValue?) -> [String] {
      options?["documentSelector"]?.array?.compactMap { $0["language"]?.string } ?? []
    }
    #expect(languages(registered["textDocument/formatting"]) == ["jsonl", "ndjson", "jsonlines"])
    server.client.notify("workspace/didChangeConfiguration", ["settings": ["concord": ["formatting": true]]])
    #expect(await asked("client/unregisterCapability", by: server)?["unregisterations"]?.array?.count == 3)
    let again = await asked("client/registerCapability", by: server)?["registrations"]?.array?.first
    let wider = languages(again?["registerOptions"])
    #expect(wider.contains("json"))
    server.client.notify("workspace/didChangeConfiguration", ["settings": ["concord": ["formatting": false]]])
    #expect(await asked("client/unregisterCapability", by: server)?["unregisterations"]?.array?.count == 3)
    await server.end()
    #expect(server.client.untaken.allSatisfy { $0["method"] != "client/registerCapability" })
  }

  /// Nothing until it is wanted, then what came and how long it took, then nothing again.
  @Test func whatGoesOnIsTold() async throws {
    let server = try await server(.object([]))
    let file = try OpenFile("products.coco.json", in: server)
    let start = file.text.startIndex
    _ = await file.hover(start)
    server.client.notify("$/setTrace", ["value": "verbose"])
    _ = await file.hover(start)
    let came = await server.client.notification("$/logTrace")
    #expect(came?["params"] == ["message": "textDocument/hover came"])
    let answered = await server.client.notification("$/logTrace")
    #expect(answered?["params"]?["message"] == "textDocument/hover is answered")
    #expect(answered?["params"]?["verbose"]?.string?.contains("seconds") == true)
    server.client.notify("$/setTrace", ["value": "off"])
    #expect(await server.client.notification("$/logTrace")?["params"]?["message"] == "$/setTrace came")
    _ = await file.hover(start)
    await server.end()
    #expect(server.client.untaken.allSatisfy { $0["method"] != "$/logTrace" })
  }

  @Test func symbolsComeInParts() async throws {
    let server = try await server(.object([]))
    let file = try OpenFile("products.coco.json", in: server)
    // The other files of the folder are read meanwhile; this stands in the last of them.
    var whole: [JSONValue] = []
    while !whole.contains(where: { $0["name"] == "front — images/shelf-0003.png" }) {
      whole = await server.request("workspace/symbol", ["query": "shelf"])?["result"]?.array ?? []
    }
    let rest = await server.request("workspace/symbol", ["query": "shelf", "partialResultToken": 9])?["result"]
    #expect(rest == .array([]))
    let part = await server.client.notification("$/progress")
    #expect(part?["params"] == ["token": 9, "value": .array(whole)])
    file.close()
    await server.end()
  }
}
