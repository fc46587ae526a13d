import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// What an editor shows of label files besides findings, over the wire.
@Suite(.timeLimit(.minutes(3))) struct LabelHelpTests {
  private static let signatures: JSONValue = [
    "signatureInformation": ["parameterInformation": ["labelOffsetSupport": true], "activeParameterSupport": true]
  ]
  private static let options = SessionOptions(textDocument: [
    .init("declaration", ["linkSupport": true]), .init("typeDefinition", ["linkSupport": true]),
    .init("signatureHelp", signatures), .init("selectionRange", .object([])), .init("documentLink", .object([])),
    .init("colorProvider", .object([])), .init("inlayHint", ["resolveSupport": ["properties": ["tooltip"]]]),
  ])

  private func request(_ method: String, of file: OpenFile, _ more: JSONValue.Member...) async -> JSONValue? {
    let named = JSONValue.Member("textDocument", ["uri": .string(file.uri)])
    return await file.server.request("textDocument/" + method, .object([named] + more))?["result"]
  }

  /// The text at a range of a file on disk.
  private func text(of range: JSONValue?, in uri: String) throws -> String {
    let lines = try String(contentsOf: try #require(URL(string: uri)), encoding: .utf8).components(separatedBy: "\n")
    let (start, end) = (try #require(range?["start"]), try #require(range?["end"]))
    try #require(start["line"] == end["line"])
    let units = Array(lines[Int(try #require(start["line"]?.integer))].utf16)
    let first = Int(try #require(start["character"]?.integer))
    let last = Int(try #require(end["character"]?.integer))
    return String(decoding: units[first..<last], as: UTF16.self)
  }

  /// What a client has no use for is not offered to it.
  @Test func whoAsksForNothingIsOfferedNothing() async throws {
    let server = try ServerProcess()
    let answer = await server.client.request(
      "initialize", ["processId": nil, "rootUri": nil, "capabilities": .object([])])
    let offered = try #require(answer?["result"]?["capabilities"])
    #expect(offered["hoverProvider"] == true)
    for name in [
      "declarationProvider", "typeDefinitionProvider", "signatureHelpProvider", "selectionRangeProvider",
      "documentLinkProvider", "colorProvider", "semanticTokensProvider",
    ] { #expect(offered[name] == nil, "\(name)") }
    #expect(offered["inlayHintProvider"] == true)
    server.client.notify("initialized", .object([]))
    await server.end()
  }

  // MARK: Places

  @Test func aLabelIsDeclaredInItsList() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let file = try OpenFile("shelf.json", in: server)
    let label = try file.range(#""8936000010140""#, after: #""label": "#)
    let link = try #require(await file.ask("declaration", label.lowerBound)?.array?.first)
    #expect(link["originSelectionRange"] == file.place(label))
    let target = try #require(link["targetUri"]?.string)
    #expect(target.hasSuffix("/Plugins/RetailSKU/ontologies/skus.json"))
    #expect(try text(of: link["targetSelectionRange"], in: target) == #""8936000010140""#)
    await server.end()
  }

  @Test func aLabelIsDeclaredInItsRowOfATable() async throws {
    let dataset = try ServerVocabularyTests.Dataset()
    let server = try await ServerProcess.initialized(Self.options, plugins: dataset.path("plugins"))
    let file = OpenFile(ServerVocabularyTests.Dataset.labels, dataset.path("data/a.json"), in: server)
    let link = try #require(await file.ask("declaration", try file.range("loaf").lowerBound)?.array?.first)
    let target = try #require(link["targetUri"]?.string)
    #expect(target.hasSuffix("/data/things.csv"))
    #expect(try text(of: link["targetSelectionRange"], in: target) == "loaf")
    #expect(link["targetSelectionRange"]?["start"]?["line"] == 2)
    await server.end()
  }

  @Test func aValueLeadsIntoItsSchema() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let file = try OpenFile("shelf.json", in: server)
    let box = try file.range("141.6")
    let links = try #require(await file.ask("typeDefinition", file.text.index(before: box.lowerBound))?.array)
    let link = try #require(links.first)
    let target = try #require(link["targetUri"]?.string)
    #expect(target.hasSuffix("/Plugins/RetailSKU/schemas/shelf.json"))
    #expect(try text(of: link["targetSelectionRange"], in: target) == #""bbox""#)
    #expect(link["originSelectionRange"]?["start"]?["line"] == file.position(box.lowerBound)["line"])
    await server.end()
  }

  @Test func selectionsGrow() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let file = try OpenFile("shelf.json", in: server)
    let value = try file.range(#""front""#, after: #""source": "#)
    let inside = file.text.index(value.lowerBound, offsetBy: 3)
    let answer = await request("selectionRange", of: file, .init("positions", [file.position(inside)]))
    var ranges: [JSONValue] = []
    var next = answer?.array?.first
    while let range = next {
      ranges.append(range["range"] ?? nil)
      next = range["parent"]
    }
    let word = file.text.index(after: value.lowerBound)..<file.text.index(before: value.upperBound)
    let member = try file.range(#""source": "front""#)
    #expect(Array(ranges.prefix(3)) == [file.place(word), file.place(value), file.place(member)])
    let entry = try file.range(#"{"id": "a1""#)
    #expect(ranges.dropFirst(3).first?["start"] == file.position(entry.lowerBound))
    #expect(ranges.last == file.place(file.text.startIndex..<file.text.endIndex))
    // The entry, its list, the sample, the samples, the file.
    #expect(ranges.count >= 8)
    await server.end()
  }

  // MARK: Values

  private static let points = """
    {"images": [{"id": 1, "file_name": "a.jpg", "width": 10, "height": 10}],
    "categories": [{"id": 1, "name": "person", "color": [220, 20,60]}],
    "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[1, 2, 3, 4, 5, 6]],
    "keypoints": [10, 20, 2, 30, 40, 1], "bbox": [1, 2,
    """

  @Test func aBoxSaysWhatItsNumbersAre() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let file = try OpenFile("shelf.json", in: server)
    let width = try file.range("48.8", after: "141.6, 27.0, ")
    let help = await file.ask("signatureHelp", width.upperBound)
    let signature = help?["signatures"]?.array?.first
    #expect(signature?["label"] == "bbox: [x, y, width, height] pixels")
    #expect(help?["activeParameter"] == 2)
    #expect(signature?["activeParameter"] == 2)
    #expect(signature?["parameters"]?.array?[2] == ["label": [13, 18], "documentation": "How wide the box is"])
    #expect(await file.ask("signatureHelp", try file.range(#""label""#).lowerBound) == .null)

    // While it is typed, and in lists that go on.
    let typed = OpenFile(Self.points, "/nowhere/points.json", in: server)
    let box = await typed.ask("signatureHelp", typed.text.endIndex)
    #expect(box?["signatures"]?.array?.first?["label"] == "bbox: [x, y, width, height] pixels")
    #expect(box?["activeParameter"] == 2)
    let points = await typed.ask("signatureHelp", try typed.range("40, 1").upperBound)
    #expect(points?["signatures"]?.array?.first?["label"] == "keypoints: [x, y, visibility, …]")
    #expect(points?["activeParameter"] == 2)
    let outline = await typed.ask("signatureHelp", try typed.range("4, 5").upperBound)
    #expect(outline?["signatures"]?.array?.first?["label"] == "[x, y, …]")
    #expect(outline?["activeParameter"] == 0)
    await server.end()
  }

  @Test func whoTakesNoOffsetsGetsNames() async throws {
    let server = try await ServerProcess.initialized(
      SessionOptions(textDocument: [.init("signatureHelp", .object([]))]))
    let file = try OpenFile("shelf.json", in: server)
    let help = await file.ask("signatureHelp", try file.range("48.8", after: "141.6, 27.0, ").upperBound)
    #expect(help?["signatures"]?.array?.first?["parameters"]?.array?[2]["label"] == "width")
    #expect(help?["signatures"]?.array?.first?["activeParameter"] == nil)
    #expect(help?["activeParameter"] == 2)
    await server.end()
  }

  @Test func filesThatEntriesNameCanBeOpened() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    var file = try OpenFile("products.coco.json", in: server)
    try file.replace(#""info""#, with: #""$schema": "https://example.org/coco.json", "info""#)
    try file.replace("images/shelf-0002.png", with: "images/none.png")
    let links = try #require(await request("documentLink", of: file)?.array)
    #expect(links.count == 3)
    #expect(links.first?["target"] == "https://example.org/coco.json")
    #expect(links[1]["range"] == file.place(try file.range("images/shelf-0001.png")))
    let there = await server.request("documentLink/resolve", links[1])
    let target = Build.shelf.appendingPathComponent("images/shelf-0001.png").absoluteString
    #expect(there?["result"]?["target"] == .string(target))
    let gone = await server.request("documentLink/resolve", links[2])
    #expect(
      gone?["error"]?["message"]
        == "`none.png` is not there. Look whether it was moved, renamed or not brought along.")

    let folder = Build.repository.appendingPathComponent("Examples/instruction")
    let list = folder.appendingPathComponent("dataset_info.json")
    let samples = OpenFile(try String(contentsOf: list, encoding: .utf8), list.path, in: server)
    let named = try #require(await request("documentLink", of: samples)?.array)
    #expect(named.count == 3)
    let chats = await server.request("documentLink/resolve", try #require(named.first))
    #expect(chats?["result"]?["target"] == .string(folder.appendingPathComponent("chat.jsonl").absoluteString))
    await server.end()
  }

  /// Of a file with many pictures as many are underlined as an editor takes at once.
  @Test func longListsOfLinksAreCut() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let images = (1...3_000).map { #"{"id": \#($0), "file_name": "images/\#($0).png", "width": 1, "height": 1}"# }
    let text = #"{"images": [\#(images.joined(separator: ", "))], "annotations": [], "categories": []}"#
    let file = OpenFile(text, "/nowhere/pictures.json", in: server)
    let answer = try #require(await request("documentLink", of: file))
    #expect(answer.array?.count == 1_000)
    #expect(try JSONCodec.encode(answer).count <= 512 << 10)
    await server.end()
  }

  @Test func listsThatAConfigurationNamesCanBeOpened() async throws {
    let dataset = try ServerVocabularyTests.Dataset()
    let server = try await ServerProcess.initialized(Self.options, plugins: dataset.path("plugins"))
    let file = OpenFile(#"{"vocabularies": ["things.csv"]}"#, dataset.path("data/concord.json"), in: server)
    let links = try #require(await request("documentLink", of: file)?.array)
    #expect(links.map { $0["range"] } == [file.place(try file.range("things.csv"))])
    let found = await server.request("documentLink/resolve", try #require(links.first))
    #expect(found?["result"]?["target"]?.string?.hasSuffix("/data/things.csv") == true)
    await server.end()
  }

  @Test func colorsOfClassesAreShownAndChosen() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let path = Build.repository.appendingPathComponent("Plugins/Vision/Examples/clean.supervisely-meta.json")
    let file = OpenFile(try String(contentsOf: path, encoding: .utf8), path.path, in: server)
    let colors = try #require(await request("documentColor", of: file)?.array)
    let written = try file.range(##""#FF8000""##)
    #expect(colors.count == 3)
    #expect(colors.first?["range"] == file.place(written))
    #expect(colors.first?["color"]?["red"] == .double(1))
    #expect(colors.first?["color"]?["blue"] == .double(0))
    let blue: JSONValue = ["red": 0, "green": 0, "blue": 1, "alpha": 1]
    let chosen = await request(
      "colorPresentation", of: file, .init("color", blue), .init("range", file.place(written)))
    #expect(
      chosen == [
        [
          "label": ##""#0000FF""##, "textEdit": ["range": file.place(written), "newText": ##""#0000FF""##],
        ]
      ])

    let coco = OpenFile(Self.points, "/nowhere/points.json", in: server)
    let parts = try coco.range("[220, 20,60]")
    #expect(await request("documentColor", of: coco)?.array?.map { $0["range"] } == [coco.place(parts)])
    let list = await request(
      "colorPresentation", of: coco, .init("color", blue), .init("range", coco.place(parts)))
    #expect(list?.array?.first?["label"] == "[0, 0,255]")
    await server.end()
  }

  @Test func aHintTellsMoreWhenAsked() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let file = try OpenFile("shelf.json", in: server)
    let label = try file.range(#""8936000010140""#, after: #""label": "#)
    let hint = try #require(await request("inlayHint", of: file, .init("range", file.place(label)))?.array?.first)
    #expect(hint["tooltip"] == nil)
    let told = await server.request("inlayHint/resolve", hint)?["result"]
    #expect(told?["label"] == hint["label"])
    #expect(told?["tooltip"]?["kind"] == "markdown")
    #expect(told?["tooltip"]?["value"]?.string?.contains("`8936000010140`") == true)
    await server.end()
  }

  @Test(arguments: [true, false]) func labelsThatWereGivenUpAreStruckThrough(takesTags: Bool) async throws {
    let dataset = try ServerVocabularyTests.Dataset()
    let tags: [JSONValue.Member] =
      takesTags ? [.init("publishDiagnostics", ["tagSupport": ["valueSet": [1, 2]]])] : []
    let server = try await ServerProcess.initialized(
      SessionOptions(pulls: true, textDocument: tags), plugins: dataset.path("plugins"))
    let file = OpenFile(ServerVocabularyTests.Dataset.labels, dataset.path("data/a.json"), in: server)
    let found = try await file.pull()
    #expect(found.map { $0["code"] } == ["term/unknown", "term/deprecated"])
    #expect(found.map { $0["tags"] } == [nil, takesTags ? [2] : nil])
    await server.end()
  }
}
