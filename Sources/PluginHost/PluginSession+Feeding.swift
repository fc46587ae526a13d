import Facts
import Ontology
import WorkerProtocol

/// What goes to the worker, and what comes of its answers.
extension PluginSession {
  /// Sends batches as long as there are calls and credits.
  func pump() {
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
      sendByLists(items)
    }
    become(inFlight.isEmpty ? .ready : .busy)
  }

  func cost(_ item: CallQueue.Item) -> Int { jobs[item.job]?.calls[item.call].cost ?? 0 }

  /// In as many batches as there are changes of what calls are judged by: a list goes out right before the calls it is for.
  private func sendByLists(_ items: [CallQueue.Item]) {
    var start = 0
    var job = -1
    for (place, item) in items.enumerated() where item.job != job {
      job = item.job
      let changed = (jobs[job]?.lists ?? [:]).filter { vocabularies[$0.key]?.isSame(as: $0.value) != true }
      guard !changed.isEmpty else { continue }
      if start < place { send(Array(items[start..<place])) }
      start = place
      for (index, terms) in changed { use(terms, index) }
    }
    send(start == 0 ? items : Array(items[start...]))
  }

  func send(_ items: [CallQueue.Item]) {
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

  func sendConfiguration() {
    var writer = ByteWriter()
    configuration.write(to: &writer)
    worker?.send(.configure, writer.bytes)
  }

  /// Sends what the worker has not mapped yet. A large index goes as its file's descriptor, or in memory of its own; only small things are written.
  func send(_ terms: TermIndex, _ index: Int) {
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

  func finish(_ item: CallQueue.Item, _ result: PluginResult) {
    guard let job = jobs[item.job], job.results[item.call] == nil else { return }
    job.results[item.call] = result
    job.missing -= 1
    guard job.missing == 0 else { return }
    jobs[item.job] = nil
    job.continuation.resume(returning: job.results.map { $0 ?? PluginResult() })
  }

  func cancel(_ number: Int) {
    for item in queue.remove(job: number) {
      finish(item, PluginResult(faults: [fault(.cancelled, "The check was cancelled before it ran.")]))
    }
  }
}
