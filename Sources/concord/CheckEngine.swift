import Findings
import Workspace

/// What the command line asks of the engine. `makeEngine` is the one place that says which engine that is.
protocol CheckEngine: Sendable {
  /// Names of files worth looking at in a folder: `*.json` and what the plugins' formats add.
  var filePatterns: [String] { get }
  /// What would load, from where, and why not.
  var plugins: [PluginListing] { get }
  /// Every rule known, of the host and of the plugins, by id.
  var rules: [RuleInfo] { get }
  /// How plugin code is kept apart here, and what this system lacks, in plain sentences.
  func confinement() async -> String
  /// Compiled lists of labels that are kept for the next start, in a sentence.
  var keptLists: String { get }

  /// What the program says around findings, in the reader's language.
  var words: Phrasebook { get }
  /// Whether anything can be said in that language.
  var speaksLanguage: Bool { get }

  /// Checks the files, once, and hands them out in the order given. The report comes without them. Findings are the person's
  /// mistakes; what could not be run stands in the report, never in a throw.
  /// `noteDone` is called with an input's index when it is done, in any order.
  func check(
    _ inputs: [CheckInput], noteDone: (Int) -> Void, handOut: (CheckedFile) -> Void
  ) async throws(CommandFailure) -> CheckReport
}

extension CheckEngine {
  /// Checks the files; the report has them all.
  func check(_ inputs: [CheckInput]) async throws(CommandFailure) -> CheckReport {
    var files: [CheckedFile] = []
    var report = try await check(inputs, noteDone: { _ in }, handOut: { files.append($0) })
    report.files = files
    return report
  }
}

/// Something to check.
struct CheckInput: Sendable, Hashable {
  /// As the report shows it.
  var path: String
  /// What is in it where it can't be read by path (standard input, a pipe).
  var content: [UInt8]?
  /// Whether it was named. What was only met in a folder, is of no known kind and belongs to no dataset is passed over.
  var isNamed: Bool
}

/// How an engine is made.
struct EngineOptions: Sendable {
  /// Folders to trust and look for plugins in, before the installation's own.
  var pluginFolders: [String] = []
  var usesPlugins = true
  /// Whether plugin code that can't be confined is left alone.
  var requiresSandbox = false
  /// Take the files for this format.
  var dialect: String?
  /// Check against this JSON Schema alone.
  var schema: String?
  /// Folders that stand for web addresses of schemas.
  var schemaRoots: [SchemaRoots.Root] = []
  /// `format` in the schema says what must be.
  var assertsFormat = false
  /// BCP 47 tag of the reader's language.
  var language = "en"
  /// What rules take for today, `YYYY-MM-DD`.
  var asOf: String
  /// Files checked at a time.
  var jobs = 1
}

/// One plugin folder, as `plugin list` shows it.
struct PluginListing: Sendable, Hashable {
  var id: String
  var version: String
  var folder: String
  var dialects: [String]
  var ruleCount: Int
  /// `nil` if it loads.
  var refusal: String?
  /// Something to know even though it loads: code that was never verified.
  var note: String?
}

/// How the language server is started.
struct ServerOptions: Sendable {
  var pluginFolders: [String]
  var logLevel: String
  var requiresSandbox: Bool
}
