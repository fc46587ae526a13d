import Foundation
import Glibc
import JSONCodec
import JSONRPC
import LSPTestClient
import Testing

/// What is seen when a ceiling is reached: less is done, in a step that has a name, and the person is told.
@Suite(.timeLimit(.minutes(3))) struct CeilingTests {
  private func server(
    _ limits: JSONValue, pulls: Bool = true, plugins: String = Build.plugins
  ) async throws -> ServerProcess {
    var options = SessionOptions(encoding: .utf8, pulls: pulls)
    options.limits = limits
    return try await ServerProcess.initialized(options, plugins: plugins)
  }

  private func told(_ server: ServerProcess) async -> String {
    await server.client.notification("window/showMessage")?["params"]?["message"]?.string ?? ""
  }

  // MARK: Memory

  @Test func aFileThatIsTooLargeIsKeptAndCheckedWhenThereIsRoom() async throws {
    let server = try await server(["memory": 64])
    // Three times 16 MB is what they may take together; then one more has no room.
    let first = OpenFile(coco(megabytes: 16), "/nowhere/first.json", encoding: .utf8, in: server)
    let none = try await first.pull()
    #expect(none.isEmpty, "\(none.prefix(2))")
    var second = OpenFile(coco(megabytes: 10), "/nowhere/second.json", encoding: .utf8, in: server)
    let found = try await second.pull()
    #expect(found.map { $0["code"] } == ["concord/not-checked"])
    #expect(found.first?["message"]?.string?.contains("more than the 64 MB of memory") == true)
    let words = await told(server)
    #expect(words.hasPrefix("second.json: This file is not checked"), "\(words)")
    // Its text is kept in step: the edit made meanwhile is found once it is checked.
    try second.replace(#""category_id": 2"#, with: #""category_id": 9"#)
    #expect(try await second.pull().map { $0["code"] } == ["concord/not-checked"])
    // A small one is checked all the same.
    let small = try OpenFile("shelf.json", encoding: .utf8, in: server)
    let wrong = small.place(try small.range(ShelfTests.wrong))
    #expect(try await small.pull().contains { $0["range"] == wrong })
    first.close()
    let place = second.place(try second.range("9", after: #""category_id": "#))
    #expect(try await second.pull().contains { $0["range"] == place })
    await server.end()
  }

  @Test func aFileThatCannotEvenBeKeptIsNamedAndTheServerGoesOn() async throws {
    let server = try await server(["memory": 64, "message": 200], pulls: false)
    let text = "[" + String(repeating: " ", count: 60 << 20) + "1"
    var file = OpenFile(text, "/nowhere/huge.json", encoding: .utf8, in: server)
    let found = try await file.published { !$0.isEmpty }
    #expect(found.map { $0["code"] } == ["concord/not-checked"])
    #expect(found.first?["message"]?.string?.contains("not even kept") == true)
    // Edits of what is not there mean nothing, and a whole text that has room is taken up.
    let end = file.text.endIndex
    file.replace(file.text.startIndex..<file.text.startIndex, with: "[[[")
    file.replace(end..<end, with: "]")
    file.replaceAll(with: #"{"images": [], "annotations": [], "categories": [], "info": {}, "licenses": [],}"#)
    _ = try await file.published { $0.contains { $0["code"]?.string?.hasPrefix("syntax/") == true } }
    await server.end()
  }

  @Test func aMessageThatIsTooLargeIsSaidAndPassedOver() async throws {
    let server = try await server(["message": 1])
    let file = OpenFile(coco(megabytes: 2), "/nowhere/large.json", encoding: .utf8, in: server)
    #expect(await server.client.first { $0["error"] != nil }?["error"]?["code"] == -32700)
    let words = await told(server)
    #expect(words.contains("reads at most 1 MB"), "\(words)")
    #expect(words.contains("`limits.message`"))
    // It was never opened, and everything else goes on.
    #expect(await file.hover(file.text.startIndex) == .null)
    let small = try OpenFile("shelf.json", encoding: .utf8, in: server)
    #expect(try await !small.pull().isEmpty)
    await server.end()
  }

  /// A client that reads nothing: memory stays within what it may leave unread, and then the session ends.
  @Test func aClientThatStopsReadingIsGivenUp() async throws {
    let pipes = try RawServer()
    var options = SessionOptions()
    options.limits = ["memory": 64]
    pipes.write(try request(0, "initialize", options.params))
    let name = String(repeating: "x", count: 64 << 10)
    let requests = try (1...32 as ClosedRange<Int64>).flatMap { try request($0, name, nil) }
    // Each is answered with its name: far more than the 16 MB that may wait. On a thread of its own, as writing waits for the reader.
    let peak = await withCheckedContinuation { continuation in
      startBlockingThread {
        var (peak, written) = (0, 0)
        while written < 128 << 20, pipes.write(requests) {
          written += requests.count
          peak = max(peak, residentBytes(of: pipes.processID))
        }
        continuation.resume(returning: peak)
      }
    }
    #expect(await pipes.status.value == 1)
    #expect(peak < 160 << 20, "\(peak)")
    close(pipes.toServer)
    close(pipes.fromServer)
  }

  // MARK: Findings and plugins

  @Test func asManyFindingsAreShownAsAreWanted() async throws {
    let server = try await server(["findings": 3])
    let file = OpenFile(
      "{\"images\": [], \"annotations\": [], \"categories\": [], \"a\": [1,,2,,3,,4,,5,,6]}", "/nowhere/few.json",
      encoding: .utf8, in: server)
    let few = try await file.pull()
    #expect(few.count == 4)
    #expect(few.last?["code"] == "concord/more-findings")
    // Settings may change.
    server.client.notify(
      "workspace/didChangeConfiguration", ["settings": ["concord": ["typingPause": 0, "limits": ["findings": 100]]]])
    let all = try await file.pull()
    #expect(all.count > 4)
    #expect(!all.contains { $0["code"] == "concord/more-findings" })
    await server.end()
  }

  /// `allocate` takes 100 MB and gives them back.
  @Test func aPluginHasTheMemoryItIsAllowed() async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    for (megabytes, outcome) in [(64, "refused: ENOMEM"), (256, "done")] as [(Int64, String)] {
      let server = try await server(["memory": .integer(megabytes)], plugins: folder.path)
      let file = OpenFile(#"{"flat": [{"command": "allocate"}]}"#, "/nowhere/a.json", encoding: .utf8, in: server)
      #expect(try await file.pull().map { $0["message"] } == [.string(outcome)])
      await server.end()
    }
  }

  /// Half a second of work without progress is a hang for whoever allows less.
  @Test func aPluginHasTheTimeItIsAllowed() async throws {
    let folder = try PluginFolder("hostile", library: "ConcordHostilePlugin", version: "1.0.0")
    let server = try await server(["time": 100], plugins: folder.path)
    let file = OpenFile(
      #"{"flat": [{"command": "slow"}, {"command": "fine"}]}"#, "/nowhere/a.json", encoding: .utf8, in: server)
    #expect(Set(try await file.pull().map { $0["code"] }) == ["concord/plugin-stopped", "hostile/attempt"])
    // With more time it is done, also what was set aside before.
    server.client.notify(
      "workspace/didChangeConfiguration", ["settings": ["concord": ["typingPause": 0, "limits": ["time": 60_000]]]])
    file.close()
    let again = OpenFile(file.text, "/nowhere/b.json", encoding: .utf8, in: server)
    #expect(Set(try await again.pull().map { $0["message"] }) == ["slow", "fine"])
    await server.end()
  }

  @Test(
    arguments: [
      nil, 1, "x", [], ["memory": -1, "time": "x", "findings": 1.5, "message": .null],
      ["memory": .integer(.max), "time": .integer(.max), "findings": .integer(.max), "message": .integer(.max)],
      ["memory": .integer(.min), "time": .integer(.min), "findings": .integer(.min), "message": .integer(.min)],
    ] as [JSONValue?])
  func limitsOfAnySortLeaveAServerThatWorks(limits: JSONValue?) async throws {
    let server = try await server(limits ?? .null)
    let file = try OpenFile("shelf.json", encoding: .utf8, in: server)
    #expect(try await !file.pull().isEmpty)
    await server.end()
  }
}

/// Bytes of memory that a process has of its own and shares; 0 if it is gone.
func residentBytes(of process: Int32) -> Int {
  guard let text = try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8) else { return 0 }
  let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
  return pages * 4_096
}
