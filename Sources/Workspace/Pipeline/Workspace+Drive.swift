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

  private func runForeground(_ state: DocumentState) async {
    runHost(state, onlyHot: true)
    while !state.isClosed {
      let calls = nextCalls(for: state, isForeground: true)
      if calls.isEmpty { break }
      await send(calls, for: state, isUrgent: true)
      runHost(state, onlyHot: true)
    }
    state.foregroundRuns = false
    noteProgress(of: state)
  }

  private func runBackground(_ state: DocumentState) async {
    while !state.isClosed {
      if !state.hostQueue.isEmpty {
        runHost(state, onlyHot: false, limit: Self.hostSlice)
        await Task.yield()
        continue
      }
      let calls = nextCalls(for: state, isForeground: false)
      if calls.isEmpty { break }
      await send(calls, for: state, isUrgent: false)
    }
    state.backgroundRuns = false
    noteProgress(of: state)
  }

  /// Sends calls to their plugins, side by side, and takes up the answers as they come.
  private func send(_ calls: [PendingCall], for state: DocumentState, isUrgent: Bool) async {
    var byPlugin: [String: [PendingCall]] = [:]
    for call in calls { byPlugin[call.plugin.id, default: []].append(call) }
    state.callsInFlight += calls.count
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
