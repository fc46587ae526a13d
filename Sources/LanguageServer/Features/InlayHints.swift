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

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("inlayHintProvider", client.hintsResolveTooltips ? ["resolveProvider": true] : true)]
  }

  static func respond(
    to params: DocumentRangeParams, in context: DocumentContext
  ) async throws(ResponseError) -> [InlayHint] {
    let range = context.session.bytes(of: params.range, in: context.document)
    let (hints, isComplete) = await context.document.hints(in: range)
    context.server.hints.gave(context.uri, version: context.document.version, isComplete: isComplete)
    context.server.joined.gave(.hints, of: context.uri)
    let data: JSONValue = [
      "uri": .string(context.uri), "version": .integer(Int64(context.document.version)),
    ]
    return hints.map {
      var hint = InlayHint(
        position: context.session.position(at: $0.offset, in: context.document), label: $0.text, paddingLeft: true)
      if context.session.client.hintsResolveTooltips { hint.data = data }
      return hint
    }
  }
}

/// All there is to say of what a hint stands beside.
enum InlayHintResolveFeature: GlobalFeature {
  static let method = "inlayHint/resolve"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(
      .inlayHints, "all of what stands behind, when somebody looks closer",
      test: "LabelHelpTests/aHintTellsMoreWhenAsked")
  ]

  static func respond(to params: InlayHint, in context: ServerContext) async throws(ResponseError) -> InlayHint {
    guard params.tooltip == nil, let uri = params.data?["uri"]?.string,
      let document = await context.engine.snapshot(uri), params.data?["version"]?.integer == Int64(document.version)
    else { throw ResponseError(.contentModified, "The text has changed since. Try again.") }
    var hint = params
    // A hint stands behind its value.
    let offset = max(0, context.session.offset(of: params.position, in: document) - 1)
    if let (_, markdown) = await document.hover(at: offset) { hint.tooltip = context.session.markup(markdown) }
    return hint
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
