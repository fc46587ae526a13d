import JSONCodec
import LSPTestClient
import Testing

@testable import LanguageServer

/// How answers look to clients that can much and to those that can little.
@Suite struct NavigationTests {
  private static let able: JSONValue = [
    "textDocument": [
      "definition": ["linkSupport": true], "rename": ["prepareSupport": true],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
    ],
    "workspace": ["workspaceEdit": ["documentChanges": true]],
  ]

  private func answer(
    _ method: String, _ capabilities: JSONValue, _ more: JSONValue.Member..., text: String = "[good, bad, bad]"
  ) async throws -> JSONValue? {
    let session = try await TestSession.initialized(capabilities)
    session.open(text, version: 3)
    var members = at(0, 7).members ?? []
    members += more
    let answer = await session.client.request("textDocument/" + method, .object(members))
    await session.end()
    return answer
  }

  @Test func whatTheServerCanIsTold() async throws {
    let session = TestSession()
    let answer = await session.client.request("initialize", TestSession.initializeParams(Self.able))
    let can = answer?["result"]?["capabilities"]
    for name in ["definition", "references", "documentHighlight", "inlayHint", "documentSymbol"] {
      #expect(can?[name + "Provider"] == true)
    }
    #expect(can?["renameProvider"] == ["prepareProvider": true])
    await session.end()
    let plain = TestSession()
    let little = await plain.client.request("initialize", TestSession.initializeParams())
    #expect(little?["result"]?["capabilities"]?["renameProvider"] == true)
    await plain.end()
  }

