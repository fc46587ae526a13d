import JSONRPC
import LanguageServerProtocol
import Manifest
import Workspace

/// The kinds of tokens that are told apart, by the protocol's names, as far as the client knows them.
struct TokenLegend {
  let types: [String]
  let modifiers: [String]

  init(_ client: ClientCapabilities) {
    let (types, modifiers) = (client.tokenTypes, client.tokenModifiers)
    self.types = ["property", "variable", "enumMember"].filter { types.contains($0) }
    self.modifiers = ["declaration", "deprecated"].filter { modifiers.contains($0) }
  }

  func type(of kind: MeaningfulText.Kind) -> UInt32? {
    let name =
      switch kind {
      case .field: "property"
      case .definition, .reference: "variable"
      case .term: "enumMember"
      }
    return types.firstIndex(of: name).map { UInt32($0) }
  }

  func modifiers(of text: MeaningfulText) -> UInt32 {
    func bit(_ name: String) -> UInt32 { modifiers.firstIndex(of: name).map { 1 << UInt32($0) } ?? 0 }
    return (text.kind == .definition ? bit("declaration") : 0) | (text.isDeprecated ? bit("deprecated") : 0)
  }
}

/// Writes tokens as the protocol wants them: each by how far it is from the one before.
enum TokenWriter {
  /// Beyond this many bytes a document is answered by ranges alone.
  private static let largest = 1 << 20
  /// Tokens of an answer: some 300 KB.
  private static let limit = 20_000

  /// Of the whole document; `nil` if it is too large for that.
  static func all(in context: DocumentContext) async -> [UInt32]? {
    let size = context.document.byteCount
    return size > largest ? nil : await data(of: 0..<size, in: context)
  }

  /// `nil` if there are too many.
  static func data(of range: Range<Int>, in context: DocumentContext) async -> [UInt32]? {
    // Asked first: what becomes known in between does no harm.
    let isComplete = await context.document.isSettled()
    // A range is what is on the screen; of one that is a line of a megabyte, as much as fits.
    let part = range.prefix(largest)
    guard let texts = await context.document.meanings(in: part.startIndex..<part.endIndex, limit: limit) else {
      return nil
    }
    context.server.tokens.refresher.gave(
      context.uri, version: context.document.version, isComplete: isComplete)
    return data(texts, in: context)
  }

  private static func data(_ texts: [MeaningfulText], in context: DocumentContext) -> [UInt32] {
    let legend = TokenLegend(context.session.client)
    let places = context.document.positions(
      at: texts.flatMap { [$0.range.lowerBound, $0.range.upperBound] }, in: context.session.encoding)
    var data: [UInt32] = []
    data.reserveCapacity(texts.count * 5)
    var last = LinePosition(line: 0, character: 0)
    for (index, text) in texts.enumerated() {
      let (start, end) = (places[index * 2], places[index * 2 + 1])
      guard let type = legend.type(of: text.kind), start.line == end.line, start.character < end.character else {
        continue
      }
      let lines = start.line - last.line
      data += [
        UInt32(clamping: lines), UInt32(clamping: lines == 0 ? start.character - last.character : start.character),
        UInt32(clamping: end.character - start.character), type, legend.modifiers(of: text),
      ]
      last = start
    }
    return data
  }
}
