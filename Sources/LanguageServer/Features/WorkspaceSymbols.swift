import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Ids by what they are called, over all open documents and the files of their datasets; the best few. Answers with what is known at the
/// moment.
enum WorkspaceSymbolFeature: GlobalFeature {
  static let method = "workspace/symbol"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(
      .workspaceSymbols, "Ids by what they are called, in all files",
      test: "DatasetNavigationTests/anIDIsFoundInEveryFile")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("workspaceSymbolProvider", true)]
  }

  static func respond(
    to params: WorkspaceSymbolParams, in context: ServerContext
  ) async throws(ResponseError) -> [SymbolInformation] {
    await context.engine.symbols(for: params.query).map { symbol in
      SymbolInformation(
        name: symbol.name, kind: ShownSymbol.Kind.key.rawValue,
        location: Location(uri: symbol.place.uri, range: PositionRange(symbol.place.selection)),
        containerName: symbol.kind)
    }
  }
}
