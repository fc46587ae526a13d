import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// What an id names and what a term is called, beside it. Answers with what is known at the moment, for the asked range alone.
enum InlayHintFeature: DocumentFeature {
  static let method = "textDocument/inlayHint"
  static let nothing: [InlayHint] = []

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [.init("inlayHintProvider", true)] }

  static func respond(
    to params: DocumentRangeParams, in context: DocumentContext
  ) async throws(ResponseError) -> [InlayHint] {
    let range = context.session.bytes(of: params.range, in: context.document)
    return await context.document.hints(in: range).map {
      InlayHint(
        position: context.session.position(at: $0.offset, in: context.document), label: $0.text, paddingLeft: true)
    }
  }
}
