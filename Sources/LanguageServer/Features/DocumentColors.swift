import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// The colors in which classes are drawn, where the format says that a value is one.
enum DocumentColorFeature: DocumentFeature {
  static let method = "textDocument/documentColor"
  static let nothing: [ColorInformation] = []
  static let support = [
    Support(.colors, "In which color a class is drawn", test: "LabelHelpTests/colorsOfClassesAreShownAndChosen")
  ]
  /// More are not shown.
  private static let limit = 1000

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    client.asksColors ? [.init("colorProvider", true)] : []
  }

  static func respond(
    to params: DocumentSymbolParams, in context: DocumentContext
  ) async throws(ResponseError) -> [ColorInformation] {
    await context.document.colors(limit: limit).map { color in
      ColorInformation(
        range: context.session.range(color.range, in: context.document),
        color: Color(red: color.red, green: color.green, blue: color.blue, alpha: color.alpha))
    }
  }
}

/// How a chosen color is written, in the way of the one that stands there.
enum ColorPresentationFeature: DocumentFeature {
  static let method = "textDocument/colorPresentation"
  static let nothing: [ColorPresentation] = []
  static let support = [
    Support(
      .colors, "another is chosen and written as the file writes them",
      test: "LabelHelpTests/colorsOfClassesAreShownAndChosen")
  ]

  static func respond(
    to params: ColorPresentationParams, in context: DocumentContext
  ) async throws(ResponseError) -> [ColorPresentation] {
    let (chosen, range) = (params.color, context.session.bytes(of: params.range, in: context.document))
    let color = ShownColor(
      range: range, red: chosen.red, green: chosen.green, blue: chosen.blue, alpha: chosen.alpha)
    guard let text = await context.document.text(of: color) else { return [] }
    return [ColorPresentation(label: text, textEdit: TextEdit(range: params.range, newText: text))]
  }
}
