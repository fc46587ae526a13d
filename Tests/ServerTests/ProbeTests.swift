import JSONCodec
import LSPTestClient
import Testing

/// Messages that no editor should send: each gets the right error or none, and the session goes on.
@Suite(.timeLimit(.minutes(3))) struct ProbeTests {
  /// The next error without a request that it belongs to.
  private func complaint(of server: ServerProcess) async -> JSONValue? {
    await server.client.first { $0["id"] == .null && $0["error"] != nil }?["error"]?["code"]
  }

  /// The server still answers, and about the right text.
  private func expectAlive(_ server: ServerProcess) async throws {
    let file = try OpenFile("shelf.json", in: server)
    let wrong = try file.range(ShelfTests.wrong)
    try await file.finding(ShelfTests.checkDigit, at: wrong)
    let hover = await file.hover(wrong.lowerBound)
    #expect(hover?["contents"] != nil)
    file.close()
  }

  // MARK: Frames

  @Test(arguments: [
    "Content-Length: 99999999999999999999999\r\n\r\n", "Content-Length: 9223372036854775807\r\n\r\n",
    "Content-Length: 18446744073709551616\r\n\r\n{}", "Content-Length: -1\r\n\r\n{}", "Content-Length:\r\n\r\n{}",
    "Content-Length: 0x10\r\n\r\n{}", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "Content-Length 2\r\n\r\n{}",
    "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{}", "{\"jsonrpc\":\"2.0\"}\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u{0}\u{1}\u{2}\r\n", ": 5\r\n\r\n",
  ])
  func aHeaderThatMakesNoSenseIsSaidAndPassedOver(header: String) async throws {
    let server = try await ServerProcess.initialized()
    server.client.send(raw: Array(header.utf8))
    // What tells where sense begins again.
    server.client.notify("$/setTrace", ["value": "off"])
    #expect(await complaint(of: server) == -32700)
    try await expectAlive(server)
    await server.end()
  }

  @Test func aHeaderWithoutEndIsSaid() async throws {
    let server = try await ServerProcess.initialized()
    server.client.send(raw: [UInt8](repeating: UInt8(ascii: "x"), count: 100_000))
    #expect(await complaint(of: server) == -32700)
    server.client.send(raw: Array("\r\n".utf8))
    try await expectAlive(server)
    await server.end()
  }

  // MARK: Bodies

  /// Deeper than is read, and well-formed.
  @Test(arguments: [513, 5_000, 100_000]) func aMessageThatIsTooDeepIsSaid(depth: Int) async throws {
    let server = try await ServerProcess.initialized()
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      let nest = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
      server.client.send(body: Array(#"{"jsonrpc":"2.0","id":9,"method":"textDocument/hover","params":\#(nest)}"#.utf8))
      #expect(await complaint(of: server) == -32700)
    }
    try await expectAlive(server)
    await server.end()
  }

  /// As deep as is read: settings, data of a code action, and the text of a document may be.
  @Test func aDeepMessageIsRead() async throws {
    let server = try await ServerProcess.initialized()
    let nest = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    func send(_ rest: String) { server.client.send(body: Array(#"{"jsonrpc":"2.0",\#(rest)}"#.utf8)) }
    send(#""method":"workspace/didChangeConfiguration","params":{"settings":{"concord":\#(nest)}}"#)
    send(#""id":9001,"method":"codeAction/resolve","params":{"title":"?","data":\#(nest)}"#)
    #expect(await server.client.answer(to: 9_001)?["error"]?["code"] != -32700)
    let deep = String(repeating: #"{"a":["#, count: 20_000)
    let file = OpenFile(deep + String(repeating: "]}", count: 20_000), "/nowhere/project/deep.json", in: server)
    #expect(await file.hover(file.text.startIndex) != nil)
    try await expectAlive(server)
    await server.end()
  }

  @Test func textThatIsNotUTF8IsReadAndNothingElseIsWritten() async throws {
    let server = try await ServerProcess.initialized()
    let broken: [UInt8] = [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0xF5, 0xE2, 0x82]
    func send(_ before: String, _ after: String) {
      server.client.send(body: Array(before.utf8) + broken + Array(after.utf8))
    }
    send(#"{"jsonrpc":"2.0","id":"a"#, #"","method":"textDocument/hover","params":{}}"#)
    let answer = await server.client.first { $0["id"]?.string?.hasPrefix("a") == true }
    #expect(answer?["error"]?["code"] == -32602)
    send(#"{"jsonrpc":"2.0","id":9001,"method":"unknown/"#, #"","params":{}}"#)
    #expect(await server.client.answer(to: 9_001)?["error"]?["code"] == -32601)
    let opening =
      #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///nowhere/b.json","#
    send(opening + #""languageId":"json","version":1,"text":"[\""#, #"\", 1]"}}}"#)
    let position: JSONValue = ["line": 0, "character": 3]
    let hover = await server.request(
      "textDocument/hover", ["textDocument": ["uri": "file:///nowhere/b.json"], "position": position])
    #expect(hover?["result"] != nil)
    send(
      #"{"jsonrpc":"2.0","id":9002,"method":"textDocument/hover","params":{"textDocument":{"uri":""#,
      #""},"position":{"line":0,"character":0}}}"#)
    #expect(await server.client.answer(to: 9_002)?["result"] == .null)
    try await expectAlive(server)
    await server.end()
  }

  static let requests = [
    "textDocument/hover", "textDocument/completion", "completionItem/resolve", "textDocument/codeAction",
    "codeAction/resolve", "textDocument/definition", "textDocument/references", "textDocument/documentHighlight",
    "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/rename", "textDocument/prepareRename",
    "textDocument/inlayHint",
    "textDocument/diagnostic", "workspace/executeCommand",
  ]
  static let notifications = [
    "textDocument/didOpen", "textDocument/didChange", "textDocument/didSave", "textDocument/didClose",
    "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles", "$/setTrace", "$/cancelRequest",
    "initialized",
  ]
  /// Parameters of the wrong type at every depth of what the methods take.
  static let strange: [JSONValue?] = [
    nil, .null, 1, "x", [], [[]], .object([]), true, ["textDocument": .null], ["textDocument": 1],
    ["textDocument": .object([])], ["textDocument": ["uri": 7]],
    ["textDocument": ["uri": "file:///a", "version": "1"]],
    ["textDocument": ["uri": "file:///a"], "position": .null], ["textDocument": ["uri": "file:///a"], "position": [1]],
    ["textDocument": ["uri": "file:///a"], "position": ["line": "1", "character": 1.5]],
    ["textDocument": ["uri": "file:///a"], "position": ["line": 1e300, "character": 0]],
    ["textDocument": ["uri": "file:///a"], "range": ["start": 1], "context": 2],
    ["textDocument": ["uri": "file:///a", "version": 1e99], "contentChanges": [["range": 1, "text": 2]]],
    ["command": 1, "arguments": "x"], ["command": "nothing"], ["id": ["a": 1]], ["changes": [["uri": 1, "type": "x"]]],
    ["settings": [1, 2]], ["item": 1], ["label": 1, "data": ["uri": []]], ["value": 1],
  ]

  @Test(arguments: requests) func parametersOfTheWrongTypeGetOneAnswer(method: String) async throws {
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true))
    for params in Self.strange {
      let answer = await server.client.request(method, params)
      let code = answer?["error"]?["code"]?.integer
      #expect(answer?["result"] != nil || [-32602, -32803].contains(code), "\(params ?? nil): \(answer ?? nil)")
    }
    await server.end()
  }

  @Test func notificationsOfTheWrongTypeAreLeftAlone() async throws {
    let server = try await ServerProcess.initialized()
    for method in Self.notifications {
      for params in Self.strange { server.client.notify(method, params) }
    }
    try await expectAlive(server)
    await server.end()
  }

  // MARK: Order

  @Test func editsOfDocumentsThatAreNotOpenChangeNothing() async throws {
    let server = try await ServerProcess.initialized()
    var file = try OpenFile("shelf.json", in: server)
    let wrong = try file.range(ShelfTests.wrong)
    try await file.finding(ShelfTests.checkDigit, at: wrong)
    file.close()
    // After its end nobody knows it any more.
    file.replaceAll(with: "[1,")
    #expect(await file.hover(file.text.startIndex) == .null)
    let again = try OpenFile("shelf.json", in: server)
    try await again.finding(ShelfTests.checkDigit, at: wrong)
    // Opened twice: the later text counts.
    let twice = OpenFile("[1, 2", "shelf.json", in: server)
    _ = try await twice.published { findings in findings.contains { $0["code"]?.string?.hasPrefix("syntax/") == true } }
    await server.end()
  }

  /// Versions that jump, stand still, go back or are no numbers: edits count in the order in which they come.
  @Test func versionsMayBeAnything() async throws {
    let server = try await ServerProcess.initialized(SessionOptions(encoding: .utf8, pulls: true))
    let file = OpenFile("[0]", "/nowhere/versions.json", language: "json", encoding: .utf8, in: server)
    let versions: [JSONValue] = [2, 900, 3, 3, -7, .integer(.max), .integer(.min), 0]
    var expected = "[0"
    for (number, version) in versions.enumerated() {
      let end: JSONValue = ["line": 0, "character": .integer(Int64(expected.utf8.count))]
      server.client.notify(
        "textDocument/didChange",
        [
          "textDocument": ["uri": .string(file.uri), "version": version],
          "contentChanges": [["range": ["start": end, "end": end], "text": .string(", \(number)")]],
        ])
      expected += ", \(number)"
    }
    // Its outline names what it holds.
    let symbols = await server.request("textDocument/documentSymbol", ["textDocument": ["uri": .string(file.uri)]])
    #expect(symbols?["result"] != nil)
    let last: JSONValue = ["line": 0, "character": .integer(Int64(expected.utf8.count - 1))]
    let highlights = await server.request(
      "textDocument/documentHighlight", ["textDocument": ["uri": .string(file.uri)], "position": last])
    #expect(highlights?["result"] != nil)
    #expect(try await file.pull().isEmpty)
    await server.end()
  }

  /// While a plugin hangs the first is not answered; another of the same number is refused, and both end.
  @Test func anIDInUseIsRefusedAndTheFirstIsAnswered() async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true), plugins: folder.path)
    let text = #"{"flat": [{"command": "loop"}, {"command": "fine"}]}"#
    let file = OpenFile(text, "/nowhere/project/twice.json", in: server)
    let request: JSONValue = [
      "jsonrpc": "2.0", "id": 9_001, "method": "textDocument/diagnostic",
      "params": ["textDocument": ["uri": .string(file.uri)]],
    ]
    server.client.send(request)
    server.client.send(request)
    #expect(await server.client.answer(to: 9_001)?["error"]?["code"] == -32600)
    let items = await server.client.answer(to: 9_001)?["result"]?["items"]?.array
    #expect(items?.contains { $0["message"] == "fine" } == true)
    // It may be used again now.
    server.client.send(request)
    #expect(await server.client.answer(to: 9_001)?["result"] != nil)
    await server.end()
  }

  @Test func tenThousandRequestsAndCancellationsAreAnsweredOnceEach() async throws {
    let server = try await ServerProcess.initialized()
    let file = try OpenFile("shelf.json", in: server)
    let document: JSONValue = ["uri": .string(file.uri)]
    let ids = (0..<10_000).map { number in
      let position: JSONValue = ["line": .integer(Int64(number % 60)), "character": .integer(Int64(number % 90))]
      let id = server.client.start("textDocument/hover", ["textDocument": document, "position": position])
      server.client.notify("$/cancelRequest", ["id": .integer(number % 3 == 0 ? id : id - 1)])
      return id
    }
    for id in ids {
      let answer = await server.client.answer(to: id)
      #expect(answer?["result"] != nil || answer?["error"]?["code"] == -32800)
    }
    try await file.finding(ShelfTests.checkDigit, at: file.range(ShelfTests.wrong))
    await server.end()
    #expect(server.client.untaken.allSatisfy { $0["method"] != nil })
  }
}
