import Facts
import Manifest
import PluginHost

extension Workspace {
  /// Sees that what waits for a document gets done: what an edit touched at once, the rest beside it.
  func drive(_ state: DocumentState) {
    guard !state.isClosed else { return }
    if !state.foregroundRuns {
      state.foregroundRuns = true
      Task { await self.runForeground(state) }
    } else {
      state.headStart?.cancel()
    }
    startReadingMedia(of: state)
    // What an edit touched directly comes first; the background is seen to when that is on its way.
    if state.scan != nil { startBackground(of: state) }
  }

  private func startReadingMedia(of state: DocumentState) {
    guard !state.readsMedia, !state.mediaQueue.isEmpty else { return }
    state.readsMedia = true
    Task { await self.readMedia(state) }
  }

  private func startBackground(of state: DocumentState) {
    guard !state.backgroundRuns, !state.isClosed, !state.isSettled else { return }
    state.backgroundRuns = true
    if state.scan?.isAtStart == true {
      Task {
        let calls = await scanFirst(of: state)
        Task(priority: .utility) { await self.runBackground(state, sending: calls) }
      }
    } else {
      Task(priority: .utility) { await self.runBackground(state) }
    }
  }

  /// Reads the first slice of a document in place, for whoever has just opened it; most documents are no longer. What is to be sent
  /// is counted as in flight.
  private func scanFirst(of state: DocumentState) async -> [PendingCall] {
    guard !state.isClosed, let slice = state.scan?.nextSlice() else { return [] }
    let exports = state.claims.exports
    let calls = await takeUp(
      ReadSlice(reading: slice, by: state.checker, state.evaluator, id: state.id, exports: exports), in: state)
    state.callsInFlight += calls.count
    return calls
  }

  /// How often the foreground takes up what followed from an edit before it leaves the rest to the background.
  private static let foregroundRounds = 8
  /// Of what touches more than this, the foreground takes up only what is nearest.
  private static let foregroundReach = 256
  private static let nearBatch = 32
  /// For so long what reaches far waits for what is told first.
  private static let headStart = Duration.milliseconds(5)
  /// How many calls go out together; the host of the plugin cuts them further by measured cost.
  private static let foregroundBatch = 256
  /// For so long, all in all, what reaches far lets typing go first.
  private static let farPatience = Duration.seconds(1)
  /// Those that are nearest to the edit are answered soon, the others in larger batches.
  private static let backgroundBatches = 128...2048

  private func runForeground(_ state: DocumentState) async {
    runHost(state, onlyHot: true)
    var rounds = 0
    var isTold = false
    while !state.isClosed, rounds < Self.foregroundRounds || state.hasHotWork {
      let isFar = !state.hasHotWork && state.store.hasWork(for: Self.foregroundReach)
      if isFar, !isTold {
        // What reaches far is not waited for: whoever typed sees first what is wrong where they typed.
        isTold = true
        noteTouched(state)
        await letBeTold(of: state)
        runHost(state, onlyHot: true)
        startBackground(of: state)
        continue
      }
      let limit = isFar ? Self.nearBatch : Self.foregroundBatch
      let calls = await nextCalls(for: state, isForeground: true, limit: limit)
      if calls.isEmpty { break }
      state.callsInFlight += calls.count
      await send(calls, for: state, isUrgent: true)
      runHost(state, onlyHot: true)
      rounds += 1
    }
    state.foregroundRuns = false
    startBackground(of: state)
    noteTouched(state)
  }

  /// Leaves the processors, for some milliseconds, to whoever puts into words what an edit came to; the next edit ends it.
  /// While somebody types, what reaches far waits for longer anyway (`rest`).
  private func letBeTold(of state: DocumentState) async {
    guard state.edits.rest(options.restBeforeFar, at: .now) == nil else { return }
    let pause = Task { _ = try? await Task.sleep(for: Self.headStart) }
    state.headStart = pause
    await pause.value
    state.headStart = nil
  }

