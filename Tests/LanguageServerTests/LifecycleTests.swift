import Glibc
import JSONCodec
import LSPTestClient
import Testing

@testable import LanguageServer

@Suite struct LifecycleTests {
  @Test func requestsBeforeInitializeAreRefusedAndNotificationsIgnored() async {
    let session = TestSession()
    session.open("bad")
    #expect(await session.hover(0, 0)?["error"]?["code"] == -32002)
    #expect(await session.client.request("shutdown")?["error"]?["code"] == -32002)
    #expect(await session.client.request("$/nothing")?["error"]?["code"] == -32002)
    session.client.notify("exit")
    #expect(await session.status.value == 1)
    #expect(session.client.untaken.isEmpty)
  }

  @Test func aSecondInitializeIsRefused() async throws {
    let session = try await TestSession.initialized()
    #expect(await session.client.request("initialize", TestSession.initializeParams())?["error"]?["code"] == -32600)
    await session.end()
  }

  @Test func aWrongInitializeIsAnsweredAndMayBeRepeated() async {
    let session = TestSession()
    #expect(await session.client.request("initialize")?["error"]?["code"] == -32602)
    #expect(
      await session.client.request("initialize", ["capabilities": 3, "processId": "x"])?["error"]?["code"] == -32602)
    #expect(await session.client.request("initialize", TestSession.initializeParams())?["result"] != nil)
    await session.end()
  }

  @Test func unknownMethodsAreRefusedAndNotificationsIgnored() async throws {
    let session = try await TestSession.initialized()
    #expect(await session.client.request("$/nothing")?["error"]?["code"] == -32601)
    #expect(await session.client.request("textDocument/nothing", [1])?["error"]?["code"] == -32601)
    #expect(await session.client.request("textDocument/didOpen", .object([]))?["error"] != nil)
    session.client.notify("$/nothing", ["a": 1])
    session.client.notify("textDocument/nothing")
    session.client.notify("$/setTrace", ["value": "off"])
    session.client.notify("textDocument/didChange", ["textDocument": 3])
    await session.end()
    #expect(session.client.untaken.isEmpty)
  }

  @Test(
    arguments: [
      nil, [], .object([]), ["textDocument": ["uri": 3], "position": ["line": 0, "character": 0]],
      ["textDocument": ["uri": "file:///a.json"]],
      ["textDocument": ["uri": "file:///a.json"], "position": ["line": "0", "character": 0]],
      ["textDocument": ["uri": "file:///a.json"], "position": ["line": 1e300, "character": 0]],
    ] as [JSONValue?])
  func wrongParametersAreRefused(params: JSONValue?) async throws {
    let session = try await TestSession.initialized()
    session.open("{}")
    #expect(await session.client.request("textDocument/hover", params)?["error"]?["code"] == -32602)
    await session.end()
  }

  @Test func malformedMessagesAreAnsweredAndSurvived() async throws {
    let session = try await TestSession.initialized()
    session.client.send(body: Array(#"{"jsonrpc":"2.0","id":1,"method":"#.utf8))
    #expect(await session.client.first { $0["id"] == .null }?["error"]?["code"] == -32700)
    session.client.send(raw: Array("Content-Length: none\r\n\r\n".utf8))
    #expect(await session.client.first { $0["id"] == .null }?["error"]?["code"] == -32700)
    session.open("[12]")
    #expect(await session.hover(0, 2)?["result"]?["contents"]?["value"] == "12")
    await session.end()
  }

  @Test func nothingButExitFollowsShutdown() async throws {
    let session = try await TestSession.initialized()
    #expect(await session.client.request("shutdown", nil)?["result"] == .null)
    #expect(await session.hover(0, 0)?["error"]?["code"] == -32600)
    #expect(await session.client.request("shutdown")?["error"]?["code"] == -32600)
    #expect(await session.client.request("initialize", TestSession.initializeParams())?["error"]?["code"] == -32600)
    session.open("bad")
    session.client.notify("exit")
    #expect(await session.status.value == 0)
    #expect(session.client.untaken.isEmpty)
  }

  @Test func leavingWithoutShutdownIsAFailure() async throws {
    let first = try await TestSession.initialized()
    first.client.notify("exit")
    #expect(await first.status.value == 1)
    let second = try await TestSession.initialized()
    second.client.closeOutput()
    #expect(await second.status.value == 1)
    let third = try await TestSession.initialized()
    _ = await third.client.request("shutdown")
    third.client.closeOutput()
    #expect(await third.status.value == 0)
  }

  @Test func theServerLeavesWhenItsParentDies() async throws {
    // A process that waits for input that never comes.
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    var process: pid_t = 0
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup("cat"), nil]
    #expect(unsafe posix_spawnp(&process, "cat", &actions, nil, &arguments, environ) == 0)
    unsafe posix_spawn_file_actions_destroy(&actions)
    unsafe free(arguments[0])
    let session = TestSession()
    _ = await session.client.request("initialize", TestSession.initializeParams(process: .integer(Int64(process))))
    session.open("[1]")
    #expect(await session.hover(0, 1)?["result"] != nil)
    kill(process, SIGKILL)
    #expect(await session.status.value == 1)
    var status: Int32 = 0
    unsafe waitpid(process, &status, 0)
    for end in ends { close(end) }
    // Now there is no such process.
    let late = TestSession()
    late.client.start("initialize", TestSession.initializeParams(process: .integer(Int64(process))))
    #expect(await late.status.value == 1)
  }

  @Test(
    arguments: [
      (["utf-8", "utf-32", "utf-16"], "utf-8"), (["utf-16", "utf-8"], "utf-16"), (["utf-32", "utf-16"], "utf-32"),
      (["utf-16"], "utf-16"), (["utf-7"], "utf-16"), (["utf-7", "utf-8"], "utf-8"), (nil, "utf-16"),
    ] as [([String]?, String)])
  func theFirstKnownEncodingIsTaken(offered: [String]?, chosen: String) async {
    let session = TestSession()
    let encodings = offered.map { JSONValue.array($0.map { .string($0) }) } ?? nil
    let answer = await session.client.request(
      "initialize", TestSession.initializeParams(["general": ["positionEncodings": encodings]]))
    let capabilities = answer?["result"]?["capabilities"]
    #expect(capabilities?["positionEncoding"] == .string(chosen))
    #expect(capabilities?["textDocumentSync"]?["change"] == 2)
    #expect(capabilities?["hoverProvider"] == true)
    #expect(capabilities?["diagnosticProvider"] == nil)
    await session.end()
  }

  @Test func capabilitiesOfUnexpectedTypesCountAsNotThere() async throws {
    let session = try await TestSession.initialized(["general": 3, "textDocument": ["diagnostic": true, "hover": []]])
    session.open("[1]")
    #expect(await session.hover(0, 1)?["result"]?["contents"]?["kind"] == "plaintext")
    await session.end()
  }

  @Test func settingsComeFromOptionsAndNotificationsAndQuestions() async throws {
    let session = try await TestSession.initialized(["workspace": ["configuration": true]], pause: 7)
    #expect(await session.engine.options?.settings.typingPause == .milliseconds(7))
    #expect(await session.engine.options?.locale == "de")
    let question = await session.client.notification("workspace/configuration")
    #expect(question?["params"] == ["items": [["section": "concord"]]])
    session.client.notify(
      "workspace/didChangeConfiguration",
      ["settings": ["concord": ["actor": "mia", "role": "reviewer", "typingPause": "soon", "more": 1]]])
    session.open("[1]")
    #expect(await session.hover(0, 1)?["result"] != nil)
    let settings = try #require(await session.engine.settings.last)
    #expect(settings.actor == "mia")
    #expect(settings.role == .reviewer)
    #expect(settings.typingPause == .milliseconds(400))
    await session.end()
  }

  @Test func watchedFilesAreRegisteredAndPassedOn() async throws {
    let session = try await TestSession.initialized(
      ["workspace": ["didChangeWatchedFiles": ["dynamicRegistration": true]]])
    let registration = await session.client.notification("client/registerCapability")
    let watcher = registration?["params"]?["registrations"]?.array?.first
    #expect(watcher?["registerOptions"]?["watchers"] == [["globPattern": "**/concord.json"]])
    session.client.notify(
      "workspace/didChangeWatchedFiles",
      ["changes": [["uri": "file:///concord.json", "type": 3], ["uri": "file:///x", "type": 9]]])
    session.open("[1]")
    #expect(await session.hover(0, 1)?["result"] != nil)
    #expect(await session.engine.fileChanges == [FileChange(uri: "file:///concord.json", kind: .deleted)])
    await session.end()
  }
}
