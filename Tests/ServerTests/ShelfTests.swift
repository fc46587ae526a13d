import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// A day's work on the example folder.
@Suite(.timeLimit(.minutes(3))) struct ShelfTests {
  static let wrong = #""8936000010518""#
  static let checkDigit = "retail-sku/gtin-check-digit"

  @Test func aFindingSaysWhatIsWrongWhereAndWhy() async throws {
    let server = try await ServerProcess.initialized()
    let file = try OpenFile("shelf.json", in: server)
    let finding = try await file.finding(Self.checkDigit, at: file.range(Self.wrong))
    #expect(finding["severity"] == 1)
    #expect(finding["source"] == "concord")
    #expect(
      finding["message"]
        == "This barcode can't be right: with these digits the last one is 5, not 8. Read it again from the pack.")
    #expect(finding["codeDescription"]?["href"]?.string?.hasSuffix("#retail-skugtin-check-digit") == true)
    let box = "[18.4, 30.3, 57.1, 103.4]"
    let duplicate = try await file.finding("vision/duplicate-geometry", at: file.range(box))
    #expect(duplicate["severity"] == 2)
    let first = try file.range("[18.0, 30.0, 57.1, 104.0]")
    #expect(
      duplicate["relatedInformation"] == [
        ["location": ["uri": .string(file.uri), "range": file.place(first)], "message": "The first label of it"]
      ])
    await server.end()
  }

  @Test(arguments: SessionOptions.Encoding.allCases)
  func editsBehindOtherScriptsAppearAndVanish(encoding: SessionOptions.Encoding) async throws {
    let server = try await ServerProcess.initialized(SessionOptions(encoding: encoding))
    var file = try OpenFile("shelf.json", encoding: encoding, in: server)
    try await file.finding(Self.checkDigit, at: file.range(Self.wrong))
    // Characters of one to four bytes, some of several scalars, before what is edited.
    let note = "\"kệ số 3 – 日本 🛒👨‍👩‍👧 e\u{301}\""
    try file.replace(#""a6", "#, with: #""a6", "note": \#(note), "#)
    try await file.finding(Self.checkDigit, at: file.range(Self.wrong))
    try file.replace(Self.wrong, with: #""8936000010515""#)
    try await file.noFinding(Self.checkDigit)
    // One digit, typed over another.
    let label = try file.range(#""8936000010515""#, after: note)
    let last = file.text.index(label.upperBound, offsetBy: -2)
    file.replace(last..<file.text.index(after: last), with: "7")
    try await file.finding(Self.checkDigit, at: file.range(#""8936000010517""#))
    // What stands before may itself be edited, inside of a character that is drawn as one.
    let family = try file.range("👨‍👩‍👧")
    file.replace(family.lowerBound..<file.text.unicodeScalars.index(after: family.lowerBound), with: "")
    try await file.finding(Self.checkDigit, at: file.range(#""8936000010517""#))
    try file.replace(#""8936000010517""#, with: #""8936000010515""#)
    try await file.noFinding(Self.checkDigit)
    await server.end()
  }

  @Test func hoverTellsOfTheFindingAndOfTheValue() async throws {
    let server = try await ServerProcess.initialized()
    let file = try OpenFile("shelf.json", in: server)
    let barcode = try file.range(Self.wrong)
    try await file.finding(Self.checkDigit, at: barcode)
    let onFinding = await file.hover(barcode.lowerBound)
    #expect(onFinding?["range"] == file.place(barcode))
    #expect(onFinding?["contents"]?["kind"] == "markdown")
    let text = try #require(onFinding?["contents"]?["value"]?.string)
    #expect(text.contains("with these digits the last one is 5, not 8"))
    #expect(text.contains("`\(Self.checkDigit)`"))
    let view = try file.range(#""shelf""#, after: #""view": "#)
    let onValue = await file.hover(view.lowerBound)
    #expect(onValue?["range"] == file.place(view))
    #expect(onValue?["contents"]?["value"]?.string?.isEmpty == false)
    await server.end()
  }

  @Test func aQuickFixMakesItsFindingVanishAndUndoingBringsItBack() async throws {
    let server = try await ServerProcess.initialized()
    var file = try OpenFile("shelf.json", in: server)
    let number = try file.range("8936000012366", after: #""a11""#)
    let rule = "retail-sku/gtin-form-invalid"
    let finding = try await file.finding(rule, at: number)
    let action = try #require(try await file.actions(at: number).first)
    #expect(action["title"] == #"Write it in quotes: "8936000012366""#)
    #expect(action["kind"] == "quickfix")
    #expect(action["isPreferred"] == true)
    #expect(action["diagnostics"] == [finding])
    let before = file.text
    try file.apply(action["edit"])
    #expect(file.text.utf8.count == before.utf8.count + 2)
    let left = try await file.noFinding(rule)
    #expect(left.contains { $0["code"] == .string(Self.checkDigit) })
    try file.replace(#""8936000012366""#, with: "8936000012366", after: #"[148.8, 174.2, 56.9, 117.8], "label": "#)
    #expect(file.text == before)
    try await file.finding(rule, at: number)
    await server.end()
  }

  @Test func aRecipeConvertsEveryBoxInOneStep() async throws {
    let server = try await ServerProcess.initialized()
    var file = try OpenFile("corners.coco.json", in: server)
    let original = file.text
    let box = try file.range("[18.0, 24.9, 70.5, 134.0]")
    let rule = "vision/bbox-convention-suspect"
    try await file.finding(rule, at: box)
    let action = try #require(try await file.actions(at: box).first)
    #expect(action["edit"] == nil)
    let resolved = await server.request("codeAction/resolve", action)?["result"]
    let edits = resolved?["edit"]?["documentChanges"]?.array?.first?["edits"]?.array
    #expect(edits?.count ?? 0 >= 24)
    try file.apply(resolved?["edit"])
    #expect(file.text.contains("[18.0, 24.9, 52.5, 109.1]"))
    #expect(file.text.contains("[207.0, 172.0, 51.7, 120.0]"))
    #expect(try await file.published { $0.isEmpty }.isEmpty)
    file.replaceAll(with: original)
    try await file.finding(rule, at: box)
    await server.end()
  }

  @Test func aRecipeIsAppliedByCommandWhereActionsAreNotResolved() async throws {
    let server = try ServerProcess()
    let capabilities: JSONValue = [
      "workspace": ["applyEdit": true, "workspaceEdit": ["documentChanges": true]],
      "textDocument": ["publishDiagnostics": ["versionSupport": true]],
    ]
    _ = await server.request("initialize", ["processId": nil, "capabilities": capabilities])
    server.client.notify("initialized", .object([]))
    var file = try OpenFile("corners.coco.json", in: server)
    let box = try file.range("[18.0, 24.9, 70.5, 134.0]")
    try await file.finding("vision/bbox-convention-suspect", at: box)
    let command = try #require(try await file.actions(at: box).first)
    let execution = server.client.start(
      "workspace/executeCommand", ["command": command["command"] ?? nil, "arguments": command["arguments"] ?? nil])
    let call = try #require(await server.client.notification("workspace/applyEdit"))
    #expect(call["params"]?["label"] == command["title"])
    try file.apply(call["params"]?["edit"])
    server.client.send(["jsonrpc": "2.0", "id": call["id"] ?? nil, "result": ["applied": true]])
    #expect(await server.client.answer(to: execution)?["result"] == .null)
    #expect(try await file.published { $0.isEmpty }.isEmpty)
    // The same once more: the text is another now.
    let again = await server.request(
      "workspace/executeCommand", ["command": command["command"] ?? nil, "arguments": [command["title"] ?? nil, 1]])
    #expect(again?["error"]?["code"] == -32803)
    await server.end()
  }

  @Test func closingTakesTheFindingsAwayAndOpeningBringsThemBack() async throws {
    let server = try await ServerProcess.initialized()
    let first = try OpenFile("shelf.json", in: server)
    try await first.finding(Self.checkDigit, at: first.range(Self.wrong))
    first.close()
    let uri = JSONValue.string(first.uri)
    let last = await server.client.first {
      $0["method"] == "textDocument/publishDiagnostics" && $0["params"]?["uri"] == uri
        && $0["params"]?["diagnostics"] == []
    }
    #expect(last != nil)
    let answer = await first.hover(first.text.startIndex)
    #expect(answer == .null)
    let second = try OpenFile("shelf.json", in: server)
    try await second.finding(Self.checkDigit, at: second.range(Self.wrong))
    await server.end()
  }

  @Test func findingsComeInWholeWhenAskedFor() async throws {
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true))
    var file = try OpenFile("shelf.json", in: server)
    let found = try await file.pull().lines
    #expect(
      found == [
        "retail-sku/gtin-check-digit@22:101", "retail-sku/gtin-form-invalid@27:103",
        "retail-sku/shelf-box-overlaps-neighbour@34:65", "retail-sku/unrecognised-without-disposition@55:101",
        "vision/bbox-out-of-image@75:65", "vision/duplicate-geometry@76:65", "vision/media-size-disagrees@85:103",
        "vision/unresolved-record-ref@67:32",
      ])
    try file.replace(Self.wrong, with: #""8936000010515""#)
    #expect(try await file.pull().lines == Array(found.dropFirst()))
    try file.replace("frnt", with: "front")
    #expect(try await file.pull().lines == Array(found.dropFirst().dropLast()))
    await server.end()
    // A client that asks is told nothing by itself.
    let pushed = server.client.untaken.filter { $0["method"] == "textDocument/publishDiagnostics" }
    #expect(pushed.isEmpty)
  }

  @Test func aPullDuringAnEditIsTurnedAway() async throws {
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true))
    var file = try OpenFile("shelf.json", in: server)
    let early = server.client.start("textDocument/diagnostic", ["textDocument": ["uri": .string(file.uri)]])
    try file.replace(Self.wrong, with: #""8936000010515""#)
    let answer = await server.client.answer(to: early)
    // Answered before the edit was read, or worthless since.
    #expect(answer?["result"] != nil || answer?["error"]?["code"] == -32801)
    #expect(try await file.pull().lines.first == "retail-sku/gtin-form-invalid@27:103")
    await server.end()
  }
}
