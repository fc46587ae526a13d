package import Facts
import Files
import Findings
import JSONCodec
import Manifest
import Ontology
import PluginHost
import Schema
import WorkerProtocol

/// What a library is made of.
package struct LibraryOptions: Sendable {
  /// Plugin folders, or folders of plugin folders; earlier ones win.
  package var folders: [String] = []
  /// The program that runs plugins' code.
  package var worker = ""
  /// The program that reads headers of media files; without it none are read.
  package var mediaWorker: String?
  /// Where libraries may lie if not beside their `plugin.json`.
  package var libraryFolder: String?
  /// Days since 1970-01-01 that rules take for today.
  package var asOf: Int32 = 0
  /// Settings by plugin.
  package var settings: [String: [String: [UInt8]]] = [:]
  /// A JSON Schema to check everything against, instead of plugins.
  package var schema: String?
  package init() {}
}

extension Library {
  /// Loads what is there. What can't be used is named in `problems`; the rest works without it.
  ///
  /// Throws only if not even the empty plan can be made.
  package convenience init(_ options: LibraryOptions) throws(PlanError) {
    var parts = try LibraryParts()
    if let schema = options.schema {
      parts.addSchema(schema)
    } else {
      let found = PluginDiscovery(folders: options.folders, programFolder: options.libraryFolder)
      for refused in found.refused { parts.add(refused) }
      for plugin in found.plugins { parts.add(plugin) }
    }
    parts.finish(options)
    self.init(parts)
  }
}

/// Collects plugins, formats, rules and words while a library is made.
struct LibraryParts {
  static let schemaDialect = "schema"
  private static let fileLimit = 64 << 20

  private(set) var plugins: [ActivePlugin] = []
  private(set) var dialects: [(source: Dialect.Source, descriptor: PluginDescriptor.Dialect?)] = []
  private(set) var rules: [String: RuleInfo] = [:]
  private(set) var translations: [(language: String, templates: [String: [String: String]])] = []
  private(set) var vocabularies: [LoadedVocabulary] = []
  private(set) var problems: [String] = []
  private(set) var refusals: [(folder: String, reason: String)] = []
  private(set) var plan: RulePlan
  private(set) var media: MediaReader?
  private var loaded: [LoadedPlugin] = []

  init() throws(PlanError) {
    plan = try RulePlan([])
    for rule in SyntaxRules.all + SchemaRules.all + LinkRules.all + TermRules.all + VocabularyRules.all {
      rules[rule.id] = rule
    }
  }

  mutating func add(_ refused: PluginDiscovery.Refused) {
    problems.append("\(refused.folder): \(refused.reason)")
    refusals.append((refused.folder, refused.reason))
  }

  mutating func add(_ plugin: LoadedPlugin) {
    loaded.append(plugin)
    for rule in plugin.code?.rules.rules ?? [] { rules[rule.info.id] = rule.info }
    for dialect in plugin.descriptor.dialects { add(dialect, of: plugin) }
    for vocabulary in plugin.descriptor.vocabularies { add(vocabulary, of: plugin) }
    addMessages(of: plugin)
  }

  private mutating func add(_ dialect: PluginDescriptor.Dialect, of plugin: LoadedPlugin) {
    guard let schema = dialect.schema else { return }
    let path = Paths.join(plugin.folder, schema)
    guard let bytes = read(path) else { return }
    let (program, faults) = SchemaProgram.compile(
      SchemaSource(uri: Paths.uri(ofPath: path), bytes: bytes), plugin: plugin.descriptor.id,
      resolve: { Self.resolve($0, within: plugin.folder) })
    problems += faults.map { "\(path), at \($0.pointer.isEmpty ? "the top" : $0.pointer): \($0.message)" }
    var patterns: [(String, RecordShape.Pattern)] = []
    for text in dialect.records {
      if let pattern = RecordShape.Pattern(text) {
        patterns.append((text, pattern))
      } else {
        problems.append("\(plugin.folder)/plugin.json: `\(text)` is no place of records; it must end in `/*`")
      }
    }
    let syntax = dialect.syntax == "jsonl" ? Syntax.jsonl : .json
    let source = Dialect.Source(
      id: plugin.descriptor.id + "/" + dialect.id, plugin: plugin.descriptor.id, name: dialect.name, syntax: syntax,
      program: program,
      shape: RecordShape(patterns.map(\.1)), patterns: patterns.map(\.0))
    addRules(of: source)
    dialects.append((source, dialect))
  }

  mutating func addSchema(_ path: String) {
    guard let bytes = read(path) else { return }
    let folder = Paths.folder(of: path)
    let (program, faults) = SchemaProgram.compile(
      SchemaSource(uri: Paths.uri(ofPath: (try? FileSystem.resolved(path)) ?? path), bytes: bytes),
      resolve: { Self.resolve($0, within: folder) })
    problems += faults.map { "\(path), at \($0.pointer.isEmpty ? "the top" : $0.pointer): \($0.message)" }
    for (id, syntax) in [(Self.schemaDialect, Syntax.json), (Self.schemaDialect + "-lines", .jsonl)] {
      let shape = syntax == .jsonl ? RecordShape([RecordShape.Pattern("/*")].compactMap(\.self)) : program.naturalShape
      let source = Dialect.Source(
        id: id, plugin: "", name: Paths.name(of: path), syntax: syntax, program: program, shape: shape,
        patterns: shape.patterns.map(\.path))
      if syntax == .json { addRules(of: source) }
      dialects.append((source, nil))
    }
  }

