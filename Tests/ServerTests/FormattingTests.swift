import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Files of labels are laid out with an entry a line. On examples, through the built server.
@Suite(.timeLimit(.minutes(3))) struct FormattingTests {
  private let options: JSONValue = ["tabSize": 2, "insertSpaces": true]

  private func server(formatting: Bool? = nil) async throws -> ServerProcess {
    try await ServerProcess.initialized(
      SessionOptions(
        textDocument: ["formatting", "rangeFormatting", "onTypeFormatting"].map { .init($0, .object([])) },
        settings: formatting.map { [.init("formatting", .bool($0))] } ?? []))
  }

  private func edits(
    _ method: String, _ file: OpenFile, _ more: JSONValue.Member...
  ) async throws -> JSONValue? {
    let params =
      [
        JSONValue.Member("textDocument", ["uri": .string(file.uri)]), .init("options", options),
      ] + more
    return await file.server.request("textDocument/" + method, .object(params))?["result"]
  }

  private func apply(_ edits: JSONValue?, to file: inout OpenFile) throws {
    try file.apply([
      "documentChanges": [
        [
          "textDocument": ["uri": .string(file.uri), "version": .integer(file.version)],
          "edits": try #require(edits),
        ]
      ]
    ])
  }

  /// Everything but space outside of texts.
  private func substance(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var isInText = false
    var isEscaped = false
    for byte in text.utf8 {
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == 34 {
          isInText = false
        }
      } else if byte <= 0x20 {
        continue
      } else if byte == 34 {
        isInText = true
      }
      out.append(byte)
    }
    return out
  }

  /// A whole file on one line, and one with a line for each number, become the same as the example: which is laid out so.
  @Test func anEntryALine() async throws {
    let server = try await server()
    let text = try String(contentsOf: Build.shelf.appendingPathComponent("products.coco.json"), encoding: .utf8)
      .replacingOccurrences(of: "52.5, 109.1", with: "5.250e1, 109.10")
    for change in [
      text.replacingOccurrences(of: "\n", with: " "), text.replacingOccurrences(of: ", \"", with: ",\n      \""),
    ] {
      var file = OpenFile(change, "laid-out-\(change.utf8.count).coco.json", in: server)
      let edits = try await edits("formatting", file)
      #expect((edits?.array?.count ?? 0) > 20)
      try apply(edits, to: &file)
      #expect(substance(file.text) == substance(text))
      let lines = file.text.split(separator: "\n")
      let entries = lines.filter { $0.contains("category_id") }
      #expect(entries.count == 25 && entries.allSatisfy { $0.contains("iscrowd") && $0.hasPrefix("    {") })
      #expect(entries.first?.contains("5.250e1, 109.10") == true)
      // Once is enough.
      #expect(try await self.edits("formatting", file) == .array([]))
    }
    let example = try OpenFile("products.coco.json", in: server)
    #expect(try await edits("formatting", example) == .array([]))
    await server.end()
  }

  @Test func onlyWhatIsChosen() async throws {
    let server = try await server()
    let text = try String(contentsOf: Build.shelf.appendingPathComponent("products.coco.json"), encoding: .utf8)
      .replacingOccurrences(of: #""iscrowd""#, with: "\n\"iscrowd\"")
    var file = OpenFile(text, "chosen.coco.json", in: server)
    let chosen = file.place(try file.range("[82.4, 27.2, 49.0, 106.8], \"area\": 5233.2, \n"))
    let edits = try await edits("rangeFormatting", file, .init("range", chosen))
    #expect(edits?.array?.count == 1)
    try apply(edits, to: &file)
    #expect(file.text.contains("106.8], \"area\": 5233.2, \"iscrowd\": 0}"))
    #expect(file.text.contains("109.1], \"area\": 5727.75, \n\"iscrowd\": 0}"))
    await server.end()
  }

  @Test func anEntryThatIsClosedGoesOnOneLine() async throws {
    let server = try await server()
    var file = try OpenFile("products.coco.json", in: server)
    try file.replace(
      #"{"id": 3, "image_id": 1, "category_id": 1, "#,
      with: "{\n      \"id\": 3,\n      \"image_id\": 1,\n      \"category_id\": 1,\n      ")
    let end = try file.range("5221.6, \"iscrowd\": 0}").upperBound
    let edits = try await edits(
      "onTypeFormatting", file, .init("position", file.position(end)), .init("ch", "}"))
    try apply(edits, to: &file)
    #expect(
      file.text == (try String(contentsOf: Build.shelf.appendingPathComponent("products.coco.json"), encoding: .utf8)))
    await server.end()
  }

  /// Lines of a file of lines stay lines; only space around them goes.
  @Test func linesAreNeverBroken() async throws {
    let server = try await server()
    let chat = Build.repository.appendingPathComponent("Examples/instruction/chat.jsonl")
    let text = try String(contentsOf: chat, encoding: .utf8)
    let spaced = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? $0 : "  \($0) \t" }
      .joined(separator: "\n")
    var file = OpenFile(
      spaced, chat.deletingLastPathComponent().appendingPathComponent("spaced.chat.jsonl").path, language: "jsonl",
      in: server)
    try apply(try await edits("formatting", file), to: &file)
    #expect(file.text == text)
    await server.end()
  }

  /// Nobody's labels, a file that can't be read, one that is too large, and a person who does not want it.
  @Test func whatIsNotLaidOut() async throws {
    let server = try await server()
    let plain = OpenFile("{\"a\": [1,\n2]}", "/tmp/concord-nobody/settings.json", in: server)
    #expect(try await edits("formatting", plain) == .array([]))
    var broken = try OpenFile("products.coco.json", in: server)
    try broken.replace("\"images\": [", with: "\"images: [")
    let params: JSONValue = ["textDocument": ["uri": .string(broken.uri)], "options": options]
    let refusal = await server.request("textDocument/formatting", params)?["error"]
    #expect(refusal?["message"] == "Something in this file can't be read. Make that right first.")
    let entries = (0..<120_000).map {
      #"{"id": \#($0), "image_id": 1, "category_id": 1, "bbox": [1, 2, 3, 4], "area": 12}"#
    }
    let head =
      #"{"images": [{"id": 1, "file_name": "a.png", "width": 9, "height": 9}], "categories": [{"id": 1, "name": "a"}], "#
    let large = OpenFile(
      head + #""annotations": ["# + entries.joined(separator: ", ") + "]}", "large.coco.json", in: server)
    let largeParams: JSONValue = ["textDocument": ["uri": .string(large.uri)], "options": options]
    let tooLarge = await server.request("textDocument/formatting", largeParams)?["error"]
    #expect(tooLarge?["message"]?.string?.hasPrefix("This file is larger than 8 MB") == true, "\(tooLarge ?? nil)")
    await server.end()
    let off = try await self.server(formatting: false)
    let file = OpenFile("{\"images\": [], \"annotations\": [\n{}], \"categories\": []}", "off.coco.json", in: off)
    #expect(try await edits("formatting", file) == .null)
    await off.end()
  }
}
