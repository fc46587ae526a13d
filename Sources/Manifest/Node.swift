/// One value in a record's tree.
///
/// Laid out exactly like `concord_node` in `concord_plugin.h`, so that a tree crosses the plugin boundary
/// without conversion; a test holds the two together. All offsets are bytes from the start of the record's own text.
package struct Node: Sendable, Hashable {
  package var kind: Kind
  package var flags: Flags
  private var reserved: UInt16 = 0
  /// The value without surrounding space. A string includes its quotes, a container its brackets.
  package var start: UInt32
  package var end: UInt32
  /// The containing node, `Node.none` at the root.
  package var parent: UInt32
  /// The index just past this node's subtree: the next sibling, if the parent's subtree reaches that far.
  package var subtreeEnd: UInt32
  /// Members or elements; in an elided container, how many records stand in it.
  package var childCount: UInt32
  /// The member's key with its quotes; both zero if this node is not an object's member.
  package var keyStart: UInt32 = 0
  package var keyEnd: UInt32 = 0

  package static let none = UInt32.max

  package enum Kind: UInt8, Sendable {
    /// No value where one belongs (`"a": ,`). The range is empty.
    case missing = 0
    case null, `false`, `true`, number, string, array, object
  }

  package struct Flags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The string holds a backslash.
    package static let escaped = Flags(rawValue: 1)
    package static let keyEscaped = Flags(rawValue: 2)
    /// The token is not well formed (`01`, `treu`, `NaN`, a string without its end); its bytes are still here.
    package static let malformed = Flags(rawValue: 4)
    /// A container whose closer is missing.
    package static let unclosed = Flags(rawValue: 8)
    /// A container whose children are records of their own, cut out of this record's text.
    package static let elided = Flags(rawValue: 16)
    /// A member whose key stood earlier in the same object.
    package static let duplicateKey = Flags(rawValue: 32)
  }

  package init(
    kind: Kind, flags: Flags = [], start: UInt32, end: UInt32, parent: UInt32, subtreeEnd: UInt32,
    childCount: UInt32 = 0, keyStart: UInt32 = 0, keyEnd: UInt32 = 0
  ) {
    self.kind = kind
    self.flags = flags
    self.start = start
    self.end = end
    self.parent = parent
    self.subtreeEnd = subtreeEnd
    self.childCount = childCount
    self.keyStart = keyStart
    self.keyEnd = keyEnd
  }

  package var range: Range<Int> { Int(start)..<Int(max(start, end)) }
  package var keyRange: Range<Int> { Int(keyStart)..<Int(max(keyStart, keyEnd)) }
  package var hasKey: Bool { keyEnd > keyStart }
}