  /// Rules that a schema names, and the wording of its declarations.
  private mutating func addRules(of source: Dialect.Source) {
    for rule in source.program.ruleInfos {
      if rules[rule.id] == nil { rules[rule.id] = rule }
      rules[rule.id]?.messages.merge(rule.messages) { old, _ in old }
    }
    for (id, severity, messages) in HostRules.wording(of: source) {
      if rules[id] == nil {
        rules[id] = RuleInfo(
          id: id, form: .declared, severity: severity, summary: messages.values.min() ?? "", why: "", messages: messages
        )
      }
      rules[id]?.messages.merge(messages) { old, _ in old }
    }
  }

  private mutating func add(_ vocabulary: PluginDescriptor.Vocabulary, of plugin: LoadedPlugin) {
    guard let bytes = read(Paths.join(plugin.folder, vocabulary.file)) else { return }
    var read = VocabularyFile.read(bytes, path: vocabulary.file, id: vocabulary.id, columns: vocabulary.columns)
    // Its name is what the plugin calls it.
    read.id = vocabulary.id
    let list = TermList(read, sha256: Digest.sha256(bytes))
    vocabularies.append(LoadedVocabulary(plugin: plugin.descriptor.id, list: list))
  }

  /// `messages/vi.json`: template by rule and key; rule ids may leave the plugin's own name out.
  private mutating func addMessages(of plugin: LoadedPlugin) {
    let folder = plugin.folder + "/messages"
    for name in (try? FileSystem.names(in: folder)) ?? [] {
      let name = String(decoding: name, as: UTF8.self)
      guard name.hasSuffix(".json"), let bytes = read(folder + "/" + name) else { continue }
      do {
        let templates = try JSONCodec.decode([String: [String: String]].self, from: bytes)
        let named = Dictionary(
          templates.map { ($0.key.contains("/") ? $0.key : plugin.descriptor.id + "/" + $0.key, $0.value) },
          uniquingKeysWith: { a, _ in a })
        translations.append((String(name.dropLast(5)), named))
      } catch {
        problems.append("\(folder)/\(name): \(error.message)")
      }
    }
  }

  mutating func finish(_ options: LibraryOptions) {
    for (source, descriptor) in VocabularyFormat.sources {
      addRules(of: source)
      dialects.append((source, descriptor))
    }
    let declarations = loaded.compactMap { $0.code.map { PluginDeclaration($0.rules) } }
    do {
      plan = try RulePlan(
        declarations, hostKinds: [HostFacts.region, HostFacts.media, VocabularyFormat.step],
        links: dialects.flatMap(\.source.links) + VocabularyFormat.links)
    } catch {
      problems.append(error.message)
    }
    let kinds = plan.kinds
    let readsMedia = loaded.contains { $0.code?.rules.lookups.contains { $0.kind == HostFacts.media } == true }
    media = readsMedia ? options.mediaWorker.map { MediaReader(executable: $0) } : nil
    for plugin in loaded {
      var code: ActivePlugin.Code?
      if let found = plugin.code {
        let rules = found.rules
        let numbers = Dictionary(
          rules.kinds.compactMap { name in kinds[name].map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
        let tables = vocabularies.filter { rules.vocabularies.contains($0.id) }.map { ($0.id, $0.list.table) }
        let pool = PluginPool(
          code: found, worker: options.worker, kinds: numbers, settings: options.settings[plugin.descriptor.id] ?? [:],
          vocabularies: Dictionary(tables, uniquingKeysWith: { first, _ in first }), asOf: options.asOf)
        code = ActivePlugin.Code(rules: rules, pool: pool, lookUps: ActivePlugin.lookUps(of: rules, kinds: kinds))
      }
      let identity = plugin.code?.library ?? plugin.folder + "/plugin.json"
      plugins.append(ActivePlugin(plugin, code: code, sha256: read(identity).map(Digest.sha256) ?? ""))
    }
  }

  private mutating func read(_ path: String) -> [UInt8]? {
    do {
      return try FileSystem.regularFile(path, limit: Self.fileLimit)
    } catch {
      problems.append("\(path): \(error.message)")
      return nil
    }
  }

  /// Schemas refer to schemas of their own folder only; nothing is ever downloaded.
  private static func resolve(_ uri: String, within folder: String) -> SchemaSource? {
    guard let path = Paths.path(ofURI: uri), let real = try? FileSystem.resolved(path),
      let root = try? FileSystem.resolved(folder), Paths.relative(real, to: root) != nil,
      let bytes = try? FileSystem.regularFile(real, limit: fileLimit)
    else { return nil }
    return SchemaSource(uri: uri, bytes: bytes)
  }
}
