import PluginHost
import Synchronization

/// Keeps what plugins were asked and which of their answers went wrong, while somebody tries them out.
final class CallWitness: Sendable {
  /// A call, and the text it came from.
  struct Seen: Sendable {
    var text: String
    var call: PluginCall
  }

  private struct State {
    var plugin: String
    var text = ""
    var calls: [Seen] = []
    var faults: [PluginFault] = []
  }
  private let state: Mutex<State>
  /// Calls beyond these are not kept.
  private static let limit = 50_000

  /// Calls of other plugins are not looked at.
  init(of plugin: String) { state = Mutex(State(plugin: plugin)) }

  func note(_ calls: [PendingCall], _ results: [PluginResult]) {
    state.withLock { state in
      for (call, result) in zip(calls, results) where call.plugin.id == state.plugin {
        if state.calls.count < Self.limit { state.calls.append(Seen(text: state.text, call: call.call)) }
        state.faults += result.faults
      }
    }
  }

  /// What is noted from now on comes from this text.
  func begin(_ text: String) { state.withLock { $0.text = text } }

  /// The calls since they were last taken.
  func takeCalls() -> [Seen] {
    state.withLock { state in
      defer { state.calls = [] }
      return state.calls
    }
  }

  /// The faults since they were last taken.
  func takeFaults() -> [PluginFault] {
    state.withLock { state in
      defer { state.faults = [] }
      return state.faults
    }
  }
}
