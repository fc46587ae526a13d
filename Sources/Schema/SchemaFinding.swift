package import Findings

/// What a schema reports of one record.
package struct SchemaFinding: Sendable, Hashable {
  package var rule: String
  package var severity: Severity
  /// The node it is about.
  package var node: UInt32
  /// Own-text bytes to mark: for a missing member the object's key or opening brace, for a member that is not allowed its key.
  package var range: Range<Int>
  package var message: Message
  package var fixes: [SchemaFix] = []
  /// Equal findings with this value may be shown as one.
  package var fold: String?
}

extension SchemaFinding {
  /// The rule behind the keyword.
  package static let uniqueItems = "schema/unique-items"
}

/// A way to make it right, in terms of the record's nodes.
package struct SchemaFix: Sendable, Hashable {
  /// A template's key of the finding's rule, with its values.
  package var title: Message
  package var isCertain: Bool
  package var edit: SchemaEdit
}

package enum SchemaEdit: Sendable, Hashable {
  /// JSON text instead of the value.
  case replace(UInt32, [UInt8])
  /// The member or element with its comma.
  case remove(UInt32)
  /// A member at the end of the object.
  case insertMember(UInt32, key: String, value: [UInt8])
  /// JSON text (with quotes) instead of the member's key.
  case renameKey(UInt32, [UInt8])
  /// These bytes in place of that part of the record's own text, as they are.
  case text(Range<Int>, [UInt8])
}
