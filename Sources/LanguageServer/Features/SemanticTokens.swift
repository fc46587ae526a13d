import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// What keys and values are to the format: names of fields, ids that are given and that are named, labels, labels given up.
///
/// Files beyond a megabyte are answered by ranges alone: `null` has editors ask for what is on the screen.
enum SemanticTokensFeature: DocumentFeature {
  static let method = "textDocument/semanticTokens/full"
  static let nothing: SemanticTokens? = nil
  static let support = [
    Support(
      .semanticTokens, "Ids, references, labels, labels given up and known fields in colours of their own",
      test: "SemanticTokenTests/idsAndLabelsHaveColorsOfTheirOwn")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    let legend = TokenLegend(client)
    guard client.asksTokens, !legend.types.isEmpty, client.asksAllTokens || client.asksTokenRanges else { return [] }
    var members: [JSONValue.Member] = [
      .init(
        "legend",
        [
          "tokenTypes": .array(legend.types.map { .string($0) }),
          "tokenModifiers": .array(legend.modifiers.map { .string($0) }),
        ])
    ]
    if client.asksAllTokens { members.append(.init("full", client.asksTokenDeltas ? ["delta": true] : true)) }
    if client.asksTokenRanges { members.append(.init("range", true)) }
    return [.init("semanticTokensProvider", .object(members))]
  }

  static func respond(
    to params: DocumentSymbolParams, in context: DocumentContext
  ) async throws(ResponseError) -> SemanticTokens? {
    guard let data = await TokenWriter.all(in: context) else { return nil }
    return SemanticTokens(resultId: context.server.tokens.keep(data, of: context.uri), data: data)
  }
}

/// What changed since the last answer.
enum SemanticTokensDeltaFeature: DocumentFeature {
  static let method = "textDocument/semanticTokens/full/delta"
  static let nothing: SemanticTokensDeltaAnswer? = nil
  static let support = [
    Support(
      .semanticTokens, "after an edit only what is other",
      test: "SemanticTokenTests/afterAnEditOnlyWhatIsOtherIsSent")
  ]

  static func respond(
    to params: SemanticTokensDeltaParams, in context: DocumentContext
  ) async throws(ResponseError) -> SemanticTokensDeltaAnswer? {
    let before = context.server.tokens.data(params.previousResultId, of: context.uri)
    guard let data = await TokenWriter.all(in: context) else { return nil }
    let id = context.server.tokens.keep(data, of: context.uri)
    guard let before else { return .full(SemanticTokens(resultId: id, data: data)) }
    return .delta(SemanticTokensDelta(resultId: id, edits: TokenMemory.edits(from: before, to: data)))
  }
}

enum SemanticTokensDeltaAnswer: Encodable, Sendable {
  case full(SemanticTokens)
  case delta(SemanticTokensDelta)

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .full(let tokens): try tokens.encode(to: encoder)
    case .delta(let delta): try delta.encode(to: encoder)
    }
  }
}

/// The same for what is on the screen.
enum SemanticTokensRangeFeature: DocumentFeature {
  static let method = "textDocument/semanticTokens/range"
  static let nothing: SemanticTokens? = nil
  static let support = [
    Support(
      .semanticTokens, "in large files only what is on the screen",
      test: "SemanticTokenTests/largeFilesAreAnsweredByRanges")
  ]

  static func respond(
    to params: DocumentRangeParams, in context: DocumentContext
  ) async throws(ResponseError) -> SemanticTokens? {
    let range = context.session.bytes(of: params.range, in: context.document)
    return await TokenWriter.data(of: range, in: context).map { SemanticTokens(resultId: nil, data: $0) }
  }
}

extension LanguageServer {
  /// Has the client ask for tokens again, where it can, when those it has are out of date without an edit.
  func refreshTokens(after publication: EnginePublication) {
    guard publication.completeness == .settled, session.client.refreshesTokens,
      tokens.refresher.isOutdated(publication.uri, version: publication.document.version)
    else { return }
    let connection = connection
    Task { _ = try? await connection.call("workspace/semanticTokens/refresh", JSONValue.null) }
  }
}
