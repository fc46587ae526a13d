import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// What an id names and what a term is called, beside it. Answers with what is known at the moment, for the asked range alone.
enum InlayHintFeature: DocumentFeature {
  static let method = "textDocument/inlayHint"
  static let nothing: [InlayHint] = []
  static let support = [
    Support(
      .inlayHints, "What an id names and what a term is called, beside it",
      test: "NavigationTests/hintsAndHoversSayWhatIsNamed")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [.init("inlayHintProvider", true)] }

  static func respond(
    to params: DocumentRangeParams, in context: DocumentContext
  ) async throws(ResponseError) -> [InlayHint] {
    let range = context.session.bytes(of: params.range, in: context.document)
    let (hints, isComplete) = await context.document.hints(in: range)
    context.server.hints.gave(context.uri, version: context.document.version, isComplete: isComplete)
    context.server.joined.gave(.hints, of: context.uri)
    return hints.map {
      InlayHint(
        position: context.session.position(at: $0.offset, in: context.document), label: $0.text, paddingLeft: true)
    }
  }
}

extension LanguageServer {
  /// Has the client ask for hints again, where it can, when those it has are out of date without an edit.
  func refreshHints(after publication: EnginePublication) {
    guard publication.completeness == .settled, session.client.refreshesHints,
      hints.isOutdated(publication.uri, version: publication.document.version)
    else { return }
    let connection = connection
    Task { _ = try? await connection.call("workspace/inlayHint/refresh", JSONValue.null) }
  }
}
