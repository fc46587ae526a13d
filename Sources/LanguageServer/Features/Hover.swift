import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// What there is to say about a finding (its rule's page) or a value.
enum HoverFeature: DocumentFeature {
  static let method = "textDocument/hover"
  static let nothing: Hover? = nil
  static let support = [
    Support(
      .hover, "The rule behind a finding; what a value means, names and measures",
      test: "ShelfTests/hoverTellsOfTheFindingAndOfTheValue")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [.init("hoverProvider", true)] }

  static func respond(
    to params: TextDocumentPositionParams, in context: DocumentContext
  ) async throws(ResponseError) -> Hover? {
    let offset = context.session.offset(of: params.position, in: context.document)
    guard let (range, markdown) = await context.document.hover(at: offset) else { return nil }
    return Hover(
      contents: context.session.markup(markdown), range: context.session.range(range, in: context.document))
  }
}

extension Session {
  /// Markdown, or the same as plain text for clients that show text as it is.
  func markup(_ markdown: String) -> MarkupContent {
    client.hoverTakesMarkdown
      ? MarkupContent(markdown: markdown) : MarkupContent(plain: PlainText.text(ofMarkdown: markdown))
  }
}
