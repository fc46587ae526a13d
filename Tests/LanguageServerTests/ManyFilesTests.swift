import JSONCodec
import LSPTestClient
import Testing

@testable import LanguageServer

/// What reaches beyond one file, for clients that can much and those that can little.
@Suite struct ManyFilesTests {
  /// The engine makes a file of its own of each word but the first three.
  private func text(files: Int) -> String { "[good" + String(repeating: ", bad", count: files + 1) + "]" }

  private static func client(annotations: Bool) -> JSONValue {
    let support: [JSONValue.Member] = annotations ? [.init("changeAnnotationSupport", .object([]))] : []
    return ["workspace": ["workspaceEdit": .object([.init("documentChanges", true)] + support)]]
  }

  private func rename(in session: TestSession) -> Int64 {
    session.client.start("textDocument/rename", .object((at(0, 7).members ?? []) + [.init("newName", "new")]))
  }

  @Test func aFileNobodyHasOpenHasNoVersion() async throws {
    let session = try await TestSession.initialized(Self.client(annotations: false))
    session.open(text(files: 2), version: 3)
    let edit = await session.client.answer(to: rename(in: session))?["result"]
    let documents = edit?["documentChanges"]?.array?.map { $0["textDocument"] }
    #expect(
      documents == [
        ["uri": "file:///a.json", "version": 3], ["uri": "file:///other0.json", "version": nil],
      ])
    #expect(edit?["changeAnnotations"] == nil)
    await session.end()
    let plain = try await TestSession.initialized()
    plain.open(text(files: 2))
    let changes = await plain.client.answer(to: rename(in: plain))?["result"]?["changes"]
    #expect(Set(changes?.members?.map(\.key) ?? []) == ["file:///a.json", "file:///other0.json"])
    await plain.end()
  }

  @Test func manyFilesAreShownFirstWhereTheEditorCan() async throws {
    let session = try await TestSession.initialized(Self.client(annotations: true))
    session.open(text(files: 51))
    let edit = try #require(await session.client.answer(to: rename(in: session))?["result"])
    let label = edit["changeAnnotations"]?.members?.first
    #expect(label?.value == ["label": "53 words", "needsConfirmation": true])
    let edits = (edit["documentChanges"]?.array ?? []).flatMap { $0["edits"]?.array ?? [] }
    #expect(edits.count == 53)
    #expect(edits.allSatisfy { $0["annotationId"]?.string == label?.key })
    await session.end()
  }

  @Test(arguments: ["Yes", "No", nil]) func manyFilesAreAskedAboutWhereItCannot(answer: String?) async throws {
    let session = try await TestSession.initialized(Self.client(annotations: false))
    session.open(text(files: 51))
    let id = rename(in: session)
    let question = try #require(await session.client.notification("window/showMessageRequest"))
    #expect(
      question["params"] == [
        "type": 3, "message": "53 words?", "actions": [["title": "Yes"], ["title": "No"]],
      ])
    session.client.send([
      "jsonrpc": "2.0", "id": question["id"] ?? nil, "result": answer.map { ["title": .string($0)] } ?? nil,
    ])
    let reply = await session.client.answer(to: id)
    if answer == "Yes" {
      #expect(reply?["result"]?["documentChanges"]?.array?.count == 51)
    } else {
      #expect(reply?["error"]?["message"] == "Not done")
    }
    await session.end()
  }

  @Test func fiftyFilesAreNotAskedAbout() async throws {
    let session = try await TestSession.initialized(Self.client(annotations: true))
    session.open(text(files: 50))
    let edit = await session.client.answer(to: rename(in: session))?["result"]
    #expect(edit?["documentChanges"]?.array?.count == 50)
    #expect(edit?["changeAnnotations"] == nil)
    await session.end()
  }

  @Test func idsAreSymbolsOfTheWorkspace() async throws {
    let session = try await TestSession.initialized()
    session.open("[good]")
    let found = await session.client.request("workspace/symbol", ["query": "x1"])?["result"]
    #expect(
      found == [
        [
          "name": "x1", "kind": 20, "location": ["uri": "file:///a.json", "range": range(0, 1, 0, 3)],
          "containerName": "word",
        ]
      ])
    await session.end()
  }

  @Test(arguments: [false, true]) func aLensIsCountedWhenItIsSeen(isClickable: Bool) async throws {
    let commands: JSONValue = ["commands": ["commands": isClickable ? ["editor.action.showReferences"] : []]]
    let session = try await TestSession.initialized(["experimental": commands])
    session.open("[good, bad]")
    let lenses = await session.client.request("textDocument/codeLens", at(0, 0))?["result"]?.array
    let lens = try #require(lenses?.first)
    #expect(lenses?.count == 1 && lens["range"] == range(0, 1, 0, 5) && lens["command"] == nil)
    let command = await session.client.request("codeLens/resolve", lens)?["result"]?["command"]
    #expect(command?["title"] == "word at 1")
    #expect(command?["command"] == (isClickable ? "editor.action.showReferences" : ""))
    let arguments = command?["arguments"]?.array
    #expect(arguments?[0] == (isClickable ? "file:///a.json" : nil))
    #expect(
      arguments?[2] == (isClickable ? [["uri": "file:///a.json", "range": range(0, 7, 0, 10)]] : nil))
    let unknown = await session.client.request("codeLens/resolve", ["range": range(0, 0, 0, 1)])
    #expect(unknown?["error"] != nil)
    await session.end()
  }

  @Test func whatWasShownOfOtherFilesIsAskedForAgain() {
    let views = JoinedViews()
    func outdated(_ uri: String, _ revision: Int) -> [JoinedViews.View] {
      views.outdated(by: uri, .init(root: "/d", revision: revision))
    }
    #expect(outdated("a", 1) == [])
    views.gave(.hints, of: "b")
    views.gave(.lenses, of: "a")
    #expect(outdated("a", 1) == [], "nothing has changed")
    #expect(outdated("a", 2) == [.hints], "the client asks by itself for what it edits")
    #expect(outdated("a", 3) == [], "once for each time they were given")
    #expect(outdated("b", 4) == [.lenses])
    views.gave(.hints, of: "b")
    views.closed("b")
    #expect(outdated("a", 5) == [])
  }
}
