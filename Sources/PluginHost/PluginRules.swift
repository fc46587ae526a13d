package import Findings
import JSONCodec
package import WorkerProtocol

/// Which facts a neighbor rule is shown. Numbered as in `concord_plugin.h`.
package enum RuleRelation: UInt8, Sendable, Hashable {
  case next = 1
  case overlapping, within, outside
}

/// Facts that go along with each record of a plugin's `check`.
package struct RuleLookup: Sendable, Hashable {
  package enum By: Sendable, Hashable {
    /// The text of each value of a field.
    case field(String)
    /// The definition that a field refers to.
    case definition(String)
    /// The text of a context member.
    case context(String)
    /// The empty key.
    case constant
  }
  package var by: By
  /// `nil` for a definition.
  package var kind: String?
  package init(by: By, kind: String?) {
    self.by = by
    self.kind = kind
  }
}

/// What one code rule reads and states, beside its information.
package struct CodeRule: Sendable, Hashable {
  package var info: RuleInfo
  /// Of a neighbor, group or tally rule.
  package var kind: String?
  /// Of a neighbor rule.
  package var among: String?
  package var relation: RuleRelation?
  package var limit: Int
  package var needsRecords: Bool
  /// Of a group rule: keys with fewer facts are left alone.
  package var fewest: Int
  /// Of a group rule: it wants no more facts of a key; `nil` for as many as the host gives.
  package var most: Int?
  /// Empty for all.
  package var roles: [UInt8]
  package var fields: [String]
  package var contexts: [String]
  package var settings: [String]
  package var vocabularies: [String]
  /// Indices into the plugin's look-ups.
  package var lookups: [Int]
  package var states: [String]
  package var recipes: [String]
  package var dialects: [String]
}

/// A plugin's `rules.json`: its tables and every code rule's information. Written by `concord-worker --describe`.
package struct PluginRules: Sendable, Hashable {
  package var id: String
  package var version: String
  package var rules: [CodeRule]
  /// The order in which `check` expects what was looked up.
  package var lookups: [RuleLookup]
  package var recipes: [String: String]
  /// Names by number, as in the library.
  package var fields: [String]
  package var kinds: [String]
  package var contexts: [String]
  package var settings: [String]
  package var vocabularies: [String]
  /// Which of the optional calls it answers; `nil` if this was written before that was told.
  package var answers: Hello.Answers?
  let recipeNames: [String]

  /// What is wrong with a `rules.json`, in a sentence.
  package struct Problem: Error, Sendable, Hashable {
    package var message: String
  }

  package init(json: [UInt8]) throws(Problem) {
    let file: RulesFile
    do {
      file = try JSONCodec.decode(RulesFile.self, from: json)
    } catch {
      throw Problem(message: "`rules.json` can't be read: \(error.message)")
    }
    guard Self.isName(file.id) else { throw Problem(message: "`rules.json` names no plugin.") }
    id = file.id
    version = file.version
    fields = file.fields
    kinds = file.kinds
    contexts = file.contexts
    settings = file.settings
    vocabularies = file.vocabularies
    answers = file.answers.map { Hello.Answers(rawValue: $0) }
    recipeNames = file.recipes.map(\.name)
    recipes = Dictionary(file.recipes.map { ($0.name, $0.summary) }, uniquingKeysWith: { a, _ in a })
    lookups = try file.lookups.map { (lookup) throws(Problem) in try file.lookup(lookup) }
    rules = try file.rules.map { (rule) throws(Problem) in try file.rule(rule) }
    guard Set(rules.map(\.info.id)).count == rules.count else {
      throw Problem(message: "Two rules have the same name.")
    }
  }

  /// Lower-case letters, digits and hyphens.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 128
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  /// Why the library that runs is not the one this was written from; `nil` if it is.
  func mismatch(_ hello: Hello) -> String? {
    if hello.id != id { return "The library calls itself `\(hello.id)`, its description `\(id)`." }
    if hello.version != version { return "The library is version \(hello.version), its description \(version)." }
    let short = rules.map { String($0.info.id.dropFirst(id.count + 1)) }
    let isSame =
      hello.rules == short && hello.fields == fields && hello.kinds == kinds && hello.contexts == contexts
      && hello.settings == settings && hello.vocabularies == vocabularies && hello.recipes == recipeNames
      && hello.lookups.count == lookups.count && hello.answers == answers ?? hello.answers
    return isSame
      ? nil : "The library was built anew, but its `rules.json` was not. Write it with `concord-worker --describe`."
  }
}

