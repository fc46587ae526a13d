import ArgumentParser
import Files
import PluginHost
import Workspace

extension PluginCommand {
  struct Pack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "pack", abstract: "Put a plugin into one file, to be given to others.",
      discussion: """
        The file says what it holds, with the SHA-256 of each part; `concord plugin install` compares. What code is made
        from stays out, and so do names that begin with a dot. Code that asks for libraries which others may lack is refused.
        """)

    @Argument(help: ArgumentHelp("The plugin's folder.", valueName: "dir"), completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("The folder to put the file in.", valueName: "dir"), completion: .directory)
    var into = "."

    func run() async throws {
      let file = try PluginFile(folder)
      guard file.contents == nil else { throw CommandFailure(message: "\(folder): it is packed already") }
      let problems = await file.problems()
      guard problems.isEmpty else {
        for problem in problems { Output.complain("concord: \(folder): \(problem)") }
        throw ExitCode(2)
      }
      do {
        let (contents, bytes) = try PluginArchive.pack(file.plugin, concord: concordVersion)
        let path = Paths.join(into, contents.archiveName)
        try FileSystem.create(path, with: bytes)
        let count = contents.files.count == 1 ? "1 file" : "\(contents.files.count) files"
        Output.print("Packed \(contents.id) \(contents.version): \(count), \(Self.size(bytes.count)), in \(path).")
        Output.print("Its SHA-256 is \(Digest.sha256(bytes)).")
      } catch let error as PluginProblem {
        throw CommandFailure(message: "\(folder): \(error.message)")
      } catch let error as FileError {
        throw CommandFailure(message: "\(error.path): \(error.message)")
      }
    }

    private static func size(_ bytes: Int) -> String {
      bytes < 1 << 20 ? "\((bytes + 1023) >> 10) kB" : "\((bytes + (1 << 19)) >> 20) MB"
    }
  }
}
