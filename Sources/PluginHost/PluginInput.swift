package import Facts
package import Findings
package import Manifest
import WorkerProtocol

/// The names that the field numbers of role tables mean: one list per compiled schema. A class so that a session
/// recognises the list it has already translated.
package final class FieldNames: Sendable {
  package let names: [String]
  package init(_ names: [String]) { self.names = names }
}

/// A record as it is handed to plugins.
package struct RecordInput: Sendable {
  package var reference: RecordReference
  package var bytes: [UInt8]
  /// At least one.
  package var nodes: [Node]
  package var roles: RoleTable
  package var fieldNames: FieldNames
  /// Id of the format (`vision/coco`); empty if not recognised.
  package var dialect: String
  /// Where such records stand (`/annotations/*`); empty for a whole document.
  package var pattern: String
  /// Members of the ancestors, nearest first; the first of a name counts. At most 256 bytes each.
  package var context: [ContextMember]

  package struct ContextMember: Sendable, Hashable {
    package var name: String
    /// JSON text.
    package var value: [UInt8]
    package init(_ name: String, _ value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  package init(
    reference: RecordReference, bytes: [UInt8], nodes: [Node], roles: RoleTable = RoleTable(),
    fieldNames: FieldNames = FieldNames([]), dialect: String = "", pattern: String = "", context: [ContextMember] = []
  ) {
    self.reference = reference
    self.bytes = bytes
    self.nodes = nodes
    self.roles = roles
    self.fieldNames = fieldNames
    self.dialect = dialect
    self.pattern = pattern
    self.context = context
  }
}

/// A fact as it is handed to plugins.
package struct AttachedFact: Sendable, Hashable {
  /// `nil` for a definition.
  package var kind: FactKind?
  package var key: FactKey
  /// One to eight; the first is the main one.
  package var places: [StatedFact.NamedPlace]
  /// For a definition, a JSON object with the members it exports.
  package var payload: [UInt8]
  package var extent: Extent?
  /// Smaller stands earlier.
  package var order: UInt64

  package init(
    kind: FactKind?, key: FactKey, places: [StatedFact.NamedPlace], payload: [UInt8] = [], extent: Extent? = nil,
    order: UInt64 = 0
  ) {
    self.kind = kind
    self.key = key
    self.places = places
    self.payload = payload
    self.extent = extent
    self.order = order
  }
}

/// What one look-up found: the first facts (at most 256 are passed on), and how many there are.
package struct LookupResult: Sendable, Hashable {
  package var facts: [AttachedFact]
  package var total: Int
  package init(_ facts: [AttachedFact] = [], total: Int? = nil) {
    self.facts = facts
    self.total = total ?? facts.count
  }
}

/// One total of a key, with the first eight places in document order.
package struct KeyTotal: Sendable, Hashable {
  package var bin: UInt32
  package var amount: Int64
  package var places: [Place]
  package init(bin: UInt32, amount: Int64, places: [Place]) {
    self.bin = bin
    self.amount = amount
    self.places = places
  }
}

/// One call of a plugin. Indirect: it is handed from queue to queue, and what it holds is many parts.
package indirect enum PluginCall: Sendable {
  /// `lookups` in the order of the plugin's declared look-ups; missing ones are empty.
  case check(RecordInput, lookups: [LookupResult])
  case relate(AttachedFact, among: FactKind, RuleRelation, related: [AttachedFact])
  case group(FactKind, FactKey, [AttachedFact], records: [RecordInput])
  case totals(FactKind, FactKey, [KeyTotal])
  case fix(RecordInput, recipe: String, argument: String)
  case complete(RecordInput, node: Int, members: Members)
  case hover(RecordInput, node: Int, members: Members)

  /// Whether a plugin with these optional calls has anything to say to it.
  func isAnswered(by answers: Hello.Answers) -> Bool {
    switch self {
    case .complete: answers.contains(.complete)
    case .hover: answers.contains(.hover)
    default: true
    }
  }

  /// Answers what a key holds, while the plugin completes or hovers.
  package typealias Members = @Sendable (FactKind, FactKey) async -> LookupResult
}

/// Which of the waiting calls go first.
package enum CallPriority: Int, Sendable, CaseIterable {
  /// The edited record, a request of the user.
  case edited = 0
  case visible
  case background
}
