import Glibc
import JSONRPC
import LanguageServer
import Logging
import Workspace

/// Serves LSP on standard input and output until the client leaves; the result is the exit status.
func serve(_ options: ServerOptions) async throws(CommandFailure) -> Int32 {
  var settings = EngineOptions(asOf: Day.today.text)
  settings.pluginFolders = options.pluginFolders
  let library = try Installation.library(settings)
  guard let streams = StandardStreams.claim() else {
    throw CommandFailure(message: "there is no standard input and output to speak on")
  }
  let forwarder = LogForwarder()
  let level = Logger.Level(rawValue: options.logLevel) ?? .notice
  let logger = Logger(label: "concord") { ServerLogHandler(label: $0, level: level, forwarder: forwarder) }
  for problem in library.problems { logger.warning("\(problem)") }
  let server = LanguageServer(
    input: streams.input, output: streams.output, engine: WorkspaceEngine(Workspace(library: library)),
    version: concordVersion, logger: logger, logs: forwarder)
  return await server.run()
}
