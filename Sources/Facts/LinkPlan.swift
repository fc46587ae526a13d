package import Findings

/// How far an id is known.
package enum LinkScope: UInt8, Sendable, Hashable { case dataset, document, ancestor }

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
  /// Of a definition: further ones of the same id are no duplicates.
  package var isRepeatable: Bool
  /// The id is written as a key, not as a value.
  package var isByKey: Bool
  /// Of a definition: it says what the id is called.
  package var isNamed: Bool

  package init(
    role: Role, family: String, kind: String, rule: String, severity: Severity, messageKey: String = "",
    scope: LinkScope, isRepeatable: Bool = false, isByKey: Bool = false, isNamed: Bool = false
  ) {
    self.role = role
    self.family = family
    self.kind = kind
    self.rule = rule
    self.severity = severity
    self.messageKey = messageKey
    self.scope = scope
    self.isRepeatable = isRepeatable
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
