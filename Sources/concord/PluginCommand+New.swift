import ArgumentParser
import Files
import Reporting
import Workspace

extension PluginCommand {
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "new", abstract: "Begin a plugin: a folder that works and is there to be changed.")

    @Argument(help: ArgumentHelp("Its name: lower-case letters, digits and hyphens.", valueName: "name"))
    var name: String

    @Flag(help: "Without code: a format, a list of labels, rules and messages.")
    var dataOnly = false

    @Option(
      help: ArgumentHelp("The folder to make it in.", valueName: "dir"), completion: .directory)
    var into = "."

    func validate() throws {
      if !dataOnly { throw ValidationError("Say --data-only; plugins with code can't be begun like this yet.") }
      if let problem = NewPlugin.problem(withName: name) { throw ValidationError(problem) }
    }

    func run() throws {
      let folder = Paths.join(into, name)
      do {
        try FileSystem.makeFolder(folder)
        for file in NewPlugin(name: name).files {
          let path = Paths.join(folder, file.path)
          try? FileSystem.makeFolder(Paths.folder(of: path))
          try FileSystem.create(path, with: Array(file.text.utf8))
        }
      } catch {
        throw CommandFailure(message: "\(error.path): \(error.message)")
      }
      Output.print("Made \(folder). Try it: concord check --plugins \(folder) \(folder)/Examples")
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "See whether a plugin loads, and its examples show what they are there for.",
      discussion: """
        Files in Examples whose names begin with `bad` must have something found in them, all others nothing.
        Exit status: 0, all is well; 1, something is not; 2, could not do what was asked.
        """)

    @Argument(help: ArgumentHelp("The plugin's folder.", valueName: "dir"), completion: .directory)
    var folder: String

    func run() async throws {
      let engine = try await makeEngine(EngineOptions(pluginFolders: [folder], asOf: Day.today.text))
      let root = try? FileSystem.resolved(folder)
      guard let plugin = engine.plugins.first(where: { (try? FileSystem.resolved($0.folder)) == root }) else {
        throw CommandFailure(message: "\(folder): this is no plugin's folder: it has no `plugin.json`")
      }
      if let refusal = plugin.refusal { throw CommandFailure(message: "\(folder): \(refusal)") }
      let examples = Paths.join(folder, "Examples")
      let isThere = FileSystem.status(of: examples)?.kind == .folder
      let inputs = isThere ? Inputs([examples], patterns: engine.filePatterns).found : []
      let report = try await engine.check(inputs)
      let faults = report.notRun + report.files.compactMap { Self.fault($0, of: plugin) }
      for fault in faults { Output.print(fault) }
      let files = report.files.count == 1 ? "1 example" : "\(report.files.count) examples"
      let verdict = faults.isEmpty ? "all well" : "not as they should be"
      Output.print("\(plugin.id) \(plugin.version): \(files), \(verdict).")
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
