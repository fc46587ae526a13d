import Facts
import Files
import Findings
import JSONCodec
import Manifest
import Ontology
package import PluginHost
import Schema
import WorkerProtocol

/// What a library is made of.
package struct LibraryOptions: Sendable {
  /// Plugin folders, or folders of plugin folders, that the user named; earlier ones win.
  package var folders: [String] = []
  /// Those whose plugins are trusted for another reason; they come after the others.
  package var places: [PluginPlace] = []
  /// What was found wrong before, to be told with the rest.
  package var problems: [String] = []
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
  /// Whether plugin code runs only if all parts of its confinement are in force.
  package var requiresSandbox = false
  /// A JSON Schema to check everything against, instead of plugins.
  package var schema: String?
  /// Folders that stand for web addresses of schemas.
  package var schemaRoots: [SchemaRoots.Root] = []
  /// Whether `format` says what must be, in the schema and those it refers to.
  package var assertsFormat = false
  /// Where compiled lists of labels are kept; without, large ones are compiled at each start.
  package var cache: VocabularyCache?
  package init() {}
}

extension Library {
  /// Loads what is there. What can't be used is named in `problems`; the rest works without it.
  package convenience init(_ options: LibraryOptions) {
    var parts = LibraryParts(cache: options.cache, problems: options.problems)
    if let schema = options.schema {
      parts.addSchema(schema, options)
    } else {
      let places = options.folders.map { PluginPlace($0, .unverified) } + options.places
      let found = PluginDiscovery(places, programFolder: options.libraryFolder)
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
  static let fileLimit = 64 << 20

  private(set) var plugins: [ActivePlugin] = []
  private(set) var dialects: [(source: Dialect.Source, descriptor: PluginDescriptor.Dialect?)] = []
  private(set) var rules: [String: RuleInfo] = [:]
  private(set) var translations: [Translation] = []
  private(set) var vocabularies: [LoadedVocabulary] = []
  private(set) var problems: [String]
  private(set) var refusals: [(folder: String, reason: String)] = []
  private(set) var plan: RulePlan
  private(set) var media: MediaReader?
  private(set) var agreements: [Agreement] = []
  let cache: VocabularyCache?
  private var loaded: [LoadedPlugin] = []

  init(cache: VocabularyCache?, problems: [String]) {
    self.cache = cache
    self.problems = problems
    plan = RulePlan()
    let core = SyntaxRules.all + SchemaRules.all + LinkRules.all + TermRules.all + VocabularyRules.all
    for rule in core + PluginFaultRules.all + CeilingRules.all + AgreementRules.all + DatasetRules.all
      + DecisionRules.all
    {
      rules[rule.id] = rule
    }
    for (language, json) in CoreMessages.languages { addMessages(json, language: language, of: nil, at: language) }
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
    for file in plugin.descriptor.agreements { addAgreements(file, of: plugin) }
    addMessages(of: plugin)
  }

  /// A file of agreements: a list, or an object with one under `agreements`.
  private mutating func addAgreements(_ file: String, of plugin: LoadedPlugin) {
    let path = Paths.join(plugin.folder, file)
    guard let bytes = read(path, within: plugin.folder) else { return }
    let tree = RecordTree(parsing: bytes)
    let list = tree.nodes[0].kind == .array ? 0 : tree.member("agreements", of: 0) ?? 0
    guard tree.problems.isEmpty, tree.nodes[list].kind == .array else {
      problems.append("\(path): It is no list of agreements.")
      return
    }
    for node in tree.children(of: list) {
      guard let rule = AgreementReader.rule(node, in: tree, plugin: plugin.descriptor.id),
        let agreement = AgreementReader.agreement(node, in: tree, id: rule.id)
      else {
        let id = tree.member("id", of: node).flatMap { tree.string(of: $0) } ?? "one without an id"
        problems.append(
          "\(path): Of the agreements, `\(id)` lacks its `id`, its `property` or a `compare` that can be used.")
        continue
      }
      rules[rule.id] = rule
      agreements.append(agreement)
    }
  }

  private mutating func add(_ dialect: PluginDescriptor.Dialect, of plugin: LoadedPlugin) {
    guard let schema = dialect.schema else { return }
    let path = Paths.join(plugin.folder, schema)
    guard let bytes = read(path, within: plugin.folder) else { return }
    let roots = SchemaRoots([], home: plugin.folder)
    let (program, faults) = SchemaProgram.compile(
      SchemaSource(uri: Paths.uri(ofPath: path), bytes: bytes), plugin: plugin.descriptor.id,
      resolve: { roots.source(of: $0) })
    problems += faults.map { Self.text($0, schema: path) }
    var patterns: [(String, RecordShape.Pattern)] = []
    for text in dialect.records {
      if let pattern = RecordShape.Pattern(text) {
        patterns.append((text, pattern))
      } else {
        problems.append("\(plugin.folder)/plugin.json: `\(text)` is no place of records; it must end in `/*`")
      }
    }
    let syntax = dialect.grammar
    // A table has rows and nothing else.
    if syntax.isTable {
      patterns = [("/*", RecordShape.Pattern("/*"))].compactMap { path, row in row.map { (path, $0) } }
    }
    // What is a form and nothing else may be cut like a schema by itself: an edit then costs what it touched.
    let isCut = dialect.records.isEmpty && syntax == .json && plugin.code == nil && program.isFormAlone
    let shape = isCut ? program.naturalShape : RecordShape(patterns.map(\.1))
    let source = Dialect.Source(
      id: plugin.descriptor.id + "/" + dialect.id, plugin: plugin.descriptor.id, name: dialect.name, syntax: syntax,
      program: program, shape: shape, patterns: isCut ? shape.patterns.map(\.path) : patterns.map(\.0))
    addRules(of: source)
    dialects.append((source, dialect))
  }

  /// A schema by its path, or a metaschema by its address.
  mutating func addSchema(_ path: String, _ options: LibraryOptions) {
    let source: SchemaSource
    if let bundled = BundledSchemas.source(path) {
      source = bundled
    } else if let bytes = read(path) {
      source = SchemaSource(uri: Paths.uri(ofPath: (try? FileSystem.resolved(path)) ?? path), bytes: bytes)
    } else {
      return
    }
    let roots = SchemaRoots(options.schemaRoots, home: Paths.folder(of: path))
    let (program, faults) = SchemaProgram.compile(
      source, assertsFormat: options.assertsFormat, resolve: { roots.source(of: $0) })
    problems += faults.map { Self.text($0, schema: path) }
    for (id, syntax) in [(Self.schemaDialect, Syntax.json), (Self.schemaDialect + "-lines", .jsonl)] {
      let shape = syntax == .jsonl ? RecordShape([RecordShape.Pattern("/*")].compactMap(\.self)) : program.naturalShape
      let source = Dialect.Source(
        id: id, plugin: "", name: Paths.name(of: path), syntax: syntax, program: program, shape: shape,
        patterns: shape.patterns.map(\.path), describesLines: true)
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
    let path = Paths.join(plugin.folder, vocabulary.file)
    guard isWithin(plugin.folder, path) else { return }
    let named = NamedVocabulary(id: vocabulary.id, file: vocabulary.file, columns: vocabulary.columns)
    guard let real = try? FileSystem.resolved(path), let status = FileSystem.status(of: real),
      let part = VocabularyLoader(cache: cache).part(
        VocabularyText(named: named, place: .file(path: real, status)), before: nil),
      var index = part.terms
    else { return addProblem(ofList: path) }
    for name in ColumnMapping(vocabulary.columns).unknown {
      problems.append("\(path): nobody knows what column `\(name)` is to hold: `\(vocabulary.columns[name] ?? "")`")
    }
    if part.faults > 0, VocabularyFile.isTable(path) {
      let places = part.faults == 1 ? "1 cell" : "\(part.faults) cells"
      problems.append("\(path): \(places) can't be used as written, the first in row \(part.faultRow)")
    }
    // A table has no room for a version: its plugin's counts.
    if index.version.isEmpty { index.version = plugin.descriptor.version }
    let list = TermList(index, sha256: part.sha256, files: [path])
    vocabularies.append(LoadedVocabulary(plugin: plugin.descriptor.id, list: list))
  }

  private mutating func addProblem(ofList path: String) {
    do {
      _ = try FileSystem.statedFile(path, limit: VocabularyFile.limit(path))
      problems.append("\(path): It is no list of labels.")
    } catch {
      problems.append("\(path): \(error.message)")
    }
  }

  /// The languages in a plugin's `messages` folder, one file a language.
  private mutating func addMessages(of plugin: LoadedPlugin) {
    let folder = plugin.folder + "/messages"
    for name in (try? FileSystem.names(in: folder)) ?? [] {
      let name = String(decoding: name, as: UTF8.self)
      guard name.hasSuffix(".json"), let bytes = read(folder + "/" + name, within: plugin.folder)
      else { continue }
      addMessages(bytes, language: String(name.dropLast(5)), of: plugin.descriptor.id, at: folder + "/" + name)
    }
  }

  private mutating func addMessages(_ json: [UInt8], language: String, of plugin: String?, at path: String) {
    do {
      translations.append(try Translation(json, language: language, plugin: plugin))
    } catch {
      problems.append("\(path): \(error.message)")
    }
  }

  mutating func finish(_ options: LibraryOptions) {
    for (source, descriptor) in VocabularyFormat.sources + [(DatasetFormat.source, nil), (DecisionFormat.source, nil)] {
      addRules(of: source)
      dialects.append((source, descriptor))
    }
    let declarations = loaded.compactMap { $0.code.map { PluginDeclaration($0.rules) } }
    do {
      plan = try RulePlan(
        declarations,
        hostKinds: [HostFacts.region, HostFacts.media, HostFacts.dataFile, VocabularyFormat.step],
        judged: [HostFacts.claim],
        links: dialects.flatMap(\.source.links) + VocabularyFormat.links)
    } catch {
      problems.append(error.message)
    }
    let kinds = plan.kinds
    let required: Confinement.Parts = options.requiresSandbox ? .all : .leastConfinement
    let readsMedia = loaded.contains { $0.code?.rules.lookups.contains { $0.kind == HostFacts.media } == true }
    media = readsMedia ? options.mediaWorker.map { MediaReader(executable: $0, required: required) } : nil
    for plugin in loaded {
      var code: ActivePlugin.Code?
      if let found = plugin.code {
        let rules = found.rules
        let numbers = Dictionary(
          rules.kinds.compactMap { name in kinds[name].map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
        let tables = vocabularies.filter { rules.vocabularies.contains($0.id) }.map { ($0.id, $0.list.index) }
        let pool = PluginPool(
          code: found, worker: options.worker, kinds: numbers, settings: options.settings[plugin.descriptor.id] ?? [:],
          vocabularies: Dictionary(tables, uniquingKeysWith: { first, _ in first }), asOf: options.asOf,
          required: required)
        code = ActivePlugin.Code(rules: rules, pool: pool, lookUps: ActivePlugin.lookUps(of: rules, kinds: kinds))
      }
      plugins.append(ActivePlugin(plugin, code: code))
    }
  }

  /// `folder` is what the file must lie in, also when links are followed.
  private mutating func read(_ path: String, within folder: String? = nil) -> [UInt8]? {
    if let folder, !isWithin(folder, path) { return nil }
    do {
      return try FileSystem.regularFile(path, limit: Self.fileLimit)
    } catch {
      problems.append("\(path): \(error.message)")
      return nil
    }
  }

  /// Whether a file that is there lies in a folder, also when links are followed; says so if not.
  private mutating func isWithin(_ folder: String, _ path: String) -> Bool {
    guard let real = try? FileSystem.resolved(path), let root = try? FileSystem.resolved(folder),
      Paths.relative(real, to: root) == nil
    else { return true }
    problems.append("\(path): It does not lie in the plugin's folder.")
    return false
  }

  /// Where in the schema, and what.
  private static func text(_ problem: SchemaProblem, schema path: String) -> String {
    let file = Paths.path(ofURI: problem.uri) ?? problem.uri
    let isOwn = Paths.name(of: file).utf8.elementsEqual(Paths.name(of: path).utf8)
    return "\(isOwn ? path : file):\(problem.line):\(problem.column): \(problem.message)"
  }
}
