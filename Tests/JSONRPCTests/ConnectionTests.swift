import Glibc
import JSONCodec
import JSONRPC
import LSPTestClient
import Testing

private struct Echo: Decodable, Sendable { var text: JSONText }

/// `echo` wants an object with a text; `any` takes all.
private struct Methods: MethodTable {
  func parameters(of method: String, from element: JSONElement?) throws(JSONCodecError) -> (any Sendable)? {
    switch method {
    case "echo":
      guard let element else { throw JSONCodecError(.missing, "`params` is missing") }
      return try element.decode(Echo.self)
    case "any": return try element?.decode(JSONValue.self) ?? .null
    default: return nil
    }
  }
}

/// A connection whose messages are answered by `serve`.
private func serving(
  limits: Connection.Limits = .init(), _ serve: @escaping @Sendable (IncomingMessage, Connection) async -> Void
) -> (client: TestClient, done: Task<Void, Never>) {
  let (client, input, output) = TestClient.pair()
  let connection = Connection(input: input, output: output, methods: Methods(), limits: limits)
  #expect(connection.start())
  let done = Task {
    for await delivery in connection.messages {
      await serve(delivery.message, connection)
      connection.consumed(delivery)
    }
    await connection.finish()
  }
  return (client, done)
}

@Sendable private func echo(_ message: IncomingMessage, _: Connection) async {
  guard case .request(let request) = message else { return }
  switch request.parameters {
  case .value(let echo as Echo): request.reply(.success(echo.text.bytes.count))
  case .value(let value as JSONValue): request.reply(.success(value))
  case .value: request.fail(ResponseError(.internalError, "?"))
  case .unknownMethod: request.fail(ResponseError(.methodNotFound, request.method))
  case .invalid(let error): request.fail(ResponseError(.invalidParams, error.message))
  }
}

@Suite struct ConnectionTests {
  @Test func answersCarryTheIDOfTheirRequest() async {
    let (client, done) = serving(echo)
    #expect(await client.request("any", [1, "x"]) == ["jsonrpc": "2.0", "id": 1, "result": [1, "x"]])
    client.send(["jsonrpc": "2.0", "id": "seven", "method": "any"])
    #expect(await client.first { $0["id"] == "seven" }?["result"] == .null)
    #expect(await client.request("echo", ["text": "a\0b"])?["result"] == 3)
    #expect(await client.request("nothing")?["error"]?["code"] == -32601)
    #expect(await client.request("echo", ["text": 1])?["error"]?["code"] == -32602)
    #expect(await client.request("echo")?["error"]?["code"] == -32602)
    client.closeOutput()
    await done.value
    #expect(client.untaken.isEmpty)
  }

