import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Files that speak of the same things, through the built server, with a client that watches no files.
@Suite(.timeLimit(.minutes(3))) struct ServerJoinedFilesTests {
  private let folder = DatasetFolder()

  private func dataset() throws {
    let source = #""subject": "subject", "value": "label""#
    try folder.write(
      "concord.json",
      """
      {"alignments": [{"subject": ["subject"], "property": "class", "compare": {"by": "equal"}, "sources": [
        {"files": "pictures/*", "modality": "image", \(source), "by": "by", "pass": "pass"},
        {"files": "texts/*", "modality": "text", \(source), "by": "by", "pass": "pass"}]}]}
      """)
    try folder.write("pictures/a.jsonl", #"{"subject": "s1", "label": "Zebrafink", "by": "ann-1", "pass": "first"}"#)
    try folder.write("texts/a.jsonl", #"{"subject": "s1", "label": "Zebrafink", "by": "ann-2", "pass": "blind"}"#)
  }

  /// Waits for a publication of a file with so many findings.
  private func published(_ file: OpenFile, _ count: Int) async -> JSONValue? {
    await file.server.client.first { message in
      message["method"] == "textDocument/publishDiagnostics" && message["params"]?["uri"] == .string(file.uri)
        && message["params"]?["diagnostics"]?.array?.count == count
    }
  }

  @Test func whatIsSavedElsewhereIsSeen() async throws {
    defer { folder.remove() }
    try dataset()
    let server = try await ServerProcess.initialized()
    let texts = try folder.open("texts/a.jsonl", in: server)
    _ = await published(texts, 0)
    try folder.write("pictures/a.jsonl", #"{"subject": "s1", "label": "Kakadu"}"#)
    let found = await published(texts, 1)
    let finding = found?["params"]?["diagnostics"]?.array?.first
    #expect(finding?["message"]?.string?.contains(#"in the picture it is "Kakadu""#) == true)
    let related = finding?["relatedInformation"]?.array?.first?["location"]?["uri"]?.string
    #expect(related?.hasSuffix("/pictures/a.jsonl") == true)
    // A configuration that is saved counts as well.
    try folder.write("concord.json", "{}")
    #expect(await published(texts, 0) != nil)
    await server.end()
  }

  /// Of what others said of the same thing, no byte goes to whoever reads it independently; a reviewer sees both sides.
  @Test(arguments: [false, true]) func aBlindAuthorIsSentNothing(isReviewer: Bool) async throws {
    defer { folder.remove() }
    try dataset()
    try folder.write("pictures/a.jsonl", #"{"subject": "s1", "label": "Kakadu", "by": "ann-1", "pass": "first"}"#)
    let server = try ServerProcess()
    var params = SessionOptions().params
    if case .object(let members) = params {
      params = .object(
        members.filter { $0.key != "initializationOptions" } + [
          .init("initializationOptions", ["actor": "ann-2", "role": isReviewer ? "reviewer" : "annotator"])
        ])
    }
    _ = await server.client.request("initialize", params)
    server.client.notify("initialized", .object([]))
    var texts = try folder.open("texts/a.jsonl", in: server)
    _ = await published(texts, isReviewer ? 1 : 0)
    try texts.replace("Zebrafink", with: "Zebra")
    let now = await published(texts, isReviewer ? 1 : 0)
    let shown = "\(String(describing: now))"
    #expect(shown.contains("Kakadu") == isReviewer)
    let place = try texts.position(texts.range("Zebra").lowerBound)
    let at: JSONValue = ["textDocument": ["uri": .string(texts.uri)], "position": place]
    for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] where !isReviewer {
      #expect("\(String(describing: await server.request(method, at)))".contains("Kakadu") == false, "\(method)")
    }
    server.client.notify("exit")
    // Nothing that came meanwhile held it either.
    if !isReviewer { #expect(await server.client.first { "\($0)".contains("Kakadu") } == nil) }
    _ = await server.status.value
    server.client.closeOutput()
  }
}
