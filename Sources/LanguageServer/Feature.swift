import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// A request about one open document, answered from the document as it was when the request arrived.
protocol DocumentFeature: SendableMetatype {
  associatedtype Params: DocumentParameters & Decodable
  associatedtype Answer: Encodable & Sendable
  static var method: String { get }
  static var effect: Effect { get }
  /// The members it adds to the server's capabilities.
  static func capability(for client: ClientCapabilities) -> [JSONValue.Member]
  /// The rows of `Docs/PROTOCOL.md` that it serves.
  static var support: [Support] { get }
  /// The answer about a document that is not open.
  static var nothing: Answer { get }
  static func respond(to params: Params, in context: DocumentContext) async throws(ResponseError) -> Answer
}

/// A request that reads no open document.
protocol GlobalFeature: SendableMetatype {
  associatedtype Params: Decodable & Sendable
  associatedtype Answer: Encodable & Sendable
  static var method: String { get }
  static var effect: Effect { get }
  static func capability(for client: ClientCapabilities) -> [JSONValue.Member]
  static var support: [Support] { get }
  static func respond(to params: Params, in context: ServerContext) async throws(ResponseError) -> Answer
}

/// A notification; handled in order before the next message is looked at.
protocol NotificationFeature: SendableMetatype {
  associatedtype Params: Decodable & Sendable
  static var method: String { get }
  static func capability(for client: ClientCapabilities) -> [JSONValue.Member]
  static var support: [Support] { get }
  static func receive(_ params: Params, in server: LanguageServer) async
}

/// How a message stands to those before and after it.
enum Effect: Sendable {
  /// Changes what is read; all that follows sees it.
  case edits
  /// Answers from the state at its arrival. An edit there makes the answer worthless (`contentModified`).
  case reads(Scope)
  /// Like `reads`, but still wanted after an edit: completion, which clients ask for while typing goes on.
  case readsThroughEdits(Scope)
  /// Depends on nothing.
  case free

  enum Scope: Sendable { case document, workspace }
}

/// Parameters of which nothing is read; they may be left out.
protocol OptionalParams: Decodable, Sendable {
  init()
}

extension NoParams: OptionalParams {}

struct ServerContext: Sendable {
  var session: Session
  var engine: any DocumentEngine
  var connection: Connection
  var publisher: DiagnosticsPublisher
  var hints: HintRefresher
  var joined: JoinedViews
  var tokens: TokenMemory
}

struct DocumentContext: Sendable {
  var uri: String
  var document: any DocumentReading
  var server: ServerContext
  var session: Session { server.session }
}

extension DocumentFeature {
  static var effect: Effect { .reads(.document) }
  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [] }
  static var support: [Support] { [] }
}

extension GlobalFeature {
  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [] }
  static var support: [Support] { [] }
}

extension NotificationFeature {
  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [] }
  static var support: [Support] { [] }
}

/// Any feature, for the table.
struct AnyFeature: Sendable {
  enum Kind: Sendable {
    case notification(@Sendable (any Sendable, LanguageServer) async -> Void)
    case request(Effect, @Sendable (any Sendable, (any DocumentReading)?, ServerContext, IncomingRequest) async -> Void)
  }

  let method: String
  let kind: Kind
  let capability: @Sendable (ClientCapabilities) -> [JSONValue.Member]
  let support: [Support]
  let decode: @Sendable (JSONElement?) throws(JSONCodecError) -> any Sendable

  init<Feature: DocumentFeature>(_ feature: Feature.Type) {
    method = feature.method
    capability = { feature.capability(for: $0) }
    support = feature.support
    decode = Self.decoding(Feature.Params.self)
    kind = .request(feature.effect) { params, document, context, request in
      guard let params = params as? Feature.Params else { return }
      guard let document else { return request.reply(.success(feature.nothing)) }
      let context = DocumentContext(uri: params.uri, document: document, server: context)
      do throws(ResponseError) {
        request.reply(.success(try await feature.respond(to: params, in: context)))
      } catch { request.fail(error) }
    }
  }

  init<Feature: GlobalFeature>(_ feature: Feature.Type) {
    method = feature.method
    capability = { feature.capability(for: $0) }
    support = feature.support
    decode = Self.decoding(Feature.Params.self)
    kind = .request(feature.effect) { params, _, context, request in
      guard let params = params as? Feature.Params else { return }
      do throws(ResponseError) {
        request.reply(.success(try await feature.respond(to: params, in: context)))
      } catch { request.fail(error) }
    }
  }

  init<Feature: NotificationFeature>(_ feature: Feature.Type) {
    method = feature.method
    capability = { feature.capability(for: $0) }
    support = feature.support
    decode = Self.decoding(Feature.Params.self)
    kind = .notification { params, server in
      guard let params = params as? Feature.Params else { return }
      await feature.receive(params, in: server)
    }
  }

  private static func decoding<Params: Decodable & Sendable>(
    _ type: Params.Type
  ) -> @Sendable (JSONElement?) throws(JSONCodecError) -> any Sendable {
    { (element: JSONElement?) throws(JSONCodecError) -> any Sendable in
      if let optional = type as? any OptionalParams.Type { return optional.init() }
      guard let element else { throw JSONCodecError(.missing, "`params` is missing") }
      return try element.decode(type)
    }
  }
}

/// All features by method, and what types their parameters have.
struct FeatureTable: MethodTable {
  let features: [String: AnyFeature]

  init(_ features: [AnyFeature]) {
    self.features = Dictionary(features.map { ($0.method, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func parameters(of method: String, from element: JSONElement?) throws(JSONCodecError) -> (any Sendable)? {
    guard let feature = features[method] else { return nil }
    return try feature.decode(element)
  }

  /// What the features say they can, in the order of their methods.
  func capabilities(for client: ClientCapabilities) -> [JSONValue.Member] {
    features.values.sorted { $0.method < $1.method }.reduce(into: []) { all, feature in
      for member in feature.capability(client) { all.merge(member) }
    }
  }
}

extension [JSONValue.Member] {
  /// Adds a member; what several features say of one thing (`workspace`) is put together.
  fileprivate mutating func merge(_ member: JSONValue.Member) {
    guard let index = firstIndex(where: { $0.key.utf8.elementsEqual(member.key.utf8) }) else { return append(member) }
    guard case .object(var inner) = self[index].value, case .object(let more) = member.value else { return }
    for each in more { inner.merge(each) }
    self[index].value = .object(inner)
  }
}
