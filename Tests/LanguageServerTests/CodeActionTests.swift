import JSONCodec
import LSPTestClient
import Testing

@testable import LanguageServer

@Suite struct CodeActionTests {
  private func actions(_ session: TestSession, _ range: JSONValue, only: JSONValue? = nil) async -> [JSONValue]? {
    let context: [JSONValue.Member] = [.init("diagnostics", [])] + (only.map { [.init("only", $0)] } ?? [])
    let answer = await session.client.request(
      "textDocument/codeAction",
      ["textDocument": ["uri": "file:///a.json"], "range": range, "context": .object(context)])
    return answer?["result"]?.array
  }

  private func client(_ codeAction: JSONValue, versions: Bool = true, applies: Bool = true) -> JSONValue {
    [
      "textDocument": ["codeAction": codeAction],
      "workspace": ["applyEdit": .bool(applies), "workspaceEdit": ["documentChanges": .bool(versions)]],
    ]
  }

  private static let literal: JSONValue = [
    "codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix"]]],
    "dataSupport": true, "isPreferredSupport": true, "resolveSupport": ["properties": ["edit"]],
  ]

  @Test func aFixIsAMinimalEditOfThisVersion() async throws {
    let session = try await TestSession.initialized(client(Self.literal))
    session.open("[1, bad]", version: 4)
    let found = try #require(await actions(session, range(0, 5, 0, 5)))
    #expect(found.map { $0["title"] } == ["Write good", "Write good everywhere"])
    #expect(found[0]["kind"] == "quickfix")
    #expect(found[0]["isPreferred"] == true)
    #expect(found[0]["diagnostics"]?.array?[0]["code"] == "test/bad-word")
    #expect(
      found[0]["edit"]?["documentChanges"] == [
        [
          "textDocument": ["uri": "file:///a.json", "version": 4],
          "edits": [["range": range(0, 4, 0, 7), "newText": "good"]],
        ]
      ])
    #expect(try #require(await actions(session, range(0, 1, 0, 1))).isEmpty)
    #expect(try #require(await actions(session, range(0, 5, 0, 5), only: ["source"])).isEmpty)
    #expect(try #require(await actions(session, range(0, 7, 0, 4), only: ["quickfix"])).count == 2)
    await session.end()
  }

  @Test func withoutVersionsTheEditIsByAddress() async throws {
    let session = try await TestSession.initialized(client(Self.literal, versions: false))
    session.open("bad")
    let edit = try #require(await actions(session, range(0, 0, 0, 1))?.first?["edit"])
    #expect(edit == ["changes": ["file:///a.json": [["range": range(0, 0, 0, 3), "newText": "good"]]]])
    await session.end()
  }

  @Test func aRecipeIsWorkedOutOnResolve() async throws {
    let session = try await TestSession.initialized(client(Self.literal))
    session.open("bad bad")
    let recipe = try #require(await actions(session, range(0, 0, 0, 0))?.last)
    #expect(recipe["edit"] == nil)
    let resolved = await session.client.request("codeAction/resolve", recipe)
    #expect(resolved?["result"]?["edit"]?["documentChanges"]?.array?[0]["edits"]?.array?.count == 2)
    session.client.notify("textDocument/didClose", ["textDocument": ["uri": "file:///a.json"]])
    let late = await session.client.request("codeAction/resolve", recipe)
    #expect(late?["error"]?["code"] == -32803)
    await session.end()
  }

  @Test func aRecipeIsACommandForClientsThatDoNotResolve() async throws {
    let session = try await TestSession.initialized(client(.object([])))
    session.open("bad bad")
    let found = try #require(await actions(session, range(0, 0, 0, 0)))
    #expect(found.count == 1)
    let id = session.client.start(
      "workspace/executeCommand",
      ["command": found[0]["command"] ?? nil, "arguments": found[0]["arguments"] ?? nil])
    let asked = await session.client.notification("workspace/applyEdit")
    #expect(asked?["params"]?["label"] == "Write good everywhere")
    #expect(asked?["params"]?["edit"]?["documentChanges"]?.array?[0]["edits"]?.array?.count == 2)
    session.client.send(["jsonrpc": "2.0", "id": asked?["id"] ?? nil, "result": ["applied": true]])
    #expect(await session.client.answer(to: id)?["result"] == .null)
    for (command, arguments) in [("concord.nothing", [] as JSONValue), ("concord.applyFix", [1])] {
      let answer = await session.client.request(
        "workspace/executeCommand", ["command": .string(command), "arguments": arguments])
      #expect(answer?["error"]?["code"] == -32602)
    }
    await session.end()
  }
}
