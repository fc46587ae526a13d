import JSONCodec
import LSPTestClient
import Manifest
import Testing

@testable import LanguageServer

@Suite struct TextSyncTests {
  @Test(arguments: ["utf-8", "utf-16", "utf-32"])
  func editsCountInTheEncodingAgreedOn(encoding: String) async throws {
    let session = try await TestSession.initialized(["general": ["positionEncodings": [.string(encoding)]]])
    session.open("[\"é😀\", 1]\n[2]")
    let start: Int64 = ["utf-8": 8, "utf-16": 5, "utf-32": 4][encoding] ?? 0
    session.change(edit(range(0, start, 0, start + 3), ";"), version: 2)
    session.change(edit(range(1, 1, 1, 2), "bad"), edit(range(1, 4, 1, 4), "\n"), version: 7)
    #expect(await session.hover(1, 1)?["result"]?["contents"]?["value"] == "bad")
    #expect(await session.text() == "[\"é😀;1]\n[bad\n]")
    await session.end()
  }

  @Test func rangesOutsideTheDocumentAreMoved() async throws {
    let session = try await TestSession.initialized()
    session.open("[1]\n")
    session.change(edit(range(99, 0, 99, 5), "x"), version: 2)
    session.change(edit(range(0, 500, 0, 900), "y"), version: 3)
    session.change(edit(range(-3, -4, -1, 0), "z"), version: 4)
    session.change(edit(range(0, 3, 0, 1), "w"), version: 5)
    session.change(edit(range(0, 9_000_000_000_000_000_000, 9_000_000_000_000_000_000, 0), "v"), version: 6)
    #expect(await session.hover(99, 99)?["result"] != nil)
    let text = try #require(await session.text())
    #expect(text.utf8.starts(with: "z[1w]yv".utf8) || text.contains("w"), "\(text)")
    await session.end()
  }

  @Test func wholeTextsVersionGapsAndUnknownDocumentsAreTaken() async throws {
    let session = try await TestSession.initialized()
    session.change(edit(range(0, 0, 0, 0), "lost"), version: 2)
    session.open("[1]", version: -3)
    session.change(["text": "[22]"], version: 400)
    session.change(version: 401)
    #expect(await session.hover(0, 2)?["result"]?["range"] == range(0, 1, 0, 3))
    session.client.notify("textDocument/didSave", ["textDocument": ["uri": "file:///a.json"], "text": "ignored"])
    session.client.notify("textDocument/didClose", ["textDocument": ["uri": "file:///a.json"]])
    session.client.notify("textDocument/didClose", ["textDocument": ["uri": "file:///a.json"]])
    #expect(await session.hover(0, 2)?["result"] == .null)
    await session.end()
  }

  @Test func textKeepsBytesThatAreNotUTF8() async throws {
    let session = try await TestSession.initialized(["general": ["positionEncodings": ["utf-8"]]])
    let open =
      #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a.json","languageId":"json","version":1,"text":"["#
    session.client.send(body: Array(open.utf8) + [0xFF] + Array(#"\u0000\ud800]"}}}"#.utf8))
    #expect(await session.hover(0, 1)?["result"] != nil)
    let document = await session.engine.snapshot("file:///a.json") as? BadWordDocument
    #expect(document?.text.allBytes() == [0x5B, 0xFF, 0x00, 0xEF, 0xBF, 0xBD, 0x5D])
    await session.end()
  }

  /// Each request sees exactly the edits sent before it, however fast they come.
  @Test func aFloodOfEditsAndRequestsStaysInOrder() async throws {
    let session = try await TestSession.initialized()
    session.open("[0]")
    var expected: [(id: Int64, text: String)] = []
    var length: Int64 = 1
    for round in 1...300 {
      session.change(edit(range(0, 1, 0, 1 + length), "\(round)"), version: Int64(round) + 1)
      length = Int64("\(round)".count)
      if round % 3 == 0 { expected.append((session.client.start("textDocument/hover", at(0, 1)), "\(round)")) }
    }
    var answered = 0
    for (id, text) in expected {
      let answer = await session.client.answer(to: id)
      if let result = answer?["result"] {
        #expect(result["contents"]?["value"] == .string(text))
        answered += 1
      } else {
        #expect(answer?["error"]?["code"] == -32801)
      }
    }
    #expect(answered >= 1, "The last one has no edit after it")
    #expect(await session.text() == "[300]")
    await session.end()
  }

  @Test func randomEditsGiveTheSameTextHereAndThere() async throws {
    let session = try await TestSession.initialized()
    var lines: [[Character]] = [Array("{\"a\": [1, 2, bad],"), Array("\"é😀\": null}")]
    func whole() -> String { lines.map { String($0) }.joined(separator: "\n") }
    session.open(whole())
    var seed: UInt64 = 11
    func random(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((seed >> 33) % UInt64(bound))
    }
    for version in 2..<200 {
      let line = random(lines.count)
      let start = random(lines[line].count + 1)
      let end = start + random(lines[line].count - start + 1)
      let pieces = ["", "x", "\"", "😀", "bad", "\n", "[{"]
      let piece = pieces[random(pieces.count)]
      let units: (Int) -> Int64 = { Int64(lines[line][..<$0].reduce(0) { $0 + String($1).utf16.count }) }
      session.change(edit(range(Int64(line), units(start), Int64(line), units(end)), piece), version: Int64(version))
      let rest = Array(lines[line][end...])
      lines[line].removeSubrange(start...)
      if piece == "\n" { lines.insert(rest, at: line + 1) } else { lines[line] += Array(piece) + rest }
    }
    _ = await session.hover(0, 0)
    #expect(await session.text() == whole())
    await session.end()
  }
}
