package import Findings

/// Interned number of a fact kind such as `vision/region`; the store's `KindRegistry` gives names.
package struct FactKind: Sendable, BitwiseCopyable, Hashable, Comparable {
  package let number: UInt16
  package init(_ number: UInt16) { self.number = number }
  package static func < (a: FactKind, b: FactKind) -> Bool { a.number < b.number }
}

/// What facts are joined on: up to 128 bits. Longer keys are hashed (SipHash-free, stable across runs and machines).
package struct FactKey: Sendable, BitwiseCopyable, Hashable, Comparable {
  package var high: UInt64
  package var low: UInt64
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
  package static func < (a: FactKey, b: FactKey) -> Bool { a.high == b.high ? a.low < b.low : a.high < b.high }
}

/// Where a fact extends: an interval (`min.x`…`max.x`) or a box. Doubles as stated, canonical units.
package struct Extent: Sendable, Hashable {
  package enum Form: UInt8, Sendable { case interval = 1, box = 2 }
  package var form: Form
  package var minX: Double
  package var minY: Double
  package var maxX: Double
  package var maxY: Double
  package init(form: Form, minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.form = form
    self.minX = minX
    self.minY = minY
    self.maxX = maxX
    self.maxY = maxY
  }
}

/// A fact as a record or rule states it, before the store keeps it compactly.
package struct StatedFact: Sendable, Hashable {
  package var kind: FactKind
  package var key: FactKey
  /// The record it stands in and up to eight places; the first is the main one. Names are the plugin's, or empty.
  package var places: [NamedPlace]
  /// Small: at most 256 bytes.
  package var payload: [UInt8]
  package var extent: Extent?

  package struct NamedPlace: Sendable, Hashable {
    package var name: String
    package var place: Place
    package init(_ name: String = "", _ place: Place) {
      self.name = name
      self.place = place
    }
  }

  package init(kind: FactKind, key: FactKey, places: [NamedPlace], payload: [UInt8] = [], extent: Extent? = nil) {
    self.kind = kind
    self.key = key
    self.places = places
    self.payload = payload
    self.extent = extent
  }
}

/// An amount under a key. Integers only: doubles do not subtract.
package struct StatedTally: Sendable, Hashable {
  package var kind: FactKind
  package var key: FactKey
  /// Which of the key's totals (a count, a sum, a histogram's bin).
  package var bin: UInt32
  package var amount: Int64
  package var place: Place

  package init(kind: FactKind, key: FactKey, bin: UInt32, amount: Int64, place: Place) {
    self.kind = kind
    self.key = key
    self.bin = bin
    self.amount = amount
    self.place = place
  }
}
