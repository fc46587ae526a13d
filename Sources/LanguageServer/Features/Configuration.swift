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
      await server.use(ServerSettings(section))
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

/// Taken and without effect: the log tells what a trace would.
enum SetTraceFeature: NotificationFeature {
  static let method = "$/setTrace"
  static func receive(_ params: SetTraceParams, in server: LanguageServer) async {}
}

extension LanguageServer {
  func use(_ settings: ServerSettings) async {
    guard settings != session.settings else { return }
    session.settings = settings
    connection.use(incomingBytes: settings.limits.message, outgoingBytes: settings.limits.unread)
    await publisher.use(session)
    await engine.configure(settings)
  }

  /// Asks the client for the section `concord`, where it can be asked; the answer comes in its own time.
  func pullConfiguration() async {
    guard session.client.pullsConfiguration else { return }
    let connection = connection
    Task {
      let answer = try? await connection.call(
        "workspace/configuration", ["items": [["section": "concord"]]] as JSONValue)
      guard let section = answer?.array?.first, section.members != nil else { return }
      await use(ServerSettings(section))
    }
  }
}
