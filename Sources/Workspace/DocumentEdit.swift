package import Manifest

/// One change of a document's text.
package enum DocumentEdit: Sendable, Hashable {
  case whole([UInt8])
  case bytes(Range<Int>, [UInt8])
  case positions(LinePosition, LinePosition, PositionEncoding, [UInt8])
}

/// What checking a document has cost so far.
package struct WorkDone: Sendable, Hashable {
  /// Records the host looked at, each time counted.
  package var records = 0
  /// Answers of plugins taken up.
  package var calls = 0
  package init(records: Int = 0, calls: Int = 0) {
    self.records = records
    self.calls = calls
  }
}

/// What is known of a document after an edit, or when more is known.
package struct DocumentUpdate: Sendable {
  package enum Completeness: Sendable {
    /// Part of what the edit touched is not worked out yet.
    case partial
    /// All that the edit touched directly is; wider effects follow.
    case touched
    case settled
  }
  package var uri: String
  package var completeness: Completeness
  package var snapshot: DocumentSnapshot
}
