import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// The outline: lists, records, and what stands in them.
enum DocumentSymbolFeature: DocumentFeature {
  static let method = "textDocument/documentSymbol"
  static let nothing = DocumentSymbolAnswer.tree([])
  static let support = [
    Support(.documentSymbols, "Lists, entries and what is in them", test: "NavigationTests/theOutlineNamesTheRecords")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("documentSymbolProvider", true)]
  }

  static func respond(
    to params: DocumentSymbolParams, in context: DocumentContext
  ) async throws(ResponseError) -> DocumentSymbolAnswer {
    let symbols = await context.document.symbols()
    guard context.session.client.symbolsAreTrees else {
      var list: [SymbolInformation] = []
      append(symbols, in: nil, to: &list, context)
      return .list(list)
    }
    return .tree(symbols.map { tree($0, context) })
  }

  private static func tree(_ symbol: ShownSymbol, _ context: DocumentContext) -> DocumentSymbol {
    DocumentSymbol(
      name: symbol.name, detail: symbol.detail, kind: symbol.kind.rawValue,
      range: context.session.range(symbol.range, in: context.document),
      selectionRange: context.session.range(symbol.selection, in: context.document),
      children: symbol.children.isEmpty ? nil : symbol.children.map { tree($0, context) })
  }

  private static func append(
    _ symbols: [ShownSymbol], in container: String?, to list: inout [SymbolInformation], _ context: DocumentContext
  ) {
    for symbol in symbols {
      let range = context.session.range(symbol.range, in: context.document)
      list.append(
        SymbolInformation(
          name: symbol.name, kind: symbol.kind.rawValue, location: Location(uri: context.uri, range: range),
          containerName: container))
      append(symbol.children, in: symbol.name, to: &list, context)
    }
  }
}

enum DocumentSymbolAnswer: Encodable, Sendable {
  case tree([DocumentSymbol])
  case list([SymbolInformation])

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .tree(let symbols): try symbols.encode(to: encoder)
    case .list(let symbols): try symbols.encode(to: encoder)
    }
  }
}
