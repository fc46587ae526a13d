import Findings
import Foundation
import PluginHost
import Testing
import Workspace

/// Plugins in folders of all sorts, and plugins that rest.
@Suite struct FaultTests {
  static let schema = """
    {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Tests", "type": "object", "properties": {
      "flat": {"type": "array", "items": {"type": "object", "properties": {
        "command": {"type": "string", "x-field": "command"}}}}}}
    """

  private func descriptor(schema: String = "flat.json", library: String = "") -> String {
    """
    {"id": "hostile", "version": "1.0.0", "name": "Tests", \(library) "dialects": [
      {"id": "flat", "name": "tests", "syntax": "json", "schema": "\(schema)", "files": ["*.json"],
       "probe": {"required": ["flat"]}, "records": ["/flat/*"]}]}
    """
  }

  private func library(_ folder: TemporaryFolder) throws -> Library {
    var options = LibraryOptions()
    options.folders = [folder.path]
    options.worker = Installation.buildFolder + "/concord-worker"
    options.libraryFolder = Installation.buildFolder
    return Library(options)
  }

  @Test(arguments: ["link.json", "folder/flat.json"]) func aLinkDoesNotLeadOutOfAPluginsFolder(_ schema: String) throws
  {
    let outside = try TemporaryFolder()
    _ = try outside.write("flat.json", Self.schema)
    let folder = try TemporaryFolder()
    _ = try folder.write("plugin/plugin.json", descriptor(schema: schema))
    let plugin = folder.path + "/plugin"
    try FileManager.default.createSymbolicLink(
      atPath: plugin + "/link.json", withDestinationPath: outside.path + "/flat.json")
    try FileManager.default.createSymbolicLink(atPath: plugin + "/folder", withDestinationPath: outside.path)
    let library = try library(folder)
    #expect(library.dialects.keys.allSatisfy { $0.hasPrefix("concord/") })
    #expect(library.problems == ["\(plugin)/\(schema): It does not lie in the plugin's folder."])
  }

  @Test(arguments: ["absolute", "above", "device"]) func aPathLeadsNowhereElse(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let schema = ["absolute": "/etc/passwd", "above": "../flat.json", "device": "device.json"][kind] ?? ""
    _ = try folder.write("flat.json", Self.schema)
    _ = try folder.write("plugin/plugin.json", descriptor(schema: schema))
    // Nobody writes to it: who opens it to read waits.
    #expect(unsafe mkfifo(folder.path + "/plugin/device.json", 0o600) == 0)
    let library = try library(folder)
    #expect(library.dialects.keys.allSatisfy { $0.hasPrefix("concord/") })
    #expect(library.problems.count == 1)
  }

  /// After too many entries on which it stopped a plugin rests; asked to, it tries again.
  @Test func aPluginThatRestsIsTriedAgainOnRequest() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("plugin/flat.json", Self.schema)
    _ = try folder.write(
      "plugin/plugin.json", descriptor(library: #""library": "ConcordHostilePlugin","#))
    _ = try folder.write("plugin/rules.json", try Self.rules())
    let library = try library(folder)
    let limit = RestartPolicy().setAsideLimit
    let bad = (0..<limit + 5).map { #"{"n": \#($0), "command": "exit"}"# }
    let text = #"{"flat": ["# + (bad + [#"{"command": "fine"}"#]).joined(separator: ",") + "]}"
    let desk = try await Desk(Array(text.utf8), path: "/nowhere/a.json", library: library)
    let tired = try await desk.findings
    #expect(tired.count { $0.rule == "concord/plugin-stopped" } == limit)
    #expect(!tired.contains { $0.rule == "hostile/attempt" })
    #expect(try await desk.snapshot.faults.contains { $0.contains("rests now. Its checks are not run.") })
    // Most of what stopped it is taken out, and it is tried again.
    let good = #"{"flat": [{"command": "fine"}]}"#
    await desk.replace(0..<text.utf8.count, Array(good.utf8))
    await desk.workspace.retryPlugins()
    #expect(try await desk.findings.map(\.rule) == ["hostile/attempt"])
    for plugin in library.plugins { await plugin.pool?.stop() }
  }

  /// Every entry has all that one call may say: what is kept is bounded all the same.
  @Test func aPluginThatFloodsEveryEntryDoesNotFillTheMemory() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("plugin/flat.json", Self.schema)
    _ = try folder.write("plugin/plugin.json", descriptor(library: #""library": "ConcordHostilePlugin","#))
    _ = try folder.write("plugin/rules.json", try Self.rules())
    let library = try library(folder)
    let bad = (0..<30).map { #"{"n": \#($0), "command": "flood with facts"}"# }
    let text = #"{"flat": ["# + (bad + [#"{"command": "fine"}"#]).joined(separator: ",") + "]}"
    let desk = try await Desk(Array(text.utf8), path: "/nowhere/a.json", library: library)
    let found = try await desk.findings
    // The entry behind them has its finding; of the others it is said once that too much was said of them.
    #expect(found.contains { $0.rule == "hostile/attempt" && $0.bytes.lowerBound > text.utf8.count - 30 })
    let confused = found.filter { $0.rule == "concord/plugin-confused" }
    #expect(confused.map(\.count) == [30])
    #expect(try await desk.snapshot.faults.contains { $0.contains("far more of this file than can be kept") })
    for plugin in library.plugins { await plugin.pool?.stop() }
  }

  private static func rules() throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Installation.buildFolder + "/concord-worker")
    process.arguments = ["--describe", Installation.buildFolder + "/libConcordHostilePlugin.so"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let json = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: json, as: UTF8.self)
  }

  @Test func whatIsSaidOfPluginsIsInPlainWords() {
    #expect(PlainWords.violations(in: PluginFaultRules.all).isEmpty)
  }
}
