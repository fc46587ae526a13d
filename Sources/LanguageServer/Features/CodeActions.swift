import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Manifest

/// Quick fixes of findings. Their edits are minimal; those that need work come on request.
enum CodeActionFeature: DocumentFeature {
  static let method = "textDocument/codeAction"
  static let nothing: [CodeActionOrCommand] = []
  static let support = [
    Support(
      .codeActions, "Fixes as small edits; accepting a finding with a reason",
      test: "ShelfTests/aQuickFixMakesItsFindingVanishAndUndoingBringsItBack")
  ]
  /// More are not offered at a time: somebody chooses one of them.
  private static let limit = 100

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [
      .init(
        "codeActionProvider",
        client.codeActionsAreLiterals
          ? ["codeActionKinds": ["quickfix"], "resolveProvider": .bool(client.codeActionsResolveEdits)] : true)
    ]
  }

  static func respond(
    to params: CodeActionParams, in context: DocumentContext
  ) async throws(ResponseError) -> [CodeActionOrCommand] {
    let wanted = params.context.only ?? ["quickfix"]
    guard wanted.contains(where: { $0.isEmpty || $0 == "quickfix" }) else { return [] }
    let range = context.session.bytes(of: params.range, in: context.document)
    let fixes = await context.document.fixes(in: range, onlyCertain: false)
    var actions: [CodeActionOrCommand] = []
    for fix in fixes.prefix(limit) {
      if let action = await action(fix, in: context) { actions.append(action) }
    }
    return actions
  }

  /// `nil` when the client has no way to apply it.
  private static func action(_ fix: ShownFix, in context: DocumentContext) async -> CodeActionOrCommand? {
    let session = context.session
    guard session.client.codeActionsAreLiterals else { return command(fix, in: session).map { .command($0) } }
    var action = CodeAction(title: fix.title, kind: "quickfix")
    if fix.isCertain { action.isPreferred = true }
    if !fix.findings.isEmpty {
      action.diagnostics = session.diagnostics(fix.findings, in: context.document)
    }
    switch fix.action {
    case .edits(let edits): action.edit = session.workspaceEdit(edits)
    case .recipe(let recipe) where session.client.codeActionsResolveEdits:
      action.data = recipe
      action.command = goingOn(fix, recipe, in: session)
    case .recipe(let recipe) where fix.goesOn:
      // Worked out at once, so that every client can apply it.
      guard let edit = try? await context.server.workspaceEdit(ofRecipe: recipe) else { return nil }
      action.edit = edit
      action.command = goingOn(fix, recipe, in: session)
    case .recipe:
      guard let command = command(fix, in: session) else { return nil }
      action.command = command
    }
    return .action(action)
  }

  /// Puts the cursor where something is left to write, once the edit is made.
  private static func goingOn(_ fix: ShownFix, _ recipe: JSONValue, in session: Session) -> Command? {
    guard fix.goesOn, session.client.showsDocuments else { return nil }
    return Command(title: fix.title, command: ExecuteCommandFeature.showDecision, arguments: [recipe])
  }

  private static func command(_ fix: ShownFix, in session: Session) -> Command? {
    guard session.client.appliesEdits, case .recipe(let recipe) = fix.action else { return nil }
    return Command(title: fix.title, command: ExecuteCommandFeature.applyFix, arguments: [.string(fix.title), recipe])
  }
}

enum CodeActionOrCommand: Encodable, Sendable {
  case action(CodeAction)
  case command(Command)

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .action(let action): try action.encode(to: encoder)
    case .command(let command): try command.encode(to: encoder)
    }
  }
}

/// Works out the edits of a fix that was offered without.
enum CodeActionResolveFeature: GlobalFeature {
  static let method = "codeAction/resolve"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(
      .codeActionResolve, "Fixes over a whole file are worked out when chosen",
      test: "ShelfTests/aRecipeConvertsEveryBoxInOneStep")
  ]

  static func respond(to params: CodeAction, in context: ServerContext) async throws(ResponseError) -> CodeAction {
    guard let recipe = params.data, params.edit == nil else { return params }
    var action = params
    action.edit = try await context.workspaceEdit(ofRecipe: recipe)
    return action
  }
}

/// Applies a fix for clients that don't resolve code actions.
enum ExecuteCommandFeature: GlobalFeature {
  static let method = "workspace/executeCommand"
  static let effect = Effect.reads(.workspace)
  static let applyFix = "concord.applyFix"
  static let support = [
    Support(
      .executeCommand, "Applies a fix; tries plugins again that rest",
      test: "ShelfTests/aRecipeIsAppliedByCommandWhereActionsAreNotResolved")
  ]
  /// Tries plugins again that stopped too often and rest.
  static let retryPlugins = "concord.retryPlugins"
  /// Opens the file of decisions where the reason is to be written.
  static let showDecision = "concord.showDecision"

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [.init("executeCommandProvider", ["commands": [.string(applyFix), .string(retryPlugins), .string(showDecision)]])]
  }

  static func respond(to params: ExecuteCommandParams, in context: ServerContext) async throws(ResponseError) -> Never?
  {
    if params.command == retryPlugins {
      await context.engine.retryPlugins()
      return nil
    }
    if params.command == showDecision {
      guard let recipe = params.arguments?.first else {
        throw ResponseError(.invalidParams, "`\(showDecision)` takes what was decided")
      }
      await show(recipe, in: context)
      return nil
    }
    guard params.command == applyFix else {
      throw ResponseError(.invalidParams, "There is no command `\(params.command)`")
    }
    guard let arguments = params.arguments, arguments.count == 2, let title = arguments[0].string else {
      throw ResponseError(.invalidParams, "`\(applyFix)` takes a title and a recipe")
    }
    let edit = try await context.workspaceEdit(ofRecipe: arguments[1])
    let answer = try await context.connection.call(
      "workspace/applyEdit", ApplyWorkspaceEditParams(label: title, edit: edit))
    guard answer["applied"]?.bool == true else {
      throw ResponseError(.requestFailed, answer["failureReason"]?.string ?? "The editor did not apply the fix")
    }
    await show(arguments[1], in: context)
    return nil
  }

  /// Asks the client to show where to go on writing after a recipe, if anywhere.
  private static func show(_ recipe: JSONValue, in context: ServerContext) async {
    guard context.session.client.showsDocuments, let place = await context.engine.place(toGoOnAfter: recipe) else {
      return
    }
    func position(_ position: LinePosition) -> Position {
      Position(line: position.line, character: position.character)
    }
    let range = PositionRange(start: position(place.selection.start), end: position(place.selection.end))
    // Whether it did is the client's matter: the edit is made.
    _ = try? await context.connection.call(
      "window/showDocument", ShowDocumentParams(uri: place.uri, takeFocus: true, selection: range))
  }
}

extension ServerContext {
  fileprivate func workspaceEdit(ofRecipe recipe: JSONValue) async throws(ResponseError) -> WorkspaceEdit {
    do throws(EngineError) {
      return session.workspaceEdit(try await engine.edits(ofRecipe: recipe))
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }
}
