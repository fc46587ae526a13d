import Foundation
import Testing

/// A folder of plugins in which there is one, built for tests, that does what it is told to.
///
/// Its format is `{"flat": [{"command": "…"}, …]}`.
final class PluginFolder {
  let path: String

  /// The plugin's id is `id`, its library `lib<library>.so` beside the programs.
  init(_ id: String = "test", library: String = "ConcordTestPlugin", version: String = "2.0.1") throws {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    path = root.path
    let plugin = root.appendingPathComponent("Test")
    try FileManager.default.createDirectory(at: plugin, withIntermediateDirectories: true)
    let descriptor = """
      {"id": "\(id)", "version": "\(version)", "name": "Tests", "library": "\(library)", "dialects": [
        {"id": "flat", "name": "tests", "syntax": "json", "schema": "flat.schema.json", "files": ["*.json"],
         "probe": {"required": ["flat"]}, "records": ["/flat/*"]}]}
      """
    let schema = """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Tests", "type": "object", "properties": {
        "flat": {"type": "array", "items": {"type": "object", "properties": {
          "command": {"type": "string", "x-field": "command"}}}}}}
      """
    try Data(descriptor.utf8).write(to: plugin.appendingPathComponent("plugin.json"))
    try Data(schema.utf8).write(to: plugin.appendingPathComponent("flat.schema.json"))
    let process = Process()
    process.executableURL = Build.folder.appendingPathComponent("concord-worker")
    process.arguments = ["--describe", Build.folder.appendingPathComponent("lib\(library).so").path]
    let rules = plugin.appendingPathComponent("rules.json")
    try Data().write(to: rules)
    process.standardOutput = try FileHandle(forWritingTo: rules)
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
