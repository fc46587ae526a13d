import LanguageServerProtocol
import Synchronization

/// The tokens that were last given of each document, so that only what is other need be sent.
///
/// A class because requests on their own share it. Keeps five numbers a token of open documents.
final class TokenMemory: Sendable {
  private struct State {
    var number = 0
    var last: [String: (id: String, data: [UInt32])] = [:]
  }

  private let state = Mutex(State())
  /// Knows when tokens are out of date without an edit: a list of labels has changed.
  let refresher = HintRefresher()

  /// Takes the place of what was given before; says what it is known under.
  func keep(_ data: [UInt32], of uri: String) -> String {
    state.withLock { state in
      state.number += 1
      let id = String(state.number)
      state.last[uri] = (id, data)
      return id
    }
  }

  /// What was given under an id, if nothing was given since.
  func data(_ id: String, of uri: String) -> [UInt32]? {
    state.withLock { state in
      state.last[uri].flatMap { $0.id.utf8.elementsEqual(id.utf8) ? $0.data : nil }
    }
  }

  func closed(_ uri: String) {
    state.withLock { $0.last[uri] = nil }
    refresher.closed(uri)
  }

  /// One edit from the first number that differs to the last; none if nothing does.
  static func edits(from old: [UInt32], to new: [UInt32]) -> [SemanticTokensDelta.Edit] {
    let most = min(old.count, new.count)
    var start = 0
    while start < most, old[start] == new[start] { start += 1 }
    guard start < max(old.count, new.count) else { return [] }
    var tail = 0
    while tail < most - start, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    return [
      .init(start: start, deleteCount: old.count - start - tail, data: Array(new[start..<new.count - tail]))
    ]
  }
}
