import ArgumentParser
import Glibc

/// The version of everything in this package.
let concordVersion = "0.1.0"

@main
struct Concord: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "concord",
    abstract: "Checks annotation files: each for itself, and against each other.",
    version: concordVersion,
    subcommands: [
      CheckCommand.self, ExplainCommand.self, PluginCommand.self, VocabularyCommand.self, DoctorCommand.self,
      LSPCommand.self,
    ])

  static func main() async {
    // A reader that goes away, or a worker that dies, must end a write, not the program.
    _ = signal(SIGPIPE, SIG_IGN)
    // So must a file that grows beyond what the system allows.
    _ = signal(SIGXFSZ, SIG_IGN)
    Glibc.exit(await status(of: Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs one command line. The result is the exit status: 0 nothing at severity error, 1 errors found, 2 could not do what was asked.
  static func status(of arguments: [String]) async -> Int32 {
    // Scripts and editors ask for nothing else many times over: no commands need be put together to answer it.
    if arguments == ["--version"] {
      Output.print(concordVersion)
      return 0
    }
    do {
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return 0
    } catch let failure as CommandFailure {
      Output.complain("concord: \(failure.message)")
      return 2
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      return report(error)
    }
  }

  /// Help and version are asked for, and printed; anything else is bad usage.
  private static func report(_ error: any Error) -> Int32 {
    let text = fullMessage(for: error)
    if exitCode(for: error).isSuccess {
      Output.print(text)
      return 0
    }
    Output.complain(text)
    return 2
  }
}

/// Why a command could not do what was asked: one sentence for the person at the terminal.
struct CommandFailure: Error {
  var message: String
}
