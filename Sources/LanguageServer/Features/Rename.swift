import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Whether the id under the cursor can be renamed, and what of it is typed over. Otherwise an error says why not.
enum PrepareRenameFeature: DocumentFeature {
  static let method = "textDocument/prepareRename"
  static let nothing: PrepareRenameAnswer? = nil
  static let support = [
    Support(
      .rename, "Gives an id another name wherever it stands; asks first where that is much",
      test: "DatasetNavigationTests/renamingReachesOpenFilesAndFilesOnDisk")
  ]

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

/// Gives an id another name wherever it stands, in all files. Waits until everything is known.
///
/// Where many files change, the person is asked first: by the editor's own preview if it has one, else in a question.
enum RenameFeature: DocumentFeature {
  static let method = "textDocument/rename"
  static let nothing: WorkspaceEdit? = nil
  static let support = [
    Support(
      .rename, "Gives an id another name wherever it stands; asks first where that is much",
      test: "DatasetNavigationTests/renamingReachesOpenFilesAndFilesOnDisk")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("renameProvider", client.preparesRename ? ["prepareProvider": true] : true)]
  }

  static func respond(
    to params: RenameParams, in context: DocumentContext
  ) async throws(ResponseError) -> WorkspaceEdit? {
    let offset = context.session.offset(of: params.position, in: context.document)
    do throws(EngineError) {
      let rename = try await context.document.rename(at: offset, to: params.newName)
      guard rename.files.count > filesWithoutAsking else { return context.session.workspaceEdit(rename.files) }
      if context.session.client.confirmsEdits {
        return context.session.workspaceEdit(rename.files, confirmedAs: rename.summary.title)
      }
      guard await isWanted(rename.summary, in: context) else { throw EngineError(rename.summary.cancelled) }
      // Whoever thinks it over may have changed something meanwhile.
      return context.session.workspaceEdit(try await context.document.rename(at: offset, to: params.newName).files)
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }

  private static let filesWithoutAsking = 50

  private static func isWanted(_ summary: ShownRename.Summary, in context: DocumentContext) async -> Bool {
    let question = ShowMessageRequestParams(
      type: 3, message: summary.question, actions: [summary.confirm, summary.cancel])
    let answer = try? await context.server.connection.call("window/showMessageRequest", question)
    return answer?["title"]?.string.map { $0.utf8.elementsEqual(summary.confirm.utf8) } ?? false
  }
}
