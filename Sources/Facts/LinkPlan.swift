package import Findings

/// How far an id is known.
package enum LinkScope: UInt8, Sendable, Hashable { case dataset, document, ancestor }

/// Where an id may be defined once more without being a duplicate.
package enum LinkRepetition: UInt8, Sendable, Hashable { case nowhere, elsewhere, anywhere }

/// A place in a schema that defines or names ids.
package struct LinkDeclaration: Sendable, Hashable {
  package enum Role: Sendable, Hashable { case definition, reference }
  package var role: Role
  /// What the ids are ids of (`category`): definitions and references of one family meet.
  package var family: String
  /// The fact kind of this declaration alone, by name; what tells its facts from those of other declarations.
  package var kind: String
  /// The rule that a dangling reference, or a second definition, is reported under.
  package var rule: String
  package var severity: Severity
  package var messageKey: String
  package var scope: LinkScope
  /// Of a definition: whether further ones of the same id are duplicates; `elsewhere`: those in the same file are.
  package var repetition: LinkRepetition
  /// Of a reference: it may lead nowhere.
  package var isOptional: Bool
  /// The id is written as a key, not as a value.
  package var isByKey: Bool
  /// Of a definition: it says what the id is called.
  package var isNamed: Bool

  package init(
    role: Role, family: String, kind: String, rule: String, severity: Severity, messageKey: String = "",
    scope: LinkScope, repetition: LinkRepetition = .nowhere, isOptional: Bool = false, isByKey: Bool = false,
    isNamed: Bool = false
  ) {
    self.role = role
    self.family = family
    self.kind = kind
    self.rule = rule
    self.severity = severity
    self.messageKey = messageKey
    self.scope = scope
    self.repetition = repetition
    self.isOptional = isOptional
    self.isByKey = isByKey
    self.isNamed = isNamed
  }
}

package struct PlannedLink: Sendable, Hashable {
  package var declaration: LinkDeclaration
  package var kind: FactKind
}

package struct LinkFamily: Sendable, Hashable {
  package var name: String
  package var definitions: [PlannedLink] = []
  package var references: [PlannedLink] = []
}
