package import Facts
import Findings
package import Manifest
package import PluginHost
package import Schema

/// A file format ready to check: its schema compiled, its records known.
package final class Dialect: Sendable {
  /// With the plugin: `vision/coco`.
  package let id: String
  package let plugin: String
  package let name: String
  package let syntax: Syntax
  package let program: SchemaProgram
  package let shape: RecordShape
  /// The paths of `shape`'s patterns as written; the document itself is `""`.
  package let patterns: [String]
  /// Where each type of record enters the schema, by `RecordType`; `nil` where it says nothing.
  let entries: [SchemaEntry?]
  /// Whether what a record is, or an id it defines or names, may follow from the key it stands under.
  let readsKeys: Bool
  /// Equal findings are shown one by one.
  let foldsNothing: Bool
  /// Rules that are tried on its records: those its schema names, and those behind the schema's keywords.
  let ruleIDs: Set<String>
  /// Types of records of which no two in one list may say the same, with what is said of one that does.
  let uniqueEntries: [RecordType: SchemaFinding]
  /// What the field numbers of its role tables mean.
  package let fieldNames: FieldNames
  /// The fact kind of each declaration of the program; `nil` only if no more kinds could be registered.
  package let definitionKinds: [FactKind?]
  package let referenceKinds: [FactKind?]
  /// For each definition, all that define and name the same ids, in this and other formats; `nil` as above.
  let familiesOfDefinitions: [LinkFamily?]
  /// The same for each reference.
  let familiesOfReferences: [LinkFamily?]
  /// For each reference, the kinds of the definitions it may mean.
  package let definitionsOfReference: [[FactKind]]

  init(_ source: Source, plan: RulePlan) {
    let kinds = plan.kinds
    id = source.id
    plugin = source.plugin
    name = source.name
    syntax = source.syntax
    program = source.program
    shape = source.shape
    patterns = [""] + source.patterns
    foldsNothing = source.describesLines && source.syntax == .jsonl
    let program = source.program
    ruleIDs = program.keywordRules.union(program.ruleInfos.map(\.id)).union(source.links.map(\.rule))
    entries = Self.entries(source)
    readsKeys =
      entries.contains { $0?.dependsOnKey == true } || program.declarations.defines.contains { $0.source == .key }
      || program.declarations.references.contains { $0.source == .key }
    uniqueEntries = Self.uniqueEntries(source)
    fieldNames = FieldNames(program.fieldNames)
    let declarations = program.declarations
    let defined = declarations.defines.indices.map { kinds[source.kindName(.definition, $0)] }
    definitionKinds = defined
    referenceKinds = declarations.references.indices.map { kinds[source.kindName(.reference, $0)] }
    let links = source.links
    func families(_ role: LinkDeclaration.Role) -> [LinkFamily?] {
      links.filter { $0.role == role }.map { link in
        plan.links.first { $0.name.utf8.elementsEqual(link.family.utf8) }
      }
    }
    familiesOfDefinitions = families(.definition)
    familiesOfReferences = families(.reference)
    definitionsOfReference = familiesOfReferences.map { $0?.definitions.map(\.kind) ?? [] }
  }

  /// Of lists whose entries are records and hold no others.
  private static func uniqueEntries(_ source: Source) -> [RecordType: SchemaFinding] {
    let lists = source.syntax == .json ? source.program.uniqueLists : []
    guard !lists.isEmpty else { return [:] }
    let evaluator = SchemaEvaluator(source.program)
    let patterns = source.shape.patterns
    var found: [RecordType: SchemaFinding] = [:]
    for (pattern, place) in lists {
      guard let index = patterns.firstIndex(of: pattern) else { continue }
      let holdsOthers = patterns.contains { $0 != pattern && $0.steps.starts(with: pattern.steps) }
      found[index + 1] = holdsOthers ? nil : evaluator.repetition(at: place)
    }
    return found
  }

  /// A schema for lines may describe the list of lines, or one line.
  private static func entries(_ source: Source) -> [SchemaEntry?] {
    let program = source.program
    let line = RecordShape.Pattern("/*")
    let isOfLines = source.describesLines || (line.map { program.entry(for: $0).isEmpty } ?? false)
    let describesLine = source.syntax == .jsonl && isOfLines
    let entries = source.shape.patterns.map { pattern in
      guard describesLine else { return program.entry(for: pattern) }
      return pattern == line ? program.entry(for: nil) : program.entry(for: pattern.dropping(first: 1))
    }
    return ([describesLine ? nil : program.entry(for: nil)] + entries).map { $0?.isEmpty == true ? nil : $0 }
  }

  /// Where a record enters the schema; places may depend on its name or its place among its siblings.
  func entry(of record: Record, key: [UInt8]?) -> SchemaEntry? {
    guard record.type < entries.count, let entry = entries[record.type] else { return nil }
    guard entry.dependsOnKey || record.ordinal < entry.prefixCount, record.type > 0 else { return entry }
    return program.entry(for: shape.patterns[record.type - 1], ordinal: record.ordinal, key: key)
  }

  /// The number of a field name in role tables of this format.
  func field(_ name: String) -> UInt32? {
    fieldNames.names.firstIndex { $0.utf8.elementsEqual(name.utf8) }.map { UInt32($0) }
  }

  /// Whether it may say which member is an entry's id.
  var mayNameEntries: Bool { !program.declarations.defines.isEmpty || field("id") != nil }

  /// What a dialect is made from, before kinds are numbered.
  struct Source {
    var id: String
    var plugin: String
    var name: String
    var syntax: Syntax
    var program: SchemaProgram
    var shape: RecordShape
    var patterns: [String]
    /// In a file of lines, the schema describes each line, never the list of them.
    var describesLines = false

    func kindName(_ role: LinkDeclaration.Role, _ index: Int) -> String {
      "concord/\(role == .definition ? "definition" : "reference")/\(id)/\(index)"
    }

    /// The ids this format defines and names, for the plan.
    var links: [LinkDeclaration] {
      let declarations = program.declarations
      let defines = declarations.defines.enumerated().map { index, define in
        LinkDeclaration(
          role: .definition, family: family(define.kind, define.scope), kind: kindName(.definition, index),
          rule: define.rule.id ?? LinkRules.duplicate.id, severity: define.rule.severity ?? .error,
          messageKey: HostRules.messageKey(of: define.rule, kindName(.definition, index)), scope: scope(define.scope),
          repetition: repetition(define.repetition), isByKey: define.source == .key, isNamed: define.name != nil)
      }
      let references = declarations.references.enumerated().map { index, reference in
        LinkDeclaration(
          role: .reference, family: family(reference.kind, reference.scope), kind: kindName(.reference, index),
          rule: reference.rule.id ?? LinkRules.dangling.id, severity: reference.rule.severity ?? .error,
          messageKey: HostRules.messageKey(of: reference.rule, kindName(.reference, index)),
          scope: scope(reference.scope), isOptional: reference.isOptional, isByKey: reference.source == .key)
      }
      return defines + references
    }

    /// Ids that count in the whole dataset are the same in all formats of a plugin.
    private func family(_ kind: String, _ scope: DeclaredScope) -> String {
      scope == .dataset ? "\(plugin)::\(kind)" : "\(id):\(kind)"
    }

    private func repetition(_ declared: DefineDeclaration.Repetition) -> LinkRepetition {
      switch declared {
      case .nowhere: .nowhere
      case .elsewhere: .elsewhere
      case .anywhere: .anywhere
      }
    }

    private func scope(_ declared: DeclaredScope) -> LinkScope {
      switch declared {
      case .dataset: .dataset
      case .document: .document
      case .ancestor: .ancestor
      }
    }
  }
}
