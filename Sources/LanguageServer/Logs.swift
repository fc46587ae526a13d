import Glibc
import JSONRPC
import LanguageServerProtocol
package import Logging
import Synchronization

/// Passes log messages on to the client as `window/logMessage`, once there is one.
///
/// A class because handlers are made before the connection is.
package final class LogForwarder: Sendable {
  private let connection = Mutex<Connection?>(nil)

  package init() {}

  func forward(to connection: Connection) { self.connection.withLock { $0 = connection } }
  func stop() { connection.withLock { $0 = nil } }

  func forward(_ level: Logger.Level, _ text: String) {
    guard let connection = connection.withLock({ $0 }) else { return }
    let type =
      switch level {
      case .critical, .error: 1
      case .warning: 2
      case .notice, .info: 3
      case .debug, .trace: 4
      }
    connection.notify("window/logMessage", LogMessageParams(type: type, message: text))
  }
}

/// Writes log messages to standard error, a line each, and passes those from `info` up on to the client.
package struct ServerLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  private let label: String
  private let forwarder: LogForwarder?

  package init(label: String, level: Logger.Level, forwarder: LogForwarder?) {
    self.label = label
    logLevel = level
    self.forwarder = forwarder
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var text = event.message.description
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    if !all.isEmpty { text += " " + all.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ") }
    _ = writeAll(Array("\(event.level) \(label): \(text)\n".utf8), to: STDERR_FILENO)
    if event.level >= .info { forwarder?.forward(event.level, text) }
  }
}
