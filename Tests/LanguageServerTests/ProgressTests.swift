import JSONCodec
import LSPTestClient
import Testing
import Workspace

/// While a large dataset is read, the client shows how far that has come, and may stop it.
@Suite(.timeLimit(.minutes(1))) struct ProgressTests {
  private static let root = "/data/street"

  private func tell(_ done: Int, isOver: Bool = false, in session: TestSession) {
    session.engine.reading.yield(ReadingProgress(root: Self.root, done: done, total: 4, isOver: isOver))
  }

  /// A session that shows one of four files as read, and the token it is shown under.
  private func begun() async throws -> (session: TestSession, token: JSONValue) {
    let session = try await TestSession.initialized(["window": ["workDoneProgress": true]])
    tell(1, in: session)
    let question = try #require(await session.client.notification("window/workDoneProgress/create"))
    session.client.send(["jsonrpc": "2.0", "id": question["id"] ?? .null, "result": .null])
    let token = try #require(question["params"]?["token"])
    #expect(
      await progress(in: session) == [
        "token": token,
        "value": [
          "kind": "begin", "title": "Concord reads street", "cancellable": true, "message": "1 of 4 files",
          "percentage": 25,
        ],
      ])
    return (session, token)
  }

  private func progress(in session: TestSession) async -> JSONValue? {
    await session.client.notification("$/progress")?["params"]
  }

  @Test func whatTakesLongIsShown() async throws {
    let (session, token) = try await begun()
    tell(2, in: session)
    #expect(
      await progress(in: session) == [
        "token": token, "value": ["kind": "report", "message": "2 of 4 files", "percentage": 50],
      ])
    tell(4, isOver: true, in: session)
    #expect(await progress(in: session) == ["token": token, "value": ["kind": "end"]])
    await session.end()
  }

  @Test func itCanBeStopped() async throws {
    let (session, token) = try await begun()
    session.client.notify("window/workDoneProgress/cancel", ["token": token])
    #expect(await session.engine.stopped.first { _ in true } == Self.root)
    await session.end()
  }
}
