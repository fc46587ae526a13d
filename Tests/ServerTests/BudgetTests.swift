import Foundation
import Glibc
import JSONCodec
import LSPTestClient
import Testing

/// However much is found, and however little the client reads: messages stay small, and typing goes on.
@Suite(.timeLimit(.minutes(3))) struct BudgetTests {
  private static let budget = 512 << 10

  /// A COCO file that is not well formed in `count` places.
  private static func broken(_ count: Int) -> String {
    let commas = (0..<count).map { "\($0),," }.joined(separator: "\n")
    return "{\"images\": [], \"annotations\": [], \"categories\": [], \"a\": [\(commas)0]}"
  }

  /// A COCO file in which `count` boxes name one label.
  private static func boxes(_ count: Int) -> String {
    let boxes = (0..<count).map { id in
      "{\"id\": \(id + 1), \"image_id\": 1, \"category_id\": 7, \"bbox\": [\(id % 90 * 10), \(id / 90 * 10), 5, 5]}"
    }
    return """
      {"images": [{"id": 1, "file_name": "a.jpg", "width": 1000, "height": 1000}],
      "categories": [{"id": 7, "name": "car"}],
      "annotations": [\(boxes.joined(separator: ",\n"))]}
      """
  }

  private func size(_ message: JSONValue) throws -> Int { try JSONCodec.encode(message).count }

  @Test(arguments: [false, true]) func findingsWeighAtMostHalfAMegabyte(pulls: Bool) async throws {
    var options = SessionOptions(pulls: pulls)
    options.limits = ["findings": 100_000]
    let server = try await ServerProcess.initialized(options)
    let file = OpenFile(Self.broken(6_000), "/nowhere/broken.json", in: server)
    let message: JSONValue?
    if pulls {
      message = await server.request("textDocument/diagnostic", ["textDocument": ["uri": .string(file.uri)]])
    } else {
      message = await server.client.notification("textDocument/publishDiagnostics")
    }
    #expect(try size(try #require(message)) <= Self.budget)
    let all = try #require(message?["result"]?["items"]?.array ?? message?["params"]?["diagnostics"]?.array)
    let found = all.dropLast()
    let more = try #require(all.last)
    #expect(more["code"] == "concord/more-findings")
    #expect(found.count > 500 && found.count < 6_000)
    let words = try #require(more["message"]?.string)
    let count = try #require(words.split(separator: " ").first.flatMap { Int($0) })
    #expect(count + found.count == 6_000)
    await server.end()
  }

  @Test func aListOfPlacesIsCutOrComesInParts() async throws {
    let server = try await ServerProcess.initialized()
    let file = OpenFile(Self.boxes(6_000), "/nowhere/boxes.json", in: server)
    let position = file.position(try file.range("7", after: "\"category_id\": ").lowerBound)
    let asked: [JSONValue.Member] = [
      .init("textDocument", ["uri": .string(file.uri)]), .init("position", position),
      .init("context", ["includeDeclaration": false]),
    ]
    let answer = await server.request("textDocument/references", .object(asked))
    #expect(answer?["result"]?.array?.count == 5_000)
    let told = await server.client.notification("window/showMessage")
    #expect(told?["params"]?["message"] == "6000 places name this. The first 5000 are listed.")

    let id = server.client.start(
      "textDocument/references", .object(asked + [.init("partialResultToken", "places")]))
    #expect(await server.client.answer(to: id)?["result"] == .array([]))
    let parts = server.client.untaken.filter { $0["method"] == "$/progress" && $0["params"]?["token"] == "places" }
    #expect(parts.compactMap { $0["params"]?["value"]?.array?.count } == [1_000, 1_000, 1_000, 1_000, 1_000, 1_000])
    await server.end()
  }

  @Test func fewActionsAreOfferedAtATime() async throws {
    let server = try await ServerProcess.initialized()
    let file = OpenFile(Self.broken(900), "/nowhere/broken.json", in: server)
    _ = await server.client.notification("textDocument/publishDiagnostics")
    let answer = await server.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(file.uri)], "range": file.place(file.text.startIndex..<file.text.endIndex),
        "context": ["diagnostics": []],
      ])
    #expect(answer?["result"]?.array?.count == 100)
    await server.end()
  }

  /// A client that reads nothing for a while: what it writes is read and acted on, and of each file only the newest findings wait.
  @Test func aClientThatDoesNotReadHoldsNothingUp() async throws {
    let pipes = try RawServer()
    let uri = "file:///nowhere/broken.json"
    let document: JSONValue = [
      "uri": .string(uri), "languageId": "json", "version": 1, "text": .string(Self.broken(900)),
    ]
    pipes.write(try request(0, "initialize", SessionOptions().params))
    pipes.write(try notification("initialized", .object([])))
    pipes.write(try notification("textDocument/didOpen", ["textDocument": document]))
    let last: Int64 = 400
    for version in 2...last {
      let start: JSONValue = ["line": 0, "character": 0]
      let change: JSONValue = ["range": ["start": start, "end": start], "text": " "]
      let named: JSONValue = ["uri": .string(uri), "version": .integer(version)]
      // Far more than a pipe holds: were nothing read, this would not come back.
      pipes.write(
        try notification("textDocument/didChange", ["textDocument": named, "contentChanges": [change]]))
    }
    let place: JSONValue = ["textDocument": ["uri": .string(uri)], "position": ["line": 0, "character": 0]]
    pipes.write(try request(1_001, "textDocument/hover", place))
    pipes.write(try request(1_002, "textDocument/references", place))
    pipes.write(try notification("$/cancelRequest", ["id": 1_002]))
    // From now on it reads.
    let client = TestClient(input: pipes.fromServer, output: pipes.toServer)
    #expect(await client.answer(to: 1_001)?["result"] != nil)
    let cancelled = await client.answer(to: 1_002)
    #expect(cancelled?["error"]?["code"] == -32800 || cancelled?["result"] != nil)
    let newest = await client.first {
      $0["method"] == "textDocument/publishDiagnostics" && $0["params"]?["version"] == .integer(last)
    }
    #expect(newest?["params"]?["diagnostics"]?.array?.isEmpty == false)
    #expect(await client.request("shutdown")?["result"] == .null)
    client.notify("exit")
    #expect(await pipes.status.value == 0)
    let published = client.untaken.filter { $0["method"] == "textDocument/publishDiagnostics" }
    #expect(published.count < 20, "\(published.count)")
  }
}
