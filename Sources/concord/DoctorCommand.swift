import ArgumentParser
import Files
import Workspace

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what a file is taken for and why, and which checks ran on it.")

  @Argument(help: ArgumentHelp("The file.", valueName: "file"))
  var file: String

  @Option(help: ArgumentHelp("Treat it as this format.", valueName: "id"))
  var dialect: String?

  @OptionGroup var pluginOptions: PluginOptions
  @OptionGroup var sandboxOptions: SandboxOptions

  func run() async throws {
    var options = EngineOptions(pluginFolders: pluginOptions.plugins, dialect: dialect, asOf: Day.today.text)
    options.requiresSandbox = sandboxOptions.requireSandbox
    let engine = try await makeEngine(options)
    let inputs = Inputs([file], patterns: [])
    if let problem = inputs.problems.first { throw CommandFailure(message: "\(problem.path): \(problem.message)") }
    guard let input = inputs.found.first else { throw CommandFailure(message: "\(file) is a folder; name a file") }
    let report = try await engine.check([input])
    let confinement = await engine.confinement()
    let examination = Examination(
      report, of: input.path, plugins: engine.plugins, confinement: confinement, keptLists: engine.keptLists)
    Output.print(examination.text)
  }
}

/// What `doctor` says of a file.
struct Examination {
  let text: String

  init(_ report: CheckReport, of path: String, plugins: [PluginListing], confinement: String, keptLists: String) {
    let file = report.files.first { $0.path == path }
    var lines: [(name: String, values: [String])] = []
    lines.append(("file", [path]))
    if let dialect = file?.dialect {
      lines.append(("taken for", [dialect + (file?.recognised.map { ": \($0)" } ?? "")]))
    } else {
      lines.append(("taken for", ["nothing that a plugin knows; only its syntax was checked"]))
    }
    if let file {
      lines.append(("entries", [String(file.records)]))
      lines.append(("findings", [String(file.findings.count)]))
      lines.append(("SHA-256", [file.sha256]))
    }
    lines.append(
      (
        "plugins",
        plugins.map { plugin in
          "\(plugin.id) \(plugin.version)  \(plugin.folder)"
            + (plugin.refusal.map { ": does not load: \($0)" } ?? plugin.note.map { "  \($0)" } ?? "")
        }
      ))
    lines.append(("checks run", report.rules.filter { $0.ran > 0 }.map { "\($0.id)  \($0.ran)×" }))
    let skipped = report.rules.compactMap { rule in rule.skipped.map { "\(rule.id): \($0)" } }
    lines.append(("not run", skipped + report.notRun))
    lines.append(("code kept", [confinement]))
    lines.append(("lists kept", [keptLists]))
    text = lines.map(Self.block).joined(separator: "\n")
  }

  private static func block(_ name: String, _ values: [String]) -> String {
    let head = name + String(repeating: " ", count: max(1, 12 - name.count))
    let margin = String(repeating: " ", count: head.count)
    let values = values.isEmpty ? ["none"] : values
    return head + values.joined(separator: "\n" + margin)
  }
}
