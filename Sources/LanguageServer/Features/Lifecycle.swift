import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Logging
import Manifest

/// `initialize`, `initialized`, `shutdown`. The session's own loop answers the requests, because they change its state;
/// `exit` ends it.
enum InitializeFeature: GlobalFeature {
  static let method = "initialize"
  static let effect = Effect.edits
  static func respond(to params: InitializeParams, in context: ServerContext) throws(ResponseError) -> Never? {
    throw ResponseError(.internalError, "`initialize` is answered by the session")
  }
}

enum ShutdownFeature: GlobalFeature {
  static let method = "shutdown"
  static let effect = Effect.edits
  static func respond(to params: ShutdownParams, in context: ServerContext) throws(ResponseError) -> Never? {
    throw ResponseError(.internalError, "`shutdown` is answered by the session")
  }
}

/// Whatever comes with `shutdown` is nothing.
struct ShutdownParams: OptionalParams {
  init() {}
  init(from decoder: any Decoder) {}
}

enum InitializedFeature: NotificationFeature {
  static let method = "initialized"
  static func receive(_ params: NoParams, in server: LanguageServer) async { await server.initialized() }
}

extension LanguageServer {
  func initialize(_ params: InitializeParams) async -> InitializeResult {
    life = .running
    session.client = params.capabilities
    session.encoding = Self.encoding(offered: params.capabilities.positionEncodings)
    session.settings = ServerSettings(params.initializationOptions)
    session.folders = params.workspaceFolders?.map(\.uri) ?? params.rootUri.map { [$0] } ?? []
    trace = Trace(params.trace)
    let limits = session.settings.limits
    connection.use(incomingBytes: limits.message, outgoingBytes: limits.unread)
    await publisher.use(session)
    logs?.forward(to: connection)
    if let id = params.processId { watch(process: id) }
    var capabilities: [JSONValue.Member] = [.init("positionEncoding", .string(session.encoding.name))]
    capabilities += self.capabilities()
    return InitializeResult(
      capabilities: .object(capabilities), serverInfo: .init(name: "concord", version: version))
  }

  /// What follows the answer: the client need not wait for plugins to be loaded.
  func begin(_ params: InitializeParams) async {
    await engine.begin(
      EngineOptions(
        encoding: session.encoding, folders: session.folders, locale: params.locale, settings: session.settings,
        clientWatchesFiles: session.client.registersWatchers))
  }

  /// The first that is known, because what costs the client something costs the server nothing: all three are counted
  /// alike. UTF-16 is what a client that offers nothing means.
  private static func encoding(offered names: [String]) -> PositionEncoding {
    let known: [PositionEncoding] = [.utf8, .utf32, .utf16]
    return names.lazy.compactMap { name in known.first { $0.name == name } }.first ?? .utf16
  }

  func initialized() async {
    await pullConfiguration()
    await register(watchedFiles + watchedConfiguration)
    await registerFormatting()
  }

  /// Ends the session when the editor's process does.
  private func watch(process id: Int64) {
    let orphaned = orphaned
    let isWatched = watchProcess(id) {
      self.stop()
      orphaned()
    }
    if !isWatched { logger.warning("Process \(id) can't be watched; the end of the input ends the session") }
  }
}

extension PositionEncoding {
  var name: String {
    switch self {
    case .utf8: "utf-8"
    case .utf16: "utf-16"
    case .utf32: "utf-32"
    }
  }
}
