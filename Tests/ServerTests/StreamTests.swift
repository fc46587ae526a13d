import Foundation
import Glibc
import JSONCodec
import JSONRPC
import LSPTestClient
import Testing

/// What comes out of standard output, byte for byte, and what a client that is gone does to the server.
@Suite(.timeLimit(.minutes(3))) struct StreamTests {
  @Test func aWholeSessionWritesNothingButMessages() async throws {
    let shelf = Build.shelf.appendingPathComponent("shelf.json")
    let text = try String(contentsOf: shelf, encoding: .utf8)
    let document: JSONValue = ["uri": .string(shelf.absoluteString), "version": 2]
    let range: JSONValue = ["start": ["line": 0, "character": 0], "end": ["line": 900, "character": 0]]
    let script: [UInt8] =
      try request(1, "initialize", SessionOptions().params) + notification("initialized", .object([]))
      + notification(
        "textDocument/didOpen",
        [
          "textDocument": [
            "uri": .string(shelf.absoluteString), "languageId": "json", "version": 1, "text": .string(text),
          ]
        ])
      + notification("textDocument/didChange", ["textDocument": document, "contentChanges": [["text": "{\"a\""]]])
      + notification("textDocument/didChange", ["textDocument": document, "contentChanges": [["text": .string(text)]]])
      + request(
        2, "textDocument/hover", ["textDocument": document, "position": ["line": 22, "character": 104]])
      + request(
        3, "textDocument/codeAction", ["textDocument": document, "range": range, "context": ["diagnostics": []]])
      + frame("{") + request(4, "nothing", nil) + request(5, "shutdown", nil) + notification("exit", nil)
    let pipes = try RawServer()
    let written = await pipes.converse(script)
    #expect(await pipes.status.value == 0)
    let messages = try strictMessages(written)
    for id in [1, 5] as [Int64] {
      #expect(messages.contains { $0["id"] == .integer(id) && $0["result"] != nil }, "\(id)")
    }
    // Nobody waited for these, and the session may have ended first; answered they are.
    for id in [2, 3] as [Int64] {
      let answer = messages.first { $0["id"] == .integer(id) }
      #expect(answer?["result"] != nil || answer?["error"]?["code"] == -32802, "\(id)")
    }
    #expect(messages.contains { $0["id"] == .integer(4) && $0["error"]?["code"] == -32601 })
    #expect(messages.contains { $0["id"] == .null && $0["error"]?["code"] == -32700 })
  }

  /// A plugin that prints, leaves, crashes and writes where it must not.
  @Test func nothingOfAPluginReachesTheClientButItsFindings() async throws {
    let folder = try PluginFolder()
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true), plugins: folder.path)
    for command in ["noise", "exit", "crash", "garbage"] {
      var file = OpenFile(
        #"{"flat": [{"command": "fine"}, {"command": "\#(command)"}]}"#, "/nowhere/project/\(command).json", in: server)
      let found = try await file.pull()
      #expect(found.contains { $0["message"] == "fine" }, "\(command)")
      #expect(found.contains { $0["message"] == "noise" } == (command == "noise"))
      // What the plugin could not look at is told.
      if command != "noise" {
        let told = try #require(await server.client.notification("window/logMessage"))
        #expect(told["params"]?["type"] == 2)
        let message = told["params"]?["message"]?.string ?? ""
        #expect(message.hasPrefix("\(file.uri): The plugin `test` stopped"), "\(message)")
      }
      try file.replace("\"\(command)\"", with: "\"well\"")
      #expect(Set(try await file.pull().map { $0["message"] }) == ["fine", "well"], "\(command)")
      file.close()
    }
    await server.end()
  }

  @Test func aClientThatNoLongerReadsIsNoSignal() async throws {
    let pipes = try RawServer()
    close(pipes.fromServer)
    pipes.write(try request(1, "initialize", SessionOptions().params) + notification("initialized", .object([])))
    pipes.write(try request(2, "shutdown", nil) + notification("exit", nil))
    #expect(await pipes.status.value == 0)
    close(pipes.toServer)
  }

  @Test func aClientThatNeverReadsDoesNotKeepTheServer() async throws {
    let pipes = try RawServer()
    pipes.write(try request(0, "initialize", SessionOptions().params))
    // Far more than fits a pipe.
    let long = String(repeating: "x", count: 200)
    for id in 1...2_000 as ClosedRange<Int64> { pipes.write(try request(id, long, nil)) }
    pipes.write(try request(5_000, "shutdown", nil) + notification("exit", nil))
    #expect(await pipes.status.value == 0)
    close(pipes.toServer)
    close(pipes.fromServer)
  }

  @Test func aClientThatLeavesInTheMiddleOfAMessageEndsTheSession() async throws {
    let pipes = try RawServer()
    let written = await pipes.converse(
      try request(1, "initialize", SessionOptions().params) + Array("Content-Length: 4000\r\n\r\n{\"jsonrpc\"".utf8))
    #expect(await pipes.status.value == 1)
    #expect(try strictMessages(written).count == 1)
  }
}
