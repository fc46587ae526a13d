import JSONCodec
import LSPTestClient
import Testing

/// Much at once, and what nobody expected.
@Suite(.timeLimit(.minutes(3))) struct LoadTests {
  @Test func aCancelledRequestIsAnswered() async throws {
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true))
    let file = try OpenFile("shelf.json", in: server)
    // The document opens after it; the cancellation is read before its turn comes.
    let big = OpenFile(coco(megabytes: 2), "big.coco.json", in: server)
    let id = server.client.start("textDocument/diagnostic", ["textDocument": ["uri": .string(big.uri)]])
    server.client.notify("$/cancelRequest", ["id": .integer(id)])
    #expect(await server.client.answer(to: id)?["error"]?["code"] == -32800)
    server.client.notify("$/cancelRequest", ["id": .integer(id)])
    server.client.notify("$/cancelRequest", ["id": "never"])
    server.client.notify("$/cancelRequest", .object([]))
    #expect(try await file.pull().isEmpty == false)
    await server.end()
  }

  @Test func aFloodIsAnsweredOnceEach() async throws {
    let server = try await ServerProcess.initialized()
    var file = try OpenFile("shelf.json", in: server)
    let range = file.place(file.text.startIndex..<file.text.endIndex)
    let document: JSONValue = ["uri": .string(file.uri)]
    var ids: [Int64] = []
    for number in 0..<2_000 {
      let position: JSONValue = ["line": .integer(Int64(number % 100)), "character": .integer(Int64(number % 150))]
      ids.append(
        number % 50 == 7
          ? server.client.start(
            "textDocument/codeAction",
            ["textDocument": document, "range": range, "context": ["diagnostics": []]])
          : server.client.start("textDocument/hover", ["textDocument": document, "position": position]))
      if number % 2 == 1 { server.client.notify("$/cancelRequest", ["id": .integer(ids[number - 1])]) }
      if number % 100 == 99 {
        let names = number % 200 == 99 ? ["store114", "store115"] : ["store115", "store114"]
        try file.replace(names[0], with: names[1])
      }
    }
    for id in ids {
      let answer = await server.client.answer(to: id)
      let code = answer?["error"]?["code"]
      #expect(answer?["result"] != nil || code == -32800 || code == -32801, "\(answer ?? nil)")
    }
    try await file.finding(ShelfTests.checkDigit, at: file.range(ShelfTests.wrong))
    await server.end()
    let answers = server.client.untaken.filter { $0["method"] == nil }
    #expect(answers.isEmpty)
  }

  @Test func eightMegabytesOpenAndAreEdited() async throws {
    let server = try await ServerProcess.initialized(SessionOptions(encoding: .utf8, pulls: true))
    let text = coco(megabytes: 8)
    #expect(text.utf8.count >= 8 << 20)
    var file = OpenFile(text, "big.coco.json", encoding: .utf8, in: server)
    let clean = try await file.pull().lines
    try file.replace(#""category_id": 2"#, with: #""category_id": 9"#)
    let found = try await file.pull()
    let place = file.place(try file.range("9", after: #""category_id": "#))
    #expect(found.contains { $0["code"] == "vision/unresolved-record-ref" && $0["range"] == place })
    try file.replace(#""category_id": 9"#, with: #""category_id": 2"#)
    #expect(try await file.pull().lines == clean)
    await server.end()
  }

  @Test func messagesAboutUnknownDocumentsAreSurvived() async throws {
    let server = try await ServerProcess.initialized()
    let unknown: JSONValue = ["uri": "file:///nowhere/a.json", "version": 4]
    let change: JSONValue = ["textDocument": unknown, "contentChanges": [["text": "{}"]]]
    server.client.notify("textDocument/didChange", change)
    server.client.notify("textDocument/didSave", ["textDocument": unknown])
    server.client.notify("textDocument/didClose", ["textDocument": unknown])
    server.client.notify("textDocument/didChange", ["textDocument": ["uri": "", "version": 1], "contentChanges": []])
    server.client.notify("textDocument/didChange", ["textDocument": ["uri": "x"], "contentChanges": "?"])
    let position: JSONValue = ["line": 0, "character": 0]
    #expect(
      await server.request("textDocument/hover", ["textDocument": unknown, "position": position])?["result"] == .null)
    #expect(await server.request("codeAction/resolve", ["title": "?", "data": ["a": 1]])?["error"] != nil)
    // Names that are no files, and names twice.
    for uri in ["untitled:Untitled-1", "", "file://", "file:///%ff%00", "no uri at all", "untitled:Untitled-1"] {
      server.client.notify(
        "textDocument/didOpen",
        ["textDocument": ["uri": .string(uri), "languageId": "json", "version": -1, "text": "{\"a\": [1,}"]])
      #expect(
        await server.request(
          "textDocument/hover", ["textDocument": ["uri": .string(uri)], "position": position])?["result"] != nil)
    }
    let file = try OpenFile("shelf.json", in: server)
    try await file.finding(ShelfTests.checkDigit, at: file.range(ShelfTests.wrong))
    await server.end()
  }
}

/// Labels in the COCO form on one line, with an outline of 200 numbers each, without mistakes.
func coco(megabytes: Int) -> String {
  // A square of 49 with 25 points a side.
  let steps = Array(stride(from: 0, to: 50, by: 2))
  let outline =
    steps.map { ($0, 0) } + steps.map { (49, $0) } + steps.map { (49 - $0, 49) } + steps.map { (0, 49 - $0) }
  var text = #"{"images": [{"id": 1, "file_name": "a.png", "width": 9000, "height": 30000}], "#
  text += #""categories": [{"id": 2, "name": "car"}], "annotations": ["#
  var number = 1
  while text.utf8.count < megabytes << 20 {
    let (left, top) = (number % 150 * 60, number / 150 * 60)
    if number > 1 { text += ", " }
    let points = outline.map { "\(left + $0).0, \(top + $1).0" }.joined(separator: ", ")
    text += #"{"id": \#(number), "image_id": 1, "category_id": 2, "segmentation": [[\#(points)]], "#
    text += #""bbox": [\#(left), \#(top), 49, 49], "area": 2401, "iscrowd": 0}"#
    number += 1
  }
  return text + "]}"
}
