import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Over each id that other places name: in how many. Counted when it comes into view.
enum CodeLensFeature: DocumentFeature {
  static let method = "textDocument/codeLens"
  static let nothing: [CodeLens] = []
  static let support = [
    Support(.codeLens, "In how many places an id is named", test: "DatasetNavigationTests/anIDIsFoundInEveryFile")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("codeLensProvider", ["resolveProvider": true])]
  }

  static func respond(to params: CodeLensParams, in context: DocumentContext) async throws(ResponseError) -> [CodeLens]
  {
    do throws(EngineError) {
      let lenses = try await context.document.lenses()
      context.server.joined.gave(.lenses, of: context.uri)
      return lenses.map { lens in
        CodeLens(
          range: context.session.range(lens.range, in: context.document),
          data: [
            "uri": .string(context.uri), "version": .integer(Int64(context.document.version)), "subject": lens.subject,
          ])
      }
    } catch {
      throw ResponseError(.contentModified, error.message)
    }
  }
}

/// Counts the places of one id. A click lists them, where the editor has a way to.
enum CodeLensResolveFeature: GlobalFeature {
  static let method = "codeLens/resolve"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(.codeLens, "In how many places an id is named", test: "DatasetNavigationTests/anIDIsFoundInEveryFile")
  ]

  /// VS Code's own; a client that wants it says so under `experimental.commands`.
  private static let showReferences = "editor.action.showReferences"
  /// Places that a click lists; the title counts them all.
  private static let listed = 1000

  static func respond(to params: CodeLens, in context: ServerContext) async throws(ResponseError) -> CodeLens {
    guard let uri = params.data?["uri"]?.string, let subject = params.data?["subject"],
      let document = await context.engine.snapshot(uri), let title = await document.lens(subject)
    else { throw ResponseError(.contentModified, "The text has changed since. Try again.") }
    var lens = params
    // Without a command the title is only read.
    lens.command = Command(title: title, command: "", arguments: nil)
    let isCurrent = params.data?["version"]?.integer == Int64(document.version)
    guard context.session.client.runs(showReferences), isCurrent else { return lens }
    let offset = context.session.offset(of: params.range.start, in: document)
    do throws(EngineError) {
      let places = try await document.occurrences(at: offset, withDefinitions: false)
      guard !places.isEmpty else { return lens }
      let locations = places.prefix(listed).map { Location(uri: $0.uri, range: PositionRange($0.selection)).json }
      lens.command = Command(
        title: title, command: showReferences,
        arguments: [.string(uri), params.range.start.json, .array(locations)])
      return lens
    } catch {
      throw ResponseError(.contentModified, error.message)
    }
  }
}

extension Position {
  fileprivate var json: JSONValue { ["line": .integer(Int64(line)), "character": .integer(Int64(character))] }
}

extension Location {
  fileprivate var json: JSONValue {
    ["uri": .string(uri), "range": ["start": range.start.json, "end": range.end.json]]
  }
}
