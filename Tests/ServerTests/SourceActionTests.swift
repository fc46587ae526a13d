import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// What is done to a whole file: all certain fixes, entries in order, numbers anew. On examples, through the built server.
@Suite(.timeLimit(.minutes(3))) struct SourceActionTests {
  private let folder = DatasetFolder()

  private func server(resolves: Bool = true) async throws -> ServerProcess {
    let actions: [JSONValue.Member] =
      [.init("codeActionLiteralSupport", ["codeActionKind": ["valueSet": ["source"]]]), .init("disabledSupport", true)]
      + (resolves ? [.init("dataSupport", true), .init("resolveSupport", ["properties": ["edit"]])] : [])
    let server = try ServerProcess()
    _ = await server.client.request(
      "initialize",
      [
        "processId": nil, "rootUri": .string(folder.url.absoluteString),
        "capabilities": [
          "textDocument": ["codeAction": .object(actions), "publishDiagnostics": ["versionSupport": true]],
          "workspace": ["workspaceEdit": ["documentChanges": true, "changeAnnotationSupport": .object([])]],
        ],
      ])
    server.client.notify("initialized", .object([]))
    return server
  }

  private func actions(_ kind: String, in file: OpenFile) async throws -> [JSONValue] {
    let top: JSONValue = ["line": 0, "character": 0]
    let answer = await file.server.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(file.uri)], "range": ["start": top, "end": top],
        "context": ["diagnostics": [], "only": [.string(kind)]],
      ])
    return try #require(answer?["result"]?.array, "\(answer ?? nil)")
  }

  /// Made as often as there is something to do, it leaves the file as `concord check --fix` does.
  @Test(arguments: [
    ("geospatial", "mistakes/shapes.geojson", true), ("instruction", "pictures.json", false),
    ("shelf", "shelf.json", true),
  ]) func everythingCertainIsFixedAtOnce(example: String, name: String, resolves: Bool) async throws {
    try folder.copyExample(example)
    defer { folder.remove() }
    let server = try await server(resolves: resolves)
    var file = try folder.open(name, in: server)
    let before = file.text
    var rounds = 0
    while rounds < 5, let action = try await actions("source.fixAll", in: file).first {
      #expect(action["kind"] == "source.fixAll.concord")
      #expect((action["edit"] == nil) == resolves)
      let full = resolves ? await server.request("codeAction/resolve", action)?["result"] : action
      try file.apply(try #require(full?["edit"]))
      rounds += 1
    }
    #expect(rounds > 0 && file.text != before)
    await server.end()
    let run = try await Program.run(
      Build.server, ["check", "--plugins", Build.plugins, "--fix", "--progress", "never", folder.file(name).path])
    let fixed = try String(contentsOf: folder.file(name), encoding: .utf8)
    #expect(file.text == fixed, "\(run.complaint)")
  }

  /// Shelf labels out of order are put in order of their numbers; each stays byte for byte what it was.
  @Test func entriesAreSortedByNumber() async throws {
    try folder.copyExample("shelf")
    defer { folder.remove() }
    let server = try await server()
    var file = try folder.open("products.coco.json", in: server)
    // Twice the same number: nobody knows which comes first.
    #expect(try await actions("source.organize.sort", in: file).isEmpty)
    try file.replace(
      #"{"id": 11, "image_id": 1, "category_id": 1"#, with: #"{"id": 26, "image_id": 1, "category_id": 1"#)
    try file.replace(#"{"id": 3, "name": "bag"}"#, with: #"{"id": 0, "name": "bag"}"#)
    let before = file.text
    let action = try #require(try await actions("source.organize.sort", in: file).first)
    #expect(action["title"]?.string == "Sort 17 entries by number")
    try file.apply(try #require(await server.request("codeAction/resolve", action)?["result"]?["edit"]).withoutNotes)
    func entries(_ text: String) -> [String] {
      text.split(separator: "\n").map { $0.trimmingCharacters(in: .init(charactersIn: ", ")) }
    }
    #expect(entries(file.text).sorted() == entries(before).sorted() && file.text != before)
    let numbers = entries(file.text).filter { $0.contains("category_id") }
      .compactMap { $0.firstMatch(of: /"id": (\d+)/).flatMap { Int($0.1) } }
    #expect(numbers.count == 25 && numbers == numbers.sorted())
    #expect(try file.range("\"bag\"").lowerBound < file.range("\"carton\"").lowerBound)
    #expect(try await actions("source.organize.sort", in: file).isEmpty)
    await server.end()
  }

  /// Numbers of boxes mean nothing to anybody else; whoever can is shown the edit before it is made.
  @Test func numbersAreCountedAnewAfterALook() async throws {
    try folder.copyExample("shelf")
    defer { folder.remove() }
    let server = try await server()
    var file = try folder.open("products.coco.json", in: server)
    let refused = try #require(try await actions("source.organize.renumber", in: file).first)
    #expect(refused["disabled"]?["reason"]?.string?.hasPrefix("Two entries have the same number") == true)
    try file.replace(
      #"{"id": 11, "image_id": 1, "category_id": 1"#, with: #"{"id": 70, "image_id": 1, "category_id": 1"#)
    let action = try #require(try await actions("source.organize.renumber", in: file).first)
    let edit = try #require(await server.request("codeAction/resolve", action)?["result"]?["edit"])
    let notes = try #require(edit["changeAnnotations"]?.members)
    #expect(notes.count == 1 && notes[0].value["needsConfirmation"] == true)
    let edits = try #require(edit["documentChanges"]?.array?.first?["edits"]?.array)
    // 12 in place of 70, and nothing else: 13 and all behind it are counted already.
    #expect(edits.map { $0["newText"] } == ["12"])
    #expect(edits.allSatisfy { $0["annotationId"] == .string(notes[0].key) })
    try file.apply(edit.withoutNotes)
    #expect(file.text.contains(#"{"id": 12, "image_id": 1, "category_id": 1"#))
    #expect(try await actions("source.organize.renumber", in: file).isEmpty)
    await server.end()
  }

  /// What others may know an entry by is not changed: GTINs of a plan, names of samples.
  @Test func idsThatOthersKnowAreNotCountedAnew() async throws {
    try folder.copyExample("shelf")
    defer { folder.remove() }
    let server = try await server()
    for name in ["shelf.json", "checkout.json"] {
      let file = try folder.open(name, in: server)
      let action = try #require(try await actions("source.organize.renumber", in: file).first, "\(name)")
      #expect(action["disabled"]?["reason"]?.string?.contains("may be known to others") == true, "\(name)")
      #expect(action["edit"] == nil && action["data"] == nil)
    }
    await server.end()
  }
}

extension JSONValue {
  /// A workspace edit without what is only shown of it, as an editor has made it.
  var withoutNotes: JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.filter { $0.key != "annotationId" && $0.key != "changeAnnotations" }
          .map { .init($0.key, $0.value.withoutNotes) })
    case .array(let elements): .array(elements.map(\.withoutNotes))
    default: self
    }
  }
}
