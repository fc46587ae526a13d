import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Files made to do harm, given to the built programs beside healthy ones: each run ends, by no signal, and what is healthy
/// is checked as ever.
@Suite(.serialized, .timeLimit(.minutes(3))) struct HostileDataTests {
  typealias Dataset = ServerVocabularyTests.Dataset

  // MARK: What is asked

  @Test(arguments: Harm.vocabularies) func vocabulariesInJSON(harm: Harm) async throws { try await survive(harm) }
  @Test(arguments: Harm.tables) func vocabulariesAndMappingsInTables(harm: Harm) async throws {
    try await survive(harm)
  }
  @Test(arguments: Harm.configurations) func configurationsOfDatasets(harm: Harm) async throws {
    try await survive(harm)
  }
  @Test(arguments: Harm.plugins) func descriptionsOfPlugins(harm: Harm) async throws { try await survive(harm) }
  @Test(arguments: Harm.schemas) func schemasOfPlugins(harm: Harm) async throws { try await survive(harm) }

  /// Files of the harmed dataset: one of the healthy format, and one of the hostile plugin's.
  private static let labels = #"{"shelf": [{"label": "milk"}, {"label": "butter"}]}"#
  private static let entries =
    #"{"hostile": [{"text": "\#(many("a", 40))!", "n": 0.3}, {"text": "[1]", "schema": {"$ref": "http://x"}}, {}, []]}"#

  private func survive(_ harm: Harm) async throws {
    let dataset = try Dataset()
    try dataset.write("hostile/a.json", Self.labels)
    try dataset.write("hostile/b.json", Self.entries)
    try dataset.write(
      Harm.configuration,
      #"{"vocabularies": [{"file": "list.json", "id": "things"}, {"file": "list.csv", "id": "things"}]}"#)
    try harm.make(dataset)
    let healthy = "butter"
    // Well within that, also in a debug build, where a pattern or a circle would take for ever.
    let run = try await Program.run(
      "/usr/bin/timeout",
      [
        "60", Build.server, "check", "--plugins", dataset.path("plugins"), dataset.path("data"),
        dataset.path("hostile"),
      ])
    #expect([0, 1, 2].contains(run.status), "\(run.status) \(run.complaint.suffix(500))")
    #expect(run.text.contains(healthy), "\(run.text.prefix(500)) \(run.complaint.prefix(500))")
    #expect(!run.text.contains("root:x:0") && !run.complaint.contains("root:x:0"))
    let list = try await Program.run(
      "/usr/bin/timeout", ["60", Build.server, "plugin", "list", "--plugins", dataset.path("plugins")])
    #expect(
      [0, 2].contains(list.status) && list.text.contains("shelves"), "\(list.status) \(list.complaint.suffix(500))")
    try await serve(dataset)
  }

  /// The same in an editor: files of both are opened, asked about and edited, and the healthy one has its finding.
  private func serve(_ dataset: Dataset) async throws {
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true), plugins: dataset.path("plugins"))
    for name in ["hostile/a.json", "hostile/b.json"] {
      let text = try String(contentsOfFile: dataset.path(name), encoding: .utf8)
      var file = OpenFile(text, dataset.path(name), in: server)
      _ = try await file.pull()
      let middle = text.index(text.startIndex, offsetBy: text.count / 2)
      #expect(await file.hover(middle) != nil)
      let place: JSONValue = ["textDocument": ["uri": .string(file.uri)], "position": file.position(middle)]
      for method in ["textDocument/completion", "textDocument/definition"] {
        let answer = await server.request(method, place)
        #expect(answer?["result"] != nil, "\(answer ?? nil)")
      }
      file.replace(middle..<middle, with: "\"")
      _ = try await file.pull()
      file.save()
    }
    let good = OpenFile(Dataset.labels, dataset.path("data/a.json"), in: server)
    #expect(try await good.pull().contains { $0["message"]?.string?.contains("butter") == true })
    await server.end()
  }
}
