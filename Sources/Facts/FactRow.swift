import Findings
import Manifest

/// One fact in the store. A fact that goes takes its id with it: the same number with the next generation is another fact.
package struct FactID: Sendable, Hashable {
  package let row: UInt32
  package let generation: UInt32
}

/// A fact as rules are shown it.
package struct FactView: Sendable, Hashable {
  package var id: FactID
  package var fact: StatedFact
}

/// A fact as it is kept: 48 bytes, 12 for its places in two indexes, and three for its two buckets.
struct FactRow: OwnedRow {
  var key: FactKey
  /// The record of the main place.
  var record: UInt64
  var document: UInt32
  var start: UInt32
  var end: UInt32
  /// Extent, further places, payload: a reference into the blob pool, or `noRow`.
  var blob: UInt32
  var generation: UInt32
  var kind: FactKind
  /// Who stated it, together with the record.
  var call: CallNumber

  var isAlive: Bool { generation & 1 == 1 }
  var place: Place { Place(record: reference, start: start, end: end) }
  func isIn(_ kind: FactKind, _ key: FactKey) -> Bool { self.kind == kind && self.key == key }
}

/// Everything under one key of one kind.
struct GroupKey: Hashable, Comparable {
  var kind: FactKind
  var key: FactKey

  var hash: UInt64 { mixed(key.low ^ mixed(key.high &+ UInt64(kind.number))) }

  static func < (a: GroupKey, b: GroupKey) -> Bool { a.kind == b.kind ? a.key < b.key : a.kind < b.kind }
}
