import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Names in labels follow when an editor moves files. On copies of examples, through the built server.
@Suite(.timeLimit(.minutes(3))) struct FileOperationTests {
  private let folder = DatasetFolder()

  private func server(_ example: String) async throws -> ServerProcess {
    try folder.copyExample(example)
    return try await ServerProcess.initialized(
      SessionOptions(
        workspace: [
          .init(
            "fileOperations",
            ["willRename": true, "didRename": true, "didCreate": true, "willDelete": true, "didDelete": true])
        ], watchesFiles: true, root: folder.url))
  }

  private func rename(_ moves: [(String, String)], in server: ServerProcess) async -> [JSONValue] {
    let files = moves.map { ["oldUri": folder.uri($0), "newUri": folder.uri($1)] as JSONValue }
    let answer = await server.request("workspace/willRenameFiles", ["files": .array(files)])
    return answer?["result"]?["documentChanges"]?.array ?? []
  }

  /// File and new texts of edits, each once.
  private func lines(_ changes: [JSONValue]) -> [String] {
    changes.map { change in
      let name = change["textDocument"]?["uri"]?.string.flatMap(URL.init)?.lastPathComponent ?? "?"
      return "\(name): "
        + Set(change["edits"]?.array?.compactMap { $0["newText"]?.string } ?? []).sorted()
        .joined(separator: " ")
    }.sorted()
  }

  @Test func namesOfAPictureFollow() async throws {
    let server = try await server("shelf")
    defer { folder.remove() }
    var file = try folder.open("products.coco.json", in: server)
    _ = try await file.published { _ in true }
    let changes = await rename([("images/shelf-0001.png", "images/front/shelf 1.png")], in: server)
    let own = try #require(changes.first { $0["textDocument"]?["uri"] == .string(file.uri) })
    #expect(lines([own]) == [#"products.coco.json: "images/front/shelf 1.png""#])
    // Files that nobody has open name it, too.
    #expect(changes.count > 1)
    #expect(
      changes.filter { $0["textDocument"]?["uri"] != .string(file.uri) }.allSatisfy {
        $0["textDocument"]?["version"] == .null
      })
    try file.apply(["documentChanges": [own]])
    #expect(file.text.contains(#""file_name": "images/front/shelf 1.png", "width": 640"#))
    try FileManager.default.createDirectory(
      at: folder.file("images/front"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      at: folder.file("images/shelf-0001.png"), to: folder.file("images/front/shelf 1.png"))
    let moved: JSONValue = [
      "oldUri": folder.uri("images/shelf-0001.png"), "newUri": folder.uri("images/front/shelf 1.png"),
    ]
    server.client.notify("workspace/didRenameFiles", ["files": [moved]])
    // Its size is read again where it lies now: a size that is wrong is found.
    try file.replace(
      #""file_name": "images/front/shelf 1.png", "width": 640"#,
      with: #""file_name": "images/front/shelf 1.png", "width": 641"#)
    _ = try await file.published { $0.contains { $0["code"] == "vision/media-size-disagrees" } }
    await server.end()
  }

  /// A list and a folder that `concord.json` names, by themselves and in patterns.
  @Test func theConfigurationFollows() async throws {
    let server = try await server("street-scene")
    defer { folder.remove() }
    let file = try folder.open("concord.json", in: server)
    let changes = await rename([("lists/objects.csv", "lists/things.csv"), ("camera", "photos")], in: server)
    let own = try #require(changes.first { $0["textDocument"]?["uri"] == .string(file.uri) })
    #expect(lines([own]) == [#"concord.json: "lists/things.csv" "photos/*.json""#])
    await server.end()
  }

  /// A file of labels that goes to another folder still names the same pictures.
  @Test func aFileOfLabelsThatIsMovedKeepsItsPictures() async throws {
    let server = try await server("shelf")
    defer { folder.remove() }
    let file = try folder.open("products.coco.json", in: server)
    _ = try await file.published { _ in true }
    let changes = await rename([("products.coco.json", "labels/v2/products.coco.json")], in: server)
    #expect(
      lines(changes) == [#"products.coco.json: "../../images/shelf-0001.png" "../../images/shelf-0002.png""#])
    #expect(await rename([("products.coco.json", "other.json")], in: server).isEmpty)
    await server.end()
  }

  /// Opens labels that say a picture is wider than it is, which is only found where the picture is.
  private func wrongWidth(in server: ServerProcess) async throws -> OpenFile {
    let name = "products.coco.json"
    let text = try String(contentsOf: folder.file(name), encoding: .utf8)
      .replacingOccurrences(of: #"shelf-0001.png", "width": 640"#, with: #"shelf-0001.png", "width": 641"#)
    try folder.write(name, text)
    return try folder.open(name, in: server)
  }

  @Test func whatNamesADeletedPictureIsTold() async throws {
    let server = try await server("shelf")
    defer { folder.remove() }
    let file = try await wrongWidth(in: server)
    _ = try await file.published { $0.contains { $0["code"] == "vision/media-size-disagrees" } }
    let files: JSONValue = ["files": [["uri": folder.uri("images/shelf-0001.png")]]]
    #expect(await server.request("workspace/willDeleteFiles", files)?["result"] == .null)
    let told = await server.client.notification("window/showMessage")
    #expect(told?["params"]?["message"]?.string?.contains("what is deleted, in") == true, "\(told ?? nil)")
    try FileManager.default.removeItem(at: folder.file("images/shelf-0001.png"))
    server.client.notify("workspace/didDeleteFiles", files)
    try await file.noFinding("vision/media-size-disagrees")
    await server.end()
  }

  @Test func aPictureThatComesBackIsSeen() async throws {
    let server = try await server("shelf")
    defer { folder.remove() }
    let picture = folder.file("images/shelf-0001.png")
    let bytes = try Data(contentsOf: picture)
    try FileManager.default.removeItem(at: picture)
    let file = try await wrongWidth(in: server)
    try await file.noFinding("vision/media-size-disagrees")
    try bytes.write(to: picture)
    server.client.notify("workspace/didCreateFiles", ["files": [["uri": folder.uri("images/shelf-0001.png")]]])
    _ = try await file.published { $0.contains { $0["code"] == "vision/media-size-disagrees" } }
    await server.end()
  }

  /// No folder's every file is asked for: endings of pictures, sounds and labels, and folders.
  @Test func onlyWhatLabelsNameIsAskedFor() async throws {
    let server = try ServerProcess()
    let answer = await server.client.request(
      "initialize",
      ["processId": nil, "capabilities": ["workspace": ["fileOperations": ["willRename": true]]]])
    let operations = answer?["result"]?["capabilities"]?["workspace"]?["fileOperations"]
    #expect((operations?.members ?? []).map { $0.key } == ["willRename"])
    let patterns = operations?["willRename"]?["filters"]?.array?.map { $0["pattern"] ?? nil } ?? []
    #expect(patterns.map { $0["matches"] } == ["file", "folder"])
    #expect(patterns.first?["glob"]?.string?.contains("{png,") == true)
    await server.end()
  }
}
