import Synchronization

/// Knows when hints that were given are out of date without an edit, so that the client is told to ask again.
///
/// A class because requests on their own and the loop of publications share it.
final class HintRefresher: Sendable {
  private struct State {
    /// The version of each document that hints were given for, and whether everything was known then.
    var given: [String: (version: Int, isComplete: Bool)] = [:]
    /// The version of each document that was last published as settled.
    var settled: [String: Int] = [:]
  }

  private let state = Mutex(State())

  func gave(_ uri: String, version: Int, isComplete: Bool) {
    state.withLock { $0.given[uri] = (version, isComplete) }
  }

  func closed(_ uri: String) {
    state.withLock { state in
      state.given[uri] = nil
      state.settled[uri] = nil
    }
  }

  /// Whether the client should ask again, now that everything is known of this version: it was given hints too early, or
  /// something else has changed, such as a list of terms, since the same text was settled before.
  func isOutdated(_ uri: String, version: Int) -> Bool {
    state.withLock { state in
      let wasSettled = state.settled.updateValue(version, forKey: uri) == version
      guard let given = state.given[uri], given.version == version, wasSettled || !given.isComplete else {
        return false
      }
      state.given[uri] = nil
      return true
    }
  }
}
