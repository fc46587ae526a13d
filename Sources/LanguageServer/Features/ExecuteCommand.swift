import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Something that a client may ask for by name; one file a command in `Commands/`.
protocol EditorCommand: SendableMetatype {
  static var name: String { get }
  /// Arguments are as the client sent them; nothing about them is known. Under `token` progress may be shown; `nil`: none is wanted.
  static func run(_ arguments: [JSONValue], token: JSONValue?, in context: ServerContext) async throws(ResponseError)
    -> JSONValue
}

enum ExecuteCommandFeature: GlobalFeature {
  static let method = "workspace/executeCommand"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(
      .executeCommand,
      "Applies a fix; tries plugins again that rest; checks a folder; leads to the next disagreement; opens an entry by its "
        + "number; explains a check", test: "CommandTests/theNextDisagreementIsInTheNextFile"),
    Support(
      .executeCommand,
      "Applies a fix; tries plugins again that rest; checks a folder; leads to the next disagreement; opens an entry by its "
        + "number; explains a check", test: "ShelfTests/aRecipeIsAppliedByCommandWhereActionsAreNotResolved"),
    Support(
      .progress, "While a dataset is read, and while a folder is checked",
      test: "CommandTests/aFolderIsCheckedWithProgress"),
  ]

  static let commands: [any EditorCommand.Type] = [
    ApplyFixCommand.self, RetryPluginsCommand.self, ShowDecisionCommand.self, CheckFolderCommand.self,
    NextDisagreementCommand.self, OpenRecordCommand.self, ExplainRuleCommand.self,
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [
      .init(
        "executeCommandProvider",
        ["commands": .array(commands.map { .string($0.name) }), "workDoneProgress": true])
    ]
  }

  static func respond(
    to params: ExecuteCommandParams, in context: ServerContext
  ) async throws(ResponseError) -> JSONValue {
    guard let command = commands.first(where: { $0.name == params.command }) else {
      throw ResponseError(.invalidParams, "There is no command `\(params.command)`")
    }
    return try await command.run(params.arguments ?? [], token: params.workDoneToken, in: context)
  }
}

extension ServerContext {
  func workspaceEdit(ofRecipe recipe: JSONValue) async throws(ResponseError) -> WorkspaceEdit {
    do throws(EngineError) {
      return session.workspaceEdit(try await engine.edits(ofRecipe: recipe))
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }

  /// Has the client show a place, if it can; whether it did is its own matter.
  func show(_ place: ShownPlace) async {
    guard session.client.showsDocuments else { return }
    _ = try? await connection.call(
      "window/showDocument",
      ShowDocumentParams(uri: place.uri, takeFocus: true, selection: PositionRange(place.selection)))
  }

  /// The same of a text without a place in it.
  func show(_ uri: String) async {
    guard session.client.showsDocuments else { return }
    _ = try? await connection.call("window/showDocument", ShowDocumentParams(uri: uri, takeFocus: true, selection: nil))
  }
}
