import Synchronization

/// What is still to be written, in order. Adding never waits; one thread takes and writes.
///
/// A notification that replaces an unsent one of the same subject takes its memory, not a second share. When the
/// other side leaves more than `capacity` bytes unread it is taken for gone, so that memory stays bounded.
package final class Outbox: Sendable {
  private struct Entry {
    var bytes: [UInt8]
    var subject: String?
  }

  private struct State {
    var entries: [Entry] = []
    var first = 0
    /// Where in `entries` the unsent message of a subject is.
    var subjects: [String: Int] = [:]
    var byteCount = 0
    var isClosed = false
    var isOverfull = false
    /// Entries that others have replaced, since the last time they were thrown out.
    var replacedCount = 0
    var waiters: [CheckedContinuation<Void, Never>] = []
    var isFinished = false
  }

  private let state = Mutex(State())
  private let work = Semaphore()
  private let capacity: Atomic<Int>

  /// `capacity` is in bytes; one message above it is taken if nothing else waits.
  package init(capacity: Int) { self.capacity = Atomic(capacity) }

  /// Counts for what is added from now on.
  func use(capacity: Int) { self.capacity.store(capacity, ordering: .relaxed) }

  /// Whether the other side has left too much unread.
  var isOverfull: Bool { state.withLock { $0.isOverfull } }

  /// `false` when it will not be written any more.
  @discardableResult
  package func add(_ bytes: [UInt8], subject: String? = nil) -> Bool {
    let isAccepted = state.withLock { state in
      guard !state.isClosed else { return false }
      if let subject, let index = state.subjects[subject] {
        state.byteCount -= state.entries[index].bytes.count
        state.entries[index] = Entry(bytes: [], subject: nil)
        state.replacedCount += 1
        if state.replacedCount > 1024 { Self.compact(&state) }
      }
      guard state.byteCount == 0 || state.byteCount + bytes.count <= capacity.load(ordering: .relaxed) else {
        state.isClosed = true
        state.isOverfull = true
        return false
      }
      if let subject { state.subjects[subject] = state.entries.count }
      state.entries.append(Entry(bytes: bytes, subject: subject))
      state.byteCount += bytes.count
      return true
    }
    work.signal()
    return isAccepted
  }

  /// Nothing more is added; what is there is still written.
  package func close() {
    state.withLock { $0.isClosed = true }
    work.signal()
  }

  /// Returns when the writing thread has ended, or is not waited for any more.
  package func finished() async {
    await withCheckedContinuation { continuation in
      let isFinished = state.withLock { state in
        if !state.isFinished { state.waiters.append(continuation) }
        return state.isFinished
      }
      if isFinished { continuation.resume() }
    }
  }

  /// Lets go those who wait for the end, though the other side does not read.
  package func abandon() {
    let waiters = state.withLock { state in
      state.isClosed = true
      state.isFinished = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Writes until closed and empty, or until `write` says that the other end is gone. Blocks; for a thread of its own.
  package func drain(_ write: ([UInt8]) -> Bool) {
    while true {
      let (bytes, isClosed) = state.withLock { (Self.takeFirst(&$0), $0.isClosed) }
      if let bytes {
        if bytes.isEmpty || write(bytes) { continue }
      } else if !isClosed {
        work.wait()
        continue
      }
      break
    }
    let waiters = state.withLock { state in
      let waiters = state.waiters
      let isOverfull = state.isOverfull
      state = State()
      state.isOverfull = isOverfull
      state.isClosed = true
      state.isFinished = true
      return waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Throws out what was replaced or sent, so that a side that does not read costs what waits for it and no more.
  ///
  /// Cost: what waits; as that is done once in a thousand times, nothing where little does.
  private static func compact(_ state: inout State) {
    state.entries = state.entries[state.first...].filter { !$0.bytes.isEmpty }
    state.first = 0
    state.replacedCount = 0
    state.subjects = [:]
    for (index, entry) in state.entries.enumerated() {
      if let subject = entry.subject { state.subjects[subject] = index }
    }
  }

  private static func takeFirst(_ state: inout State) -> [UInt8]? {
    guard state.first < state.entries.count else {
      state.entries.removeAll(keepingCapacity: state.entries.count < 1024)
      state.first = 0
      return nil
    }
    let entry = state.entries[state.first]
    state.entries[state.first] = Entry(bytes: [], subject: nil)
    if let subject = entry.subject, state.subjects[subject] == state.first { state.subjects[subject] = nil }
    state.first += 1
    state.byteCount -= entry.bytes.count
    return entry.bytes
  }
}
