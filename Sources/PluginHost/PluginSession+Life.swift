import Facts
import WorkerProtocol

/// The worker's life: how it begins, what it says, how it ends, and what becomes of its work.
extension PluginSession {
  func start() {
    generation += 1
    let current = generation
    isReady = false
    sentBases.removeAll()
    become(deaths.isEmpty ? .starting : .restarting)
    let (events, continuation) = AsyncStream.makeStream(of: WorkerEvent.self)
    Task { [weak self] in
      for await event in events { await self?.handle(event, of: current) }
    }
    worker = WorkerProcess(program, idleLimit: policy.idleLimit) { event in
      continuation.yield(event)
      if case .ended = event { continuation.finish() }
    }
    if worker == nil {
      continuation.finish()
      refuse("The plugin `\(rules.id)` can't be started: the system has no room for another process.")
    }
  }

  func handle(_ event: WorkerEvent, of generation: Int) {
    guard generation == self.generation else { return }
    switch event {
    // The worker itself refuses to go on if it must not.
    case .confined: break
    case .hello(let hello):
      if let mismatch = rules.mismatch(hello) { return refuse("The plugin `\(rules.id)` can't be used. \(mismatch)") }
      isReady = true
      answers = hello.answers
      become(.ready)
      sendConfiguration()
      for (index, terms) in vocabularies { send(terms, index) }
      pump()
    case .refusal(let reason): refuse("The plugin `\(rules.id)` can't be used. \(reason)")
    case .results(let results): take(results)
    case .askMembers(let kind, let key): answerMembers(kind, key)
    case .media: worker?.kill()
    case .ended(let end): ended(end)
    }
  }

  func take(_ results: BatchResults) {
    guard var batch = inFlight.first, batch.serial == results.serial, !results.calls.isEmpty,
      results.calls.count <= batch.entries.count
    else {
      // Not an answer to what was asked: not the worker we wrote.
      notice = fault(
        .restarted, "The plugin `\(rules.id)` answered what nobody had asked, so it was started anew. Tell its author.")
      worker?.kill()
      return
    }
    inFlight.removeFirst()
    unexplained = 0
    worked &+= results.nanoseconds
    pace.learn(units: batch.units * results.calls.count / batch.entries.count, nanoseconds: results.nanoseconds)
    var reader = ResultReader(rules: rules, numbers: numbers)
    for (entry, call) in zip(batch.entries, results.calls) {
      var result = reader.read(call, entry.context)
      if let told = notice.take() { result.faults.append(told) }
      finish(entry.item, result)
    }
    batch.entries.removeFirst(results.calls.count)
    queue.putBack(batch.entries.map(\.item))
    pump()
    if inFlight.isEmpty { become(.ready) }
  }

  func answerMembers(_ kind: UInt32, _ key: [UInt8]) {
    let current = generation
    let item = inFlight.first?.entries.first?.item
    let call = item.flatMap { jobs[$0.job]?.calls[$0.call] }
    let known = Int(kind) < numbers.kinds.count ? numbers.kinds[Int(kind)] : nil
    Task {
      var found = LookupResult()
      if let (members, document) = call?.members, let known {
        found = await members(known, FactKey(text: key, in: document))
      }
      guard current == generation else { return }
      worker?.send(.members, encodedMembers(found, numbers))
    }
  }

  func ended(_ end: WorkerEnd) {
    worker = nil
    isReady = false
    if case .notStarted(let number) = end.reason {
      return refuse("The plugin `\(rules.id)` can't be started (error \(number)). Is Concord installed completely?")
    }
    switch end.reason {
    case .unused:
      requeueInFlight(accused: nil)
      return again()
    case .restless:
      notice = fault(
        .restarted,
        "The plugin `\(rules.id)` went on working when nobody had asked it anything, so it was ended. Tell its author.")
    case .died, .hung, .garbage, .notStarted: break
    }
    let wasFoundGuilty = requeueInFlight(accused: end)
    let now = ContinuousClock.now
    deaths.removeAll { now - $0 > policy.window }
    deaths.append(now)
    // The death that accused it, and the one that confirmed it.
    if wasFoundGuilty { deaths.removeLast(min(2, deaths.count)) }
    guard setAsideCount < policy.setAsideLimit else { return rest() }
    switch policy.decision(deaths: deaths.count) {
    case .now: again()
    case .after(let pause):
      become(.restarting)
      let current = generation
      Task { [weak self] in
        try? await Task.sleep(for: pause)
        await self?.restart(after: current)
      }
    case .rest: rest()
    }
  }

  /// Starts anew if there is something to do.
  func again() {
    guard queue.hasWaiting else { return become(.idle) }
    start()
  }

  func rest() {
    become(.resting)
    failWaiting()
  }

  func restart(after generation: Int) {
    guard generation == self.generation, state == .restarting else { return }
    again()
  }

  /// Puts what was not answered back in front; the accused call runs alone, or is set aside if it did. Whether one was.
  @discardableResult func requeueInFlight(accused end: WorkerEnd?) -> Bool {
    let batches = inFlight
    inFlight.removeAll()
    var items: [CallQueue.Item] = []
    var isExplained = false
    var wasFoundGuilty = false
    if end != nil, !batches.isEmpty { unexplained += 1 }
    for (position, batch) in batches.enumerated() {
      var accused = end.map { batch.accused(by: $0, isFirst: position == 0) } ?? 0..<0
      if accused.isEmpty, position == 0, unexplained >= policy.unexplained { accused = batch.entries.indices }
      isExplained = isExplained || !accused.isEmpty
      for (index, entry) in batch.entries.enumerated() {
        guard accused.contains(index) else {
          items.append(entry.item)
          continue
        }
        if batch.isTrial {
          if let hash = entry.hash { setAside.insert(hash) }
          setAsideCount += 1
          wasFoundGuilty = true
          finish(entry.item, PluginResult(faults: [setAsideFault]))
        } else {
          queue.suspect(entry.item)
        }
      }
    }
    if isExplained { unexplained = 0 }
    queue.putBack(items)
    return wasFoundGuilty
  }

  var setAsideFault: PluginFault {
    fault(
      .setAside,
      "The plugin `\(rules.id)` stopped while checking this. Everything else is checked; tell the plugin's author.")
  }

  func refuse(_ reason: String) {
    generation += 1
    worker?.kill()
    worker = nil
    isReady = false
    requeueInFlight(accused: nil)
    become(.refused(reason))
    failWaiting()
  }

  /// Answers everything that waits with a fault, as no worker will.
  func failWaiting() {
    let reason: PluginFault
    if case .refused(let why) = state {
      reason = fault(.refused, why)
    } else {
      reason = fault(
        .resting,
        "The plugin `\(rules.id)` stopped too often and rests now. Its checks are not run. "
          + "The command `concord.retryPlugins` tries again.")
    }
    for item in queue.removeAll() { finish(item, PluginResult(faults: [reason])) }
  }

  func fault(_ code: PluginFault.Code, _ message: String) -> PluginFault {
    PluginFault(plugin: rules.id, code: code, message: message)
  }

  func become(_ new: WorkerState) {
    guard new != state else { return }
    state = new
    for watcher in stateWatchers { watcher.yield(new) }
  }
}
