import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// Whose code runs: what the user installed, as it was then, and what they named; never what an opened folder brings.
@Suite(.timeLimit(.minutes(5))) struct TrustTests {
  /// A home folder of its own, and a plugin that can be installed there.
  private final class User {
    let home = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)")
    let plugin: PluginFolder
    let file: String

    init() throws {
      plugin = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
      try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
      file = home.path + "/a.json"
      try Data(#"{"flat": [{"command": "fine 1"}]}"#.utf8).write(to: URL(fileURLWithPath: file))
    }

    deinit { try? FileManager.default.removeItem(at: home) }

    var environment: [String: String] {
      [
        "HOME": home.path, "XDG_DATA_HOME": home.path + "/data", "XDG_CONFIG_HOME": home.path + "/configuration",
        "XDG_CACHE_HOME": home.path + "/cache",
      ]
    }
    var installed: String { home.path + "/data/concord/plugins" }
    var library: String { installed + "/hostile/libConcordHostilePlugin.so" }
    var configuration: String { home.path + "/configuration/concord/config.json" }

    func concord(_ arguments: String...) async throws -> Program {
      try await Program.run(Build.server, arguments, environment: environment)
    }

    func install() async throws {
      let run = try await concord("plugin", "install", plugin.path + "/Test")
      try #require(run.status == 0, "\(run.complaint)")
    }

    /// Whether the plugin's code says what it says of every entry.
    func codeRuns() async throws -> Bool { try await concord("check", file).text.contains("hostile/attempt") }

    func configure(_ text: String, mode: Int = 0o600) throws {
      let url = URL(fileURLWithPath: configuration)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: configuration)
    }
  }

  @Test func whatIsInstalledRunsAsLongAsItIsWhatWasInstalled() async throws {
    let user = try User()
    #expect(try await !user.codeRuns())
    try await user.install()
    #expect(try await user.codeRuns())
    #expect(try await user.concord("plugin", "list").text.contains("code: as it was installed"))
    // Others can read the record, too.
    let sums = try Program(
      "/usr/bin/env", ["sha256sum", "-c", "hostile.sha256"], in: URL(fileURLWithPath: user.installed))
    #expect(sums.status == 0)

    let handle = try #require(FileHandle(forWritingAtPath: user.library))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("x".utf8))
    try handle.close()
    #expect(try await !user.codeRuns())
    let list = try await user.concord("plugin", "list")
    #expect(list.status == 2)
    #expect(
      list.text.contains("Its library is not the one that was installed. Install it again if the change is yours."))

    try await user.install()
    #expect(try await user.codeRuns())
    try FileManager.default.removeItem(atPath: user.installed + "/hostile.sha256")
    #expect(try await !user.codeRuns())
  }

  /// What was hashed is what is loaded: also by a worker that is started later, when the file is another one.
  @Test func aRunningServerKeepsTheCodeThatItCompared() async throws {
    let user = try User()
    try await user.install()
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true), environment: user.environment)
    var file = OpenFile(#"{"flat": [{"command": "fine 1"}]}"#, user.file, in: server)
    #expect(try await file.pull().map { $0["message"] } == ["fine 1"])
    try Data("no library".utf8).write(to: URL(fileURLWithPath: user.library))
    for worker in server.workers { kill(worker, SIGKILL) }
    try file.replace("fine 1", with: "fine 2")
    #expect(try await file.pull().map { $0["message"] } == ["fine 2"])
    await server.end()
  }

  @Test func linksAreNotInstalled() async throws {
    let user = try User()
    try FileManager.default.createSymbolicLink(
      atPath: user.plugin.path + "/Test/more.json", withDestinationPath: "/etc/passwd")
    let run = try await user.concord("plugin", "install", user.plugin.path + "/Test")
    #expect(run.status == 2)
    #expect(run.complaint.contains("more.json: it is a link or a device"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: user.installed).isEmpty)
  }

  @Test func aFolderThatOthersMayWriteInIsNotTheUsersOwn() async throws {
    let user = try User()
    try await user.install()
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: user.installed)
    #expect(try await !user.codeRuns())
    #expect(try await user.concord("plugin", "install", user.plugin.path + "/Test").status == 2)
  }

  @Test func theUsersOwnConfigurationNamesFoldersOfPlugins() async throws {
    let user = try User()
    try user.configure(#"{"plugins": ["\#(user.plugin.path)"]}"#)
    #expect(try await user.codeRuns())
    #expect(try await user.concord("plugin", "list").text.contains("code: unverified (development)"))
  }

  @Test(arguments: [
    (#"{"plugins": ["PLUGINS"]}"#, 0o666, "It is passed over, because somebody else could write to it."),
    (#"{"plugins": "PLUGINS"}"#, 0o600, "`plugins` must be a list of folders."),
    (#"{"plugins": ["/nowhere"]}"#, 0o600, "/nowhere: there is no such folder of plugins."),
    (#"{"plugin": ["PLUGINS"]}"#, 0o600, "Nobody knows what `plugin` is to mean."),
    (#"{"plugins": ["PLUGINS""#, 0o600, "It is not well-formed JSON, so nothing in it counts."),
    (#"["PLUGINS"]"#, 0o600, "It must be a JSON object"),
  ]) func aConfigurationThatMakesNoSenseIsSaidAndRunsNothing(_ text: String, _ mode: Int, _ said: String) async throws {
    let user = try User()
    try user.configure(text.replacing("PLUGINS", with: user.plugin.path), mode: mode)
    let run = try await user.concord("check", user.file)
    #expect(!run.text.contains("hostile/attempt"))
    #expect(run.text.contains(said), "\(run.text) \(run.complaint)")
  }

  /// Neither a dataset's configuration nor what an editor sends can have code run.
  @Test func nothingInAnOpenedFolderRunsCode() async throws {
    let user = try User()
    let names: JSONValue = [.string(user.plugin.path)]
    try Data(#"{"plugins": ["\#(user.plugin.path)"]}"#.utf8).write(
      to: URL(fileURLWithPath: user.home.path + "/concord.json"))
    try FileManager.default.copyItem(atPath: user.plugin.path, toPath: user.home.path + "/plugins")
    let server = try ServerProcess(environment: user.environment)
    var options = try #require(SessionOptions(pulls: true).params.members)
    options.removeAll { ["initializationOptions", "rootUri"].contains($0.key) }
    options.append(.init("rootUri", .string(user.home.absoluteString)))
    options.append(.init("initializationOptions", ["plugins": names, "pluginFolders": names]))
    #expect(await server.request("initialize", .object(options))?["result"] != nil)
    server.client.notify("initialized", .object([]))
    let settings: JSONValue = ["settings": ["concord": ["plugins": names]]]
    server.client.notify("workspace/didChangeConfiguration", settings)
    let file = OpenFile(#"{"flat": [{"command": "fine 1"}]}"#, user.file, in: server)
    #expect(try await file.pull().isEmpty)
    #expect(server.workers.isEmpty)
    await server.end()
  }

  /// A plugin that was named is taken up anew when it is built anew: put in place by a linker, or moved there.
  @Test(arguments: [true, false]) func aNamedPluginIsTakenUpWhenItIsBuiltAnew(isMoved: Bool) async throws {
    let plugin = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let library = URL(fileURLWithPath: plugin.path + "/Test/libConcordHostilePlugin.so")
    try Data("not built yet".utf8).write(to: library)
    let server = try await ServerProcess.initialized(SessionOptions(pulls: true), plugins: plugin.path)
    let file = OpenFile(#"{"flat": [{"command": "fine 1"}]}"#, "/nowhere/project/a.json", in: server)
    #expect(try await file.pull().isEmpty)
    let built = try Data(contentsOf: Build.folder.appendingPathComponent("libConcordHostilePlugin.so"))
    try built.write(to: library, options: isMoved ? .atomic : [])
    let told = await server.client.first {
      $0["method"] == "window/logMessage" && $0["params"]?["message"]?.string?.contains("Built anew") == true
    }
    #expect(told?["params"]?["message"]?.string?.contains(library.path) == true)
    #expect(try await file.pull().map { $0["message"] } == ["fine 1"])
    await server.end()
  }
}
