import JSONCodec
import JSONRPC
import LanguageServerProtocol

/// Folders that are opened or closed while the session runs. Settings are asked for anew, for each of them.
enum DidChangeWorkspaceFoldersFeature: NotificationFeature {
  static let method = "workspace/didChangeWorkspaceFolders"
  static let support = [
    Support(
      .workspaceFolders, "Folders that are opened later are checked, with settings of their own",
      test: "SessionOrderTests/aFolderThatIsOpenedLaterHasItsOwnSettings")
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    guard client.hasWorkspaceFolders else { return [] }
    return [.init("workspace", ["workspaceFolders": ["supported": true, "changeNotifications": true]])]
  }

  static func receive(_ params: DidChangeWorkspaceFoldersParams, in server: LanguageServer) async {
    await server.change(params.event)
  }
}

extension LanguageServer {
  fileprivate func change(_ event: DidChangeWorkspaceFoldersParams.Event) async {
    let removed = Set(event.removed.map(\.uri))
    var folders = session.folders.filter { !removed.contains($0) }
    for folder in event.added where !folders.contains(folder.uri) { folders.append(folder.uri) }
    session.folders = folders
    session.folderSettings = session.folderSettings.filter { folders.contains($0.key) }
    await engine.use(folders: folders, shown: session.shownFolders)
    await pullConfiguration()
  }
}
