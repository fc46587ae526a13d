import JSONCodec
import LSPTestClient
import Testing

/// Completion as clients see it.
@Suite(.timeLimit(.minutes(3))) struct CompletionAnswerTests {
  private static let text = #"""
    {"concord": "1.0", "domain": "retail-sku", "samples": [{"id": "kệ 🛒", "sources": [{"id": "cam", "modality": "image", "view": "shelf", "uri": "a.jpg", "width": 10, "height": 10}], "annotations": [{"id": "a1", "source": "cam", "kind": "bbox", "bbox": [1, 2, 3, 4], "label": "duong trang", "split": "tr"}]}]}
    """#

  private func complete(
    _ part: String, _ capabilities: JSONValue, encoding: SessionOptions.Encoding = .utf16, text: String = text
  ) async throws -> (items: [JSONValue], list: JSONValue, file: OpenFile, server: ServerProcess) {
    let server = try await ServerProcess.initialized(
      SessionOptions(encoding: encoding, textDocument: [.init("completion", capabilities)]))
    let file = OpenFile(text, "completion.json", encoding: encoding, in: server)
    let end = try file.range(part).upperBound
    let answer = await server.client.request(
      "textDocument/completion",
      ["textDocument": ["uri": .string(file.uri)], "position": file.position(end)])
    let list = try #require(answer?["result"])
    return (list["items"]?.array ?? [], list, file, server)
  }

  @Test(arguments: SessionOptions.Encoding.allCases)
  func aProductIsFoundByAnotherName(encoding: SessionOptions.Encoding) async throws {
    let (items, list, file, server) = try await complete("duong trang", [:], encoding: encoding)
    #expect(list["isIncomplete"] == true)
    let item = try #require(items.first)
    #expect(item["label"] == "White sugar 1 kg — 8936000014582")
    #expect(item["filterText"] == "trang")
    #expect(item["insertTextFormat"] == 1)
    let word = try file.range("trang")
    #expect(item["textEdit"]?["range"] == file.place(word))
    #expect(item["textEdit"]?["newText"] == "8936000014582")
    #expect(item["additionalTextEdits"]?.array?.first?["range"] == file.place(try file.range("duong ")))
    let told = await server.client.request("completionItem/resolve", item)
    #expect(told?["result"]?["documentation"]?["kind"] == "plaintext")
    #expect(told?["result"]?["documentation"]?["value"]?.string?.contains("Đường trắng") == true)
    await server.end()
  }

  @Test func gapsComeOnlyToThoseWhoKnowThem() async throws {
    let broken = #"{"concord": "1.0", "samples": [{"id": "a", "annotations": [{"#
    let item: JSONValue = ["snippetSupport": true, "labelDetailsSupport": true, "documentationFormat": ["markdown"]]
    let (rich, _, _, first) = try await complete(
      "[{\"id\": \"a\", \"annotations\": [{", ["completionItem": item], text: broken)
    #expect(rich.contains { $0["insertTextFormat"] == 2 && $0["textEdit"]?["newText"]?.string?.contains("$1") == true })
    let key = try #require(rich.firstIndex { $0["label"] == "id" })
    let told = await first.client.request("completionItem/resolve", rich[key])
    #expect(told?["result"]?["documentation"]?["kind"] == "markdown")
    await first.end()
    let (plain, _, _, second) = try await complete("[{\"id\": \"a\", \"annotations\": [{", [:], text: broken)
    #expect(!plain.isEmpty)
    #expect(
      plain.allSatisfy { $0["insertTextFormat"] == 1 && $0["textEdit"]?["newText"]?.string?.contains("$1") == false })
    await second.end()
  }

  @Test func whoCanChooseGetsBothRanges() async throws {
    let text = #"{"concord": "1.0", "samples": [{"id": "a", "split": "true"}]}"#
    let (items, _, file, server) = try await complete(
      #""split": "tr"#, ["completionItem": ["insertReplaceSupport": true]], text: text)
    let train = items[try #require(items.firstIndex { $0["label"] == "train" })]
    let whole = try file.range("true")
    #expect(train["textEdit"]?["replace"] == file.place(whole))
    #expect(train["textEdit"]?["insert"] == file.place(whole.lowerBound..<text.index(whole.lowerBound, offsetBy: 2)))
    await server.end()
  }

  @Test func nothingComesForSettings() async throws {
    let (items, list, _, server) = try await complete(#"Size": "#, [:], text: #"{"editor.fontSize": 12}"#)
    #expect(items.isEmpty && list == .null)
    await server.end()
  }
}
