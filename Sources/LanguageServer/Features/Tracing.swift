import JSONRPC
import LanguageServerProtocol

/// How much the client wants to be told of what goes on.
enum Trace: String, Sendable {
  case off, messages, verbose

  /// What is not known counts as `off`.
  init(_ value: String?) { self = value.flatMap(Trace.init(rawValue:)) ?? .off }
}

enum SetTraceFeature: NotificationFeature {
  static let method = "$/setTrace"
  static let support = [
    Support(.trace, "What came and how long the answer took", test: "SessionOrderTests/whatGoesOnIsTold")
  ]

  static func receive(_ params: SetTraceParams, in server: LanguageServer) async {
    await server.use(Trace(params.value))
  }
}

extension LanguageServer {
  func use(_ trace: Trace) { self.trace = trace }

  /// Tells of a message that came, or of an answer; the second only where the client wants to know everything.
  func note(_ message: @autoclosure () -> String, verbose: @autoclosure () -> String? = nil) {
    guard trace != .off, life == .running else { return }
    connection.notify(
      "$/logTrace", LogTraceParams(message: message(), verbose: trace == .verbose ? verbose() : nil))
  }
}
