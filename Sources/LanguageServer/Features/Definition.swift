import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Manifest

/// From an id to the entry it names, from a term to its line in the vocabulary. Answers with what is known at the moment.
enum DefinitionFeature: DocumentFeature {
  static let method = "textDocument/definition"
  static let nothing = DefinitionAnswer.locations([])
  static let support = [
    Support(
      .definition, "From an id to its entry, from a term to its line in the list, over all files",
      test: "NavigationTests/aTermLeadsToItsList")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] { [.init("definitionProvider", true)] }

  static func respond(
    to params: TextDocumentPositionParams, in context: DocumentContext
  ) async throws(ResponseError) -> DefinitionAnswer {
    let offset = context.session.offset(of: params.position, in: context.document)
    let found = await context.document.definitions(at: offset)
    return DefinitionAnswer(found, asLinks: context.session.client.definitionsAreLinks, in: context)
  }
}

enum DefinitionAnswer: Encodable, Sendable {
  case locations([Location])
  case links([LocationLink])

  /// What was found, if anything, as the client takes it.
  init(_ found: (origin: Range<Int>, places: [ShownPlace])?, asLinks: Bool, in context: DocumentContext) {
    guard let (origin, places) = found else {
      self = .locations([])
      return
    }
    guard asLinks else {
      self = .locations(places.map { Location(uri: $0.uri, range: PositionRange($0.selection)) })
      return
    }
    let range = context.session.range(origin, in: context.document)
    self = .links(
      places.map {
        LocationLink(
          origin: range, uri: $0.uri, range: PositionRange($0.range), selection: PositionRange($0.selection))
      })
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .locations(let locations): try locations.encode(to: encoder)
    case .links(let links): try links.encode(to: encoder)
    }
  }
}

extension PositionRange {
  init(_ span: ShownPlace.Span) {
    self.init(
      start: Position(line: span.start.line, character: span.start.character),
      end: Position(line: span.end.line, character: span.end.character))
  }
}
