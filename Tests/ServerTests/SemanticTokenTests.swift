import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Colors by meaning, over the wire.
@Suite(.timeLimit(.minutes(3))) struct SemanticTokenTests {
  private static let tokens: JSONValue = [
    "requests": ["full": ["delta": true], "range": true],
    "tokenTypes": ["enumMember", "property", "variable", "keyword"], "tokenModifiers": ["declaration", "deprecated"],
    "formats": ["relative"],
  ]
  private static let options = SessionOptions(textDocument: [.init("semanticTokens", tokens)])
  private static let types = ["property", "variable", "enumMember"]

  private func request(_ method: String, of file: OpenFile, _ more: JSONValue.Member...) async -> JSONValue? {
    let named = JSONValue.Member("textDocument", ["uri": .string(file.uri)])
    return await file.server.request("textDocument/semanticTokens/" + method, .object([named] + more))?["result"]
  }

  private func numbers(_ answer: JSONValue?) throws -> [Int] {
    try #require(answer?["data"]?.array).map { Int(try #require($0.integer)) }
  }

  /// `kind text`, with `!` behind what is declared and `-` behind what was given up, and the line of each.
  private func told(_ data: [Int], in text: String) throws -> [(line: Int, words: String)] {
    let lines = text.components(separatedBy: "\n").map { Array($0.utf16) }
    var (line, character) = (0, 0)
    try #require(data.count.isMultiple(of: 5))
    return stride(from: 0, to: data.count, by: 5).map { at in
      line += data[at]
      character = data[at] == 0 ? character + data[at + 1] : data[at + 1]
      let own = String(decoding: lines[line][character..<character + data[at + 2]], as: UTF16.self)
      let marks = (data[at + 4] & 1 != 0 ? "!" : "") + (data[at + 4] & 2 != 0 ? "-" : "")
      return (line, "\(Self.types[data[at + 3]]) \(own)\(marks)")
    }
  }

  @Test(arguments: SessionOptions.Encoding.allCases)
  func idsAndLabelsHaveColorsOfTheirOwn(encoding: SessionOptions.Encoding) async throws {
    var options = Self.options
    options.encoding = encoding
    let server = try await ServerProcess.initialized(options)
    let file = try OpenFile("products.coco.json", encoding: encoding, in: server)
    let found = try told(numbers(await request("full", of: file)), in: file.text)
    #expect(found.filter { $0.line == 3 }.map(\.words).contains("variable 1!"))
    let box = found.filter { $0.line == 7 }.map(\.words)
    #expect(box.contains("property bbox"))
    #expect(box.filter { $0.hasPrefix("variable") } == ["variable 1!", "variable 1", "variable 2"])
    await server.end()

    let dataset = try ServerVocabularyTests.Dataset()
    let other = try await ServerProcess.initialized(options, plugins: dataset.path("plugins"))
    let text = "{\"note\": \"kệ 🛒\", " + ServerVocabularyTests.Dataset.labels.dropFirst()
    let labels = OpenFile(text, dataset.path("data/a.json"), encoding: encoding, in: other)
    _ = try await labels.published { !$0.isEmpty }
    let data = try numbers(await request("full", of: labels))
    #expect(stride(from: 0, to: data.count, by: 5).map { data[$0 + 3] } == [2, 2, 2])
    #expect(stride(from: 0, to: data.count, by: 5).map { data[$0 + 4] } == [0, 0, 2])
    let first = labels.position(try labels.range("milk").lowerBound)["character"]?.integer
    #expect(first.map { Int($0) } == data[1])
    #expect(data[2] == 4)
    await other.end()
  }

  @Test func afterAnEditOnlyWhatIsOtherIsSent() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    var file = try OpenFile("products.coco.json", in: server)
    let first = await request("full", of: file)
    let before = try numbers(first)
    let id = try #require(first?["resultId"])
    try file.replace(#""image_id": 1,"#, with: #""image_id": 100,"#)
    let change = await request("full/delta", of: file, .init("previousResultId", id))
    let edits = try #require(change?["edits"]?.array)
    #expect(edits.count == 1)
    var now = before
    for edit in edits {
      let start = Int(try #require(edit["start"]?.integer))
      let count = Int(try #require(edit["deleteCount"]?.integer))
      now.replaceSubrange(
        start..<start + count, with: try #require(edit["data"]?.array).map { Int(try #require($0.integer)) })
      #expect(count < 20)
    }
    #expect(now != before)
    let whole = await request("full", of: file)
    #expect(try numbers(whole) == now)
    // What was given before the last answer is no longer known.
    let late = await request("full/delta", of: file, .init("previousResultId", id))
    #expect(try numbers(late) == now)
    await server.end()
  }

  @Test func largeFilesAreAnsweredByRanges() async throws {
    let server = try await ServerProcess.initialized(Self.options)
    let boxes = (0..<20_000).map { id in
      #"{"id": \#(id + 1), "image_id": 1, "category_id": 7, "bbox": [\#(id % 90 * 10), 10, 5, 5]}"#
    }
    let text = """
      {"images": [{"id": 1, "file_name": "a.jpg", "width": 1000, "height": 1000}],
      "categories": [{"id": 7, "name": "car"}],
      "annotations": [\(boxes.joined(separator: ",\n"))]}
      """
    let file = OpenFile(text, "/nowhere/boxes.json", in: server)
    #expect(await request("full", of: file) == .null)
    let range: JSONValue = ["start": ["line": 100, "character": 0], "end": ["line": 109, "character": 10]]
    let found = try told(numbers(await request("range", of: file, .init("range", range))), in: text)
    #expect(Set(found.map(\.line)).isSubset(of: Set(99...110)))
    #expect(found.filter { $0.line == 100 }.map(\.words).contains("variable 99!"))
    #expect(found.count < 200)
    await server.end()
  }

  /// Of kinds that the client does not know, nothing is sent.
  @Test func whoKnowsFewKindsGetsThose() async throws {
    let few: JSONValue = [
      "requests": ["full": true], "tokenTypes": ["variable"], "tokenModifiers": .array([]), "formats": ["relative"],
    ]
    let server = try ServerProcess()
    let answer = await server.client.request(
      "initialize", SessionOptions(textDocument: [.init("semanticTokens", few)]).params)
    #expect(
      answer?["result"]?["capabilities"]?["semanticTokensProvider"] == [
        "legend": ["tokenTypes": ["variable"], "tokenModifiers": .array([])], "full": true,
      ])
    server.client.notify("initialized", .object([]))
    let file = try OpenFile("products.coco.json", in: server)
    let data = try numbers(await request("full", of: file))
    #expect(!data.isEmpty)
    #expect(stride(from: 0, to: data.count, by: 5).allSatisfy { data[$0 + 3] == 0 && data[$0 + 4] == 0 })
    await server.end()
  }
}