  @Test(
    arguments: [
      (#"{"jsonrpc":"2.0","id":1,"method":"any""#, -32700, nil), ("", -32700, nil), ("\u{0}", -32700, nil),
      ("[]", -32600, nil), ("3", -32600, nil), (#"{"id":5,"method":"any"}"#, -32600, 5),
      (#"{"jsonrpc":"2.0","id":5}"#, -32600, 5), (#"{"jsonrpc":"2.0","id":[1],"method":"any"}"#, -32600, nil),
      (#"{"jsonrpc":"2.0","id":1.5,"method":"any"}"#, -32600, nil),
      (#"{"jsonrpc":"2.0","id":6,"method":3}"#, -32600, 6),
      (String(repeating: "[", count: 100_000), -32700, nil),
    ] as [(String, Int64, Int64?)])
  func whatIsNoMessageIsAnsweredAndSurvived(body: String, code: Int64, id: Int64?) async {
    let (client, done) = serving(echo)
    client.send(body: Array(body.utf8))
    let answer = await client.first { $0["error"] != nil }
    #expect(answer?["error"]?["code"] == .integer(code))
    #expect(answer?["id"] == (id.map { .integer($0) } ?? .null))
    #expect(await client.request("any", true)?["result"] == true)
    client.closeOutput()
    await done.value
  }

  @Test func damagedFramesAreAnsweredAndPassedOver() async {
    let (client, done) = serving(echo)
    client.send(raw: Array("Content-Length: many\r\n\r\n{}".utf8))
    #expect(await client.request("any", 1)?["result"] == 1)
    let damage = await client.first { $0["error"] != nil }
    #expect(damage?["error"]?["code"] == -32700)
    #expect(damage?["id"] == .null)
    client.closeOutput()
    await done.value
  }

  @Test func aCancelledRequestIsAnsweredAtOnceAndItsWorkStops() async {
    let stopped = AsyncStream<Void>.makeStream()
    let (client, done) = serving { message, _ in
      guard case .request(let request) = message, request.method == "any" else {
        return await echo(message, Connection(input: -1, output: -1, methods: Methods()))
      }
      request.attach(
        Task {
          // Work without an end of its own.
          let forever = AsyncStream<Void>.makeStream()
          for await _ in forever.stream {}
          #expect(Task.isCancelled)
          request.reply(.success(1))
          stopped.continuation.finish()
        })
    }
    let id = client.start("any")
    client.notify("$/cancelRequest", ["id": .integer(id)])
    #expect(await client.answer(to: id)?["error"]?["code"] == -32800)
    for await _ in stopped.stream {}
    // A cancellation of what is unknown or over does nothing.
    client.notify("$/cancelRequest", ["id": .integer(id)])
    client.notify("$/cancelRequest", ["id": 99])
    client.notify("$/cancelRequest")
    #expect(await client.request("echo", ["text": "x"])?["result"] == 1)
    client.closeOutput()
    await done.value
    #expect(client.untaken.isEmpty)
  }

  @Test func aCancellationOvertakesWhatIsWaiting() async {
    let gate = AsyncStream<Void>.makeStream()
    let (client, done) = serving { message, connection in
      if case .notification = message { for await _ in gate.stream {} } else { await echo(message, connection) }
    }
    client.notify("any")
    let id = client.start("any", 1)
    client.notify("$/cancelRequest", ["id": .integer(id)])
    #expect(await client.answer(to: id)?["error"]?["code"] == -32800)
    gate.continuation.finish()
    client.closeOutput()
    await done.value
    #expect(client.untaken.isEmpty)
  }

  @Test func anIDInUseIsRefused() async {
    let gate = AsyncStream<Void>.makeStream()
    let (client, done) = serving { message, connection in
      guard case .request(let request) = message else { return gate.continuation.finish() }
      request.attach(
        Task {
          for await _ in gate.stream {}
          request.reply(.success(0))
        })
    }
    let call: JSONValue = ["jsonrpc": "2.0", "id": 7, "method": "any"]
    client.send(call)
    client.send(call)
    #expect(await client.answer(to: 7)?["error"]?["code"] == -32600)
    client.notify("any")
    #expect(await client.answer(to: 7)?["result"] == 0)
    client.closeOutput()
    await done.value
  }

  @Test func callsToTheClientGetItsAnswers() async {
    let (failures, failed) = AsyncStream<ResponseError.Code>.makeStream()
    let (client, done) = serving { message, connection in
      guard case .request(let request) = message else { return }
      request.attach(
        Task {
          do throws(ResponseError) {
            request.reply(.success(try await connection.call("ask", ["a": 1] as JSONValue)))
          } catch {
            failed.yield(error.code)
            request.fail(error)
          }
        })
    }
    let first = client.start("any")
    let asked = await client.notification("ask")
    #expect(asked?["params"] == ["a": 1])
    client.send(.object([.init("jsonrpc", "2.0"), .init("id", asked?["id"] ?? .null), .init("result", "yes")]))
    #expect(await client.answer(to: first)?["result"] == "yes")
    let second = client.start("any")
    let again = await client.notification("ask")
    client.send(
      .object([
        .init("jsonrpc", "2.0"), .init("id", again?["id"] ?? .null), .init("error", ["code": -1, "message": "no"]),
      ]))
    #expect(await client.answer(to: second)?["error"]?["code"] == -1)
    var codes = failures.makeAsyncIterator()
    #expect(await codes.next()?.rawValue == -1)
    let third = client.start("any")
    _ = await client.notification("ask")
    client.closeOutput()
    #expect(await codes.next() == .requestFailed)
    // That of the call, or of the end of the session: whichever is first.
    #expect(await client.answer(to: third)?["error"] != nil)
    await done.value
  }

  @Test func aFloodIsAnsweredInFullAndReadingPausesMeanwhile() async {
    var limits = Connection.Limits()
    limits.waitingBytes = 4096
    let (client, done) = serving(limits: limits, echo)
    let ids = (0..<2000).map { client.start("any", .integer($0)) }
    for (index, id) in ids.enumerated() {
      #expect(await client.answer(to: id)?["result"] == .integer(Int64(index)))
    }
    client.closeOutput()
    await done.value
  }

  @Test func anUnsentNotificationIsReplacedAndAClientThatNeverReadsIsGivenUp() async {
    // Nobody reads here: more than the pipe holds stays in the queue.
    var ends: [Int32] = [0, 0]
    var idle: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    #expect(unsafe pipe(&idle) == 0)
    var limits = Connection.Limits()
    limits.outgoingBytes = 1 << 20
    let connection = Connection(input: idle[0], output: ends[1], methods: Methods(), limits: limits)
    #expect(connection.start())
    let text = String(repeating: "x", count: 200_000)
    connection.notify("fill", text)
    for version in 0..<100 { connection.notify("publish", [text, "\(version)"], replacing: "a") }
    connection.notify("after", "b")
    let client = TestClient(input: ends[0], output: idle[1])
    #expect(await client.notification("after") != nil)
    let published = client.untaken.filter { $0["method"] == "publish" }
    #expect(published.last?["params"]?.array?.last == "99")
    #expect(published.count <= 2)
    client.closeOutput()
    for await _ in connection.messages {}
    await connection.finish()
  }

  @Test func theEndIsNotHeldUpByAClientThatDoesNotRead() async {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    var idle: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    #expect(unsafe pipe(&idle) == 0)
    let connection = Connection(input: idle[0], output: ends[1], methods: Methods())
    #expect(connection.start())
    connection.notify("fill", String(repeating: "x", count: 300_000))
    await connection.finish(within: .milliseconds(1))
    close(ends[0])
    close(idle[1])
  }
}
