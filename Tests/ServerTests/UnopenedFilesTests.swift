import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// What is found in files that nobody has open is shown where the client asks for the whole dataset.
@Suite(.timeLimit(.minutes(3))) struct UnopenedFilesTests {
  /// Two files that speak of the same two things; of the second they say something else.
  private func twoFiles() throws -> DatasetFolder {
    let folder = DatasetFolder()
    let source = #""subject": "subject", "value": "label""#
    try folder.write(
      "concord.json",
      """
      {"alignments": [{"subject": ["subject"], "property": "class", "compare": {"by": "equal"}, "sources": [
        {"files": "pictures/*", "modality": "image", \(source)}, {"files": "texts/*", "modality": "text", \(source)}]}]}
      """)
    try folder.write("pictures/a.jsonl", lines("car", "car"))
    try folder.write("texts/a.jsonl", lines("car", "bus"))
    return folder
  }

  /// What is said of the first and the second thing.
  private func lines(_ first: String, _ second: String) -> String {
    #"{"subject": "s1", "label": "\#(first)"}"# + "\n" + #"{"subject": "s2", "label": "\#(second)"}"#
  }

  private func server(of dataset: DatasetFolder, pulls: Bool = false) async throws -> ServerProcess {
    try await ServerProcess.initialized(
      SessionOptions(pulls: pulls, root: dataset.url, settings: [.init("scope", "workspace")]))
  }

  /// The lines of what is found in a file, when it is published the next time with so many findings.
  private func published(_ name: String, _ count: Int, of dataset: DatasetFolder, to server: ServerProcess) async
    -> [Int64]?
  {
    let uri = dataset.uri(name)
    let message = await server.client.first { message in
      message["method"] == "textDocument/publishDiagnostics" && message["params"]?["uri"] == uri
        && message["params"]?["diagnostics"]?.array?.count == count
    }
    return message?["params"]?["diagnostics"]?.array?.compactMap { $0["range"]?["start"]?["line"]?.integer }
  }

  @Test func whatDisagreesIsShownBeforeAnythingIsOpened() async throws {
    let dataset = try twoFiles()
    defer { dataset.remove() }
    let server = try await server(of: dataset)
    #expect(await published("pictures/a.jsonl", 1, of: dataset, to: server) == [1])
    #expect(await published("texts/a.jsonl", 1, of: dataset, to: server) == [1])

    // An edit in one changes what is found in the other, which nobody has open.
    var texts = try dataset.open("texts/a.jsonl", in: server)
    #expect(await published("texts/a.jsonl", 1, of: dataset, to: server) == [1])
    try texts.replace("bus", with: "car")
    #expect(await published("pictures/a.jsonl", 0, of: dataset, to: server) == [])
    #expect(await published("texts/a.jsonl", 0, of: dataset, to: server) == [])
    try texts.replace("car", with: "tram")
    #expect(await published("texts/a.jsonl", 1, of: dataset, to: server) == [0])
    #expect(await published("pictures/a.jsonl", 1, of: dataset, to: server) == [0])

    // Closed without being saved, the file is as it is on disk.
    texts.close()
    #expect(await published("pictures/a.jsonl", 1, of: dataset, to: server) == [1])
    #expect(await published("texts/a.jsonl", 1, of: dataset, to: server) == [1])

    // A file that is gone disagrees with nobody, and nothing is left standing at it.
    try FileManager.default.removeItem(at: dataset.file("texts/a.jsonl"))
    #expect(await published("texts/a.jsonl", 0, of: dataset, to: server) == [])
    #expect(await published("pictures/a.jsonl", 0, of: dataset, to: server) == [])
    await server.end()
  }

  @Test func theSettingIsTakenUpWhileRunning() async throws {
    let dataset = try twoFiles()
    defer { dataset.remove() }
    let server = try await ServerProcess.initialized(SessionOptions(root: dataset.url))
    func set(_ scope: String) {
      server.client.notify("workspace/didChangeConfiguration", ["settings": ["concord": ["scope": .string(scope)]]])
    }
    set("workspace")
    #expect(await published("pictures/a.jsonl", 1, of: dataset, to: server) == [1])
    set("open files")
    #expect(await published("pictures/a.jsonl", 0, of: dataset, to: server) == [])
    await server.end()
  }

  // MARK: Pulled

  private func pull(_ known: [String: String], from server: ServerProcess, token: JSONValue? = nil) -> Int64 {
    let results = known.map { JSONValue.object([.init("uri", .string($0)), .init("value", .string($1))]) }
    let members: [JSONValue.Member] =
      [.init("previousResultIds", .array(results))] + (token.map { [.init("partialResultToken", $0)] } ?? [])
    return server.client.start("workspace/diagnostic", .object(members))
  }

  private func items(of answer: JSONValue?) -> [String: (id: String, count: Int)] {
    var found: [String: (String, Int)] = [:]
    for item in answer?["result"]?["items"]?.array ?? [] {
      guard let uri = item["uri"]?.string, let id = item["resultId"]?.string else { continue }
      found[uri] = (id, item["items"]?.array?.count ?? -1)
    }
    return found
  }

  @Test func aClientThatAsksIsAnsweredOnceAndThenWhenSomethingChanges() async throws {
    let dataset = try twoFiles()
    defer { dataset.remove() }
    let server = try await server(of: dataset, pulls: true)
    let (pictures, texts) = (
      dataset.file("pictures/a.jsonl").absoluteString, dataset.file("texts/a.jsonl").absoluteString
    )
    let first = items(of: await server.client.answer(to: pull([:], from: server)))
    #expect(first.mapValues(\.count) == [pictures: 1, texts: 1])

    // Who has everything waits for news.
    let waiting = pull(first.mapValues(\.id), from: server)
    try dataset.write("texts/a.jsonl", lines("bus", "car"))
    var known = first.mapValues(\.id)
    var counts: [String: Int] = [:]
    for (uri, item) in items(of: await server.client.answer(to: waiting)) {
      known[uri] = item.id
      counts[uri] = item.count
    }
    #expect(!counts.isEmpty && counts.values.allSatisfy { $0 == 1 })

    // One that is opened is asked about by itself.
    let opened = pull(known, from: server)
    try dataset.write("texts/a.jsonl", lines("car", "car"))
    let last = items(of: await server.client.answer(to: opened))
    #expect(!last.isEmpty && last.values.allSatisfy { $0.count == 0 })

    // A request that is given up is answered.
    let given = pull(known.merging(last.mapValues(\.id)) { $1 }, from: server)
    server.client.notify("$/cancelRequest", ["id": .integer(given)])
    #expect(await server.client.answer(to: given)?["error"]?["code"]?.integer == -32800)
    await server.end()
  }
}
