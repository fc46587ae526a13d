import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Workspace

/// Shows how far reading a dataset has come, where that takes long enough to be wondered about.
actor ProgressReporter {
  private enum Life {
    /// Not shown yet.
    case waiting
    case shown(token: String, percentage: Int)
  }

  /// Nobody wonders about what is over before.
  private static let patience = Duration.milliseconds(500)

  private let connection: Connection
  private var readings: [String: (life: Life, latest: ReadingProgress)] = [:]
  private var lastToken = 0

  init(connection: Connection) { self.connection = connection }

  func received(_ progress: ReadingProgress) {
    let root = progress.root
    guard let (life, _) = readings[root] else {
      guard !progress.isOver else { return }
      readings[root] = (.waiting, progress)
      Task {
        try? await Task.sleep(for: Self.patience)
        await begin(root)
      }
      return
    }
    readings[root] = progress.isOver ? nil : (life, progress)
    guard case .shown(let token, let percentage) = life else { return }
    if progress.isOver { return notify(token, WorkDoneProgress(kind: "end")) }
    let now = progress.percentage
    guard now != percentage else { return }
    readings[root]?.life = .shown(token: token, percentage: now)
    notify(token, WorkDoneProgress(kind: "report", message: progress.message, percentage: now))
  }

  private func begin(_ root: String) async {
    guard let (life, _) = readings[root], case .waiting = life else { return }
    lastToken += 1
    let token = "concord/reading/\(lastToken)"
    guard (try? await connection.call("window/workDoneProgress/create", ["token": .string(token)] as JSONValue)) != nil,
      let latest = readings[root]?.latest
    else { return }
    readings[root]?.life = .shown(token: token, percentage: latest.percentage)
    let name = root.split(separator: "/").last.map(String.init) ?? root
    notify(
      token,
      WorkDoneProgress(
        kind: "begin", title: "Concord reads \(name)", isCancellable: true, message: latest.message,
        percentage: latest.percentage))
  }

  /// The folder that is read under a token.
  func root(of token: String) -> String? {
    readings.first { entry in
      if case .shown(token, _) = entry.value.life { true } else { false }
    }?.key
  }

  private func notify(_ token: String, _ value: WorkDoneProgress) {
    connection.notify("$/progress", ProgressParams(token: .string(token), value: value))
  }
}

extension ReadingProgress {
  fileprivate var percentage: Int { total == 0 ? 100 : min(100, done * 100 / total) }
  fileprivate var message: String { "\(done) of \(total) files" }
}
