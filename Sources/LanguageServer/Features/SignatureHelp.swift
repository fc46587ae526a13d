import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// What stands where in a list of numbers, while it is typed: `bbox: [x, y, width, height] pixels`.
enum SignatureHelpFeature: DocumentFeature {
  static let method = "textDocument/signatureHelp"
  static let effect = Effect.readsThroughEdits(.document)
  static let nothing: SignatureHelp? = nil
  static let support = [
    Support(
      .signatureHelp, "What stands where in a box, an outline, a list of points; in which unit",
      test: "LabelHelpTests/aBoxSaysWhatItsNumbersAre")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    client.asksSignatures
      ? [.init("signatureHelpProvider", ["triggerCharacters": ["[", ","], "retriggerCharacters": ["]"]])] : []
  }

  static func respond(
    to params: TextDocumentPositionParams, in context: DocumentContext
  ) async throws(ResponseError) -> SignatureHelp? {
    let offset = context.session.offset(of: params.position, in: context.document)
    guard let found = await context.document.signature(at: offset) else { return nil }
    let client = context.session.client
    let parameters = found.parts.map { part in
      let (start, end) = (Int64(part.range.lowerBound), Int64(part.range.upperBound))
      let label: JSONValue =
        client.signaturePartsAreOffsets ? [.integer(start), .integer(end)] : .string(part.name)
      return SignatureHelp.Parameter(label: label, documentation: part.explanation)
    }
    let own = client.signaturesHaveOwnPart ? found.active : nil
    return SignatureHelp(
      signatures: [.init(label: found.label, parameters: parameters, activeParameter: own)],
      activeParameter: found.active)
  }
}
