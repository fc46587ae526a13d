import Glibc
package import JSONCodec
import Synchronization

/// A JSON-RPC 2.0 connection with LSP's framing over two descriptors.
///
/// One thread reads and decodes, in order, into `messages`; one writes. Cancellations are acted on as they are
/// read, before everything that waits in `messages`. Sending never blocks.
package final class Connection: Sendable {
  package struct Limits: Sendable {
    /// The largest message that is read.
    package var incomingBytes = 1 << 30
    /// How much the other side may leave unread before it is taken for gone.
    package var outgoingBytes = 1 << 28
    /// How much may wait for the consumer before reading pauses.
    package var waitingBytes = 1 << 28
    package init() {}
  }

  /// A message and what it weighs in the limits.
  package struct Delivery: Sendable {
    package var message: IncomingMessage
    var byteCount: Int
  }

  /// Everything that came, in order; ends when the other side closes. For one consumer, which calls `consumed`.
  package let messages: AsyncStream<Delivery>

  private let continuation: AsyncStream<Delivery>.Continuation
  private let input: Int32
  private let output: Int32
  private let methods: any MethodTable
  private let limits: Limits
  private let outbox: Outbox
  private let room = Semaphore()
  private let incomingLimit: Atomic<Int>
  private let state = Mutex(State())

  private struct State {
    var requests: [RequestID: IncomingRequest] = [:]
    var calls: [Int64: CheckedContinuation<Result<JSONValue, ResponseError>, Never>] = [:]
    var nextCall: Int64 = 0
    var isClosed = false
    /// Answers that are being written down: no request waits for them any more, and none of them is in the outbox yet.
    var answersUnderWay = 0
    var isFinishing = false
    var waitingForAnswers: [CheckedContinuation<Void, Never>] = []
    var waitingBytes = 0
    var isReaderPaused = false

    /// No request is open, and every answer is on its way.
    var isSettled: Bool { requests.isEmpty && answersUnderWay == 0 }
  }

  /// Reads from `input` and writes to `output`. Takes both over: each is closed by the thread that uses it, at its end.
  package init(input: Int32, output: Int32, methods: some MethodTable, limits: Limits = Limits()) {
    (messages, continuation) = AsyncStream.makeStream()
    self.input = input
    self.output = output
    self.methods = methods
    self.limits = limits
    outbox = Outbox(capacity: limits.outgoingBytes)
    incomingLimit = Atomic(limits.incomingBytes)
  }

  /// Starts both threads. `false` when the system gives none.
  package func start() -> Bool {
    let isWriting = startBlockingThread { [self] in
      outbox.drain { writeAll($0, to: output) }
      close(output)
    }
    return isWriting && startBlockingThread { [self] in readAll() }
  }

  /// Answers what is still unanswered with an error, writes what was sent so far and ends. Returns when it is written, the other side is gone, or it has not read
  /// for as long as `limit`.
  package func finish(within limit: Duration = .seconds(2)) async {
    let unanswered = state.withLock { state in
      state.isFinishing = true
      return Array(state.requests.values)
    }
    for request in unanswered { request.cancel(Self.ended) }
    await everyAnswerIsSent()
    outbox.close()
    let outbox = outbox
    let timer = Task.detached {
      if (try? await Task.sleep(for: limit)) != nil { outbox.abandon() }
    }
    await outbox.finished()
    timer.cancel()
  }

  private func everyAnswerIsSent() async {
    await withCheckedContinuation { continuation in
      let isSent = state.withLock { state in
        if !state.isSettled { state.waitingForAnswers.append(continuation) }
        return state.isSettled
      }
      if isSent { continuation.resume() }
    }
  }

  /// Ends `messages` as if the other side had closed.
  package func stop() { continuation.finish() }

  /// Limits that count from now on.
  package func use(incomingBytes: Int, outgoingBytes: Int) {
    incomingLimit.store(incomingBytes, ordering: .relaxed)
    outbox.use(capacity: outgoingBytes)
  }

  /// `delivery` has been dealt with; lets a paused reader go on.
  package func consumed(_ delivery: Delivery) {
    let resumes = state.withLock { state in
      state.waitingBytes -= delivery.byteCount
      guard state.isReaderPaused, state.waitingBytes <= limits.waitingBytes / 2 else { return false }
      state.isReaderPaused = false
      return true
    }
    if resumes { room.signal() }
  }

  // MARK: Sending

  /// Sends a notification; an unsent one of the same `subject` is dropped in favor of this one.
  package func notify(_ method: String, _ parameters: some Encodable, replacing subject: String? = nil) {
    send(OutgoingCall(id: nil, method: method, params: parameters), subject: subject)
  }

  /// Calls the other side and waits for its answer. Fails with `requestFailed` when the connection ends first.
  package func call(_ method: String, _ parameters: some Encodable & Sendable) async throws(ResponseError) -> JSONValue
  {
    let result = await withCheckedContinuation { continuation in
      let id: Int64? = state.withLock { state in
        guard !state.isClosed else { return nil }
        state.nextCall += 1
        state.calls[state.nextCall] = continuation
        return state.nextCall
      }
      guard let id else {
        continuation.resume(returning: Result<JSONValue, ResponseError>.failure(Self.closed))
        return
      }
      send(OutgoingCall(id: .number(id), method: method, params: parameters))
    }
    return try result.get()
  }

  func send(answer: Result<some Encodable, ResponseError>, to id: RequestID?) {
    let message = OutgoingResult(id: id, result: answer)
    do throws(JSONCodecError) {
      enqueue(try JSONCodec.encode(writable: message))
    } catch {
      let failure = ResponseError(.internalError, "The answer could not be written: \(error.message)")
      send(OutgoingResult<Never?>(id: id, result: .failure(failure)))
    }
  }

  private func send(_ message: some JSONWritable, subject: String? = nil) {
    guard let body = try? JSONCodec.encode(writable: message) else { return }
    enqueue(body, subject: subject)
  }

  private func enqueue(_ body: [UInt8], subject: String? = nil) {
    var frame: [UInt8] = []
    frame.reserveCapacity(body.count + 32)
    frame += "Content-Length: \(body.count)\r\n\r\n".utf8
    frame += body
    // A client that reads nothing any more is gone, whatever it still sends.
    if !outbox.add(frame, subject: subject), outbox.isOverfull { stop() }
  }

  /// The answer to `request` is decided: its id is free again. `sent` follows when the answer is on its way.
  func settled(_ request: IncomingRequest) {
    state.withLock { state in
      if state.requests[request.id] === request { state.requests[request.id] = nil }
      state.answersUnderWay += 1
    }
  }

  func sent() {
    let waiters: [CheckedContinuation<Void, Never>] = state.withLock { state in
      state.answersUnderWay -= 1
      guard state.isSettled else { return [] }
      defer { state.waitingForAnswers = [] }
      return state.waitingForAnswers
    }
    for waiter in waiters { waiter.resume() }
  }

  private static let ended = ResponseError(.serverCancelled, "The session has ended")
  private static let closed = ResponseError(.requestFailed, "The connection is closed")

  // MARK: Reading

  private func readAll() {
    var frames = FrameReader(DescriptorSource(input), maximumBody: self.incomingLimit.load(ordering: .relaxed))
    reading: while true {
      switch frames.next() {
      case .end: break reading
      case .damaged(let reason): fail(nil, ResponseError(.parseError, reason))
      case .tooLarge(let size, let limit):
        let reason = "A message of \(size) bytes is larger than the \(limit) that are read"
        fail(nil, ResponseError(.parseError, reason))
        deliver(.tooLarge(bytes: size, limit: limit), 0)
      case .body(let body):
        do throws(JSONCodecError) {
          receive(try ParsedJSON(body).root, body.count)
        } catch {
          fail(nil, ResponseError(.parseError, error.message))
          if error.code == .malformed { frames.reclaim(body) }
        }
      }
    }
    let calls = state.withLock { state in
      state.isClosed = true
      defer { state.calls = [:] }
      return state.calls.values
    }
    for call in calls { call.resume(returning: .failure(Self.closed)) }
    continuation.finish()
    close(input)
  }

  private func fail(_ id: RequestID?, _ error: ResponseError) {
    send(answer: Result<Never?, ResponseError>.failure(error), to: id)
  }

  private func receive(_ message: JSONElement, _ byteCount: Int) {
    let id = RequestID(message["id"])
    guard message.kind == .object, message["jsonrpc"]?.string == "2.0" else {
      return fail(id, ResponseError(.invalidRequest, "Not a JSON-RPC 2.0 message"))
    }
    guard let method = message["method"]?.string else {
      let isResponse = message["result"] != nil || message["error"] != nil
      return isResponse ? settle(id, message) : fail(id, ResponseError(.invalidRequest, "A message without a method"))
    }
    if message["id"] != nil {
      guard let id else {
        return fail(nil, ResponseError(.invalidRequest, "The id is neither a number nor a string"))
      }
      receive(request: method, id, message["params"], byteCount)
    } else if method == "$/cancelRequest" {
      cancel(RequestID(message["params"]?["id"]))
    } else {
      deliver(.notification(method: method, parameters(of: method, message["params"])), byteCount)
    }
  }

  private func receive(request method: String, _ id: RequestID, _ params: JSONElement?, _ byteCount: Int) {
    let parameters = parameters(of: method, params)
    let request = IncomingRequest(id: id, method: method, parameters: parameters, connection: self)
    let refusal: ResponseError? = state.withLock { state in
      if state.isFinishing { return Self.ended }
      if state.requests[id] != nil {
        return ResponseError(.invalidRequest, "A request with this id is still being answered")
      }
      state.requests[id] = request
      return nil
    }
    if let refusal { return fail(id, refusal) }
    deliver(.request(request), byteCount)
  }

  private func parameters(of method: String, _ element: JSONElement?) -> Parameters {
    do throws(JSONCodecError) {
      return try methods.parameters(of: method, from: element).map { .value($0) } ?? .unknownMethod
    } catch {
      return .invalid(error)
    }
  }

  private func cancel(_ id: RequestID?) {
    guard let id, let request = state.withLock({ $0.requests[id] }) else { return }
    request.cancel(ResponseError(.requestCancelled, "Cancelled"))
  }

  private func settle(_ id: RequestID?, _ message: JSONElement) {
    guard case .number(let number) = id,
      let call = state.withLock({ $0.calls.removeValue(forKey: number) })
    else { return }
    if let error = message["error"] {
      let failure = try? error.decode(ResponseError.self)
      call.resume(returning: .failure(failure ?? ResponseError(.internalError, "An error that could not be read")))
    } else {
      call.resume(returning: .success((try? message["result"]?.decode(JSONValue.self)) ?? .null))
    }
  }

  /// Hands over to the consumer; waits while too much is waiting there.
  private func deliver(_ message: IncomingMessage, _ byteCount: Int) {
    // What a message costs beside its text.
    let weight = byteCount + 256
    let pauses = state.withLock { state in
      state.waitingBytes += weight
      state.isReaderPaused = state.waitingBytes >= limits.waitingBytes
      return state.isReaderPaused
    }
    continuation.yield(Delivery(message: message, byteCount: weight))
    if pauses { room.wait() }
  }
}
