import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Whether the id under the cursor can be renamed, and what of it is typed over. Otherwise an error says why not.
enum PrepareRenameFeature: DocumentFeature {
  static let method = "textDocument/prepareRename"
  static let nothing: PrepareRenameAnswer? = nil

  static func respond(
    to params: TextDocumentPositionParams, in context: DocumentContext
  ) async throws(ResponseError) -> PrepareRenameAnswer? {
    let offset = context.session.offset(of: params.position, in: context.document)
    do throws(EngineError) {
      let (own, text) = try await context.document.renameStart(at: offset)
      let range = context.session.range(own, in: context.document)
      return text.map { .withText(PrepareRenameResult(range: range, placeholder: $0)) } ?? .range(range)
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }
}

enum PrepareRenameAnswer: Encodable, Sendable {
  case range(PositionRange)
  case withText(PrepareRenameResult)

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .range(let range): try range.encode(to: encoder)
    case .withText(let result): try result.encode(to: encoder)
    }
  }
}

/// Gives an id another name wherever it stands. Waits until the document is settled.
enum RenameFeature: DocumentFeature {
  static let method = "textDocument/rename"
  static let nothing: WorkspaceEdit? = nil

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("renameProvider", client.preparesRename ? ["prepareProvider": true] : true)]
  }

  static func respond(
    to params: RenameParams, in context: DocumentContext
  ) async throws(ResponseError) -> WorkspaceEdit? {
    let offset = context.session.offset(of: params.position, in: context.document)
    do throws(EngineError) {
      return context.session.workspaceEdit(try await context.document.rename(at: offset, to: params.newName))
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }
}
