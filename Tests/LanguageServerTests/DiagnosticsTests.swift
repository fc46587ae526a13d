import JSONCodec
import LSPTestClient
import Testing

@testable import LanguageServer

private let published = "textDocument/publishDiagnostics"
private let everything: JSONValue = [
  "textDocument": [
    "publishDiagnostics": [
      "versionSupport": true, "relatedInformation": true, "codeDescriptionSupport": true,
      "tagSupport": ["valueSet": [1, 2]],
    ]
  ]
]

@Suite struct DiagnosticsTests {
  @Test func aFindingCarriesAllThatTheClientTakes() async throws {
    let session = try await TestSession.initialized(everything)
    session.open("[1,\n bad]", version: 5)
    let params = try #require(await session.client.notification(published)?["params"])
    #expect(params["uri"] == "file:///a.json")
    #expect(params["version"] == 5)
    #expect(
      params["diagnostics"] == [
        [
          "range": range(1, 1, 1, 4), "severity": 2, "code": "test/bad-word",
          "codeDescription": ["href": "file:///rules/bad-word.md"], "source": "concord",
          "message": "This word is bad", "tags": [2],
          "relatedInformation": [
            ["location": ["uri": "file:///a.json", "range": range(0, 0, 0, 1)], "message": "It began here"]
          ],
        ]
      ])
    await session.end()
  }

  @Test func aPlainClientGetsNoMoreThanItTakes() async throws {
    let session = try await TestSession.initialized()
    session.open("bad")
    let params = try #require(await session.client.notification(published)?["params"])
    #expect(params["version"] == nil)
    #expect(params["diagnostics"]?.array?[0].members?.map(\.key) == ["range", "severity", "code", "source", "message"])
    await session.end()
  }

  @Test func everyVersionIsPublishedAndClosingClears() async throws {
    let session = try await TestSession.initialized(everything)
    session.open("bad")
    session.change(edit(range(0, 0, 0, 3), "fine"), version: 2)
    let second = await session.client.first { $0["params"]?["version"] == 2 }
    #expect(second?["params"]?["diagnostics"] == [])
    session.change(edit(range(0, 0, 0, 0), "bad "), version: 3)
    let third = await session.client.first { $0["params"]?["version"] == 3 }
    #expect(third?["params"]?["diagnostics"]?.array?.count == 1)
    session.client.notify("textDocument/didClose", ["textDocument": ["uri": "file:///a.json"]])
    let last = await session.client.first { $0["method"] == .string(published) && $0["params"]?["version"] == nil }
    #expect(last?["params"]?["diagnostics"] == [])
    await session.end()
  }

  @Test func unsettledFindingsArePublishedSoonAndOnlyNewsIsPublishedAgain() async throws {
    let session = try await TestSession.initialized(everything, engine: BadWordEngine(publishing: nil))
    session.open("bad bad")
    #expect(await session.hover(0, 0)?["result"] != nil)
    await session.engine.publish("file:///a.json", .partial, dropping: 1)
    #expect(await session.client.notification(published)?["params"]?["diagnostics"]?.array?.count == 1)
    await session.engine.publish("file:///a.json", .settled)
    #expect(await session.client.notification(published)?["params"]?["diagnostics"]?.array?.count == 2)
    await session.engine.publish("file:///a.json", .settled)
    await session.end()
    #expect(session.client.untaken.isEmpty)
  }

  @Test func aNewFindingInTheValueBeingTypedWaits() async throws {
    let session = try await TestSession.initialized(everything, pause: 60_000)
    session.open("[1, bad]")
    #expect(await session.client.notification(published)?["params"]?["diagnostics"]?.array?.count == 1)
    // New, where the caret is: waits, while the version is published with the old one.
    session.change(edit(range(0, 1, 0, 2), "bad"), version: 2)
    let second = await session.client.first { $0["params"]?["version"] == 2 }
    #expect(second?["params"]?["diagnostics"]?.array?.map { $0["range"] } == [range(0, 6, 0, 9)])
    // An edit elsewhere brings it.
    session.change(edit(range(0, 6, 0, 9), "2"), version: 3)
    let third = await session.client.first { $0["params"]?["version"] == 3 }
    #expect(third?["params"]?["diagnostics"]?.array?.map { $0["range"] } == [range(0, 1, 0, 4)])
    // So does saving.
    session.change(edit(range(0, 6, 0, 7), "bad"), version: 4)
    let fourth = await session.client.first { $0["params"]?["version"] == 4 }
    #expect(fourth?["params"]?["diagnostics"]?.array?.count == 1)
    session.client.notify("textDocument/didSave", ["textDocument": ["uri": "file:///a.json"]])
    #expect(await session.client.notification(published)?["params"]?["diagnostics"]?.array?.count == 2)
    await session.end()
  }

  @Test func whatWaitedIsPublishedAfterThePause() async throws {
    let session = try await TestSession.initialized(everything, pause: 1)
    session.open("[1]")
    #expect(await session.client.notification(published)?["params"]?["diagnostics"] == [])
    session.change(edit(range(0, 1, 0, 2), "bad"), version: 2)
    let found = await session.client.first { $0["params"]?["diagnostics"]?.array?.isEmpty == false }
    #expect(found?["params"]?["version"] == 2)
    await session.end()
  }
}

