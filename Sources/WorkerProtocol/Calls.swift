package import Manifest

/// Which of a plugin's functions a call is for.
package enum CallForm: UInt8, Sendable {
  case check = 0
  case relate, group, totals, fix, complete, hover
}

/// How a batch lies in its frame: serial, number of calls, then each call as its form followed by its parts.
///
///     check     record, look-ups (total, facts)
///     relate    relation, among, fact, facts
///     group     kind, key, facts, records
///     totals    kind, key, totals
///     fix       record, recipe, argument
///     complete  record, node
///     hover     record, node
package struct BatchWriter: Sendable {
  package var body = ByteWriter()
  package private(set) var count = 0

  package init(serial: UInt32) {
    body.put(serial)
    body.put(UInt32(0))
  }

  /// Goes to where the next call begins: at a multiple of eight, so that its arrays stay aligned.
  package mutating func begin() { body.align(to: 8) }

  /// Counts the call that was written since `begin`.
  package mutating func end() {
    count += 1
    body.overwrite(UInt32(clamping: count), at: 4)
  }
}

/// A key as it crosses: two words.
package struct WireKey: Sendable, Hashable {
  package var high: UInt64
  package var low: UInt64
  @inlinable package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// A place in one of a call's records.
package struct WirePlace: Sendable, Hashable {
  package var record: UInt32
  package var start: UInt32
  package var end: UInt32
  @inlinable package init(record: UInt32, start: UInt32, end: UInt32) {
    self.record = record
    self.start = start
    self.end = end
  }
}

/// An extent as it crosses; form 0 is none.
package struct WireExtent: Sendable, Hashable {
  package var form: UInt32 = 0
  package var minX = 0.0
  package var minY = 0.0
  package var maxX = 0.0
  package var maxY = 0.0
  @inlinable package init() {}
}

extension ByteWriter {
  package mutating func put(_ key: WireKey) {
    put(words: [.low(key.high), .high(key.high), .low(key.low), .high(key.low)])
  }
  package mutating func put(_ place: WirePlace) { put(words: [place.record, place.start, place.end]) }
  package mutating func put(_ extent: WireExtent) {
    let (left, top) = (extent.minX.bitPattern, extent.minY.bitPattern)
    let (right, bottom) = (extent.maxX.bitPattern, extent.maxY.bitPattern)
    put(words: [
      extent.form, .low(left), .high(left), .low(top), .high(top), .low(right), .high(right), .low(bottom),
      .high(bottom),
    ])
  }

  /// One record. `fields` hold the plugin's own field numbers.
  package mutating func put(
    recordOfRole role: UInt8, dialect: String, pattern: String, bytes: [UInt8], nodes: [Node],
    fields: [RoleTable.Entry], numbers: [Double], contexts: [(index: UInt32, text: [UInt8])]
  ) {
    put(role)
    put(dialect)
    put(pattern)
    put(bytes)
    put(array: nodes)
    put(array: fields)
    put(array: numbers)
    put(count: contexts.count)
    for context in contexts {
      put(context.index)
      put(context.text)
    }
  }

  package mutating func put(
    factOfKind kind: UInt32, record: UInt32, key: WireKey, order: UInt64, places: [(name: String, place: WirePlace)],
    payload: [UInt8], extent: WireExtent
  ) {
    put(kind)
    put(record)
    put(key)
    put(order)
    put(extent)
    put(payload)
    put(count: places.count)
    for item in places {
      put(item.name)
      put(item.place)
    }
  }
}

extension ByteReader {
  @inlinable @inline(__always) package mutating func key() throws(WireError) -> WireKey {
    WireKey(high: try uint64(), low: try uint64())
  }
  @inlinable @inline(__always) package mutating func place() throws(WireError) -> WirePlace {
    WirePlace(record: try uint32(), start: try uint32(), end: try uint32())
  }
  @inlinable @inline(__always) package mutating func extent() throws(WireError) -> WireExtent {
    var extent = WireExtent()
    extent.form = try uint32()
    extent.minX = try double()
    extent.minY = try double()
    extent.maxX = try double()
    extent.maxY = try double()
    return extent
  }
  @inlinable @inline(__always) package mutating func slice() throws(WireError) -> UnsafeRawBufferPointer {
    unsafe try slice(try count())
  }
}

/// A record as it lies in a batch; valid as long as the batch's memory.
@safe package struct RecordView {
  package let role: UInt8
  package let dialect: UnsafeRawBufferPointer
  package let pattern: UnsafeRawBufferPointer
  package let bytes: UnsafeRawBufferPointer
  /// As `concord_node`, `concord_field` and `double` lie in memory.
  package let nodes: (memory: UnsafeRawBufferPointer, count: Int)
  package let fields: (memory: UnsafeRawBufferPointer, count: Int)
  package let numbers: (memory: UnsafeRawBufferPointer, count: Int)
  package let contexts: [(index: UInt32, text: UnsafeRawBufferPointer)]

  @inlinable package init(reading reader: inout ByteReader) throws(WireError) {
    role = try reader.byte()
    unsafe dialect = try reader.slice()
    unsafe pattern = try reader.slice()
    unsafe bytes = try reader.slice()
    unsafe nodes = unsafe try reader.array(of: 32)
    unsafe fields = unsafe try reader.array(of: 20)
    unsafe numbers = try reader.array(of: 8)
    guard unsafe nodes.count > 0 else { throw WireError("A record has no tree.") }
    var contexts: [(index: UInt32, text: UnsafeRawBufferPointer)] = unsafe []
    for _ in 0..<(try reader.count(of: 8)) {
      let index = try reader.uint32()
      unsafe contexts.append((index, try reader.slice()))
    }
    unsafe self.contexts = contexts
  }
}

/// A fact as it lies in a batch, but for its places; valid as long as the batch's memory.
@safe package struct FactView {
  package let kind: UInt32
  package let record: UInt32
  package let key: WireKey
  package let order: UInt64
  package let extent: WireExtent
  package let payload: UnsafeRawBufferPointer
  /// How many places follow, to be read one by one: each its name (`slice`) and itself (`place`).
  package let placeCount: Int
  /// The least bytes a fact takes.
  package static let size = 4 + 4 + 16 + 8 + 36 + 4 + 4

  @inlinable package init(reading reader: inout ByteReader) throws(WireError) {
    kind = try reader.uint32()
    record = try reader.uint32()
    key = try reader.key()
    order = try reader.uint64()
    extent = try reader.extent()
    unsafe payload = try reader.slice()
    placeCount = try reader.count(of: 16, limit: Limits.places)
  }
}
