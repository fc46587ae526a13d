import Foundation
import JSONCodec
import PluginHost
import Testing

@Suite struct DiscoveryTests {
  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func write(_ text: String, _ path: String, in folder: URL) throws {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: url, atomically: false, encoding: .utf8)
  }

  @Test func aDescriptorHoldsItsFormats() throws {
    let json = """
      { "id": "vision", "version": "0.1.0", "name": "Image labels", "unknown": 1,
        "dialects": [ { "id": "coco", "schema": "schemas/coco.json", "files": ["*.json"],
          "probe": { "required": ["images"], "values": {"/concord": "1.0"}, "any": ["info", {"required": ["/0/score"]}] }, "records": ["/images/*"] } ],
        "vocabularies": [ { "id": "skus", "file": "ontologies/skus.csv", "columns": {"sku": "id"} } ],
        "settings": { "type": "object" } }
      """
    let plugin = try PluginDescriptor(json: Array(json.utf8))
    #expect(plugin.dialects.map(\.id) == ["coco"])
    #expect(plugin.dialects[0].name == "coco")
    #expect(plugin.dialects[0].syntax == "json")
    #expect(plugin.dialects[0].probe?.values["/concord"]?.string == "1.0")
    #expect(plugin.dialects[0].probe?.any.map(\.required) == [["info"], ["/0/score"]])
    #expect(plugin.vocabularies[0].columns == ["sku": "id"])
    #expect(plugin.settings?["type"]?.string == "object")
    #expect(plugin.library == nil)
  }

  @Test(
    arguments: [
      "", "[]", #"{"id": "a"}"#, #"{"id": "A b", "version": "1", "name": "n"}"#,
      #"{"id": "a", "version": "1", "name": "n", "library": "../x"}"#,
      #"{"id": "a", "version": "1", "name": "n", "vocabularies": [{"id": "v", "file": "../../etc/passwd"}]}"#,
      #"{"id": "a", "version": "1", "name": "n", "dialects": [{"id": "d", "schema": "/etc/passwd"}]}"#,
      #"{"id": "a", "version": "1", "name": "n", "dialects": [{"id": "d"}, {"id": "d"}]}"#,
      #"{"id": "a", "version": "1", "name": "n", "dialects": [{"id": "d", "syntax": "yaml"}]}"#,
      #"{"id": "a", "version": "1", "name": "n", "resources": ["/home"]}"#,
      #"{"id": "a", "version": "1", "name": "n", "resources": ["/usr/share/"]}"#,
      #"{"id": "a", "version": "1", "name": "n", "resources": ["/usr/share/../../etc"]}"#,
    ])
  func badDescriptorsAreRefusedWithAReason(_ json: String) {
    #expect(throws: PluginProblem.self) { try PluginDescriptor(json: Array(json.utf8)) }
  }

  /// Tables that a library brings along lie with the system's shared files; nothing else outside the folder may be read.
  @Test func resourcesOfTheSystemMayBeRead() throws {
    let json =
      #"{"id": "a", "version": "1", "name": "n", "library": "ExampleC", "resources": ["tables/", "/usr/share/proj"]}"#
    #expect(try PluginDescriptor(json: Array(json.utf8)).sharedResources == ["/usr/share/proj"])
  }

  @Test func foldersAreSearchedInOrder() throws {
    try withFolder { folder in
      func descriptor(_ id: String, _ more: String = "") -> String {
        #"{"id": "\#(id)", "version": "1", "name": "n"\#(more)}"#
      }
      try write(descriptor("first"), "one/a/plugin.json", in: folder)
      try write(descriptor("no-library", #", "library": "Nowhere""#), "one/b/plugin.json", in: folder)
      try write("nonsense", "one/c/plugin.json", in: folder)
      try write("", "one/d/README", in: folder)
      try write(descriptor("first"), "two/plugin.json", in: folder)
      try write(
        descriptor("example-c", #", "library": "ExampleC", "resources": ["tables", "/usr/share/proj"]"#),
        "three/plugin.json", in: folder)
      let found = PluginDiscovery(
        ["one", "two", "three", "missing"].map { PluginPlace(folder.path + "/" + $0, .unverified) },
        programFolder: buildFolder)
      #expect(found.plugins.map(\.descriptor.id) == ["first"])
      #expect(
        found.refused.map { String($0.folder.dropFirst(folder.path.count + 1)) } == ["one/b", "one/c", "two", "three"])
      #expect(found.refused.last?.reason.contains("--describe") == true)
      let rules = Process()
      rules.executableURL = URL(fileURLWithPath: workerPath)
      rules.arguments = ["--describe", buildFolder + "/libExampleC.so"]
      let pipe = Pipe()
      rules.standardOutput = pipe
      try rules.run()
      try pipe.fileHandleForReading.readDataToEndOfFile().write(to: folder.appendingPathComponent("three/rules.json"))
      let again = PluginDiscovery([PluginPlace(folder.path + "/three", .unverified)], programFolder: buildFolder)
      #expect(again.plugins.first?.code?.library == buildFolder + "/libExampleC.so")
      #expect(again.plugins.first?.code?.rules.rules.count == 8)
      // Tables of the system's, and where an installation that brings its own libraries keeps them.
      #expect(
        again.plugins.first?.code?.readable
          == [folder.path + "/three", "/usr/share/proj", buildFolder + "/../share/proj"])
    }
  }

  @Test func recordsNoRuleLooksAtAreNotSent() async throws {
    let rules = try describe("ExampleC")
    let (wanted, other) = (record(["label": "\"a\""]), record(["command": "\"a\""]))
    #expect(RuleFilter(rules, names: wanted.fieldNames, dialect: wanted.dialect).wants(wanted.roles))
    #expect(!RuleFilter(rules, names: other.fieldNames, dialect: other.dialect).wants(other.roles))
  }
}
