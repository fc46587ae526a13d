package import Facts
package import Findings
import Files
import Manifest
import Ontology
import PluginHost
import Schema

/// Everything that is known before the first document: plugins, formats, rules and their words, and the plan that puts the
/// rules in order. Made once; another set of plugins makes another library.
package final class Library: Sendable {
  package let plugins: [ActivePlugin]
  /// By id.
  package let dialects: [String: Dialect]
  package let plan: RulePlan
  package let catalog: MessageCatalog
  package let vocabularies: [LoadedVocabulary]
  /// What did not load or makes no sense, one plain sentence each.
  package let problems: [String]
  /// Folders that were to be plugins and are not, and why.
  package let refusals: [(folder: String, reason: String)]
  /// With `--schema`: what every file is checked against.
  package let schemaDialect: Dialect?
  let schemaLines: Dialect?

  /// Whether some format has ids that count beyond their file.
  let joinsFiles: Bool
  /// What plugins say of claims that must agree.
  let agreements: [Agreement]
  let candidates: [Candidate]
  /// `nil` if no rule asks for it.
  let media: MediaReader?
  /// The plugins' vocabularies by id; of two with one id the first.
  let lists: [String: TermList]
  /// Where compiled lists are kept; without, large ones are compiled at each start.
  package let cache: VocabularyCache?
  private let rules: [String: RuleInfo]
  private let checkers: [String: DocumentChecker]

  struct Candidate: Sendable {
    let dialect: Dialect
    let descriptor: PluginDescriptor.Dialect

    func fits(_ path: String?) -> Bool {
      guard let path, !descriptor.files.isEmpty else { return true }
      return descriptor.files.contains { Paths.matches($0, path: path) }
    }
  }

  init(_ parts: LibraryParts) {
    plugins = parts.plugins
    plan = parts.plan
    media = parts.media
    cache = parts.cache
    problems = parts.problems
    refusals = parts.refusals
    vocabularies = parts.vocabularies
    lists = Dictionary(parts.vocabularies.map { ($0.id, $0.list) }, uniquingKeysWith: { first, _ in first })
    rules = parts.rules
    var catalog = MessageCatalog(Array(parts.rules.values))
    for translation in parts.translations {
      catalog.add(language: translation.language, translation.templates)
      catalog.add(language: translation.language, texts: translation.texts)
    }
    self.catalog = catalog
    agreements = parts.agreements
    joinsFiles = parts.plan.links.contains { family in
      (family.definitions + family.references).contains { $0.declaration.scope == .dataset }
    }
    var dialects: [String: Dialect] = [:]
    var candidates: [Candidate] = []
    for (source, descriptor) in parts.dialects {
      let dialect = Dialect(source, plan: parts.plan)
      dialects[dialect.id] = dialect
      if let descriptor { candidates.append(Candidate(dialect: dialect, descriptor: descriptor)) }
    }
    self.dialects = dialects
    self.candidates = candidates
    schemaDialect = dialects[LibraryParts.schemaDialect]
    schemaLines = dialects[LibraryParts.schemaDialect + "-lines"]
    var checkers: [String: DocumentChecker] = [:]
    for dialect in dialects.values {
      checkers[dialect.id] = DocumentChecker(dialect: dialect, plugins: parts.plugins, plan: parts.plan)
    }
    self.checkers = checkers
  }

  /// Whether a schema of that web address comes with the program.
  package static func hasSchema(_ address: String) -> Bool { BundledSchemas.source(address) != nil }

  /// Every rule by id.
  package var allRules: [RuleInfo] { rules.values.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) } }
  package func rule(_ id: String) -> RuleInfo? { rules[id] }
  /// What the program itself says, in a language.
  package func words(_ language: String) -> Phrasebook { Phrasebook(catalog, language: language) }
  /// A rule's page in a language; `nil` if there is no such rule.
  package func page(of rule: String, _ language: String) -> RulePage? {
    rules[rule].map { RulePage($0, words: words(language), message: catalog.template(rule, "", language)) }
  }
  /// Where a rule's page can be read: the plugin's own README, which is printed from its rules.
  package func pageAddress(of rule: String) -> String? {
    guard let slash = rule.utf8.firstIndex(of: UInt8(ascii: "/")), let plugin = plugin(String(rule[..<slash])) else {
      return nil
    }
    let anchor = rule.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    return Paths.uri(ofPath: plugin.folder + "/README.md") + "#" + anchor
  }
  package func plugin(_ id: String) -> ActivePlugin? { plugins.first { $0.id == id } }
  func checker(for dialect: Dialect) -> DocumentChecker? { checkers[dialect.id] }
}

package struct LoadedVocabulary: Sendable {
  package let plugin: String
  package let list: TermList

  package var id: String { list.id }
  package var version: String { list.version }
  package var sha256: String { list.sha256 }
}
