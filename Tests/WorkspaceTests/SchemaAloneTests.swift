import Findings
import Foundation
import Testing
import Workspace

/// `concord check --schema`: one schema, no plugins, folders that stand for web addresses.
@Suite struct SchemaAloneTests {
  /// A folder with files in it, gone when the test is over.
  private final class Folder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)").path

    init(_ files: [String: String]) throws {
      for (name, text) in files {
        let file = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private func check(
    _ files: [String: String], schema: String? = nil, roots: [(url: String, folder: String)] = [],
    assertsFormat: Bool = false, _ name: String = "i.json"
  ) async throws -> (lines: [String], notRun: [String]) {
    let folder = try Folder(files)
    var options = LibraryOptions()
    options.schema = schema ?? folder.path + "/s.json"
    options.schemaRoots = roots.map { .init(url: $0.url, folder: folder.path + "/" + $0.folder) }
    options.assertsFormat = assertsFormat
    let checks = FileChecks(library: Library(options), options: Workspace.Options())
    let item = CheckItem(path: folder.path + "/" + name, content: nil, isNamed: true)
    let report = await checks.report([item], asOf: "2026-11-21")
    let findings = report.files.flatMap(\.findings)
    return (
      findings.map { "\($0.start.line):\($0.rule)" },
      report.notRun.map { $0.replacingOccurrences(of: folder.path + "/", with: "") }
    )
  }

  @Test func addressesAreReadFromFolders() async throws {
    let files = [
      "s.json":
        #"{"$id": "http://e.x/a/root.json", "properties": {"x": {"$ref": "sub/int.json"}, "y": {"$ref": "/b%20c.json#/$defs/s"}}}"#,
      "remote/a/sub/int.json": #"{"type": "integer"}"#, "remote/b c.json": #"{"$defs": {"s": {"type": "string"}}}"#,
      "i.json": #"{"x": "", "y": 1}"#,
    ]
    let found = try await check(files, roots: [("http://e.x/", "remote")])
    #expect(found.lines == ["0:schema/type", "0:schema/type"])
    #expect(found.notRun == [])
  }

  @Test func whatIsNotThereIsSaidAtItsPlace() async throws {
    let files = [
      "s.json": "{\n  \"properties\": {\"é\": {\"$ref\": \"http://e.x/none.json\"}}\n}", "i.json": "{}",
      "remote/x.json": "{}", "secret.json": "{}",
    ]
    let found = try await check(files, roots: [("http://e.x/", "remote")])
    #expect(found.notRun == ["s.json:2:32: `http://e.x/none.json` leads nowhere: there is no such file here."])
    var outside = files
    outside["s.json"] = ##"{"$ref": "http://e.x/%2e%2e/secret.json"}"##
    #expect(try await check(outside, roots: [("http://e.x/", "remote")]).notRun.count == 1)
  }

  /// In a file of lines each line is a value of its own, also where the schema describes lists, and has its own findings.
  @Test func everyLineIsItsOwn() async throws {
    let files = ["s.json": #"{"items": {"enum": ["a", "b"]}}"#, "i.jsonl": "[\"a\"]\n[\"c\"]\n[\"c\"]\n5\n"]
    let found = try await check(files, "i.jsonl")
    #expect(found.lines == ["1:schema/enum", "2:schema/enum"])
  }

  @Test func listsAreSeenWhole() async throws {
    let files = [
      "s.json":
        #"{"type": "object", "properties": {"l": {"type": "array", "uniqueItems": true, "items": {"type": "object"}}, "m": {"type": "array", "items": {"type": "object"}, "contains": {"required": ["a"]}}}}"#,
      "i.json": #"{"l": [{"a": 1}, {"a": 1.0}], "m": [{}]}"#,
    ]
    #expect(try await check(files).lines == ["0:schema/unique-items", "0:schema/contains"])
  }

  @Test func formsAreAskedForByName() async throws {
    let files = ["s.json": #"{"format": "date"}"#, "i.json": #""soon""#]
    #expect(try await check(files).lines == [])
    #expect(try await check(files, assertsFormat: true).lines == ["0:schema/format"])
  }

  @Test func schemasAreCheckedByTheirEdition() async throws {
    let files = ["i.json": #"{"type": "txt", "properties": {"a": {"minLength": -1}}}"#]
    let found = try await check(files, schema: "https://json-schema.org/draft/2020-12/schema")
    #expect(found.lines.count == 2)
    #expect(Library.hasSchema("http://json-schema.org/draft-07/schema#") && !Library.hasSchema("http://e.x/"))
  }

  @Test func textsInStringsAreCheckedInFiles() async throws {
    let files = [
      "s.json":
        ##"{"type": "object", "properties": {"a": {"x-embedded": {"syntax": "json", "schema": "#/$defs/i"}}}, "$defs": {"i": {"required": ["n"]}}}"##,
      "i.json": "{\n\"a\": \"{\\\"m\\\": 1,}\"}",
    ]
    #expect(Set(try await check(files).lines) == ["1:schema/required", "1:syntax/trailing-comma"])
  }
}
