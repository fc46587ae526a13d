import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Finding one's way in the example folder, over the wire.
@Suite(.timeLimit(.minutes(3))) struct NavigationTests {
  private static let options = SessionOptions(textDocument: [
    .init("definition", ["linkSupport": true]), .init("rename", ["prepareSupport": true]),
    .init("documentSymbol", ["hierarchicalDocumentSymbolSupport": true]),
  ])

  @Test(arguments: SessionOptions.Encoding.allCases)
  func anIDLeadsToItsEntryBehindOtherScripts(encoding: SessionOptions.Encoding) async throws {
    var options = Self.options
    options.encoding = encoding
    let server = try await ServerProcess.initialized(options)
    var file = try OpenFile("products.coco.json", encoding: encoding, in: server)
    try file.replace(#""images""#, with: "\"note\": \"kệ 日本 🛒\", \"images\"")
    let use = try file.range("1", after: #""image_id": "#)
    let id = try file.range("1", after: #""images": [\#n    {"id": "#)
    let links = await file.ask("definition", use.lowerBound)?.array
    #expect(links?.count == 1)
    #expect(links?.first?["originSelectionRange"] == file.place(use))
    #expect(links?.first?["targetSelectionRange"] == file.place(id))
    let uses = await file.ask("references", id.lowerBound, .init("context", ["includeDeclaration": true]))?.array
    #expect(uses?.first?["range"] == file.place(id))
    #expect(uses?.contains { $0["range"] == file.place(use) } == true)
    let near = await file.ask("documentHighlight", use.lowerBound)?.array
    #expect(near?.count == uses?.count)
    await server.end()
  }

  @Test func aTermLeadsToItsList() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let file = try OpenFile("shelf.json", in: server)
    let label = try file.range(#""8936000010140""#, after: #""label": "#)
    let link = await file.ask("definition", label.lowerBound)?.array?.first
    let target = try #require(link?["targetUri"]?.string.flatMap(URL.init))
    let line = try #require(link?["targetSelectionRange"]?["start"]?["line"]?.integer)
    let lines = try String(contentsOf: target, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[Int(line)].contains(#"{"id": "8936000010140""#))
    await server.end()
  }

  @Test func renamingAnIDLeavesEverythingElseAsItWas() async throws {
    var options = Self.options
    options.pulls = true
    let server = try await ServerProcess.initialized(options)
    var file = try OpenFile("products.coco.json", in: server)
    let before = try await file.pull()
    #expect(!before.isEmpty)
    let text = file.text
    let id = try file.range("1", after: #""images": [\#n    {"id": "#)
    let start = await file.ask("prepareRename", id.lowerBound)
    #expect(start == ["range": file.place(id), "placeholder": "1"])
    let refused = await file.answer("rename", id.lowerBound, .init("newName", "2"))
    #expect(refused?["error"]?["message"] == "This id is taken already. Choose one that is free.")
    let edit = await file.ask("rename", id.lowerBound, .init("newName", "7"))
    #expect(edit?["documentChanges"]?.array?.first?["textDocument"]?["version"] == 1)
    try file.apply(edit)
    #expect(
      file.text
        == text.replacing(#""image_id": 1,"#, with: #""image_id": 7,"#).replacing(
          #"{"id": 1, "file_name""#, with: #"{"id": 7, "file_name""#))
    #expect(try await file.pull().lines == before.lines)
    await server.end()
  }

  @Test func hintsAndHoversSayWhatIsNamed() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let file = try OpenFile("shelf.json", in: server)
    let label = try file.range(#""8936000010140""#, after: #""label": "#)
    _ = try await file.published { !$0.isEmpty }
    let answer = await server.request(
      "textDocument/inlayHint", ["textDocument": ["uri": .string(file.uri)], "range": file.place(label)])
    let hints = try #require(answer?["result"]?.array)
    #expect(hints.map { $0["label"] } == ["Fresh milk, no sugar, 1 L"])
    #expect(hints.first?["position"] == file.position(label.upperBound))
    let source = try file.range(#""front""#, after: #""source": "#)
    let text = await file.hover(source.lowerBound)?["contents"]?["value"]?.string
    #expect(text?.contains("images/shelf-0001.png") == true)
    #expect(text?.contains("width: 640") == true)
    await server.end()
  }

  @Test func theOutlineNamesTheRecords() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let file = try OpenFile("products.coco.json", in: server)
    _ = try await file.published { !$0.isEmpty }
    let answer = await server.request("textDocument/documentSymbol", ["textDocument": ["uri": .string(file.uri)]])
    let symbols = try #require(answer?["result"]?.array)
    #expect(symbols.map { $0["name"] } == ["info", "images", "annotations", "categories"])
    #expect(symbols.last?["children"]?.array?.map { $0["name"] } == ["carton", "bottle", "bag"])
    #expect(symbols[2]["children"]?.array?.first?["detail"] == "images/shelf-0001.png · bottle")
    await server.end()
  }

  /// A chat over several lines can be folded turn by turn.
  @Test func turnsCanBeFolded() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let text = """
      [
        {"messages": [
          {
            "role": "user",
            "content": "Hi"
          },
          {
            "role": "assistant",
            "content": "Hello!"
          }
        ]},
        {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
      ]
      """
    let file = OpenFile(text, "/nowhere/chat.json", in: server)
    let answer = await server.request("textDocument/foldingRange", ["textDocument": ["uri": .string(file.uri)]])
    let folds = answer?["result"]?.array?.map { [$0["startLine"]?.integer, $0["endLine"]?.integer] }
    #expect(folds == [[0, 11], [1, 9], [2, 4], [6, 8]])
    await server.end()
  }

  @Test func aClientWithoutMarkdownReadsPlainText() async throws {
    let ends = try ServerProcess()
    _ = await ends.client.request("initialize", ["processId": nil, "rootUri": nil, "capabilities": .object([])])
    ends.client.notify("initialized", .object([]))
    let file = try OpenFile("shelf.json", in: ends)
    let label = try file.range(#""8936000010140""#, after: #""label": "#)
    let contents = await file.hover(label.lowerBound)?["contents"]
    #expect(contents?["kind"] == "plaintext")
    #expect(contents?["value"]?.string?.hasPrefix("Fresh milk, no sugar, 1 L 8936000010140\n") == true)
    await ends.end()
  }
}

extension OpenFile {
  /// The whole answer to a request about a place.
  func answer(_ method: String, _ index: String.Index, _ more: JSONValue.Member...) async -> JSONValue? {
    let members: [JSONValue.Member] = [
      .init("textDocument", ["uri": .string(uri)]), .init("position", position(index)),
    ]
    return await server.request("textDocument/" + method, .object(members + more))
  }

  func ask(_ method: String, _ index: String.Index, _ more: JSONValue.Member...) async -> JSONValue? {
    let members: [JSONValue.Member] = [
      .init("textDocument", ["uri": .string(uri)]), .init("position", position(index)),
    ]
    return await server.request("textDocument/" + method, .object(members + more))?["result"]
  }
}
