import Facts
import Manifest
import PluginHost

extension Workspace {
  /// Sees that what waits for a document gets done: what an edit touched at once, the rest beside it.
  func drive(_ state: DocumentState) {
    if !state.foregroundRuns {
      state.foregroundRuns = true
      Task { await self.runForeground(state) }
    }
    if !state.readsMedia, !state.mediaQueue.isEmpty {
      state.readsMedia = true
      Task { await self.readMedia(state) }
    }
    if !state.backgroundRuns && !state.isSettled {
      state.backgroundRuns = true
      Task { await self.runBackground(state) }
    }
  }

  /// How often the foreground takes up what followed from an edit before it leaves the rest to the background.
  private static let foregroundRounds = 8

  private func runForeground(_ state: DocumentState) async {
    runHost(state, onlyHot: true)
    var rounds = 0
    while !state.isClosed, rounds < Self.foregroundRounds || state.hasHotWork {
      let calls = nextCalls(for: state, isForeground: true)
      if calls.isEmpty { break }
      state.callsInFlight += calls.count
      await send(calls, for: state, isUrgent: true)
      runHost(state, onlyHot: true)
      rounds += 1
    }
    state.foregroundRuns = false
    noteTouched(state)
  }

  private func runBackground(_ state: DocumentState) async {
    // While the plugins work on one batch, the next is put together.
    var underWay: [Task<Void, Never>] = []
    while !state.isClosed {
      let isIndexing = !state.isIndexed
      let calls = isIndexing ? index(state) : nextCalls(for: state, isForeground: false)
      if !calls.isEmpty {
        // Counted here: until the task begins, nothing else shows that something is still to come.
        state.callsInFlight += calls.count
        underWay.append(Task { await self.send(calls, for: state, isUrgent: false) })
      }
      if underWay.count == 2 || (calls.isEmpty && !isIndexing && !underWay.isEmpty) {
        await underWay.removeFirst().value
      } else if calls.isEmpty, !isIndexing {
        break
      } else {
        await Task.yield()
      }
    }
    state.backgroundRuns = false
    noteProgress(of: state)
  }

  /// Looks at a slice of what no one has looked at yet.
  private func index(_ state: DocumentState) -> [PendingCall] {
    if state.scan != nil { return scan(state) }
    runHost(state, onlyHot: false, limit: Self.hostSlice)
    return []
  }

  /// Sends calls to their plugins, side by side, and takes up the answers as they come. The caller has counted them as in flight.
  private func send(_ calls: [PendingCall], for state: DocumentState, isUrgent: Bool) async {
    await useLists(for: state)
    var byPlugin: [String: [PendingCall]] = [:]
    for call in calls { byPlugin[call.plugin.id, default: []].append(call) }
    await withTaskGroup(of: ([PendingCall], [PluginResult]).self) { group in
      for (_, part) in byPlugin {
        guard let pool = part.first?.plugin.code?.pool else { continue }
        group.addTask { (part, await pool.run(part.map(\.call), priority: isUrgent ? .edited : .background)) }
      }
      for await (part, results) in group {
        for (call, result) in zip(part, results) { take(result, for: call, in: state) }
      }
    }
    state.callsInFlight -= calls.count
  }
}
