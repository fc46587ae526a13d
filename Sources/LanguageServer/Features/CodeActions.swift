import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Manifest

/// Quick fixes of findings, and what puts a whole file in order (`SourceActions`). Edits are minimal; those that need work come on
/// request.
enum CodeActionFeature: DocumentFeature {
  static let method = "textDocument/codeAction"
  static let nothing: [CodeActionOrCommand] = []
  static let support = [
    Support(
      .codeActions, "Fixes as small edits; accepting a finding with a reason",
      test: "ShelfTests/aQuickFixMakesItsFindingVanishAndUndoingBringsItBack"),
    Support(
      .codeActions, "Entries sorted by number, and counted anew with whatever names them",
      test: "SourceActionTests/entriesAreSortedByNumber"),
    Support(
      .fixAll, "All certain fixes of a file at once, the same as `concord check --fix` makes",
      test: "SourceActionTests/everythingCertainIsFixedAtOnce"),
  ]
  /// More are not offered at a time: somebody chooses one of them.
  private static let limit = 100

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [
      .init(
        "codeActionProvider",
        client.codeActionsAreLiterals
          ? [
            "codeActionKinds": .array((["quickfix"] + SourceAction.allCases.map(\.kind)).map { .string($0) }),
            "resolveProvider": .bool(client.codeActionsResolveEdits),
          ] : true)
    ]
  }

  static func respond(
    to params: CodeActionParams, in context: DocumentContext
  ) async throws(ResponseError) -> [CodeActionOrCommand] {
    let wanted = params.context.only ?? ["quickfix"]
    let ordering = await SourceAction.actions(wanted, in: context)
    guard wanted.contains(where: { $0.isEmpty || $0 == "quickfix" }) else { return ordering }
    let range = context.session.bytes(of: params.range, in: context.document)
    let fixes = await context.document.fixes(in: range, onlyCertain: false)
    var actions: [CodeActionOrCommand] = []
    for fix in fixes.prefix(limit) {
      if let action = await action(fix, in: context) { actions.append(action) }
    }
    return actions + ordering
  }

  /// `nil` when the client has no way to apply it.
  private static func action(_ fix: ShownFix, in context: DocumentContext) async -> CodeActionOrCommand? {
    let session = context.session
    guard session.client.codeActionsAreLiterals else { return command(fix, in: session).map { .command($0) } }
    var action = CodeAction(title: fix.title, kind: "quickfix")
    if fix.isCertain, session.client.marksPreferredActions { action.isPreferred = true }
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
    return Command(title: fix.title, command: ShowDecisionCommand.name, arguments: [recipe])
  }

  private static func command(_ fix: ShownFix, in session: Session) -> Command? {
    guard session.client.appliesEdits, case .recipe(let recipe) = fix.action else { return nil }
    return Command(title: fix.title, command: ApplyFixCommand.name, arguments: [.string(fix.title), recipe])
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
