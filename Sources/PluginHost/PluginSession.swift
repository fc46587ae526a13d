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
  var program: WorkerProgram
  let policy: RestartPolicy
  var configuration: Configuration
  var vocabularies: [Int: TermIndex] = [:]
  /// What the worker has mapped, by vocabulary.
  var sentBases: [Int: CompiledVocabulary] = [:]
  var numbers: PluginNumbers

  var worker: WorkerProcess?
  /// Counts workers, so that a late event of an old one is not taken for the new one's.
  var generation = 0
  var isReady = false
  /// Which of the optional calls the plugin answers, as its description or a worker has said.
  var answers: Hello.Answers?
  var deaths: [ContinuousClock.Instant] = []
  /// Deaths in a row that no call could be named for.
  var unexplained = 0
  /// Calls set aside since the plugin was last woken.
  var setAsideCount = 0
  /// Told with the next result.
  var notice: PluginFault?
  package internal(set) var state = WorkerState.idle
  /// Nanoseconds that workers have spent in calls.
  package internal(set) var worked: UInt64 = 0
  var stateWatchers: [AsyncStream<WorkerState>.Continuation] = []

  var jobs: [Int: Job] = [:]
  private var nextJob = 0
  var queue = CallQueue()
  var inFlight: [Batch] = []
  var nextSerial: UInt32 = 1
  var pace = Pace()
  var setAside: Set<ContentHash> = []

  /// `program` says which library runs, and with which rights.
  ///
  /// `kinds` are the host's numbers of the fact kinds the plugin names; `settings` JSON texts by name.
  package init(
    rules: PluginRules, program: WorkerProgram, kinds: [String: FactKind], settings: [String: [UInt8]] = [:],
    vocabularies: [String: TermIndex] = [:], asOf: Int32, policy: RestartPolicy = RestartPolicy()
  ) {
    self.rules = rules
    answers = rules.answers
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
  /// are not sent yet come back with the fault `cancelled`. `lists` are the vocabularies they are judged by, by name: whose dataset
  /// has lists of its own is never judged by another's. Those that are not named stay as they are.
  package func run(_ calls: [PluginCall], priority: CallPriority, lists: [String: TermIndex] = [:]) async
    -> [PluginResult]
  {
    guard !calls.isEmpty else { return [] }
    nextJob += 1
    let number = nextJob
    var numbered: [Int: TermIndex] = [:]
    for (name, list) in lists {
      if let index = rules.vocabularies.firstIndex(of: name) { numbered[index] = list }
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        jobs[number] = Job(calls: calls, lists: numbered, continuation: continuation)
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
  package func ask(
    _ call: PluginCall, within limit: Duration = .milliseconds(30), lists: [String: TermIndex] = [:]
  ) async -> PluginResult? {
    if let answers, !call.isAnswered(by: answers) { return PluginResult() }
    let (answers, continuation) = AsyncStream.makeStream(of: PluginResult?.self)
    let work = Task { continuation.yield(await run([call], priority: .edited, lists: lists).first) }
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
    configuration = Configuration(
      asOf: asOf, settings: rules.settings.map { settings[$0] }, rules: configuration.rules)
    setAside.removeAll()
    if isReady { sendConfiguration() }
  }

  /// Says which rules are wanted, by their numbers; `nil`: all. Plugins may leave out the work of the others.
  package func want(_ rules: [UInt32]?) {
    configuration.rules = rules
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
    answers = rules.answers
    replaceWorker()
  }

  func replaceWorker() {
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
    setAside.removeAll()
    use(terms, index)
  }

  func use(_ terms: TermIndex, _ index: Int) {
    vocabularies[index] = terms
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
}
