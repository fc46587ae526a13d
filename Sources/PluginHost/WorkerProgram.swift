import CWorkerSystem
package import WorkerProtocol

/// What is run as a worker, and with which rights.
package struct WorkerProgram: Sendable, Equatable {
  /// The path of `concord-worker` or `concord-media`.
  package var executable: String
  /// The path of the plugin's shared library; empty for none.
  package var library: String
  /// The library as it was hashed, in memory; it is loaded in place of the file.
  package var sealed: SealedLibrary?
  /// Files and folders that its code may read, besides the library itself and the system's libraries.
  package var readable: [String]
  /// The parts of the confinement without which it must not run.
  package var required: Confinement.Parts
  /// Bytes of memory of its own that it may have; `nil`: a quarter of the machine's, and at most 1 GB.
  package var memory: Int?
  /// How long a call may go without progress.
  package var callTime = Duration.seconds(1)

  package init(
    executable: String, library: String = "", sealed: SealedLibrary? = nil, readable: [String] = [],
    required: Confinement.Parts = .leastConfinement
  ) {
    self.executable = executable
    self.library = library
    self.sealed = sealed
    self.readable = readable
    self.required = required
  }

  /// As the program takes them; `host` is the process that it serves and dies with.
  func arguments(host: Int32) -> [String] {
    let library = sealed == nil ? library : WS_LIBRARY_PATH
    return [executable, library, "\(host)", "\(required.rawValue)", "\(max(0, memory ?? 0))"] + readable
  }
}

extension Confinement.Parts {
  /// What every Linux that Concord runs on has. Without it nobody else's code is run at all.
  package static let leastConfinement: Confinement.Parts = [.rights, .limits]
}

extension Confinement {
  /// How workers are confined on this system, found out by starting one without a plugin; `nil` if it can't be started.
  package static func probe(worker: String) async -> Confinement? {
    let (events, continuation) = AsyncStream.makeStream(of: WorkerEvent.self)
    let process = WorkerProcess(WorkerProgram(executable: worker, required: [])) { event in
      continuation.yield(event)
      if case .ended = event { continuation.finish() }
    }
    guard let process else { return nil }
    var found: Confinement?
    for await event in events {
      guard case .confined(let confinement) = event else { continue }
      found = confinement
      process.kill()
    }
    return found
  }
}
