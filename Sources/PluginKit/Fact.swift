import CConcordPlugin

/// What facts are joined on. Made by the host from text.
public struct FactKey: Sendable, Hashable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The key of a text that means the same in all files of a dataset. Stated as text, it would mean something in its own file only.
  public init(shared text: String) {
    // FNV-1a twice, then mixed, so that short texts fill all bits.
    var high: UInt64 = 0xcbf2_9ce4_8422_2325
    var low: UInt64 = 0x9e37_79b9_7f4a_7c15
    for byte in text.utf8 {
      high = (high ^ UInt64(byte)) &* 0x100_0000_01b3
      low = (low ^ UInt64(byte)) &* 0xff51_afd7_ed55_8ccd
      low ^= low >> 29
    }
    self.init(high: Self.mixed(high ^ low >> 32), low: Self.mixed(low ^ high))
  }

  /// 32 hexadecimal digits, for payloads: the same for equal keys, and for no others.
  public var text: String {
    [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Where a fact extends, in canonical units.
public enum Extent: Sendable, Hashable {
  case interval(from: Double, to: Double)
  case box(minX: Double, minY: Double, maxX: Double, maxY: Double)

  /// The box's edges.
  public init(_ box: Box) { self = .box(minX: box.x, minY: box.y, maxX: box.maxX, maxY: box.maxY) }
}

/// A fact as the host passes it in. Lives as long as the call.
@safe public struct Fact {
  let pointer: UnsafePointer<concord_fact>
  let host: UnsafePointer<concord_host>

  /// What it was stated under.
  public var key: FactKey { unsafe FactKey(high: pointer.pointee.key.high, low: pointer.pointee.key.low) }

  /// The main place.
  public var place: Place { places.first?.place ?? Place(record: CONCORD_NONE_INDEX, start: 0, end: 0) }

  /// One to eight places with the names they were stated under.
  public var places: [(name: String, place: Place)] {
    guard let places = unsafe pointer.pointee.places else { return [] }
    return unsafe UnsafeBufferPointer(start: places, count: pointer.pointee.place_count).map {
      unsafe (String($0.name) ?? "", Place(record: $0.place.record, start: $0.place.start, end: $0.place.end))
    }
  }

  /// The place stated under this name; `nil` if there is none.
  public func place(named name: String) -> Place? { places.first { $0.name == name }?.place }

  /// As stated.
  public var payload: [UInt8] {
    guard let start = unsafe pointer.pointee.payload.start else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: start, count: pointer.pointee.payload.count))
  }
  /// The payload where it lies, without a copy.
  public func withPayload<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    let payload = unsafe pointer.pointee.payload
    return body(unsafe UnsafeBufferPointer(start: payload.start, count: payload.start == nil ? 0 : payload.count).span)
  }
  /// The payload as text.
  public var text: String { String(decoding: payload, as: UTF8.self) }
  /// The payload as the numbers stated with `.numbers`; empty if its length is not a multiple of eight.
  public var numbers: [Double] { Payload.numbers(in: payload) }
  /// The payload of a definition: a JSON object with the members it exports.
  public var exports: JSON { JSON(parsing: text) ?? .null }

  /// Where it extends; `nil` if it was stated without.
  public var extent: Extent? {
    let extent = unsafe pointer.pointee.extent
    switch Int(extent.form) {
    case CONCORD_EXTENT_INTERVAL: return .interval(from: extent.min_x, to: extent.max_x)
    case CONCORD_EXTENT_BOX:
      return .box(minX: extent.min_x, minY: extent.min_y, maxX: extent.max_x, maxY: extent.max_y)
    default: return nil
    }
  }

  /// Whether this one stands earlier in the documents than another of the same call.
  public func stands(before other: Fact) -> Bool { unsafe pointer.pointee.order < other.pointer.pointee.order }
}

/// Facts of one call, in document order.
@safe public struct Facts: RandomAccessCollection {
  let base: UnsafePointer<concord_fact>?
  /// How many were passed in.
  public let count: Int
  /// How many there are in truth; more than `count` if the host's limit cut them.
  public let total: Int
  let host: UnsafePointer<concord_host>

  init(_ base: UnsafePointer<concord_fact>?, _ count: Int, _ total: Int, _ host: UnsafePointer<concord_host>) {
    unsafe self.base = base
    self.count = unsafe base == nil ? 0 : Swift.max(count, 0)
    self.total = total
    unsafe self.host = host
  }

  /// Always 0.
  public var startIndex: Int { 0 }
  /// The count.
  public var endIndex: Int { count }

  /// The fact at a position below `count`.
  public subscript(position: Int) -> Fact {
    precondition(position >= 0 && position < count, "a fact that is not there")
    // Not null: then the count would be 0.
    return unsafe Fact(pointer: base! + position, host: host)
  }
}

extension Facts {
  /// Each under its main place, where a value of a record is asked for what was stated at it; the first of several.
  public var byPlace: [Place: Fact] { Dictionary(map { ($0.place, $0) }, uniquingKeysWith: { first, _ in first }) }
}

/// All facts of one key.
@safe public struct Group {
  /// The key all of them share.
  public let key: FactKey
  /// At most 4,096, in document order.
  public let facts: Facts
  let records: UnsafePointer<UnsafePointer<concord_record>?>?
  let recordCount: Int
  private let lentTable: Unmanaged<RuleTable>

  init(
    key: FactKey, facts: Facts, records: UnsafePointer<UnsafePointer<concord_record>?>?, recordCount: Int,
    table: RuleTable
  ) {
    self.key = key
    self.facts = facts
    unsafe self.records = records
    self.recordCount = recordCount
    unsafe lentTable = .passUnretained(table)
  }

  /// The record a fact stands in; `nil` unless the rule declares `needsRecords`.
  public func record(of fact: Fact) -> Record? {
    let index = unsafe fact.pointer.pointee.record
    guard index != CONCORD_NONE_INDEX, let records = unsafe records else { return nil }
    // The host numbers a group's records from 0, in order.
    guard index < recordCount, let record = unsafe records[Int(index)] else { return nil }
    return unsafe Record(pointer: record, host: fact.host, table: lentTable.takeUnretainedValue(), found: nil)
  }
}
