import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// From a word to its text, its value, its entry, and so on to the whole document.
enum SelectionRangeFeature: DocumentFeature {
  static let method = "textDocument/selectionRange"
  static let nothing: [SelectionRange] = []
  static let support = [
    Support(
      .selectionRanges, "A word, its text, the value, the entry around it, the list",
      test: "LabelHelpTests/selectionsGrow")
  ]
  /// Cursors that are answered; the others get themselves.
  private static let cursors = 100
  /// Ranges around one of them: what lies deeper is passed over on the way out.
  private static let depth = 64

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    client.asksSelections ? [.init("selectionRangeProvider", true)] : []
  }

  static func respond(
    to params: SelectionRangeParams, in context: DocumentContext
  ) async throws(ResponseError) -> [SelectionRange] {
    var answers: [SelectionRange] = []
    for (number, position) in params.positions.prefix(ReplyBudget.bytes / 256).enumerated() {
      let offset = context.session.offset(of: position, in: context.document)
      let found = number < cursors ? await context.document.selections(at: offset) : []
      let chosen = found.count > depth ? Array(found.prefix(depth - 1)) + found.suffix(1) : found
      let ranges = chosen.isEmpty ? [offset..<offset] : chosen
      var answer: SelectionRange?
      for range in ranges.reversed() {
        answer = .range(context.session.range(range, in: context.document), parent: answer)
      }
      if let answer { answers.append(answer) }
    }
    return answers
  }
}