  /// `first` is what is to be sent for the first slice.
  private func runBackground(_ state: DocumentState, sending first: [PendingCall] = []) async {
    // While the plugins work on one batch, the next is put together.
    var underWay = first.isEmpty ? [] : [Task { await self.send(first, for: state, isUrgent: false) }]
    var reading = SliceReading()
    var limit = Self.backgroundBatches.lowerBound
    var patience = Self.farPatience
    while !state.isClosed {
      let isIndexing = !state.isIndexed
      let calls: [PendingCall]
      if state.scan != nil {
        calls = await scan(state, &reading)
        if state.isClosed { break }
      } else if isIndexing {
        runHost(state, onlyHot: false, limit: Self.hostSlice)
        calls = []
      } else {
        await rest(state, &patience)
        if state.isClosed { break }
        calls = await nextCalls(for: state, isForeground: false, limit: limit)
        limit = min(limit * 2, Self.backgroundBatches.upperBound)
      }
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

  /// While somebody types, what reaches far waits: the next letter makes it worthless, and it would be in its way. One edit by itself
  /// keeps nothing waiting, nor does who never stops.
  private func rest(_ state: DocumentState, _ patience: inout Duration) async {
    guard patience > .zero, state.store.hasWork(for: Self.foregroundReach),
      let wait = state.edits.rest(options.restBeforeFar, at: .now)
    else { return }
    patience -= wait
    try? await Task.sleep(for: wait)
  }

  /// Goes on with the first walk; what is to be sent for the records that are read by now.
  private func scan(_ state: DocumentState, _ reading: inout SliceReading) async -> [PendingCall] {
    while reading.hasRoom, let slice = state.scan?.nextSlice() { reading.add(slice, of: state) }
    guard let slice = await reading.next() else {
      finishScan(of: state)
      return []
    }
    if state.isClosed { return [] }
    let calls = await takeUp(slice, in: state)
    // Of a folder that is not there, the first files tell of all the others.
    if state.mediaQueue.count >= MediaFinder.mostAtOnce { startReadingMedia(of: state) }
    return calls
  }

  /// Sends calls to their plugins, side by side, and takes up the answers as they come. The caller has counted them as in flight.
  private func send(_ calls: [PendingCall], for state: DocumentState, isUrgent: Bool) async {
    var byPlugin: [ObjectIdentifier: [Int]] = [:]
    for index in calls.indices { byPlugin[ObjectIdentifier(calls[index].plugin), default: []].append(index) }
    await withTaskGroup(of: ([Int], [PluginResult]).self) { group in
      for (_, part) in byPlugin {
        guard let pool = part.first.flatMap({ calls[$0].plugin.code?.pool }) else { continue }
        let lists = lists(for: pool.rules, of: state)
        let priority = isUrgent ? CallPriority.edited : .background
        group.addTask { (part, await pool.run(part.map { calls[$0].call }, priority: priority, lists: lists)) }
      }
      for await (part, results) in group {
        options.witness?.note(part.map { calls[$0] }, results)
        for (count, (index, result)) in zip(part, results).enumerated() {
          if count > 0, count.isMultiple(of: Self.hostSlice) { await Task.yield() }
          take(result, for: calls[index], in: state)
        }
      }
    }
    state.callsInFlight -= calls.count
  }
}

/// Slices of a document's records that are being read beside the workspace, in order.
private struct SliceReading {
  private var readers: [SliceReader] = []
  private var tasks: [Task<ReadSlice, Never>] = []
  private var turn = 0

  private static let readerCount = 2

  /// One slice more than is being read: what waits takes memory.
  var hasRoom: Bool { tasks.count <= Self.readerCount }

  mutating func add(_ slice: ScanSlice, of state: DocumentState) {
    if readers.count < Self.readerCount {
      readers.append(SliceReader(checker: state.checker, id: state.id, exports: state.claims.exports))
    }
    let reader = readers[turn % readers.count]
    turn += 1
    tasks.append(Task.detached(priority: .utility) { await reader.read(slice) })
  }

  mutating func next() async -> ReadSlice? {
    tasks.isEmpty ? nil : await tasks.removeFirst().value
  }
}
