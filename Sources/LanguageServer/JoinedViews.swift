import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Synchronization

/// Knows when what was shown of files is out of date because another file of their dataset has changed, so that the client is told to
/// ask again.
///
/// A class because requests on their own and the loop of publications share it.
final class JoinedViews: Sendable {
  enum View: Sendable, Hashable { case hints, lenses }

  private struct State {
    /// The documents that each was given of.
    var given: [View: Set<String>] = [:]
    /// What was last published of each dataset.
    var revisions: [String: Int] = [:]
  }

  private let state = Mutex(State())

  func gave(_ view: View, of uri: String) {
    state.withLock { _ = $0.given[view, default: []].insert(uri) }
  }

  func closed(_ uri: String) {
    state.withLock { state in
      for view in state.given.keys { state.given[view]?.remove(uri) }
    }
  }

  /// What the client should ask for again, now that a document is settled: what it was given of others, if ids in the dataset have changed.
  func outdated(by uri: String, _ dataset: EnginePublication.Dataset) -> [View] {
    state.withLock { state in
      guard state.revisions.updateValue(dataset.revision, forKey: dataset.root) != dataset.revision else { return [] }
      let views = state.given.keys.filter { state.given[$0]?.contains { $0 != uri } ?? false }
      for view in views { state.given[view] = nil }
      return views
    }
  }
}

extension LanguageServer {
  /// Has the client ask again, where it can, for what it was shown of other files of the same dataset.
  func refreshJoined(after publication: EnginePublication) {
    guard publication.completeness == .settled, let dataset = publication.dataset else { return }
    let connection = connection
    for view in joined.outdated(by: publication.uri, dataset) {
      let isAble = view == .hints ? session.client.refreshesHints : session.client.refreshesLenses
      guard isAble else { continue }
      let method = view == .hints ? "workspace/inlayHint/refresh" : "workspace/codeLens/refresh"
      Task { _ = try? await connection.call(method, JSONValue.null) }
    }
  }
}
