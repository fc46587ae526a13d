package import Facts
import Glibc
package import Ontology
import WorkerProtocol

/// Runs one plugin's code in a worker process: feeds it batches, watches it, replaces it when it dies.
///
/// A dead worker loses nothing: workers hold no state, and what was not answered is sent again. The call that the
/// progress word accuses runs alone next; if the worker dies on it again, its content is set aside.
package actor PluginSession {
  package nonisolated let rules: PluginRules
  private var program: WorkerProgram
  private let policy: RestartPolicy
  private var configuration: Configuration
  private var vocabularies: [Int: TermIndex] = [:]
  /// What the worker has mapped, by vocabulary.
  private var sentBases: [Int: CompiledVocabulary] = [:]
  var numbers: PluginNumbers

  private var worker: WorkerProcess?
  /// Counts workers, so that a late event of an old one is not taken for the new one's.
  private var generation = 0
  private var isReady = false
  /// Which of the optional calls the plugin answers, once a worker has said so.
  private var answers: Hello.Answers?
  private var deaths: [ContinuousClock.Instant] = []
  /// Deaths in a row that no call could be named for.
  private var unexplained = 0
  /// Calls set aside since the plugin was last woken.
  private var setAsideCount = 0
  /// Told with the next result.
  private var notice: PluginFault?
  package private(set) var state = WorkerState.idle
  private var stateWatchers: [AsyncStream<WorkerState>.Continuation] = []

  var jobs: [Int: Job] = [:]
  private var nextJob = 0
  var queue = CallQueue()
  private var inFlight: [Batch] = []
  private var nextSerial: UInt32 = 1
  private var pace = Pace()
  private var setAside: Set<ContentHash> = []

  /// `program` says which library runs, and with which rights.
  ///
  /// `kinds` are the host's numbers of the fact kinds the plugin names; `settings` JSON texts by name.
  package init(
    rules: PluginRules, program: WorkerProgram, kinds: [String: FactKind], settings: [String: [UInt8]] = [:],
    vocabularies: [String: TermIndex] = [:], asOf: Int32, policy: RestartPolicy = RestartPolicy()
  ) {
    self.rules = rules
    self.program = program
    self.policy = policy
    configuration = Configuration(asOf: asOf, settings: rules.settings.map { settings[$0] })
    numbers = PluginNumbers(rules, kinds: kinds)
    for (index, name) in rules.vocabularies.enumerated() { self.vocabularies[index] = vocabularies[name] }
  }

  isolated deinit {
    worker?.kill()
    for watcher in stateWatchers { watcher.finish() }
  }

  // MARK: For the pipeline

  /// Runs calls and gives one result for each, in order. Never throws: a call that could not be run has a fault.
  ///
  /// Calls of a higher priority overtake those that are not sent yet. When the task is cancelled, calls that
  /// are not sent yet come back with the fault `cancelled`.
  package func run(_ calls: [PluginCall], priority: CallPriority) async -> [PluginResult] {
    guard !calls.isEmpty else { return [] }
    nextJob += 1
    let number = nextJob
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        jobs[number] = Job(calls: calls, continuation: continuation)
        queue.append(calls.indices.map { CallQueue.Item(job: number, call: $0) }, priority: priority)
        if Task.isCancelled { cancel(number) }
        pump()
      }
    } onCancel: {
      Task { await self.cancel(number) }
    }
  }

  /// Runs one call that somebody waits for: a completion or a hover. `nil` if it takes longer than `limit`, so that the
  /// rest of the answer can go out without it.
  package func ask(_ call: PluginCall, within limit: Duration = .milliseconds(30)) async -> PluginResult? {
    if let answers, !call.isAnswered(by: answers) { return PluginResult() }
    let (answers, continuation) = AsyncStream.makeStream(of: PluginResult?.self)
    let work = Task { continuation.yield(await run([call], priority: .edited).first) }
    let clock = Task {
      try? await Task.sleep(for: limit)
      continuation.yield(nil)
    }
    defer {
      work.cancel()
      clock.cancel()
      continuation.finish()
    }
    for await answer in answers { return answer }
    return nil
  }

  /// Takes up another day or other settings; calls sent from now on are judged by them.
  package func configure(asOf: Int32, settings: [String: [UInt8]]) {
    configuration = Configuration(asOf: asOf, settings: rules.settings.map { settings[$0] })
    setAside.removeAll()
    if isReady { sendConfiguration() }
  }

  /// What the process may take: bytes of memory, and time for a call without progress. One that runs is replaced, and
  /// what was set aside is tried again.
  package func limit(memory: Int, callTime: Duration) {
    var limited = program
    limited.memory = memory
    limited.callTime = callTime
    guard limited != program else { return }
    program = limited
    setAside.removeAll()
    if worker != nil { replaceWorker() }
  }

  /// Starts anew with the library as it lies there now. What was set aside is tried again, also by a plugin that rests or could
  /// not be used.
  package func reload() {
    setAside.removeAll()
    deaths.removeAll()
    setAsideCount = 0
    unexplained = 0
    answers = nil
    replaceWorker()
  }

  private func replaceWorker() {
    generation += 1
    worker?.kill()
    worker = nil
    isReady = false
    requeueInFlight(accused: nil)
    become(.idle)
    pump()
  }

  /// Gives the plugin a vocabulary, or another version of it; calls sent from now on are judged by it.
  ///
  /// Vocabularies that the plugin does not read are left alone.
  package func use(_ terms: TermIndex, as name: String) {
    guard let index = rules.vocabularies.firstIndex(of: name) else { return }
    vocabularies[index] = terms
    setAside.removeAll()
    if isReady { send(terms, index) }
  }

  /// Tries again after a rest; whether there was one.
  @discardableResult package func wake() -> Bool {
    guard state == .resting else { return false }
    deaths.removeAll()
    setAsideCount = 0
    become(.idle)
    pump()
    return true
  }

  /// Ends the worker. What waits is answered with a fault.
  package func stop() {
    generation += 1
    worker?.kill()
    worker = nil
    isReady = false
    requeueInFlight(accused: nil)
    become(.refused("The plugin was switched off."))
    failWaiting()
  }

  /// The worker's process id, for tests and status; `nil` if none runs.
  package var processID: Int32? {
    guard let id = worker?.processID, id != 0 else { return nil }
    return id
  }

  /// Every change of state from now on.
  package func states() -> AsyncStream<WorkerState> {
    let (stream, continuation) = AsyncStream.makeStream(of: WorkerState.self)
    continuation.yield(state)
    stateWatchers.append(continuation)
    return stream
  }

  // MARK: Feeding

  /// Sends batches as long as there are calls and credits.
  private func pump() {
    guard queue.hasWaiting else { return }
    switch state {
    case .idle: return start()
    case .resting, .refused: return failWaiting()
    case .starting, .restarting: return
    case .ready, .busy: break
    }
    while isReady, inFlight.count < Pace.credits,
      let items = queue.next(budget: pace.budget, isIdle: inFlight.isEmpty, cost: cost)
    {
      send(items)
    }
    become(inFlight.isEmpty ? .ready : .busy)
  }

  private func cost(_ item: CallQueue.Item) -> Int { jobs[item.job]?.calls[item.call].cost ?? 0 }

  private func send(_ items: [CallQueue.Item]) {
    var batch = Batch(serial: nextSerial, isTrial: items.count == 1 && items[0].isSuspect)
    var writer = BatchWriter(serial: nextSerial)
    var encoder = CallEncoder(numbers: numbers)
    nextSerial = nextSerial == .max ? 1 : nextSerial + 1
    writer.body.reserve(items.reduce(64) { $0 + min(cost($1), 1 << 20) })
    for item in items {
      guard let call = jobs[item.job]?.calls[item.call] else { continue }
      writer.begin()
      swap(&encoder.out, &writer.body)
      let start = encoder.out.count
      let context = encoder.write(call)
      swap(&encoder.out, &writer.body)
      let hash = setAside.isEmpty && !batch.isTrial ? nil : ContentHash(writer.body.bytes[start...])
      if let hash, setAside.contains(hash) {
        writer.body.cut(to: start)
        finish(item, PluginResult(faults: [setAsideFault]))
        continue
      }
      writer.end()
      batch.entries.append(Batch.Entry(item: item, context: context, hash: hash))
    }
    numbers = encoder.numbers
    guard !batch.entries.isEmpty else { return }
    batch.units = writer.body.count
    inFlight.append(batch)
    worker?.ask(.batch, serial: batch.serial, calls: batch.entries.count, writer.body.bytes)
  }

  private func sendConfiguration() {
    var writer = ByteWriter()
    configuration.write(to: &writer)
    worker?.send(.configure, writer.bytes)
  }

  /// Sends what the worker has not mapped yet. A large index goes as its file's descriptor, or in memory of its own; only small things are written.
  private func send(_ terms: TermIndex, _ index: Int) {
    guard let worker else { return }
    let isKnown = sentBases[index] === terms.base
    if !isKnown {
      sentBases[index] = terms.base
      var writer = ByteWriter()
      writer.put(count: index)
      if let descriptor = terms.base.descriptor {
        worker.send(.vocabulary, writer.bytes, descriptor: descriptor)
      } else {
        worker.sendFile(.vocabulary, writer.bytes, terms.base.bytes)
      }
    }
    let change = terms.change
    guard isKnown || change != nil else { return }
    var writer = ByteWriter()
    writer.put(count: index)
    writer.put(count: change?.hidden.count ?? 0)
    for term in change?.hidden ?? [] { writer.put(term) }
    writer.put(change?.compiled.bytes ?? [])
    worker.send(.vocabularyChange, writer.bytes)
  }

  private func finish(_ item: CallQueue.Item, _ result: PluginResult) {
    guard let job = jobs[item.job], job.results[item.call] == nil else { return }
    job.results[item.call] = result
    job.missing -= 1
    guard job.missing == 0 else { return }
    jobs[item.job] = nil
    job.continuation.resume(returning: job.results.map { $0 ?? PluginResult() })
  }

  private func cancel(_ number: Int) {
    for item in queue.remove(job: number) {
      finish(item, PluginResult(faults: [fault(.cancelled, "The check was cancelled before it ran.")]))
    }
  }

  // MARK: The worker's life

  private func start() {
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

  private func handle(_ event: WorkerEvent, of generation: Int) {
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

  private func take(_ results: BatchResults) {
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

  private func answerMembers(_ kind: UInt32, _ key: [UInt8]) {
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

  private func ended(_ end: WorkerEnd) {
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
  private func again() {
    guard queue.hasWaiting else { return become(.idle) }
    start()
  }

  private func rest() {
    become(.resting)
    failWaiting()
  }

  private func restart(after generation: Int) {
    guard generation == self.generation, state == .restarting else { return }
    again()
  }

  /// Puts what was not answered back in front; the accused call runs alone, or is set aside if it did. Whether one was.
  @discardableResult private func requeueInFlight(accused end: WorkerEnd?) -> Bool {
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

  private var setAsideFault: PluginFault {
    fault(
      .setAside,
      "The plugin `\(rules.id)` stopped while checking this. Everything else is checked; tell the plugin's author.")
  }

  private func refuse(_ reason: String) {
    generation += 1
    worker?.kill()
    worker = nil
    isReady = false
    requeueInFlight(accused: nil)
    become(.refused(reason))
    failWaiting()
  }

  /// Answers everything that waits with a fault, as no worker will.
  private func failWaiting() {
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

  private func fault(_ code: PluginFault.Code, _ message: String) -> PluginFault {
    PluginFault(plugin: rules.id, code: code, message: message)
  }

  private func become(_ new: WorkerState) {
    guard new != state else { return }
    state = new
    for watcher in stateWatchers { watcher.yield(new) }
  }
}
