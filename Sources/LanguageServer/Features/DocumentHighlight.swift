import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Where else the id under the cursor stands, near it; what gives it is told from what names it.
enum DocumentHighlightFeature: DocumentFeature {
  static let method = "textDocument/documentHighlight"
  static let nothing: [DocumentHighlight] = []
  static let support = [
    Support(
      .documentHighlight, "Where else an id stands, near it",
      test: "NavigationTests/anIDLeadsToItsEntryBehindOtherScripts")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("documentHighlightProvider", true)]
  }

  static func respond(
    to params: TextDocumentPositionParams, in context: DocumentContext
  ) async throws(ResponseError) -> [DocumentHighlight] {
    let offset = context.session.offset(of: params.position, in: context.document)
    do throws(EngineError) {
      return try await context.document.highlights(at: offset).map {
        DocumentHighlight(
          range: context.session.range($0.range, in: context.document), kind: $0.isDefinition ? 3 : 2)
      }
    } catch {
      throw ResponseError(.contentModified, error.message)
    }
  }
}
