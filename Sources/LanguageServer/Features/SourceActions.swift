import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// What is done to a whole file, where a client asks for its kind: all certain fixes (`source.fixAll`), entries sorted by their
/// numbers and numbers counted anew (`source.organize`).
enum SourceAction: String, CaseIterable {
  case fixAll, sort, renumber

  var kind: String {
    switch self {
    case .fixAll: "source.fixAll.concord"
    case .sort: "source.organize.sort.concord"
    case .renumber: "source.organize.renumber.concord"
    }
  }

  private var organizing: Organizing? {
    switch self {
    case .fixAll: nil
    case .sort: .sort
    case .renumber: .renumber
    }
  }

  /// Whether somebody who wants kinds of actions wants this one.
  private func isWanted(_ kinds: [String]) -> Bool {
    kinds.contains { $0.isEmpty || kind == $0 || kind.hasPrefix($0 + ".") }
  }

  /// Those that are asked for and have something to do. One that can't be done is there with the reason, for clients that show it.
  static func actions(_ kinds: [String], in context: DocumentContext) async -> [CodeActionOrCommand] {
    var actions: [CodeActionOrCommand] = []
    for source in allCases where source.isWanted(kinds) {
      if let action = await source.action(in: context) { actions.append(action) }
    }
    return actions
  }

  private func action(in context: DocumentContext) async -> CodeActionOrCommand? {
    let client = context.session.client
    guard client.codeActionsAreLiterals else { return nil }
    do throws(EngineError) {
      guard let work = try await work(in: context.document) else { return nil }
      var action = CodeAction(title: work.title, kind: kind)
      if client.codeActionsResolveEdits {
        action.data = ["source": .string(rawValue), "uri": .string(context.uri)]
      } else {
        action.edit = edit(work, context.session)
      }
      return .action(action)
    } catch {
      guard client.showsDisabledActions else { return nil }
      var action = CodeAction(title: self == .sort ? "Sort entries by number" : "Count entries anew", kind: kind)
      action.disabled = .init(reason: error.message)
      return .action(action)
    }
  }

  private func work(in document: any DocumentReading) async throws(EngineError) -> (
    title: String, edits: DocumentEdits
  )? {
    if let organizing { return try document.organized(organizing) }
    return try await document.certainFixes().map { edits, count in
      (count == 1 ? "Apply the fix that is certain" : "Apply all \(count) fixes that are certain", edits)
    }
  }

  /// Where the order of a whole file changes, the person looks at it first, if the client can show it.
  private func edit(_ work: (title: String, edits: DocumentEdits), _ session: Session) -> WorkspaceEdit {
    organizing != nil && session.client.confirmsEdits
      ? session.workspaceEdit([work.edits], confirmedAs: work.title) : session.workspaceEdit([work.edits])
  }

  /// The edit of an action that was offered without; `nil` if `data` is of no such action.
  static func edit(ofData data: JSONValue, in context: ServerContext) async throws(ResponseError) -> WorkspaceEdit? {
    guard let source = data["source"]?.string.flatMap(SourceAction.init(rawValue:)), let uri = data["uri"]?.string
    else {
      return nil
    }
    guard let document = await context.engine.snapshot(uri) else {
      throw ResponseError(.requestFailed, "The file is not open any more. Open it and try again.")
    }
    do throws(EngineError) {
      guard let work = try await source.work(in: document) else {
        throw EngineError("Nothing is left to do: the text has changed.")
      }
      return source.edit(work, context.session)
    } catch {
      throw ResponseError(.requestFailed, error.message)
    }
  }
}

/// Works out the edits of an action that was offered without.
enum CodeActionResolveFeature: GlobalFeature {
  static let method = "codeAction/resolve"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(
      .codeActionResolve,
      "Fixes over a whole file are worked out when chosen, and looked at first where the order changes",
      test: "ShelfTests/aRecipeConvertsEveryBoxInOneStep"),
    Support(
      .codeActionResolve,
      "Fixes over a whole file are worked out when chosen, and looked at first where the order changes",
      test: "SourceActionTests/numbersAreCountedAnewAfterALook"),
  ]

  static func respond(to params: CodeAction, in context: ServerContext) async throws(ResponseError) -> CodeAction {
    guard let data = params.data, params.edit == nil else { return params }
    var action = params
    if let edit = try await SourceAction.edit(ofData: data, in: context) {
      action.edit = edit
    } else {
      action.edit = try await context.workspaceEdit(ofRecipe: data)
    }
    return action
  }
}
