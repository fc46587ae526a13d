import Foundation
import Testing
import Workspace

/// A folder with the plugin that is built for tests and does what it is told to.
final class TestPluginFolder {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(
      "Test/plugin.json",
      """
      {"id": "test", "version": "2.0.1", "name": "Tests", "library": "ConcordTestPlugin", "dialects": [
        {"id": "flat", "name": "tests", "syntax": "json", "schema": "flat.schema.json", "files": ["*.json"],
         "probe": {"required": ["flat"]}, "records": ["/flat/*"]}]}
      """)
    _ = try folder.write(
      "Test/flat.schema.json",
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Tests", "type": "object", "properties": {
        "flat": {"type": "array", "items": {"type": "object", "properties": {
          "command": {"type": "string", "x-field": "command"}}}}}}
      """)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Installation.buildFolder + "/concord-worker")
    process.arguments = ["--describe", Installation.buildFolder + "/libConcordTestPlugin.so"]
    let rules = try folder.write("Test/rules.json", "")
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: rules))
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  func library() throws -> Library {
    var options = LibraryOptions()
    options.folders = [folder.path]
    options.worker = Installation.buildFolder + "/concord-worker"
    options.libraryFolder = Installation.buildFolder
    options.asOf = 20_000
    return Library(options)
  }
}
