import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// Files that entries name: pictures, sounds, files of samples, lists, the schema. Whether one is there is looked up on a click.
enum DocumentLinkFeature: DocumentFeature {
  static let method = "textDocument/documentLink"
  static let nothing: [DocumentLink] = []
  static let support = [
    Support(
      .documentLinks, "Pictures, sounds, files of samples and lists that entries name",
      test: "LabelHelpTests/filesThatEntriesNameCanBeOpened")
  ]
  /// More are not underlined.
  private static let limit = 1000

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    client.asksLinks ? [.init("documentLinkProvider", ["resolveProvider": true])] : []
  }

  static func respond(
    to params: DocumentSymbolParams, in context: DocumentContext
  ) async throws(ResponseError) -> [DocumentLink] {
    let data: JSONValue = ["uri": .string(context.uri), "version": .integer(Int64(context.document.version))]
    return await context.document.links(limit: limit).map { link in
      DocumentLink(
        range: context.session.range(link.range, in: context.document), target: link.address,
        data: link.address == nil ? data : nil)
    }
  }
}

/// Finds the file that a link leads to.
enum DocumentLinkResolveFeature: GlobalFeature {
  static let method = "documentLink/resolve"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(
      .documentLinks, "what is not there is said on a click", test: "LabelHelpTests/filesThatEntriesNameCanBeOpened")
  ]

  static func respond(to params: DocumentLink, in context: ServerContext) async throws(ResponseError) -> DocumentLink {
    guard params.target == nil else { return params }
    guard let uri = params.data?["uri"]?.string, let document = await context.engine.snapshot(uri),
      params.data?["version"]?.integer == Int64(document.version)
    else { throw ResponseError(.contentModified, "The text has changed since. Try again.") }
    var link = params
    do throws(EngineError) {
      link.target = try await document.linkedFile(at: context.session.offset(of: params.range.start, in: document))
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
    return link
  }
}
