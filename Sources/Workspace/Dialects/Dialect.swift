package import Facts
package import Manifest
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
  /// Where each type of record enters the schema, by `RecordType`.
  package let entries: [SchemaEntry]
  /// The engine's number of each of the program's field names.
  package let fieldNumbers: [UInt32]
  /// The fact kind of each declaration of the program; `nil` only if no more kinds could be registered.
  package let definitionKinds: [FactKind?]
  package let referenceKinds: [FactKind?]
  /// For each reference, the kinds of the definitions it may mean.
  package let definitionsOfReference: [[FactKind]]

  init(_ source: Source, kinds: KindRegistry, fields: FieldNames) {
    id = source.id
    plugin = source.plugin
    name = source.name
    syntax = source.syntax
    program = source.program
    shape = source.shape
    patterns = [""] + source.patterns
    let program = source.program
    entries = [program.entry(for: nil)] + source.shape.patterns.map { program.entry(for: $0) }
    fieldNumbers = program.fieldNames.map { fields.existing($0) ?? .max }
    let declarations = program.declarations
    let defined = declarations.defines.indices.map { kinds[source.kindName(.definition, $0)] }
    definitionKinds = defined
    referenceKinds = declarations.references.indices.map { kinds[source.kindName(.reference, $0)] }
    definitionsOfReference = declarations.references.map { reference in
      declarations.defines.indices.compactMap { index in
        declarations.defines[index].kind == reference.kind ? defined[index] : nil
      }
    }
  }

  /// What a dialect is made from, before kinds and fields are numbered.
  struct Source {
    var id: String
    var plugin: String
    var name: String
    var syntax: Syntax
    var program: SchemaProgram
    var shape: RecordShape
    var patterns: [String]

    func kindName(_ role: LinkDeclaration.Role, _ index: Int) -> String {
      "concord/\(role == .definition ? "definition" : "reference")/\(id)/\(index)"
    }

    /// The ids this format defines and names, for the plan.
    var links: [LinkDeclaration] {
      let declarations = program.declarations
      let defines = declarations.defines.enumerated().map { index, define in
        LinkDeclaration(
          role: .definition, family: "\(id):\(define.kind)", kind: kindName(.definition, index),
          rule: define.rule.id ?? LinkRules.duplicate.id, severity: define.rule.severity ?? .error,
          messageKey: HostRules.messageKey(of: define.rule, kindName(.definition, index)), scope: scope(define.scope))
      }
      let references = declarations.references.enumerated().map { index, reference in
        LinkDeclaration(
          role: .reference, family: "\(id):\(reference.kind)", kind: kindName(.reference, index),
          rule: reference.rule.id ?? LinkRules.dangling.id, severity: reference.rule.severity ?? .error,
          messageKey: HostRules.messageKey(of: reference.rule, kindName(.reference, index)),
          scope: scope(reference.scope))
      }
      return defines + references
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

/// Numbers every field name that any format or plugin uses, so that one role table serves them all.
package struct FieldNames: Sendable {
  package private(set) var names: [String] = []
  private var numbers: [String: UInt32] = [:]

  package init() {}

  package mutating func register(_ name: String) {
    guard numbers[name] == nil, let number = UInt32(exactly: names.count) else { return }
    names.append(name)
    numbers[name] = number
  }

  package func existing(_ name: String) -> UInt32? { numbers[name] }
}
