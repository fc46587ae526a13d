import Synchronization

/// Files that nobody has open and of which something else is found now, until somebody shows it; and those who wait for such.
///
/// A class, because whoever stops waiting says so from another task.
final class FileNews: Sendable {
  private struct State {
    var paths: Set<String> = []
    var count: UInt64 = 0
    var hasNews = false
    var readers: [Int: AsyncStream<Void>.Continuation] = [:]
    var lastReader = 0
  }

  private let state = Mutex(State())

  func note(_ paths: some Sequence<String>) {
    state.withLock { state in
      state.paths.formUnion(paths)
      state.hasNews = true
    }
  }

  /// A number that no other state of a file has.
  func next() -> UInt64 {
    state.withLock { state in
      state.count += 1
      return state.count
    }
  }

  /// Takes out what may be shown now, in order.
  func take(where mayBeShown: (String) -> Bool) -> [String] {
    state.withLock { state in
      let taken = state.paths.filter(mayBeShown)
      state.paths.subtract(taken)
      return taken.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  /// Wakes those who wait, if there is anything new.
  func tell() {
    let readers = state.withLock { state in
      defer { state.hasNews = false }
      return state.hasNews || !state.paths.isEmpty ? Array(state.readers.values) : []
    }
    for reader in readers { reader.yield() }
  }

  /// A word whenever there is news, however much of it; the first one at once. Ends with the task that reads it.
  func words() -> AsyncStream<Void> {
    let (stream, reader) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = state.withLock { state in
      state.lastReader += 1
      state.readers[state.lastReader] = reader
      return state.lastReader
    }
    reader.onTermination = { [weak self] _ in self?.forget(number) }
    reader.yield()
    return stream
  }

  private func forget(_ number: Int) { _ = state.withLock { $0.readers.removeValue(forKey: number) } }
}
