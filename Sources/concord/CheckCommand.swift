import ArgumentParser
import Files
import Findings
import Reporting
import Workspace

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check files and folders.",
    discussion: """
      Exit status: 0, nothing at severity error; 1, errors found; 2, could not do what was asked.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @Argument(help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("Check against this JSON Schema alone, no plugins.", valueName: "file"))
  var schema: String?

  @Option(help: ArgumentHelp("Treat the files as this format.", valueName: "id"))
  var dialect: String?

  @OptionGroup var pluginOptions: PluginOptions
  @OptionGroup var sandboxOptions: SandboxOptions

  @Flag(help: "Use no plugins at all.")
  var noPlugins = false

  @Option(help: "How to print what was found.")
  var format = Format.text

  @Option(help: ArgumentHelp("Language of the messages.", valueName: "tag"))
  var lang = "en"

  @Option(help: ArgumentHelp("What counts as today, YYYY-MM-DD.", valueName: "date"))
  var asOf: Day?

  @Option(
    help: ArgumentHelp("Leave out what matters less: error, warning, information or hint.", valueName: "level"),
    transform: { name in
      guard let severity = Severity(name: name) else { throw ValidationError("There is no level `\(name)`.") }
      return severity
    })
  var severity: Severity = .hint

  @Flag(help: "Apply the fixes that are certain, in place.")
  var fix = false

  @Flag(help: "With --fix: change nothing, print what would change.")
  var dryRun = false

  func validate() throws {
    if dryRun, !fix { throw ValidationError("--dry-run belongs to --fix.") }
    if fix, paths.contains("-") { throw ValidationError("--fix needs files; standard input can't be changed.") }
    if noPlugins, !pluginOptions.plugins.isEmpty {
      throw ValidationError("--plugins and --no-plugins exclude each other.")
    }
    if schema != nil, !pluginOptions.plugins.isEmpty { throw ValidationError("--schema checks without plugins.") }
  }

  func run() async throws {
    let engine = try await makeEngine(options)
    let inputs = Inputs(paths, patterns: engine.filePatterns)
    for problem in inputs.problems { Output.complain("concord: \(problem.path): \(problem.message)") }
    var report = try await engine.check(inputs.found)
    var refusals: [FileError] = []
    if fix, dryRun {
      Fixing.printChanges(FixPlan(report), report)
      Output.complain(SummaryLine(report).text)
      try end(with: report, problems: inputs.problems)
      return
    } else if fix {
      (report, refusals) = try await Fixing.apply(to: report) { () async throws(CommandFailure) in
        try await engine.check(inputs.found)
      }
    }
    report.notRun += inputs.problems.map { "\($0.path): \($0.message)" }
    let whole = report
    for index in report.files.indices { report.files[index].findings.removeAll { $0.severity < severity } }
    print(report, hidden: HiddenText(whole), inputs: inputs.found)
    try end(with: whole, problems: inputs.problems + refusals)
  }

  private func end(with report: CheckReport, problems: [FileError]) throws {
    if !problems.isEmpty { throw ExitCode(2) }
    let hasErrors = report.files.contains { $0.findings.contains { $0.severity == .error } }
    if hasErrors { throw ExitCode(1) }
  }

  private var options: EngineOptions {
    EngineOptions(
      pluginFolders: pluginOptions.plugins, usesPlugins: !noPlugins && schema == nil,
      requiresSandbox: sandboxOptions.requireSandbox, dialect: dialect, schema: schema,
      language: lang, asOf: (asOf ?? .today).text)
  }

  private func print(_ report: CheckReport, hidden: HiddenText, inputs: [CheckInput]) {
    switch format {
    case .json:
      JSONReport(report, version: concordVersion).write { Output.write($0) }
    case .text:
      let contents = Dictionary(inputs.compactMap { input in input.content.map { (input.path, $0) } }) { first, _ in
        first
      }
      let style = TextReport.Style(isColored: Output.wantsColor, width: Output.terminalWidth)
      let text = TextReport(report, style: style, hidden: hidden) { path, range in
        guard let content = contents[path] else { return try? FileSystem.bytes(of: path, in: range) }
        return Array(content[range.clamped(to: 0..<content.count)])
      }
      text.write { Output.write(Array($0.utf8)) }
    }
  }
}
