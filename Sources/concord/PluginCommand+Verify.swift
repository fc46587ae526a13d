import ArgumentParser
import Files
import Workspace

extension PluginCommand {
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "See whether a plugin loads, and its examples show what they are there for.",
      discussion: """
        Of an archive every file must be what was packed, its data usable, and its code for this machine, such that it asks for
        nothing others may lack, starts, and has the rules it says.
        Files in Examples whose names begin with `bad` must have something found in them, all others nothing.
        Exit status: 0, all is well; 1, something is not; 2, could not do what was asked.
        """)

    @Argument(
      help: ArgumentHelp("The plugin's folder, or its archive.", valueName: "dir|file"), completion: .file())
    var path: String

    func run() async throws {
      let file = try PluginFile(path)
      let folder = file.folder
      let options = EngineOptions(pluginFolders: [folder], asOf: Day.today.text)
      let library = try Installation.library(options)
      let engine = WorkspaceCheckEngine(library: library, options: options)
      let root = try? FileSystem.resolved(folder)
      guard let plugin = engine.plugins.first(where: { (try? FileSystem.resolved($0.folder)) == root }) else {
        throw CommandFailure(message: "\(path): this is no plugin's folder: it has no `plugin.json`")
      }
      if let refusal = plugin.refusal { throw CommandFailure(message: "\(path): \(refusal)") }
      let examples = Paths.join(folder, "Examples")
      let isThere = FileSystem.status(of: examples)?.kind == .folder
      let inputs = isThere ? Inputs([examples], patterns: engine.filePatterns).found : []
      let report = try await engine.check(inputs)
      // What is wrong with other plugins here is not this one's fault; what is wrong with its own data is told first.
      let others = Set(library.problems)
      let faults =
        await file.problems() + report.notRun.filter { !others.contains($0) }
        + report.files.compactMap { Self.fault($0, of: plugin) }
      for fault in faults {
        Output.print(
          fault.hasPrefix(folder + "/") && file.contents != nil ? String(fault.dropFirst(folder.count + 1)) : fault)
      }
      let files = report.files.count == 1 ? "1 example" : "\(report.files.count) examples"
      let verdict = faults.isEmpty ? "all well" : "not as they should be"
      Output.print("\(plugin.id) \(plugin.version): \(files), \(verdict).")
      withExtendedLifetime(file) {}
      if !faults.isEmpty { throw ExitCode(1) }
    }

    private static func fault(_ file: CheckedFile, of plugin: PluginListing) -> String? {
      if Paths.name(of: file.path).hasPrefix("bad") {
        return file.findings.isEmpty ? "\(file.path): nothing is found in it" : nil
      }
      guard let finding = file.findings.first else {
        return file.dialect == nil ? "\(file.path): its format is not known" : nil
      }
      let place = "\(file.path):\(finding.start.line + 1):\(finding.start.character + 1)"
      return "\(place): \(finding.message) [\(finding.rule)]"
    }
  }
}
