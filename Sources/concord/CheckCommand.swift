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

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, jsonl, sarif, github }

  @Argument(
    help: ArgumentHelp("Files, folders, or - for standard input.", valueName: "path"), completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp("Check against this JSON Schema alone, no plugins.", valueName: "file"), completion: .file())
  var schema: String?

  @Option(
    help: ArgumentHelp(
      "A schema whose address begins with URL is read from DIR. Nothing is ever downloaded.", valueName: "URL=DIR"),
    transform: SchemaRootArgument.root)
  var schemaRoot: [SchemaRoots.Root] = []

  @Flag(help: "With --schema: what it says of the form of texts (dates, addresses …) must hold.")
  var assertFormat = false

  @Option(help: ArgumentHelp("Treat the files as this format.", valueName: "id"))
  var dialect: String?

  @OptionGroup var pluginOptions: PluginOptions
  @OptionGroup var sandboxOptions: SandboxOptions

  @Flag(help: "Use no plugins at all.")
  var noPlugins = false

  @Option(help: "How to print what was found.")
  var format = Format.text

  @Option(help: ArgumentHelp("Language of the messages, such as vi or vi-VN.", valueName: "tag"))
  var lang = LanguageTag.english

  @Option(help: ArgumentHelp("What counts as today, YYYY-MM-DD.", valueName: "date"))
  var asOf: Day?

  @Option(
    help: ArgumentHelp("Leave out what matters less: error, warning, information or hint.", valueName: "level"),
    transform: { name in
      guard let severity = Severity(name: name) else { throw ValidationError("There is no level `\(name)`.") }
      return severity
    })
  var severity: Severity = .hint

  @Option(
    help: ArgumentHelp("Leave out what this report of --format json has already.", valueName: "run.json"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Option(help: ArgumentHelp("Files checked at a time; as many as there are processors.", valueName: "n"))
  var jobs: Int = Machine.processors

  @Option(help: "Whether to show on standard error how far it has come.")
  var progress = Progress.When.auto

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
    if schema == nil, !schemaRoot.isEmpty || assertFormat {
      throw ValidationError("--schema-root and --assert-format belong to --schema.")
    }
    if schema != nil, !pluginOptions.plugins.isEmpty { throw ValidationError("--schema checks without plugins.") }
    if !(1...1024).contains(jobs) { throw ValidationError("--jobs is a number from 1 to 1024.") }
  }

  func run() async throws {
    let engine = try await makeEngine(options)
    if !engine.speaksLanguage {
      Output.complain("concord: there are no messages in `\(lang.text)`; they are in English")
    }
    let inputs = Inputs(paths, patterns: engine.filePatterns)
    for problem in inputs.problems { Output.complain("concord: \(problem.path): \(problem.message)") }
    var sieve = Sieve(severity: severity, baseline: try readBaseline(checking: inputs.found))
    var problems = inputs.problems
    if fix, dryRun {
      let report = try await engine.check(inputs.found)
      _ = sieve.sift(report)
      Fixing.printChanges(FixPlan(report), report)
      Output.complain(SummaryLine(report, words: engine.words).text)
      return try end(with: sieve, problems: problems)
    }
    var output = ReportOutput(
      format: format, inputs: inputs.found, rules: engine.rules, words: engine.words, language: lang.text)
    var report: CheckReport
    if fix {
      let (fixed, refusals) = try await Fixing.apply(to: try await engine.check(inputs.found)) {
        () async throws(CommandFailure) in try await engine.check(inputs.found)
      }
      problems += refusals
      report = sieve.sift(fixed)
      for index in report.files.indices { output.stream(&report.files[index], hidden: sieve.hidden) }
    } else {
      report = try await check(inputs.found, with: engine, into: &output, &sieve)
    }
    report.notRun += inputs.problems.map { "\($0.path): \($0.message)" }
    output.print(report, sieve)
    try end(with: sieve, problems: problems)
  }

  /// Checks everything, showing how far it has come, and streams what can be streamed.
  private func check(
    _ inputs: [CheckInput], with engine: any CheckEngine, into output: inout ReportOutput, _ sieve: inout Sieve
  ) async throws(CommandFailure) -> CheckReport {
    let progress = Progress(inputs, when: self.progress)
    defer { progress.end() }
    var files: [CheckedFile] = []
    // Local ones: the closure may not hold on to what came by reference.
    var (sifting, streaming) = (sieve, output)
    var report = try await engine.check(inputs, noteDone: { progress.noteDone($0) }) { file in
      var file = sifting.sift(file)
      progress.pause { streaming.stream(&file, hidden: sifting.hidden) }
      files.append(file)
    }
    (sieve, output) = (sifting, streaming)
    report.files = files
    report.known = sieve.known
    return report
  }

  private func readBaseline(checking inputs: [CheckInput]) throws(CommandFailure) -> Baseline? {
    guard let baseline else { return nil }
    do {
      return try Baseline(
        json: try FileSystem.regularFile(baseline, limit: 1 << 30), checking: Set(inputs.map(\.path)))
    } catch let problem as Baseline.Problem {
      throw CommandFailure(message: "\(baseline): \(problem.message)")
    } catch let problem as FileError {
      throw CommandFailure(message: "\(baseline): \(problem.message)")
    } catch {
      throw CommandFailure(message: "\(baseline): \(error)")
    }
  }

  private func end(with sieve: Sieve, problems: [FileError]) throws {
    if !problems.isEmpty { throw ExitCode(2) }
    if sieve.hasErrors { throw ExitCode(1) }
  }

  private var options: EngineOptions {
    EngineOptions(
      pluginFolders: pluginOptions.plugins, usesPlugins: !noPlugins && schema == nil,
      requiresSandbox: sandboxOptions.requireSandbox, dialect: dialect, schema: schema,
      schemaRoots: schemaRoot, assertsFormat: assertFormat, language: lang.text,
      asOf: (asOf ?? .today).text, jobs: jobs)
  }
}
