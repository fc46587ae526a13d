import ArgumentParser

struct PluginCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin", abstract: "Show, begin, try, pack and install plugins.",
    subcommands: [List.self, New.self, Describe.self, Test.self, Pack.self, Verify.self, Install.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Show what would load, from where, and why not.")

    @OptionGroup var pluginOptions: PluginOptions

    func run() async throws {
      let engine = try await makeEngine(EngineOptions(pluginFolders: pluginOptions.plugins, asOf: Day.today.text))
      if engine.plugins.isEmpty { Output.complain("No plugins were found. Name their folder with --plugins.") }
      for plugin in engine.plugins { Output.print(plugin.lines) }
      if engine.plugins.contains(where: { $0.refusal != nil }) { throw ExitCode(2) }
    }
  }
}

extension PluginListing {
  /// A line for the plugin and one for each thing to know of it.
  var lines: String {
    var text = "\(id) \(version)  \(folder)"
    if let refusal { return text + "\n  does not load: \(refusal)" }
    text += "\n  formats: \(dialects.isEmpty ? "none" : dialects.joined(separator: ", "))"
    text += "\n  rules: \(ruleCount)"
    if let note { text += "\n  \(note)" }
    return text
  }
}
