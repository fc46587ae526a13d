import ArgumentParser
import Files
import FoundationEssentials
import Reporting
import Workspace

extension PluginCommand {
  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Try a plugin out: its examples, its steadiness, and what it costs.",
      discussion: """
        Every rule's examples are checked: in good ones nothing of the rule may be found, in bad ones exactly what they mark.
        Its code is asked everything again in other orders and must give the same answers; examples are changed at random
        and must not stop it. Samples are drawn from what its formats say of themselves; what is found in them is shown,
        and is for you to judge. Exit status: 0, all is well; 1, something is not; 2, could not do what was asked.
        """)

    @Argument(
      help: ArgumentHelp("The plugin's folder, or the name of one that `plugin list` shows.", valueName: "plugin"))
    var plugin: String

    @Option(help: ArgumentHelp("Decides which changes and samples are made.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Changes of each example.", valueName: "number"))
    var changes = 16

    @Option(help: ArgumentHelp("Samples drawn from each format.", valueName: "number"))
    var samples = 200

    @OptionGroup var pluginOptions: PluginOptions

    func validate() throws {
      guard (0...100_000).contains(changes), (0...1_000_000).contains(samples) else {
        throw ValidationError("At most 100000 changes and 1000000 samples can be made.")
      }
    }

    func run() async throws {
      let library = try library()
      let tried = try find(in: library)
      let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("concord-\(UUID().uuidString)").path
      do {
        try FileSystem.makeFolder(scratch)
      } catch {
        throw CommandFailure(message: "\(error.path): \(error.message)")
      }
      defer { try? FileManager.default.removeItem(atPath: scratch) }
      var options = PluginTrial.Options(scratch: (try? FileSystem.resolved(scratch)) ?? scratch)
      options.seed = seed
      options.changes = changes
      options.samples = samples
      let report = await PluginTrial(library: library, plugin: tried, options: options).run { step in
        if Output.width(of: 2) != nil { Output.complain("trying \(tried.id): \(step)") }
      }
      Output.print(TrialText(report).text)
      if !report.faults.isEmpty { throw ExitCode(1) }
    }

    private var isFolder: Bool { FileSystem.status(of: Paths.join(plugin, "plugin.json"))?.kind == .file }

    /// A folder that was named goes before what is installed under the same name.
    private func library() throws(CommandFailure) -> Library {
      let folders = (isFolder ? [plugin] : []) + pluginOptions.plugins
      return try Installation.library(EngineOptions(pluginFolders: folders, asOf: Day.today.text))
    }

    private func find(in library: Library) throws(CommandFailure) -> ActivePlugin {
      let root = try? FileSystem.resolved(plugin)
      if isFolder {
        if let found = library.plugins.first(where: { (try? FileSystem.resolved($0.folder)) == root }) { return found }
        let refusal = library.refusals.first { (try? FileSystem.resolved($0.folder)) == root }
        throw CommandFailure(message: "\(plugin): \(refusal?.reason ?? "it does not load")")
      }
      if let found = library.plugin(plugin) { return found }
      throw CommandFailure(
        message:
          "\(plugin): there is no such plugin here, and no folder with a `plugin.json`; see `concord plugin list`")
    }
  }
}
