import Glibc
package import JSONCodec
import JSONRPC
import Synchronization

/// The editor's side of a connection, for tests: writes messages or raw bytes, waits for what comes.
///
/// A class because a reading thread and tests share what came and was not asked for yet.
package final class TestClient: Sendable {
  package let input: Int32
  package let output: Int32

  private struct Waiter {
    var number: Int64
    var matches: @Sendable (JSONValue) -> Bool
    var continuation: CheckedContinuation<JSONValue?, Never>
  }

  private struct State {
    var received: [JSONValue] = []
    var waiters: [Waiter] = []
    var isEnded = false
    var nextID: Int64 = 1
    var nextWaiter: Int64 = 1
  }

  private let state = Mutex(State())
  private let outbox = Outbox(capacity: 1 << 30)
  private let recording = MessageRecording()

  /// Reads from `input`, writes to `output`, and closes both in the end.
  package init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
    signal(SIGPIPE, SIG_IGN)
    startBlockingThread { [self] in readAll() }
    // Writing may block, which the threads that tests run on must not.
    startBlockingThread { [outbox] in
      outbox.drain { writeAll($0, to: output) }
      close(output)
    }
  }

  /// Both ends of a new connection: this client's, and the descriptors for the other side.
  package static func pair() -> (client: TestClient, input: Int32, output: Int32) {
    var toServer: [Int32] = [0, 0]
    var toClient: [Int32] = [0, 0]
    precondition(unsafe pipe(&toServer) == 0 && pipe(&toClient) == 0, "No pipes")
    for descriptor in toServer + toClient { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    return (TestClient(input: toClient[0], output: toServer[1]), toServer[0], toClient[1])
  }

  // MARK: Sending

  package func send(raw bytes: [UInt8]) { outbox.add(bytes) }

  package func send(_ message: JSONValue) {
    recording?.note("client", message)
    send(body: (try? JSONCodec.encode(message)) ?? [])
  }

  package func send(body: [UInt8]) {
    send(raw: Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
  }

  package func notify(_ method: String, _ params: JSONValue? = nil) {
    send(
      .object(
        [.init("jsonrpc", "2.0"), .init("method", .string(method))] + (params.map { [.init("params", $0)] } ?? [])))
  }

  /// Sends a request and says its id.
  @discardableResult
  package func start(_ method: String, _ params: JSONValue? = nil) -> Int64 {
    let id = state.withLock { state in
      defer { state.nextID += 1 }
      return state.nextID
    }
    send(
      .object(
        [.init("jsonrpc", "2.0"), .init("id", .integer(id)), .init("method", .string(method))]
          + (params.map { [.init("params", $0)] } ?? [])))
    return id
  }

  /// Sends a request and waits for the whole answer; `nil` when the connection ended instead.
  package func request(_ method: String, _ params: JSONValue? = nil) async -> JSONValue? {
    await answer(to: start(method, params))
  }

  /// Nothing more will be sent.
  package func closeOutput() { outbox.close() }

  // MARK: Receiving

  package func answer(to id: Int64) async -> JSONValue? {
    await first { $0["id"] == .integer(id) && $0["method"] == nil }
  }

  package func notification(_ method: String) async -> JSONValue? {
    await first { $0["method"] == .string(method) }
  }

  /// The first message not yet taken that matches, now or later; `nil` at the end, and when a test has taken too long.
  package func first(where matches: @escaping @Sendable (JSONValue) -> Bool) async -> JSONValue? {
    let number = state.withLock { state in
      defer { state.nextWaiter += 1 }
      return state.nextWaiter
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (found, waits): (JSONValue?, Bool) = state.withLock { state in
          if let index = state.received.firstIndex(where: matches) { return (state.received.remove(at: index), false) }
          guard !state.isEnded, !Task.isCancelled else { return (nil, false) }
          state.waiters.append(Waiter(number: number, matches: matches, continuation: continuation))
          return (nil, true)
        }
        if !waits { continuation.resume(returning: found) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(returning: nil)
    }
  }

  /// What came and nobody took.
  package var untaken: [JSONValue] { state.withLock { $0.received } }

  private func readAll() {
    var frames = FrameReader(DescriptorSource(input))
    while true {
      switch frames.next() {
      case .damaged(let reason): receive(["damaged": .string(reason)])
      case .tooLarge(let bytes, _): receive(["tooLarge": .integer(Int64(bytes))])
      case .body(let body):
        let message: JSONValue = (try? JSONCodec.decode(from: body)) ?? ["malformed": true]
        recording?.note("server", message)
        receive(message)
      case .end:
        let waiters = state.withLock { state in
          state.isEnded = true
          defer { state.waiters = [] }
          return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(returning: nil) }
        close(input)
        return
      }
    }
  }

  private func receive(_ message: JSONValue) {
    let waiter: Waiter? = state.withLock { state in
      guard let index = state.waiters.firstIndex(where: { $0.matches(message) }) else {
        state.received.append(message)
        return nil
      }
      return state.waiters.remove(at: index)
    }
    waiter?.continuation.resume(returning: message)
  }
}
