import Glibc
import JSONCodec
package import JSONRPC
import LanguageServerProtocol
package import Logging
import Manifest

/// A language server on one connection, from `initialize` to `exit`.
///
/// One loop takes the messages in order. Edits are applied before the next message is looked at; requests take the
/// snapshot of that moment and are answered on their own.
package actor LanguageServer {
  enum Life { case waiting, running, shutDown }

  let connection: Connection
  let engine: any DocumentEngine
  let publisher: DiagnosticsPublisher
  let hints = HintRefresher()
  let joined = JoinedViews()
  let tokens = TokenMemory()
  let progress: ProgressReporter
  let logger: Logger
  let logs: LogForwarder?
  let version: String
  let orphaned: @Sendable () -> Void
  private let table: FeatureTable
  var life = Life.waiting
  var session = Session()
  var trace = Trace.off
  /// What the client was asked to let be formatted, and the latest change of that.
  var registeredFormatting: [Registration] = []
  var formattingChange: Task<Void, Never>?
  /// Set when the session is over.
  var status: Int32?
  /// Large documents that are being opened.
  private var openings: [String: Task<Void, Never>] = [:]
  /// Requests under way that an edit makes worthless, by document.
  private var readers: [String: [IncomingRequest]] = [:]

  /// A session that begins with `run`.
  ///
  /// - Parameters:
  ///   - input: a descriptor to read messages from; taken over.
  ///   - output: a descriptor to write messages to; taken over.
  ///   - engine: what checks the documents.
  ///   - version: of the server, told to the client.
  ///   - logger: where the session's own messages go.
  ///   - logs: passes log messages on to the client while the session lasts.
  ///   - limits: of the connection.
  ///   - orphaned: called when the client's process has ended, besides ending the session.
  package init(
    input: Int32, output: Int32, engine: any DocumentEngine, version: String, logger: Logger,
    logs: LogForwarder? = nil, limits: Connection.Limits = .init(), orphaned: @escaping @Sendable () -> Void = {}
  ) {
    table = FeatureTable(allFeatures)
    connection = Connection(input: input, output: output, methods: table, limits: limits)
    publisher = DiagnosticsPublisher(connection: connection)
    progress = ProgressReporter(connection: connection)
    self.engine = engine
    self.version = version
    self.logger = logger
    self.logs = logs
    self.orphaned = orphaned
  }

  /// Serves until the client is gone, and says the status to exit with: 0 after an orderly shutdown, otherwise 1.
  package func run() async -> Int32 {
    guard connection.start() else { return 1 }
    let (publisher, publications, logger) = (publisher, engine.publications, logger)
    let publishing = Task {
      // What could not run is told once for each document, not at every keystroke.
      var told: Set<String> = []
      for await publication in publications {
        await publisher.received(publication)
        if let words = publication.ceiling, told.insert("\(publication.uri): \(words)").inserted {
          sayUnchecked(publication.uri, words)
        }
        refreshHints(after: publication)
        refreshJoined(after: publication)
        refreshTokens(after: publication)
        for fault in publication.faults {
          let message = "\(publication.uri): \(fault)"
          if told.insert(message).inserted { logger.warning("\(message)") }
        }
      }
    }
    let engine = engine
    let telling = Task {
      for await _ in engine.wordsOfFiles {
        for uri in await engine.takeFileNews() { await publisher.received(await engine.file(uri), of: uri) }
      }
    }
    let showing = Task {
      for await reading in engine.readingProgress where session.client.showsProgress {
        await progress.received(reading)
      }
    }
    for await delivery in connection.messages {
      await handle(delivery.message)
      connection.consumed(delivery)
      if status != nil { break }
    }
    publishing.cancel()
    telling.cancel()
    showing.cancel()
    logs?.stop()
    await connection.finish()
    return status ?? (life == .shutDown ? 0 : 1)
  }

  /// Ends the session as if the client had closed its side.
  package nonisolated func stop() { connection.stop() }

  private func handle(_ message: IncomingMessage) async {
    switch message {
    case .request(let request):
      note("\(request.method) came")
      if let error = refusal(of: request.method) { return request.fail(error) }
      await start(request)
    case .notification("exit", _):
      status = life == .shutDown ? 0 : 1
    case .notification(let method, let parameters):
      note("\(method) came")
      guard life == .running else { return logger.debug("Passed over before or after the session: \(method)") }
      await receive(method, parameters)
    case .tooLarge(let bytes, let limit): sayTooLarge(bytes, limit)
    }
  }

  /// Why a request can't be served in the present state of the session.
  private func refusal(of method: String) -> ResponseError? {
    switch (life, method) {
    case (.waiting, "initialize"): nil
    case (.waiting, _): ResponseError(.serverNotInitialized, "The first request must be `initialize`")
    case (.running, "initialize"): ResponseError(.invalidRequest, "`initialize` was sent before")
    case (.running, _): nil
    case (.shutDown, _): ResponseError(.invalidRequest, "The server was shut down; only `exit` may follow")
    }
  }

  private func start(_ request: IncomingRequest) async {
    guard !request.isAnswered else { return }
    let params: any Sendable
    switch request.parameters {
    case .value(let value): params = value
    case .unknownMethod: return request.fail(ResponseError(.methodNotFound, "No method `\(request.method)` here"))
    case .invalid(let error): return request.fail(ResponseError(.invalidParams, error.description))
    }
    switch params {
    case let params as InitializeParams:
      request.reply(.success(await initialize(params)))
      return await begin(params)
    case is ShutdownParams:
      life = .shutDown
      return request.reply(.success(Never?.none))
    default: break
    }
    guard case .request(let effect, let respond) = table.features[request.method]?.kind else {
      return request.fail(ResponseError(.methodNotFound, "`\(request.method)` is a notification"))
    }
    let uri = (params as? any DocumentParameters)?.uri
    let opening = uri.flatMap { openings[$0] }
    var document: (any DocumentReading)?
    if let uri {
      if opening == nil { document = await engine.snapshot(uri) }
      if case .reads(.document) = effect { track(request, reading: uri) }
    }
    let context = ServerContext(
      session: session, engine: engine, connection: connection, publisher: publisher, hints: hints,
      joined: joined, tokens: tokens)
    // Of what nobody was told that it came, nobody is told that it is answered, however late that is.
    let isTold = trace != .off
    request.attach(
      Task.detached { [document] in
        await opening?.value
        let document = opening == nil ? document : await context.engine.snapshot(uri ?? "")
        let start = ContinuousClock.now
        await respond(params, document, context, request)
        guard isTold else { return }
        await self.note("\(request.method) is answered", verbose: "After \(ContinuousClock.now - start)")
      })
  }

  private func receive(_ method: String, _ parameters: Parameters) async {
    switch parameters {
    case .unknownMethod:
      if !method.hasPrefix("$/") { logger.debug("Unknown notification: \(method)") }
    case .invalid(let error):
      logger.warning("Passed over a \(method) that could not be read: \(error.description)")
    case .value(let params):
      if case .notification(let receive) = table.features[method]?.kind { await receive(params, self) }
    }
  }

  // MARK: Opening

  /// Beyond this many bytes, whoever edits another document does not wait for one that is opened.
  private static let opensInTurn = 1 << 16

  func open(_ item: TextDocumentItem) async {
    let engine = engine
    @Sendable func open() async {
      await engine.open(item.uri, languageID: item.languageId, version: item.version, text: item.text.bytes)
    }
    guard item.text.bytes.count > Self.opensInTurn else { return await open() }
    openings[item.uri] = Task {
      await open()
      openings[item.uri] = nil
    }
  }

  /// Returns when a document that was to be opened is.
  func opened(_ uri: String) async { await openings[uri]?.value }

  // MARK: Readers

  private func track(_ request: IncomingRequest, reading uri: String) {
    readers[uri, default: []].removeAll(where: \.isAnswered)
    readers[uri, default: []].append(request)
  }

  /// Answers what reads `uri` with `contentModified` and stops the work.
  func dropReaders(of uri: String) {
    for request in readers.removeValue(forKey: uri) ?? [] {
      request.cancel(ResponseError(.contentModified, "The document has changed since"))
    }
  }

  func capabilities() -> [JSONValue.Member] { table.capabilities(for: session.client) }
}

extension JSONCodecError {
  /// The sentence, with the place when there is one.
  var description: String { path.isEmpty ? message : "\(message) (at \(path))" }
}
