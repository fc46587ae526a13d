import WorkerProtocol

/// Whether a plugin's code starts and is what its description says.
package enum PluginHandshake {
  /// Starts the code once, confined as always, and asks it nothing. Why it can't be used, in a sentence; `nil` if it can.
  package static func problem(of code: LoadedPlugin.Code, worker: String) async -> String? {
    let program = WorkerProgram(
      executable: worker, library: code.library, sealed: code.sealed, readable: code.readable)
    let (events, continuation) = AsyncStream.makeStream(of: WorkerEvent.self)
    let process = WorkerProcess(program) { event in
      continuation.yield(event)
      if case .ended = event { continuation.finish() }
    }
    guard let process else { return "The system has no room for another process." }
    var answer: String?? = .none
    for await event in events {
      switch event {
      case .hello(let hello): answer = .some(code.rules.mismatch(hello))
      case .refusal(let reason): answer = .some(reason)
      case .ended where answer == .none: answer = .some("Its code stopped before it said what it is.")
      default: continue
      }
      if answer != .none { process.kill() }
    }
    return answer ?? "Its code did not say what it is."
  }
}
