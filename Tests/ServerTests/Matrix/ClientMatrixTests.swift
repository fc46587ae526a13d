import Foundation
import JSONCodec
import LSPTestClient
import Synchronization
import TestSupport
import Testing

/// Any client, whatever it can: each part of what one may say of itself is taken away, and a conversation held. Nothing is asked that
/// it can't answer, and nothing answered in a form that it has not said it takes.
@Suite(.timeLimit(.minutes(5))) struct ClientMatrixTests {
  /// The server's requests, answered as an editor does, and what was wrong with them.
  private final class Answering: Sendable {
    let faults = Mutex<[String]>([])
    let asked = Mutex<Set<String>>([])

    func start(_ server: ServerProcess, _ announced: Announced) -> Task<Void, Never> {
      Task {
        while let message = await server.client.first(where: { $0["method"] != nil && $0["id"] != nil }) {
          let method = message["method"]?.string ?? "?"
          asked.withLock { _ = $0.insert(method) }
          faults.withLock { $0 += announced.faults(inRequest: message) }
          let result: JSONValue
          switch method {
          case "workspace/configuration":
            result = .array((message["params"]?["items"]?.array ?? []).map { _ in ["typingPause": 0] })
          case "workspace/applyEdit": result = ["applied": true]
          case "window/showDocument": result = ["success": true]
          default: result = .null
          }
          server.client.send(["jsonrpc": "2.0", "id": message["id"] ?? nil, "result": result])
        }
      }
    }
  }

  @Test(arguments: ClientProfile.all) func nothingIsSentThatAClientHasNotAnnounced(_ client: ClientProfile) async throws
  {
    let folder = DatasetFolder()
    defer { folder.remove() }
    try folder.copyExample("shelf")
    let server = try ServerProcess()
    let announced = Announced(client: client)
    let answering = Answering()
    let task = answering.start(server, announced)
    var faults: [String] = []
    var filled: Set<String> = []
    func ask(_ method: String, _ params: JSONValue) async -> JSONValue? {
      let answer = await server.request(method, params)
      faults += announced.faults(in: answer?["result"], of: method)
      if let result = answer?["result"], result != .null, result != .array([]) { filled.insert(method) }
      return answer?["result"]
    }
    let started = await ask(
      "initialize",
      [
        "processId": nil, "rootUri": .string(folder.url.absoluteString), "capabilities": client.capabilities,
        "workspaceFolders": [["uri": .string(folder.url.absoluteString), "name": "shelf"]],
        "initializationOptions": ["typingPause": 0],
      ])
    try #require(started?["serverInfo"]?["name"] == "concord")
    server.client.notify("initialized", .object([]))

    var file = try folder.open("products.coco.json", in: server)
    let uri: JSONValue = .string(file.uri)
    let document: JSONValue = ["uri": uri]
    func at(_ text: String) throws -> JSONValue { file.position(try file.range(text).lowerBound) }
    let start = try at(#""category_id": 7"#)
    let whole: JSONValue = ["start": ["line": 0, "character": 0], "end": start]
    _ = await ask("textDocument/hover", ["textDocument": document, "position": start])
    for only: JSONValue in [["quickfix"], ["source"]] {
      let context: JSONValue = ["diagnostics": [], "only": only]
      let actions = await ask(
        "textDocument/codeAction", ["textDocument": document, "range": whole, "context": context])
      for action in actions?.array ?? [] where action["data"] != nil { _ = await ask("codeAction/resolve", action) }
    }
    _ = await ask("textDocument/definition", ["textDocument": document, "position": try at("2, \"bbox\"")])
    _ = await ask("textDocument/completion", ["textDocument": document, "position": try at("7, \"bbox\"")])
    _ = await ask("textDocument/completion", ["textDocument": document, "position": try at("\"iscrowd\"")])
    _ = await ask("textDocument/documentSymbol", ["textDocument": document])
    _ = await ask(
      "textDocument/rename",
      ["textDocument": document, "position": try at("2, \"name\": \"bottle\""), "newName": "22"])
    let box = try at("82.4")
    if client.has("textDocument.declaration") {
      _ = await ask("textDocument/declaration", ["textDocument": document, "position": start])
    }
    if client.has("textDocument.typeDefinition") {
      _ = await ask("textDocument/typeDefinition", ["textDocument": document, "position": box])
    }
    if client.has("textDocument.signatureHelp") {
      _ = await ask("textDocument/signatureHelp", ["textDocument": document, "position": box])
    }
    if client.has("textDocument.selectionRange") {
      _ = await ask("textDocument/selectionRange", ["textDocument": document, "positions": [box]])
    }
    if client.has("textDocument.documentLink") {
      _ = await ask("textDocument/documentLink", ["textDocument": document])
    }
    if client.has("textDocument.semanticTokens.requests.range") {
      _ = await ask("textDocument/semanticTokens/range", ["textDocument": document, "range": whole])
    }
    _ = await ask("textDocument/codeLens", ["textDocument": document])
    _ = await ask("textDocument/inlayHint", ["textDocument": document, "range": whole])
    _ = await ask("workspace/symbol", ["query": "shelf"])
    let picture = folder.file("images/shelf-0001.png").absoluteString
    _ = await ask(
      "workspace/willRenameFiles", ["files": [["oldUri": .string(picture), "newUri": .string(picture + ".png")]]])
    _ = await ask(
      "workspace/executeCommand", ["command": "concord.explainRule", "arguments": ["vision/bbox-out-of-image"]])
    _ = await ask("workspace/executeCommand", ["command": "concord.openRecord", "arguments": [uri, 3]])
    _ = await ask("workspace/executeCommand", ["command": "concord.checkFolder", "arguments": .array([])])
    if client.has("textDocument.diagnostic") {
      _ = await ask("textDocument/diagnostic", ["textDocument": document])
    }
    try file.replace("82.4", with: "9999")
    _ = await ask("textDocument/hover", ["textDocument": document, "position": start])

    await server.end()
    _ = await task.value
    for message in server.client.untaken where message["method"] != nil {
      faults += announced.faults(inNotification: message)
    }
    #expect(faults == [])
    #expect(answering.faults.withLock { $0 } == [])
    // Otherwise nothing would have been looked at.
    #expect(
      filled.isSuperset(of: [
        "textDocument/hover", "textDocument/definition", "textDocument/completion", "textDocument/documentSymbol",
        "textDocument/rename", "workspace/willRenameFiles", "workspace/symbol",
      ]), "\(filled.sorted())")
    if client.name == "everything" {
      let asked = answering.asked.withLock { $0 }
      #expect(
        asked.isSuperset(of: ["workspace/configuration", "client/registerCapability", "window/showDocument"]),
        "\(asked.sorted())")
    }
  }

  /// The judge finds what it is there for.
  @Test func whatIsNotAnnouncedIsFound() {
    let bare = Announced(client: .bare)
    let whole = Announced(client: .whole)
    let registration: JSONValue = [
      "method": "client/registerCapability",
      "params": ["registrations": [["id": "1", "method": "textDocument/formatting"]]],
    ]
    let messages: [(String, JSONValue)] = [
      ("textDocument/codeAction", [["title": "Fix", "kind": "quickfix", "isPreferred": true]]),
      ("textDocument/hover", ["contents": ["kind": "markdown", "value": "a"]]),
      ("textDocument/completion", ["items": [["label": "a", "insertTextFormat": 2]]]),
      ("textDocument/rename", ["documentChanges": .array([])]),
    ]
    for (method, answer) in messages {
      #expect(bare.faults(in: answer, of: method) != [], "\(method)")
      #expect(whole.faults(in: answer, of: method) == [], "\(method)")
    }
    #expect(bare.faults(inRequest: registration) == ["registers textDocument/formatting"])
    #expect(whole.faults(inRequest: registration) == [])
    #expect(bare.faults(inRequest: ["method": "workspace/applyEdit"]) == ["asks workspace/applyEdit"])
  }
}
