import ArgumentParser
import Files
import PluginHost
import Reporting
import Workspace

struct VocabularyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vocabulary", abstract: "Look after lists of labels.", subcommands: [Diff.self])

  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Show what a new list does to labels that are there already, before anybody gets it.",
      discussion: """
        Tells which labels are new, gone, retired, renamed or moved, and for each file below the paths how many of its labels
        that makes wrong, and what they become. Nothing is changed. Exit status: 0, no label in the files becomes wrong;
        1, some do; 2, could not do what was asked.
        """)

    @Argument(help: ArgumentHelp("The list as people have it.", valueName: "old"), completion: .file())
    var old: String

    @Argument(help: ArgumentHelp("The list as it is to be.", valueName: "new"), completion: .file())
    var new: String

    @Argument(help: ArgumentHelp("Files and folders with labels.", valueName: "path"), completion: .file())
    var paths: [String] = []

    @Option(
      help: ArgumentHelp("What files' formats call the list, where that can't be told from its place.", valueName: "id")
    )
    var id: String?

    @OptionGroup var pluginOptions: PluginOptions

    func run() async throws {
      let library = try Installation.library(
        EngineOptions(pluginFolders: pluginOptions.plugins, asOf: Day.today.text))
      let known =
        id.map { ListTrial.Identity(id: $0, in: library) } ?? ListTrial.Identity(ofListAt: old, in: library)
        ?? ListTrial.Identity(ofListAt: new, in: library)
      let lists: [LabelList]
      do {
        lists = try [old, new].map { try LabelList(reading: $0, columns: known?.columns ?? [:]) }
      } catch let error as LabelList.Refusal {
        throw CommandFailure(message: error.message)
      }
      for problem in lists.flatMap(\.problems) { Output.complain("concord: \(problem)") }
      let ownName = lists.map(\.id).first { !$0.isEmpty }
      guard let name = known?.id ?? ownName ?? (paths.isEmpty ? Paths.name(of: old) : nil) else {
        let names = Set(library.plugins.flatMap { $0.descriptor.vocabularies.map(\.id) }).sorted().joined(
          separator: ", ")
        throw CommandFailure(
          message:
            "no plugin and no dataset has \(old) or \(new) as its list: say with --id which it is to replace (\(names))"
        )
      }
      let trial = ListTrial(id: name, from: lists[0], to: lists[1])
      guard !paths.isEmpty else { return Output.print(ListChangeText(trial, files: [], checked: nil).text) }
      try await judge(trial, library)
    }

    private func judge(_ trial: ListTrial, _ library: Library) async throws {
      let engine = WorkspaceCheckEngine(library: library, options: EngineOptions(asOf: Day.today.text))
      let inputs = Inputs(paths, patterns: engine.filePatterns)
      let items = inputs.found.map { CheckItem(path: $0.path, content: $0.content, isNamed: $0.isNamed) }
      let (files, unreadable) = await trial.impacts(on: items, library: library)
      Output.print(ListChangeText(trial, files: files, checked: items.count).text)
      for problem in inputs.problems { Output.complain("concord: \(problem.path): \(problem.message)") }
      for problem in unreadable { Output.complain("concord: \(problem)") }
      if !inputs.problems.isEmpty || !unreadable.isEmpty { throw ExitCode(2) }
      if files.contains(where: { $0.changed.contains { $0.fate < .other } }) { throw ExitCode(1) }
    }
  }
}