/// `rules.json` as it lies in the file: indices into the tables before it.
private struct RulesFile: Codable {
  struct Lookup: Codable {
    var by: UInt8
    var kind: UInt32
    var source: UInt32
  }
  struct Recipe: Codable {
    var name: String
    var summary: String
  }
  struct Rule: Codable {
    var id: String
    var form: Int
    var severity: UInt8
    var flags: Int
    var relation: UInt8
    var kind: UInt32
    var among: UInt32
    var limit: Int
    var roles: UInt32
    var fields: [UInt32]
    var contexts: [UInt32]
    var settings: [UInt32]
    var vocabularies: [UInt32]
    var lookups: [UInt32]
    var states: [UInt32]
    var recipes: [UInt32]
    var dialects: [UInt32]
    var summary: String
    var why: String
    var source: String
    var messages: [String: String]
    var good: [String]
    var bad: [String]
    var silences: [String]
    var fewest: Int?
  }
  var id: String
  var version: String
  var fields: [String]
  var kinds: [String]
  var contexts: [String]
  var settings: [String]
  var vocabularies: [String]
  var dialects: [String]
  var lookups: [Lookup]
  var recipes: [Recipe]
  var answers: UInt8?
  var rules: [Rule]

  func lookup(_ lookup: Lookup) throws(PluginRules.Problem) -> RuleLookup {
    switch Hello.Lookup.By(rawValue: lookup.by) {
    case .field: RuleLookup(by: .field(try name(fields, lookup.source)), kind: try name(kinds, lookup.kind))
    case .definition: RuleLookup(by: .definition(try name(fields, lookup.source)), kind: nil)
    case .context: RuleLookup(by: .context(try name(contexts, lookup.source)), kind: try name(kinds, lookup.kind))
    case .constant: RuleLookup(by: .constant, kind: try name(kinds, lookup.kind))
    case nil: throw PluginRules.Problem(message: "A look-up has an unknown form.")
    }
  }

  func rule(_ rule: Rule) throws(PluginRules.Problem) -> CodeRule {
    let forms: [RuleInfo.Form] = [.record, .neighbor, .group, .tally]
    guard PluginRules.isName(rule.id), forms.indices.contains(rule.form),
      let severity = Severity(rawValue: rule.severity)
    else { throw PluginRules.Problem(message: "Rule `\(rule.id)` has no proper name, form or severity.") }
    let form = forms[rule.form]
    let hasKind = form != .record
    let isNeighbor = form == .neighbor
    if isNeighbor, RuleRelation(rawValue: rule.relation) == nil {
      throw PluginRules.Problem(message: "Rule `\(rule.id)` names no relation.")
    }
    let info = RuleInfo(
      id: id + "/" + rule.id, form: form, severity: severity, summary: rule.summary, why: rule.why, source: rule.source,
      messages: rule.messages, good: rule.good, bad: rule.bad,
      silences: rule.silences.map { $0.contains("/") ? $0 : id + "/" + $0 }, isSensitive: rule.flags & 1 != 0)
    return CodeRule(
      info: info, kind: hasKind ? try name(kinds, rule.kind) : nil,
      among: isNeighbor && rule.among != noIndex ? try name(kinds, rule.among) : nil,
      relation: isNeighbor ? RuleRelation(rawValue: rule.relation) : nil,
      limit: (1...Limits.lookupFacts).contains(rule.limit) ? rule.limit : Limits.lookupFacts,
      needsRecords: rule.flags & 2 != 0, fewest: min(max(rule.fewest ?? 1, 1), Limits.groupFacts),
      most: form == .group && rule.limit > 0 ? min(rule.limit, Limits.groupFacts) : nil,
      roles: (0..<32).filter { rule.roles & (1 << UInt32($0)) != 0 },
      fields: try names(fields, rule.fields), contexts: try names(contexts, rule.contexts),
      settings: try names(settings, rule.settings), vocabularies: try names(vocabularies, rule.vocabularies),
      lookups: rule.lookups.map { Int($0) }, states: try names(kinds, rule.states),
      recipes: try names(recipes.map(\.name), rule.recipes), dialects: try names(dialects, rule.dialects))
  }

  private func names(_ table: [String], _ indices: [UInt32]) throws(PluginRules.Problem) -> [String] {
    var out: [String] = []
    for index in indices { out.append(try name(table, index)) }
    return out
  }

  private func name(_ table: [String], _ index: UInt32) throws(PluginRules.Problem) -> String {
    guard Int(index) < table.count else { throw PluginRules.Problem(message: "A number points outside its table.") }
    return table[Int(index)]
  }
}
