import ArgumentParser

struct LSPCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp", abstract: "Serve an editor on standard input and output.")

  enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical
  }

  @Flag(help: "Use standard input and output (what is done anyway).")
  var stdio = false

  @OptionGroup var pluginOptions: PluginOptions
  @OptionGroup var sandboxOptions: SandboxOptions

  @Option(help: ArgumentHelp("How much to log.", valueName: "level"))
  var logLevel = LogLevel.notice

  func run() async throws {
    let options = ServerOptions(
      pluginFolders: pluginOptions.plugins, logLevel: logLevel.rawValue, requiresSandbox: sandboxOptions.requireSandbox)
    try await serve(options)
  }
}