@Suite struct PullTests {
  private static let pulls: JSONValue = ["textDocument": ["diagnostic": .object([])]]

  private func pull(_ session: TestSession) -> Int64 {
    session.client.start("textDocument/diagnostic", ["textDocument": ["uri": "file:///a.json"]])
  }

  @Test func aPullIsAnsweredWhenSettledAndNothingIsPushed() async throws {
    let session = try await TestSession.initialized(Self.pulls, engine: BadWordEngine(isHeld: true))
    session.open("bad")
    let id = pull(session)
    #expect(await session.client.request("$/nothing")?["error"]?["code"] == -32601)
    #expect(session.client.untaken.isEmpty)
    session.engine.gate.open()
    let answer = await session.client.answer(to: id)
    #expect(answer?["result"]?["kind"] == "full")
    #expect(answer?["result"]?["items"]?.array?.count == 1)
    await session.end()
    #expect(session.client.untaken.isEmpty)
  }

  @Test func anEditMakesThePullBeforeItWorthless() async throws {
    let session = try await TestSession.initialized(Self.pulls, engine: BadWordEngine(isHeld: true))
    session.open("bad")
    let first = pull(session)
    let hover = session.client.start("textDocument/hover", at(0, 0))
    session.change(edit(range(0, 0, 0, 0), "bad "), version: 2)
    #expect(await session.client.answer(to: first)?["error"]?["code"] == -32801)
    #expect(await session.client.answer(to: hover)?["error"]?["code"] == -32801)
    let second = pull(session)
    session.engine.gate.open()
    #expect(await session.client.answer(to: second)?["result"]?["items"]?.array?.count == 2)
    await session.end()
  }

  @Test func aCancelledPullIsAnsweredAtOnce() async throws {
    let session = try await TestSession.initialized(Self.pulls, engine: BadWordEngine(isHeld: true))
    session.open("bad")
    let id = pull(session)
    session.client.notify("$/cancelRequest", ["id": .integer(id)])
    #expect(await session.client.answer(to: id)?["error"]?["code"] == -32800)
    await session.end()
    #expect(session.client.untaken.isEmpty)
  }

  @Test func newsAfterAnAnswerIsToldByOneRefresh() async throws {
    let session = try await TestSession.initialized(
      ["textDocument": ["diagnostic": .object([])], "workspace": ["diagnostics": ["refreshSupport": true]]],
      engine: BadWordEngine(publishing: nil))
    session.open("bad")
    #expect(await session.client.answer(to: pull(session))?["result"]?["items"]?.array?.count == 1)
    await session.engine.publish("file:///a.json", .settled, dropping: 1)
    let refresh = await session.client.notification("workspace/diagnostic/refresh")
    session.client.send(.object([.init("jsonrpc", "2.0"), .init("id", refresh?["id"] ?? nil), .init("result", nil)]))
    await session.end()
    #expect(session.client.untaken.isEmpty)
  }

  @Test func aDocumentThatIsNotOpenHasNoFindings() async throws {
    let session = try await TestSession.initialized(Self.pulls)
    #expect(await session.client.answer(to: pull(session))?["result"] == ["kind": "full", "items": []])
    await session.end()
  }
}
