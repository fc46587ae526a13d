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
  @Test func nonsenseIsLeftOutAndSaid() async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await server(folder)
    for misdeed in ["nonsense", "flood", "flood with facts"] {
      let file = OpenFile(Self.text(misdeed), "/nowhere/project/nonsense.json", in: server)
      let found = try await file.pull()
      for number in 0..<12 where number != 5 { #expect(said(found).contains("fine \(number)"), "\(misdeed)") }
      let others = found.filter { $0["code"] == .string(Self.confused) }
      #expect(others.count == 1, "\(misdeed)")
      let entry = try file.range(#"{"command": "\#(misdeed)"}"#)
      #expect(others.first?["range"] == file.place(entry), "\(misdeed)")
      file.close()
    }
    await server.end()
  }

  /// Answers that it forged, threads that it left, and memory that it kept hurt nobody.
  @Test func otherMisdeedsCostNothing() async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await server(folder)
    for misdeed in ["forge answer", "scribble", "print", "keep", "touch kept", "leave thread waiting", "slow"] {
      var file = OpenFile(Self.text(misdeed), "/nowhere/project/others.json", in: server)
      let found = said(try await file.pull())
      for number in 0..<12 where number != 5 { #expect(found.contains("fine \(number)"), "\(misdeed)") }
      try file.replace("fine 4", with: "fine indeed")
      #expect(said(try await file.pull()).contains("fine indeed"), "\(misdeed)")
      file.close()
    }
    await server.end()
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
