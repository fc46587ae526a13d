import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// `textDocument/diagnostic`: answered when the document is settled.
enum PullDiagnosticsFeature: DocumentFeature {
  static let method = "textDocument/diagnostic"
  static let nothing = DocumentDiagnosticReport.full([])
  static let support = [
    Support(.pullDiagnostics, "Answered when everything is checked", test: "ShelfTests/findingsComeInWholeWhenAskedFor")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    guard client.pullsDiagnostics else { return [] }
    return [
      .init(
        "diagnosticProvider",
        ["identifier": "concord", "interFileDependencies": true, "workspaceDiagnostics": true])
    ]
  }

  static func respond(
    to params: DocumentDiagnosticParams, in context: DocumentContext
  ) async throws(ResponseError) -> DocumentDiagnosticReport {
    do throws(CancellationError) {
      let findings = try await context.document.settledFindings()
      let shown = try await context.server.publisher.answer(
        context.uri, version: context.document.version, findings)
      return .full(context.session.diagnostics(shown, in: context.document))
    } catch {
      throw ResponseError(.requestCancelled, "Cancelled")
    }
  }
}
