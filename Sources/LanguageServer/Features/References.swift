import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Every place of an id. Waits until the document is settled: a list that lacks some would be taken for the whole.
enum ReferencesFeature: DocumentFeature {
  static let method = "textDocument/references"
  static let nothing: [Location] = []

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [.init("referencesProvider", true)] }

  static func respond(
    to params: ReferenceParams, in context: DocumentContext
  ) async throws(ResponseError) -> [Location] {
    let offset = context.session.offset(of: params.position, in: context.document)
    do throws(EngineError) {
      let found = try await context.document.occurrences(
        at: offset, withDefinitions: params.context.includeDeclaration)
      return found.map { Location(uri: $0.uri, range: PositionRange($0.selection)) }
    } catch {
      throw ResponseError(.contentModified, error.message)
    }
  }
}
