import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// `concord.applyFix(title, recipe)`: applies a fix for clients that don't resolve code actions. Answers `null`.
enum ApplyFixCommand: EditorCommand {
  static let name = "concord.applyFix"

  static func run(
    _ arguments: [JSONValue], token: JSONValue?, in context: ServerContext
  ) async throws(ResponseError) -> JSONValue {
    guard arguments.count == 2, let title = arguments[0].string else {
      throw ResponseError(.invalidParams, "`\(name)` takes a title and a recipe")
    }
    guard context.session.client.appliesEdits else {
      throw ResponseError(.requestFailed, "The editor takes no edits from a command")
    }
    let edit = try await context.workspaceEdit(ofRecipe: arguments[1])
    let answer = try await context.connection.call(
      "workspace/applyEdit", ApplyWorkspaceEditParams(label: title, edit: edit))
    guard answer["applied"]?.bool == true else {
      throw ResponseError(.requestFailed, answer["failureReason"]?.string ?? "The editor did not apply the fix")
    }
    if let place = await context.engine.place(toGoOnAfter: arguments[1]) { await context.show(place) }
    return .null
  }
}

/// `concord.retryPlugins()`: tries plugins again that stopped too often and rest. Answers `null`.
enum RetryPluginsCommand: EditorCommand {
  static let name = "concord.retryPlugins"

  static func run(
    _ arguments: [JSONValue], token: JSONValue?, in context: ServerContext
  ) async throws(ResponseError) -> JSONValue {
    await context.engine.retryPlugins()
    return .null
  }
}

/// `concord.showDecision(recipe)`: opens the file of decisions where the reason is to be written. Answers `null`.
enum ShowDecisionCommand: EditorCommand {
  static let name = "concord.showDecision"

  static func run(
    _ arguments: [JSONValue], token: JSONValue?, in context: ServerContext
  ) async throws(ResponseError) -> JSONValue {
    guard let recipe = arguments.first else {
      throw ResponseError(.invalidParams, "`\(name)` takes what was decided")
    }
    if let place = await context.engine.place(toGoOnAfter: recipe) { await context.show(place) }
    return .null
  }
}
