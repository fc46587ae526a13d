import JSONCodec
import JSONRPC
import LSPTestClient
import Manifest
import Logging
import Testing

@testable import LanguageServer

/// A running server and its client.
struct TestSession: Sendable {
  let client: TestClient
  let engine: BadWordEngine
  /// What the process would exit with.
  let status: Task<Int32, Never>

  init(engine: BadWordEngine = BadWordEngine()) {
    let (client, input, output) = TestClient.pair()
    let server = LanguageServer(
      input: input, output: output, engine: engine, version: "1.2.3",
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    self.client = client
    self.engine = engine
    status = Task.detached { await server.run() }
  }

  /// After `initialize` and `initialized`. The typing pause is 0 unless stated.
  static func initialized(
    _ capabilities: JSONValue = .object([]), pause: Int64 = 0, engine: BadWordEngine = BadWordEngine()
  ) async throws -> TestSession {
    let session = TestSession(engine: engine)
    let answer = await session.client.request("initialize", initializeParams(capabilities, pause: pause))
    try #require(answer?["result"]?["serverInfo"]?["name"] == "concord")
    session.client.notify("initialized", .object([]))
    return session
  }

  static func initializeParams(
    _ capabilities: JSONValue = .object([]), pause: Int64 = 0, process: JSONValue = nil
  ) -> JSONValue {
    [
      "processId": process, "rootUri": nil, "capabilities": capabilities, "locale": "de",
      "initializationOptions": ["typingPause": .integer(pause)],
    ]
  }

  func open(_ text: String, uri: String = "file:///a.json", version: Int64 = 1) {
    client.notify(
      "textDocument/didOpen",
      [
        "textDocument": [
          "uri": .string(uri), "languageId": "json", "version": .integer(version), "text": .string(text),
        ]
      ])
  }

  func change(_ changes: JSONValue..., uri: String = "file:///a.json", version: Int64) {
    client.notify(
      "textDocument/didChange",
      ["textDocument": ["uri": .string(uri), "version": .integer(version)], "contentChanges": .array(changes)])
  }

  func hover(_ line: Int64, _ character: Int64, uri: String = "file:///a.json") async -> JSONValue? {
    await client.request("textDocument/hover", at(line, character, uri: uri))
  }

  func text(_ uri: String = "file:///a.json") async -> String? {
    guard let document = await engine.snapshot(uri) as? BadWordDocument else { return nil }
    return String(decoding: document.text.allBytes(), as: UTF8.self)
  }

  /// Says goodbye; everything sent was answered and the status is 0.
  func end() async {
    #expect(await client.request("shutdown")?["result"] == .null)
    client.notify("exit")
    #expect(await status.value == 0)
    client.closeOutput()
  }
}

func at(_ line: Int64, _ character: Int64, uri: String = "file:///a.json") -> JSONValue {
  ["textDocument": ["uri": .string(uri)], "position": position(line, character)]
}

func position(_ line: Int64, _ character: Int64) -> JSONValue {
  ["line": .integer(line), "character": .integer(character)]
}

func range(_ line: Int64, _ start: Int64, _ endLine: Int64, _ end: Int64) -> JSONValue {
  ["start": position(line, start), "end": position(endLine, end)]
}

func edit(_ range: JSONValue, _ text: String) -> JSONValue { ["range": range, "text": .string(text)] }
