import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Every place of an id. Waits until the document is settled: a list that lacks some would be taken for the whole.
enum ReferencesFeature: DocumentFeature {
  static let method = "textDocument/references"
  static let nothing: [Location] = []
  static let support = [
    Support(.references, "Every place of an id in the dataset", test: "DatasetNavigationTests/anIDIsFoundInEveryFile"),
    Support(.partialResults, "Long lists come in parts", test: "BudgetTests/aListOfPlacesIsCutOrComesInParts"),
  ]

  /// Places that an answer holds, and how many are sent at a time where the client takes parts.
  private static let limit = 5000
  private static let part = 1000

  /// Sends what needs not be in the answer. Where the list would be too long for a client that takes no parts, it is told so.
  private static func send(
    _ places: [Location], to params: ReferenceParams, in context: DocumentContext
  ) -> [Location] {
    let connection = context.server.connection
    guard let token = params.partialResultToken else {
      if places.count > limit {
        let words = "\(places.count) places name this. The first \(limit) are listed."
        connection.notify("window/showMessage", LogMessageParams(type: 3, message: words))
      }
      return Array(places.prefix(limit))
    }
    for start in stride(from: 0, to: places.count, by: part) where !Task.isCancelled {
      let part = Array(places[start..<min(start + part, places.count)])
      connection.notify("$/progress", ProgressParams(token: token, value: part))
    }
    return []
  }

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [.init("referencesProvider", true)] }

  static func respond(
    to params: ReferenceParams, in context: DocumentContext
  ) async throws(ResponseError) -> [Location] {
    let offset = context.session.offset(of: params.position, in: context.document)
    do throws(EngineError) {
      let found = try await context.document.occurrences(
        at: offset, withDefinitions: params.context.includeDeclaration)
      return send(found.map { Location(uri: $0.uri, range: PositionRange($0.selection)) }, to: params, in: context)
    } catch {
      throw ResponseError(.contentModified, error.message)
    }
  }
}
