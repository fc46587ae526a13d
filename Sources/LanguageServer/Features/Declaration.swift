import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// From a label to its line in the list of labels, also where it names an entry besides; from an id to its entry.
enum DeclarationFeature: DocumentFeature {
  static let method = "textDocument/declaration"
  static let nothing = DefinitionAnswer.locations([])
  static let support = [
    Support(
      .declaration, "From a label to its line in the list of labels", test: "LabelHelpTests/aLabelIsDeclaredInItsList")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    client.asksDeclarations ? [.init("declarationProvider", true)] : []
  }

  static func respond(
    to params: TextDocumentPositionParams, in context: DocumentContext
  ) async throws(ResponseError) -> DefinitionAnswer {
    let offset = context.session.offset(of: params.position, in: context.document)
    let found = await context.document.declarations(at: offset)
    return DefinitionAnswer(found, asLinks: context.session.client.declarationsAreLinks, in: context)
  }
}