  @Test func definitionsAreLinksOrLocations() async throws {
    let place = range(0, 1, 0, 5)
    #expect(
      try await answer("definition", Self.able)?["result"] == [
        [
          "originSelectionRange": range(0, 7, 0, 10), "targetUri": "file:///a.json", "targetRange": place,
          "targetSelectionRange": place,
        ]
      ])
    #expect(try await answer("definition", .object([]))?["result"] == [["uri": "file:///a.json", "range": place]])
  }

  @Test func referencesAndHighlights() async throws {
    let uses = try await answer("references", .object([]), .init("context", ["includeDeclaration": false]))
    #expect(uses?["result"]?.array?.map { $0["range"] } == [range(0, 7, 0, 10), range(0, 12, 0, 15)])
    let all = try await answer("references", .object([]), .init("context", ["includeDeclaration": true]))
    #expect(all?["result"]?.array?.count == 3)
    let near = try await answer("documentHighlight", .object([]))
    #expect(near?["result"]?.array?.map { $0["kind"] } == [3, 2, 2])
  }

  @Test func renaming() async throws {
    let start = try await answer("prepareRename", Self.able)
    // What must not be shown comes without its text.
    #expect(start?["result"] == range(0, 7, 0, 10))
    let good = try await answer("prepareRename", Self.able, text: "bad    good")
    #expect(good?["result"] == ["range": range(0, 7, 0, 11), "placeholder": "good"])
    let refused = try await answer("prepareRename", Self.able, text: "[1, 2, 3, 4]")
    #expect(refused?["error"]?["code"] == -32803)
    #expect(refused?["error"]?["message"] == "No word here")
    let edit = try await answer("rename", Self.able, .init("newName", "x"))?["result"]?["documentChanges"]?.array?.first
    #expect(edit?["textDocument"] == ["uri": "file:///a.json", "version": 3])
    #expect(edit?["edits"]?.array?.count == 3)
    let plain = try await answer("rename", .object([]), .init("newName", "x"))?["result"]
    #expect(plain?["changes"]?["file:///a.json"]?.array?.count == 3)
  }

  @Test func hintsOfTheRange() async throws {
    let hints = try await answer("inlayHint", .object([]), .init("range", range(0, 0, 0, 8)))
    #expect(
      hints?["result"] == [
        ["position": ["line": 0, "character": 5], "label": "word", "paddingLeft": true],
        ["position": ["line": 0, "character": 10], "label": "word", "paddingLeft": true],
      ])
  }

  @Test func hintsGivenTooEarlyAreAskedForAgain() async throws {
    let engine = BadWordEngine(publishing: nil)
    let session = try await TestSession.initialized(
      ["workspace": ["inlayHint": ["refreshSupport": true]]], engine: engine)
    session.open("[bad, soon]")
    func ask() async {
      var members = at(0, 0).members ?? []
      members.append(.init("range", range(0, 0, 9, 0)))
      _ = await session.client.request("textDocument/inlayHint", .object(members))
    }
    await ask()
    await engine.publish("file:///a.json", .partial)
    await engine.publish("file:///a.json", .settled)
    #expect(await session.client.notification("workspace/inlayHint/refresh") != nil)
    // Something else has changed since: the text is settled once more.
    await ask()
    await engine.publish("file:///a.json", .settled)
    #expect(await session.client.notification("workspace/inlayHint/refresh") != nil)
    await session.end()
    #expect(session.client.untaken.allSatisfy { $0["method"] != "workspace/inlayHint/refresh" })
  }

  @Test func hintsOfASettledTextAreNotAskedForAgain() {
    let hints = HintRefresher()
    hints.gave("a", version: 1, isComplete: true)
    #expect(!hints.isOutdated("a", version: 1))
    #expect(hints.isOutdated("a", version: 1))
    #expect(!hints.isOutdated("a", version: 1), "once for each time they were given")
    hints.gave("a", version: 2, isComplete: false)
    #expect(!hints.isOutdated("a", version: 3), "an edit makes the client ask by itself")
    hints.gave("b", version: 1, isComplete: false)
    hints.closed("b")
    #expect(!hints.isOutdated("b", version: 1))
  }

  @Test func theOutlineIsATreeOrAList() async throws {
    let tree = try await answer("documentSymbol", Self.able)?["result"]
    #expect(tree?.array?.count == 1)
    #expect(tree?.array?[0]["detail"] == "all")
    #expect(tree?.array?[0]["children"]?.array?.map { $0["name"] } == ["good", "bad", "bad"])
    let list = try await answer("documentSymbol", .object([]))?["result"]?.array
    #expect(list?.map { $0["containerName"] } == [nil, "words", "words", "words"])
    #expect(list?[0]["location"] == ["uri": "file:///a.json", "range": range(0, 0, 0, 16)])
  }

  /// Lines; as many as the client takes.
  @Test func listsAndRecordsCanBeFolded() async throws {
    let all = try await answer("foldingRange", Self.able)?["result"]
    #expect(all == [["startLine": 0, "endLine": 2], ["startLine": 4, "endLine": 5]])
    let few = try await answer("foldingRange", ["textDocument": ["foldingRange": ["rangeLimit": 1]]])?["result"]
    #expect(few == [["startLine": 0, "endLine": 2]])
    let none = try await answer("foldingRange", ["textDocument": ["foldingRange": ["rangeLimit": -1]]])?["result"]
    #expect(none == [])
  }

  @Test(arguments: ["definition", "documentHighlight", "prepareRename", "documentSymbol", "foldingRange"])
  func aFileThatIsNotOpenHasNothing(method: String) async throws {
    let session = try await TestSession.initialized(Self.able)
    let answer = await session.client.request("textDocument/" + method, at(0, 0))
    #expect(answer?["result"] == .null || answer?["result"]?.array?.isEmpty == true)
    await session.end()
  }

  @Test(arguments: [
    ("**Red** `red_1`", "Red red_1"), ("a \\* b \\`c\\`", "a * b `c`"),
    ("see [the page](https://x.y/z)", "see the page"),
    ("one\n\n---\n\ntwo", "one\n\n\n\ntwo"), ("- a: `[1](2)`", "- a: [1](2)"), ("[1, 2] and \\[", "[1, 2] and ["),
    ("ends in \\", "ends in \\"), ("**", ""), ("`a\\b`", "a\\b"),
  ])
  func plainText(markdown: String, plain: String) {
    #expect(PlainText.text(ofMarkdown: markdown) == plain)
  }
}
