import Testing
import Workspace

/// What a dataset's `concord.json` and the kind of a file decide.
@Suite struct DatasetTests {
  private static let wrong = #"""
    {"images": [{"id": 1, "file_name": "a.png", "width": 100, "height": 80}],
     "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [90, 10, 11, 40]},
                     {"id": 2, "image_id": 2, "category_id": 1, "bbox": [1, 1, 1, 1]}],
     "categories": [{"id": 1, "name": "cup"}]}
    """#

  private func found(_ configuration: String, in name: String = "a.json") async throws -> [String] {
    let folder = try TemporaryFolder()
    _ = try folder.write("concord.json", configuration)
    let path = try folder.write(name, Self.wrong)
    let desk = try await Desk(Self.wrong, path: path)
    return try await desk.findings.map { "\($0.severity) \($0.rule)" }
  }

  @Test func withoutLevels() async throws {
    #expect(try await found("{}") == ["warning vision/bbox-out-of-image", "error vision/unresolved-record-ref"])
  }

  @Test func aRuleIsOff() async throws {
    #expect(
      try await found(#"{"rules": {"vision/bbox-out-of-image": "off"}}"#) == ["error vision/unresolved-record-ref"])
  }

  @Test func aRuleIsAHint() async throws {
    #expect(
      try await found(#"{"rules": {"vision/unresolved-record-ref": {"severity": "hint", "reason": "old files"}}}"#)
        == ["warning vision/bbox-out-of-image", "hint vision/unresolved-record-ref"])
  }

  @Test(arguments: [("old/a.json", 1), ("new/a.json", 2)]) func aRuleIsOffInSomeFiles(_ name: String, _ count: Int)
    async throws
  {
    let configuration =
      #"{"rules": {"vision/bbox-out-of-image": {"severity": "off", "reason": "r", "files": ["old/**"]}}}"#
    #expect(try await found(configuration, in: name).count == count)
  }

  @Test func aDatasetNamesAFormat() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("concord.json", #"{"files": {"*.labels": "vision/coco-results"}}"#)
    let path = try folder.write("a.labels", #"[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 0, 4], "score": 0.5}]"#)
    let desk = try await Desk(#"[{"image_id": 1, "category_id": 1, "bbox": [1, 2, 0, 4], "score": 0.5}]"#, path: path)
    #expect(try await desk.snapshot.dialect?.id == "vision/coco-results")
    #expect(try await desk.findings.map(\.rule) == ["vision/bbox-malformed"])
  }

  // MARK: Quiet files

  /// JSON that is not about labels gets nothing said in an editor, however broken it is.
  @Test(arguments: [
    ("settings.jsonc", "jsonc", #"{"a": 1, "a": 2, // why"# + "\n}"),
    ("notes.ipynb", "json", #"{"cells": [], "metadata": {}, "nbformat": 4, "nbformat": 4, }"#),
    ("package.json", "json", #"{"name": "x", "version": "1.0.0", "dependencies": {"a": "1" "b": "2"}}"#),
  ]) func fileOfNoKnownKindIsQuiet(_ name: String, _ language: String, _ text: String) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(name, text)
    let desk = try await Desk(text, path: path, languageID: language)
    #expect(try await desk.findings == [])
    let named = try await Desk(text, path: path, languageID: language, isNamed: true)
    #expect(try await !named.findings.isEmpty)
  }

  @Test func commentsAreFineWhereTheyAreUsual() async throws {
    let desk = try await Desk(
      "{\n  // why\n  \"a\": 1\n}", path: "/nowhere/settings.jsonc", languageID: "jsonc", isNamed: true)
    #expect(try await desk.findings == [])
  }

  @Test func aFileOfADatasetIsHeardEvenIfOfNoKnownKind() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("concord.json", "{}")
    let path = try folder.write("other.json", #"{"a": 1, "a": 2}"#)
    let desk = try await Desk(#"{"a": 1, "a": 2}"#, path: path)
    #expect(try await desk.findings.map(\.rule) == ["syntax/duplicate-key"])
  }
}
