import Facts
import Files
import Findings
import Glibc
import PluginHost
import Workspace

/// The workspace behind the command line.
struct WorkspaceCheckEngine: CheckEngine {
  private let library: Library
  private let options: EngineOptions

  init(library: Library, options: EngineOptions) {
    self.library = library
    self.options = options
  }

  var filePatterns: [String] {
    let formats = library.plugins.flatMap { $0.descriptor.dialects.flatMap(\.files) }
    return ["*.json"] + Set(formats + ["*.jsonl", "*.ndjson", "*.csv", "*.tsv"]).subtracting(["*.json"]).sorted()
  }

  var plugins: [PluginListing] {
    library.plugins.map { plugin in
      PluginListing(
        id: plugin.id, version: plugin.descriptor.version, folder: plugin.folder,
        dialects: plugin.descriptor.dialects.map { plugin.id + "/" + $0.id },
        ruleCount: library.allRules.count { $0.id.hasPrefix(plugin.id + "/") }, refusal: nil,
        note: plugin.hasCode ? plugin.trust.note : nil)
    }
      + library.refusals.map {
        PluginListing(
          id: "?", version: "", folder: $0.folder, dialects: [], ruleCount: 0, refusal: $0.reason, note: nil)
      }
  }

  var rules: [RuleInfo] { library.allRules }

  func confinement() async -> String { await PluginProcesses.confinement(worker: Installation.worker).text }

  var keptLists: String {
    guard let cache = library.cache, let contents = cache.contents else { return "none" }
    let lists = contents.count == 1 ? "1 compiled list" : "\(contents.count) compiled lists"
    return "\(lists) of labels, \((contents.bytes + 500_000) / 1_000_000) MB, in \(cache.path)"
  }

  var words: Phrasebook { library.words(options.language) }
  var speaksLanguage: Bool { library.catalog.speaks(options.language) }

  func check(
    _ inputs: [CheckInput], noteDone: (Int) -> Void, handOut: (CheckedFile) -> Void
  ) async throws(CommandFailure) -> CheckReport {
    var settings = Workspace.Options()
    settings.dialect = options.dialect
    settings.language = options.language
    settings.findingLimit = nil
    if let dialect = options.dialect, library.dialects[dialect] == nil {
      let known = library.dialects.keys.sorted().joined(separator: ", ")
      throw CommandFailure(message: "there is no format `\(dialect)`; there are: \(known)")
    }
    let checks = FileChecks(library: library, options: settings, jobs: options.jobs)
    let items = inputs.map { CheckItem(path: $0.path, content: $0.content, isNamed: $0.isNamed) }
    return await checks.run(items, asOf: options.asOf, noteDone: noteDone, handOut: handOut)
  }
}

/// Where this installation's other parts lie.
enum Installation {
  /// The folder of this program.
  static let folder: String = {
    guard let path = try? FileSystem.resolved("/proc/self/exe") else { return "." }
    return Paths.folder(of: path)
  }()

  static var worker: String { Paths.join(folder, "concord-worker") }

  /// The plugins that came with it.
  static var pluginFolders: [String] {
    let above = Paths.folder(of: folder)
    let folders = [Paths.join(folder, "plugins"), Paths.join(above, "share/concord/plugins")]
    return folders.filter { FileSystem.status(of: $0)?.kind == .folder }
  }

  /// The plugins beside a build: that stands in `.build/<triple>/<configuration>` of the repository.
  static var builtPlugins: [String] {
    let repository = Paths.folder(of: Paths.folder(of: Paths.folder(of: folder)))
    let isBuild = FileSystem.status(of: Paths.join(repository, "Package.swift"))?.kind == .file
    return isBuild ? [Paths.join(repository, "Plugins")] : []
  }

  private static func named(_ options: EngineOptions) -> [String] {
    options.pluginFolders.isEmpty ? builtPlugins : options.pluginFolders
  }

  static func library(_ options: EngineOptions) throws(CommandFailure) -> Library { Library(try parts(options)) }

  /// What a library is made of; nothing is loaded yet. Throws if something that was named is not there.
  static func parts(_ options: EngineOptions) throws(CommandFailure) -> LibraryOptions {
    var settings = LibraryOptions()
    let user = UserConfiguration(at: UserConfiguration.standardPath)
    if options.usesPlugins {
      settings.folders = named(options) + user.pluginFolders
      settings.places = [InstalledPlugins.place].compactMap(\.self) + pluginFolders.map { PluginPlace($0, .bundled) }
      settings.problems = user.problems
    }
    settings.worker = worker
    settings.mediaWorker = Paths.join(folder, "concord-media")
    settings.libraryFolder = folder
    settings.asOf = Day(argument: options.asOf)?.daysSince1970 ?? 0
    settings.requiresSandbox = options.requiresSandbox
    settings.schema = options.schema
    settings.schemaRoots = options.schemaRoots
    settings.assertsFormat = options.assertsFormat
    settings.cache = VocabularyCache.standard
    if let schema = options.schema, FileSystem.status(of: schema)?.kind != .file, !Library.hasSchema(schema) {
      throw CommandFailure(message: "\(schema): there is no such file")
    }
    for root in options.schemaRoots where FileSystem.status(of: root.folder)?.kind != .folder {
      throw CommandFailure(message: "\(root.folder): there is no such folder")
    }
    for folder in options.pluginFolders where FileSystem.status(of: folder)?.kind != .folder {
      throw CommandFailure(message: "\(folder): there is no such folder of plugins")
    }
    return settings
  }
}

extension PluginTrust {
  /// As `plugin list` and `doctor` say it; `nil` where there is nothing to say.
  var note: String? {
    switch self {
    case .bundled: nil
    case .installed: "code: as it was installed"
    case .unverified: "code: unverified (development)"
    }
  }
}

/// Makes the engine, or says why there is none.
func makeEngine(_ options: EngineOptions) async throws(CommandFailure) -> any CheckEngine {
  WorkspaceCheckEngine(library: try Installation.library(options), options: options)
}
