import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Logging

/// Settings, watched files and tracing.
enum DidChangeConfigurationFeature: NotificationFeature {
  static let method = "workspace/didChangeConfiguration"
  static let support = [
    Support(
      .configuration, "Settings count from the moment they are made",
      test: "UnopenedFilesTests/theSettingIsTakenUpWhileRunning")
  ]

  static func receive(_ params: DidChangeConfigurationParams, in server: LanguageServer) async {
    if let section = params.settings?["concord"] {
      await server.use(ServerSettings(section), inFolders: server.session.folderSettings)
    } else {
      await server.pullConfiguration()
    }
  }
}

enum DidChangeWatchedFilesFeature: NotificationFeature {
  static let method = "workspace/didChangeWatchedFiles"
  static let support = [
    Support(
      .watchedFiles, "Files that change on disk are read again",
      test: "DatasetNavigationTests/renamingReachesOpenFilesAndFilesOnDisk")
  ]

  static func receive(_ params: DidChangeWatchedFilesParams, in server: LanguageServer) async {
    let changes = params.changes.compactMap { change in
      FileChange.Kind(rawValue: change.type).map { FileChange(uri: change.uri, kind: $0) }
    }
    await server.engine.filesChanged(changes)
  }
}

/// Somebody does not want to wait for a dataset's files.
enum WorkDoneProgressCancelFeature: NotificationFeature {
  static let method = "window/workDoneProgress/cancel"

  static func receive(_ params: WorkDoneProgressCancelParams, in server: LanguageServer) async {
    guard let token = params.token.string, let root = await server.progress.root(of: token) else { return }
    await server.engine.stopReading(root)
    server.logger.notice("Not all files in \(root) are read, so labels in them are not compared. Open one to go on.")
  }
}

extension LanguageServer {
  func use(_ settings: ServerSettings, inFolders folderSettings: [String: ServerSettings] = [:]) async {
    guard settings != session.settings || folderSettings != session.folderSettings else { return }
    session.settings = settings
    session.folderSettings = folderSettings
    connection.use(incomingBytes: settings.limits.message, outgoingBytes: settings.limits.unread)
    await publisher.use(session)
    await engine.configure(settings)
    await engine.use(folders: session.folders, shown: session.shownFolders)
    await registerFormatting()
  }

  /// Asks the client for the section `concord`, everywhere and for each open folder, where it can be asked; the answer comes in its
  /// own time.
  func pullConfiguration() async {
    guard session.client.pullsConfiguration else { return }
    let (connection, folders) = (connection, session.folders)
    let scoped = folders.map { ["scopeUri": .string($0), "section": "concord"] as JSONValue }
    let items: [JSONValue] = [["section": "concord"]] + scoped
    Task {
      let answer = try? await connection.call("workspace/configuration", ["items": .array(items)] as JSONValue)
      guard let sections = answer?.array, sections.count == items.count, sections.contains(where: { $0.members != nil })
      else { return }
      let settings = sections[0].members == nil ? session.settings : ServerSettings(sections[0])
      let own = zip(folders, sections.dropFirst()).filter { $1.members != nil }.map { ($0, ServerSettings($1)) }
      await use(settings, inFolders: Dictionary(own, uniquingKeysWith: { first, _ in first }))
    }
  }
}
