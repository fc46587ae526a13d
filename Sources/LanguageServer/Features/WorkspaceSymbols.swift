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
      test: "DatasetNavigationTests/anIDIsFoundInEveryFile"),
    Support(.partialResults, "Long lists come in parts", test: "SessionOrderTests/symbolsComeInParts"),
  ]
  /// Sent at a time, where the client takes parts.
  private static let part = 50

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("workspaceSymbolProvider", true)]
  }

  static func respond(
    to params: WorkspaceSymbolParams, in context: ServerContext
  ) async throws(ResponseError) -> [SymbolInformation] {
    let symbols = await context.engine.symbols(for: params.query).map { symbol in
      SymbolInformation(
        name: symbol.name, kind: ShownSymbol.Kind.key.rawValue,
        location: Location(uri: symbol.place.uri, range: PositionRange(symbol.place.selection)),
        containerName: symbol.kind)
    }
    guard let token = params.partialResultToken else { return symbols }
    // The best first: a list that is sorted anew with each part would jump.
    for start in stride(from: 0, to: symbols.count, by: part) where !Task.isCancelled {
      let part = Array(symbols[start..<min(start + part, symbols.count)])
      context.connection.notify("$/progress", ProgressParams(token: token, value: part))
    }
    return []
  }
}
