import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// What may be shown as one line: lists, records, turns.
enum FoldingRangeFeature: DocumentFeature {
  static let method = "textDocument/foldingRange"
  static let nothing: [FoldingRange] = []
  static let support = [
    Support(.foldingRanges, "Lists, entries, turns of a chat", test: "NavigationTests/turnsCanBeFolded")
  ]
  /// So many at most, also where the client would take more.
  private static let limit = 5000

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("foldingRangeProvider", true)]
  }

  static func respond(
    to params: DocumentSymbolParams, in context: DocumentContext
  ) async throws(ResponseError) -> [FoldingRange] {
    let wanted = context.session.client.mostFoldingRanges.map { max(0, $0) } ?? limit
    return await context.document.folds(limit: min(wanted, limit)).map {
      FoldingRange(startLine: $0.lowerBound, endLine: $0.upperBound)
    }
  }
}
