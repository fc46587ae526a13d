import CAllocator
import Files
import Glibc
import JSONRPC
import LanguageServer
import Logging
import PluginHost
import Workspace

/// Ends the process in a few seconds, whatever it is doing: nobody is left to wait for it.
@Sendable private func leaveSoon() {
  startBlockingThread {
    sleep(5)
    _exit(1)
  }
}

/// Takes up libraries that somebody who writes a plugin builds anew. Those that came with the program, or are compared with what
/// was installed, stay what they are.
private func watchLibraries(of workspace: Workspace, _ logger: Logger) {
  let unverified = workspace.library.plugins.filter { $0.trust == .unverified }
  let libraries = unverified.compactMap(\.library)
  guard !libraries.isEmpty else { return }
  logger.info(
    "Code of these plugins was never verified, and is taken up anew when it changes: \(libraries.joined(separator: ", "))"
  )
  // Before anybody is answered: what is built from now on is noticed.
  guard let watch = FileWatch(libraries) else { return }
  // Handed over: from here on only one thread has it.
  nonisolated(unsafe) let handedOver = watch
  startBlockingThread {
    while let changed = unsafe handedOver.next() {
      Task {
        await workspace.reloadPlugins(withLibraries: changed)
        logger.notice("Built anew and taken up: \(changed.joined(separator: ", "))")
      }
    }
  }
}

/// What checks the documents, with all that there is to be said of how it was loaded.
private func workspace(of parts: LibraryOptions, _ logger: Logger) async -> Workspace {
  let library = Library(parts)
  for problem in library.problems { logger.warning("\(problem)") }
  if let cache = library.cache, !cache.isUsable {
    logger.info("Compiled lists of labels can't be kept in \(cache.path), so large ones are compiled at each start.")
  }
  Task {
    let confinement = await PluginProcesses.confinement(worker: Installation.worker)
    logger.log(level: confinement.isWhole ? .info : .warning, "\(confinement.text)")
  }
  var checking = Workspace.Options()
  checking.version = concordVersion
  let workspace = Workspace(library: library, options: checking)
  watchLibraries(of: workspace, logger)
  return workspace
}

/// Serves LSP on standard input and output until the client leaves, or the process that started this one is gone, and
/// ends the process.
func serve(_ options: ServerOptions) async throws(CommandFailure) -> Never {
  var settings = EngineOptions(asOf: Day.today.text)
  settings.pluginFolders = options.pluginFolders
  settings.requiresSandbox = options.requiresSandbox
  concord_return_memory_while_idle()
  let parts = try Installation.parts(settings)
  guard let streams = StandardStreams.claim() else {
    throw CommandFailure(message: "there is no standard input and output to speak on")
  }
  let forwarder = LogForwarder()
  let level = Logger.Level(rawValue: options.logLevel) ?? .notice
  let logger = Logger(label: "concord") { ServerLogHandler(label: $0, level: level, forwarder: forwarder) }
  let loading = Task.detached { await workspace(of: parts, logger) }
  let server = LanguageServer(
    input: streams.input, output: streams.output, engine: WorkspaceEngine(loading),
    version: concordVersion, logger: logger, logs: forwarder, orphaned: leaveSoon)
  // A client in another container knows no process id to tell, or a wrong one. Without a parent the input tells.
  _ = watchProcess(Int64(getppid())) {
    server.stop()
    leaveSoon()
  }
  let status = await server.run()
  // At once: other threads still run, and nothing of theirs may meet what `exit` destroys. Workers end with this process.
  _exit(status)
}
