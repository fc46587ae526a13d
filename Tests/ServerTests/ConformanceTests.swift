import Glibc
import JSONCodec
import LSPTestClient
import LanguageServer
import Testing

/// The protocol's own rules, asked of the program that people start.
@Suite(.timeLimit(.minutes(3))) struct ConformanceTests {
  @Test(
    arguments: [
      (["utf-8", "utf-16", "utf-32"], "utf-8"), (["utf-32", "utf-8", "utf-16"], "utf-32"),
      (["utf-16", "utf-8"], "utf-16"), (["utf-7", "utf-32"], "utf-32"), (["utf-7"], "utf-16"), ([], "utf-16"),
    ] as [([String], String)])
  func theFirstEncodingOfTheClientThatIsKnownIsTaken(offered: [String], chosen: String) async throws {
    let server = try ServerProcess()
    let encodings = JSONValue.array(offered.map { .string($0) })
    let answer = await server.request(
      "initialize", ["processId": nil, "capabilities": ["general": ["positionEncodings": encodings]]])
    #expect(answer?["result"]?["capabilities"]?["positionEncoding"] == .string(chosen))
    await server.end()
  }

  @Test func beforeInitializeRequestsAreRefused() async throws {
    let server = try ServerProcess()
    for method in ["textDocument/hover", "shutdown", "$/unknown", "unknown"] {
      #expect(await server.client.request(method)?["error"]?["code"] == -32002)
    }
    #expect(await server.request("initialize", SessionOptions().params)?["result"] != nil)
    #expect(await server.request("initialize", SessionOptions().params)?["error"]?["code"] == -32600)
    await server.end()
  }

  @Test func unknownMethodsAreRefusedAndNotificationsPassedOver() async throws {
    let server = try await ServerProcess.initialized()
    server.client.notify("$/unknown", ["value": 1])
    server.client.notify("unknown/notification")
    #expect(await server.client.request("$/unknown")?["error"]?["code"] == -32601)
    #expect(await server.request("textDocument/unknown", .object([]))?["error"]?["code"] == -32601)
    #expect(await server.request("textDocument/hover", ["textDocument": 1])?["error"]?["code"] == -32602)
    #expect(await server.request("textDocument/hover", [])?["error"]?["code"] == -32602)
    await server.end()
  }

  @Test(arguments: SessionOptions.Encoding.allCases)
  func placesOutsideOfTheTextAreItsEnds(encoding: SessionOptions.Encoding) async throws {
    let server = try await ServerProcess.initialized(SessionOptions(encoding: encoding))
    let file = try OpenFile("shelf.json", encoding: encoding, in: server)
    let far: [JSONValue] = [0, 1, 1_000_000, 4_294_967_296, .integer(.max), -1, .integer(.min)]
    for line in far {
      for character in far {
        let position: JSONValue = ["line": line, "character": character]
        let answer = await server.request(
          "textDocument/hover", ["textDocument": ["uri": .string(file.uri)], "position": position])
        #expect(answer?["result"] != nil, "\(position)")
      }
    }
    // Beyond the end is the end, and a range may lie backwards.
    server.client.notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(file.uri), "version": 2],
        "contentChanges": [
          [
            "range": [
              "start": ["line": 9_000_000_000, "character": 9], "end": ["line": .integer(.max), "character": 0],
            ], "text": " ",
          ],
          ["range": ["start": ["line": 0, "character": 900], "end": ["line": 0, "character": 1]], "text": "\n"],
        ],
      ])
    let answer = await server.request(
      "textDocument/hover",
      ["textDocument": ["uri": .string(file.uri)], "position": ["line": 0, "character": 0]])
    #expect(answer?["result"] != nil)
    await server.end()
  }

  @Test func damagedMessagesAreAnsweredAndSurvived() async throws {
    let server = try await ServerProcess.initialized()
    let bodies = [#"{"jsonrpc":"2.0","id":1,"method":"#, "", "\u{0}", "[[[[", #"{"a":"\ud800"#]
    for body in bodies {
      server.client.send(body: Array(body.utf8))
      #expect(await server.client.first { $0["id"] == .null }?["error"]?["code"] == -32700, "\(body)")
    }
    server.client.send(body: [UInt8](repeating: UInt8(ascii: "["), count: 200_000))
    #expect(await server.client.first { $0["id"] == .null }?["error"]?["code"] == -32700)
    server.client.send(raw: Array("Content-Length: 12 or so\r\n\r\n".utf8))
    #expect(await server.client.first { $0["id"] == .null }?["error"]?["code"] == -32700)
    for body in ["7", "[]", "{}", #"{"jsonrpc":"1.0","id":77,"method":"shutdown"}"#] {
      server.client.send(body: Array(body.utf8))
      #expect(await server.client.first { $0["error"] != nil }?["error"]?["code"] == -32600, "\(body)")
    }
    _ = try await OpenFile("shelf.json", in: server).published { !$0.isEmpty }
    await server.end()
  }

  @Test func afterShutdownOnlyExitIsTaken() async throws {
    let server = try await ServerProcess.initialized()
    #expect(await server.client.request("shutdown")?["result"] == .null)
    for method in ["textDocument/hover", "shutdown", "initialize", "unknown"] {
      #expect(await server.request(method, .object([]))?["error"]?["code"] == -32600)
    }
    server.client.notify("exit")
    #expect(await server.status.value == 0)
  }

  // MARK: The end

  @Test func exitWithoutShutdownIsAFailure() async throws {
    let first = try ServerProcess()
    first.client.notify("exit")
    #expect(await first.status.value == 1)
    let second = try await ServerProcess.initialized()
    _ = try await OpenFile("shelf.json", in: second).published { !$0.isEmpty }
    second.client.notify("exit")
    #expect(await second.status.value == 1)
    await second.expectOnlyMessages()
  }

  @Test func theEndOfTheInputIsTheEnd() async throws {
    let rude = try await ServerProcess.initialized()
    _ = try OpenFile("shelf.json", in: rude)
    rude.client.closeOutput()
    #expect(await rude.status.value == 1)
    await rude.expectOnlyMessages()
    let polite = try await ServerProcess.initialized()
    #expect(await polite.client.request("shutdown")?["result"] == .null)
    polite.client.closeOutput()
    #expect(await polite.status.value == 0)
  }

  @Test func theServerLeavesWithTheClientItWasToldOf() async throws {
    let ends = TestClient.pair()
    let (other, _) = try run("/bin/cat", [], input: ends.input, output: ends.output)
    let server = try ServerProcess()
    _ = await server.request("initialize", ["processId": .integer(Int64(other)), "capabilities": .object([])])
    kill(other, SIGKILL)
    #expect(await server.status.value == 1)
  }

  @Test func theServerLeavesWithTheProcessThatStartedIt() async throws {
    let ends = TestClient.pair()
    let arguments = [Build.server, "lsp", "--plugins", Build.plugins]
    // The last command keeps the shell from becoming the server itself.
    let (shell, status) = try run(
      "/bin/sh", ["-c", #""$@"; exit $?"#, "sh"] + arguments, input: ends.input, output: ends.output)
    let answer = await ends.client.request("initialize", ["processId": nil, "capabilities": .object([])])
    #expect(answer?["result"] != nil)
    let server = try #require(children(of: shell).first)
    let (gone, continuation) = AsyncStream.makeStream(of: Void.self)
    #expect(watchProcess(Int64(server)) { continuation.finish() })
    kill(shell, SIGKILL)
    #expect(await status.value == -SIGKILL)
    for await _ in gone {}
    #expect(await ends.client.first { _ in true } == nil)
  }
}
