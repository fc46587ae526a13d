import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// From a value to the place in its format's schema that says what it must be.
enum TypeDefinitionFeature: DocumentFeature {
  static let method = "textDocument/typeDefinition"
  static let nothing = DefinitionAnswer.locations([])
  static let support = [
    Support(
      .declaration, "from a value to the place in the schema that says what it must be",
      test: "LabelHelpTests/aValueLeadsIntoItsSchema")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    client.asksTypeDefinitions ? [.init("typeDefinitionProvider", true)] : []
  }

  static func respond(
    to params: TextDocumentPositionParams, in context: DocumentContext
  ) async throws(ResponseError) -> DefinitionAnswer {
    let offset = context.session.offset(of: params.position, in: context.document)
    let found = await context.document.typeDefinitions(at: offset)
    return DefinitionAnswer(found, asLinks: context.session.client.typeDefinitionsAreLinks, in: context)
  }
}
