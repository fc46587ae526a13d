import Foundation
import JSONCodec
import LSPTestClient
import Testing

/// What an annotator sees when a plugin misbehaves: one plain finding at the entry, everything else as ever.
@Suite(.serialized, .timeLimit(.minutes(5))) struct MisdeedTests {
  static let stopped = "concord/plugin-stopped"
  static let confused = "concord/plugin-confused"

  /// A file with one misdeed among entries that are all right.
  private static func text(_ misdeed: String) -> String {
    let entries = (0..<12).map { #"{"command": "\#($0 == 5 ? misdeed : "fine \($0)")"}"# }
    return "{\"flat\": [\n" + entries.joined(separator: ",\n") + "\n]}"
  }

  private func server(_ folder: PluginFolder) async throws -> ServerProcess {
    try await ServerProcess.initialized(SessionOptions(pulls: true), plugins: folder.path)
  }

  /// The messages of the plugin's findings, in the order of the file.
  private func said(_ findings: [JSONValue]) -> [String] {
    findings.filter { $0["code"] == "hostile/attempt" }
      .sorted { $0["range"]?["start"]?["line"]?.integer ?? 0 < $1["range"]?["start"]?["line"]?.integer ?? 0 }
      .compactMap { $0["message"]?.string }
  }

  /// Each ends the process, or makes it useless.
  @Test(arguments: [
    ["crash", "abort", "trap", "divide", "exit", "leave", "overflow", "close everything"],
    ["loop", "loop unstoppably", "sleep", "deadlock", "stop", "forge progress"],
    ["take all memory", "map all memory", "noise", "forge huge frame", "cut frame short"],
  ])
  func aMisdeedIsOneFindingAtItsEntry(_ misdeeds: [String]) async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await server(folder)
    for misdeed in misdeeds {
      var file = OpenFile(Self.text(misdeed), "/nowhere/project/misdeed.json", in: server)
      let found = try await file.pull()
      #expect(said(found) == (0..<12).filter { $0 != 5 }.map { "fine \($0)" }, "\(misdeed)")
      let others = found.filter { $0["code"] != "hostile/attempt" }
      #expect(others.map { $0["code"] } == [.string(Self.stopped)], "\(misdeed)")
      let entry = try file.range(#"{"command": "\#(misdeed)"}"#)
      #expect(others.first?["range"] == file.place(entry), "\(misdeed)")
      #expect(others.first?["severity"] == 2)
      #expect(others.first?["message"]?.string?.contains("`hostile` stopped twice while it checked this") == true)
      // The next edits are answered: one beside it, and the one that ends it.
      try file.replace("fine 4", with: "fine indeed")
      let next = try await file.pull()
      #expect(said(next).contains("fine indeed"), "\(misdeed)")
      #expect(next.count { $0["code"] == .string(Self.stopped) } == 1, "\(misdeed)")
      try file.replace("\"\(misdeed)\"", with: "\"fine 5\"")
      let last = try await file.pull()
      #expect(last.count == 12, "\(misdeed)")
      #expect(said(last).contains("fine 5"), "\(misdeed)")
      file.close()
    }
    await server.end()
  }

  /// Each says what can't be, or far too much.
  @Test(arguments: [
    ["nonsense", "outside", "broken text", "unknown rule"], ["flood", "flood with facts", "flood with text"],
  ])
  func nonsenseIsLeftOutAndSaid(_ misdeeds: [String]) async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await server(folder)
    for misdeed in misdeeds {
      var file = OpenFile(Self.text(misdeed), "/nowhere/project/nonsense.json", in: server)
      let found = try await file.pull()
      let entry = file.place(try file.range(#"{"command": "\#(misdeed)"}"#))
      expectAllFine(found, but: misdeed)
      let others = found.filter { $0["code"] == .string(Self.confused) }
      #expect(others.map { $0["range"] } == [entry], "\(misdeed)")
      // Nothing that it said stands outside its entry, and not all of a million are shown.
      let line = entry["start"]?["line"]
      for finding in found where said([finding]).first?.hasPrefix("fine") == false {
        #expect(finding["range"]?["start"]?["line"] == line && finding["range"]?["end"]?["line"] == line, "\(misdeed)")
      }
      #expect(found.count <= 1_013, "\(misdeed)")
      try await expectNextEdits(in: &file, misdeed)
      file.close()
    }
    await server.end()
  }

  /// Answers that it forged, threads that it left, and memory that it kept hurt nobody.
  @Test func otherMisdeedsCostNothing() async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await server(folder)
    let misdeeds = [
      "forge answer", "forge count", "scribble", "print", "keep", "touch kept", "leave thread waiting",
      "leave thread spinning", "slow",
    ]
    for misdeed in misdeeds {
      var file = OpenFile(Self.text(misdeed), "/nowhere/project/others.json", in: server)
      expectAllFine(try await file.pull(), but: misdeed)
      try await expectNextEdits(in: &file, misdeed)
      file.close()
    }
    await server.end()
  }

  /// Swift's own ways to stop: a trap can't be caught, and a deep call ends the stack.
  @Test(arguments: [
    ["crash", "index", "arithmetic", "nothing", "cast", "precondition", "recursion"],
    ["exit", "loop", "sleep", "storm"],
  ])
  func aSwiftPluginThatTrapsCostsItsEntry(_ misdeeds: [String]) async throws {
    let folder = try PluginFolder()
    let server = try await server(folder)
    for misdeed in misdeeds {
      var file = OpenFile(Self.text(misdeed), "/nowhere/project/swift.json", in: server)
      let found = try await file.pull()
      expectAllFine(found, but: misdeed, by: "test/misbehaving")
      let others = found.filter { $0["code"] != "test/misbehaving" }
      #expect(others.map { $0["code"] } == [.string(Self.stopped)], "\(misdeed)")
      #expect(others.first?["range"] == file.place(try file.range(#"{"command": "\#(misdeed)"}"#)), "\(misdeed)")
      try await expectNextEdits(in: &file, misdeed, by: "test/misbehaving")
      file.close()
    }
    await server.end()
  }

  @Test(arguments: ["task", "noise", "flood", "unknown message", "garbage"])
  func whatElseASwiftPluginDoesCostsNothing(_ misdeed: String) async throws {
    let folder = try PluginFolder()
    let server = try await server(folder)
    var file = OpenFile(Self.text(misdeed), "/nowhere/project/swift.json", in: server)
    expectAllFine(try await file.pull(), but: misdeed, by: "test/misbehaving")
    try await expectNextEdits(in: &file, misdeed, by: "test/misbehaving")
    await server.end()
  }

  /// The findings of all entries but the misdeed's are there.
  private func expectAllFine(_ found: [JSONValue], but misdeed: String, by rule: String = "hostile/attempt") {
    let messages = Set(found.filter { $0["code"] == .string(rule) }.compactMap { $0["message"]?.string })
    #expect(messages.isSuperset(of: (0..<12).filter { $0 != 5 }.map { "fine \($0)" }), "\(misdeed)")
  }

  /// An edit beside a misdeed is answered, and one that puts it right leaves nothing of it.
  private func expectNextEdits(
    in file: inout OpenFile, _ misdeed: String, by rule: String = "hostile/attempt"
  ) async throws {
    try file.replace("fine 4", with: "fine indeed")
    #expect(
      try await file.pull().contains { $0["code"] == .string(rule) && $0["message"] == "fine indeed" }, "\(misdeed)")
    try file.replace("\"\(misdeed)\"", with: "\"fine 5\"")
    let last = try await file.pull()
    #expect(last.count == 12, "\(misdeed)")
    #expect(last.allSatisfy { $0["code"] == .string(rule) }, "\(misdeed)")
  }

  @Test func pluginsAreTriedAgainByCommand() async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await server(folder)
    let bad = (0..<60).map { #"{"n": \#($0), "command": "leave"}"# }
    var file = OpenFile(
      "{\"flat\": [" + (bad + [#"{"command": "fine"}"#]).joined(separator: ",") + "]}", "/nowhere/project/tired.json",
      in: server)
    let tired = try await file.pull()
    #expect(said(tired).isEmpty)
    let told = await server.client.first {
      $0["method"] == "window/logMessage" && $0["params"]?["message"]?.string?.contains("rests now") == true
    }
    #expect(told?["params"]?["message"]?.string?.contains("`concord.retryPlugins`") == true)
    file.replaceAll(with: #"{"flat": [{"command": "fine"}]}"#)
    let retry: JSONValue = ["command": "concord.retryPlugins"]
    #expect(await server.request("workspace/executeCommand", retry)?["result"] == .null)
    #expect(said(try await file.pull()) == ["fine"])
    await server.end()
  }

  /// While a plugin hangs, an edit that is none of its business is answered.
  @Test func theEditorDoesNotWaitForAPluginThatHangs() async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await server(folder)
    let hanging = OpenFile(Self.text("loop"), "/nowhere/project/hanging.json", in: server)
    let waiting = Task { try await hanging.pull() }
    let other = OpenFile("[1, 2,]", "/nowhere/other/plain.json", in: server)
    let position: JSONValue = ["line": 0, "character": 1]
    let hover = await server.request(
      "textDocument/hover", ["textDocument": ["uri": .string(other.uri)], "position": position])
    #expect(hover?["result"] != nil)
    #expect(try await waiting.value.count { $0["code"] == .string(Self.stopped) } == 1)
    await server.end()
  }
}
