import Synchronization

/// A request that waits for its one answer.
///
/// A class because whoever answers first, the feature, a cancellation or a newer edit, settles it for all.
package final class IncomingRequest: Sendable {
  package let id: RequestID
  package let method: String
  package let parameters: Parameters
  private let connection: Connection
  private let state = Mutex(State())

  private struct State {
    var isAnswered = false
    var task: Task<Void, Never>?
  }

  init(id: RequestID, method: String, parameters: Parameters, connection: Connection) {
    self.id = id
    self.method = method
    self.parameters = parameters
    self.connection = connection
  }

  package var isAnswered: Bool { state.withLock { $0.isAnswered } }

  /// Ties the work on an answer to the request, so that it stops when the request is cancelled.
  package func attach(_ task: Task<Void, Never>) {
    let isLate = state.withLock { state in
      if !state.isAnswered { state.task = task }
      return state.isAnswered
    }
    if isLate { task.cancel() }
  }

  /// Answers, unless it was answered before.
  package func reply(_ result: Result<some Encodable, ResponseError>) {
    guard settle() != nil else { return }
    connection.send(answer: result, to: id)
    connection.sent()
  }

  package func fail(_ error: ResponseError) { reply(Result<Never?, ResponseError>.failure(error)) }

  /// Answers with `error` at once and stops the work, unless it was answered before.
  package func cancel(_ error: ResponseError) {
    guard let task = settle() else { return }
    task?.cancel()
    connection.send(answer: Result<Never?, ResponseError>.failure(error), to: id)
    connection.sent()
  }

  /// `nil` when it was answered before; otherwise the work that is under way, if any. Whoever settles sends the answer.
  private func settle() -> Task<Void, Never>?? {
    let settled: Task<Void, Never>?? = state.withLock { state in
      if state.isAnswered { return .none }
      state.isAnswered = true
      defer { state.task = nil }
      return .some(state.task)
    }
    if settled != nil { connection.settled(self) }
    return settled
  }
}
