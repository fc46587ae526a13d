import JSONCodec
import LSPTestClient
import Testing

/// Files that are nobody's annotations, and files whose every line is one.
@Suite(.timeLimit(.minutes(3))) struct QuietTests {
  @Test(
    arguments: [
      ("/nowhere/project/.vscode/settings.json", "jsonc", "{\n  // Comments are fine here.\n  \"a\": 1,\n}\n"),
      ("/nowhere/project/settings.json", "json", "{\n  // So they are here.\n  \"a\": 1,\n  \"a\": 2\n}\n"),
      (
        "/nowhere/project/book.ipynb", "json",
        #"{"cells": [{"cell_type": "code", "source": ["print(1)"], "metadata": {}, "outputs": []}], "nbformat": 4}"#
      ),
      ("/nowhere/project/package.json", "json", #"{"name": "a", "version": "1", "dependencies": {"b": "^1"},}"#),
      ("/nowhere/project/events.jsonl", "jsonl", "{\"a\": 1}\n{\"a\": \n"),
      ("/nowhere/project/empty.json", "json", ""),
    ] as [(String, String, String)])
  func filesOfOthersAreLeftAlone(name: String, language: String, text: String) async throws {
    let pulling = try await ServerProcess.initialized(SessionOptions(pulls: true))
    let pulled = OpenFile(text, name, language: language, in: pulling)
    #expect(try await pulled.pull().isEmpty)
    #expect(try await pulled.actions(at: text.startIndex..<text.endIndex).isEmpty)
    await pulling.end()
    let pushing = try await ServerProcess.initialized()
    let pushed = OpenFile(text, name, language: language, in: pushing)
    // Answered after it: by then anything about the first file is on its way.
    let witness = try OpenFile("shelf.json", in: pushing)
    try await witness.finding(ShelfTests.checkDigit, at: witness.range(ShelfTests.wrong))
    _ = await pushed.hover(text.startIndex)
    await pushing.end()
    let uri = JSONValue.string(pushed.uri)
    let findings = pushing.client.untaken.filter { $0["params"]?["uri"] == uri }
      .flatMap { $0["params"]?["diagnostics"]?.array ?? [] }
    #expect(findings.isEmpty)
  }

  @Test func linesAreCheckedEachForItself() async throws {
    let server = try await ServerProcess.initialized(SessionOptions(encoding: .utf8, pulls: true))
    let source = #""sources": [{"id": "cam", "modality": "image", "uri": "c.png", "width": 640, "height": 480}]"#
    func line(_ number: Int, _ box: String) -> String {
      #"{"concord": "1.0", "id": "ảnh \#(number)", \#(source), "annotations": [{"id": "a1", "source": "cam", "#
        + #""kind": "bbox", "bbox": \#(box), "label": "car"}]}"# + "\n"
    }
    let outside = "[600, 400, 90, 20]"
    var file = OpenFile(
      line(1, "[1, 2, 3, 4]") + line(2, outside) + line(3, "[5, 6, 7, 8]"), "lines.jsonl", language: "jsonl",
      encoding: .utf8, in: server)
    let rule = "vision/bbox-out-of-image"
    func places() async throws -> [JSONValue?] {
      try await file.pull().filter { $0["code"] == .string(rule) }.map { $0["range"] }
    }
    #expect(try await places() == [file.place(try file.range(outside))])
    // A line that is broken keeps its neighbours as they are.
    try file.replace(#"{"concord": "1.0", "id": "ảnh 1""#, with: #"{"concord": "1.0", "id": "ảnh 1"#)
    #expect(try await places() == [file.place(try file.range(outside))])
    #expect(try await file.pull().contains { $0["range"]?["start"]?["line"] == 0 })
    try file.replace(outside, with: "[600, 400, 30, 20]")
    #expect(try await places().isEmpty)
    await server.end()
  }
}
