import Findings
import Manifest

/// What a fact has beyond its row, written as bytes: extent, name of the main place, further places, payload.
///
/// Equal facts have equal bytes, so that comparing is a comparison of bytes. A fact with none of these has no blob.
enum FactBlob {
  private static let interval: UInt8 = 1
  private static let box: UInt8 = 2
  private static let named: UInt8 = 4
  /// Beside the length of a place's name: it stands in the record of the main place, which is not written again.
  private static let besideMain: UInt8 = 0x80

  /// Longest payload of a fact, in bytes.
  static var maximumPayload: Int { 256 }
  static var maximumPlaces: Int { 8 }
  /// Longest name of a place, in bytes.
  static var maximumName: Int { 32 }

  /// `nil` when the fact is beyond the bounds; empty when it has nothing of this kind.
  static func encode(_ fact: StatedFact) -> [UInt8]? {
    guard !fact.places.isEmpty, fact.places.count <= maximumPlaces, fact.payload.count <= maximumPayload,
      fact.places.allSatisfy({ $0.name.utf8.count <= maximumName })
    else { return nil }
    let extent = fact.extent.flatMap(usable)
    let hasPlaces = fact.places.count > 1 || fact.places.first?.name.isEmpty == false
    guard extent != nil || hasPlaces || !fact.payload.isEmpty else { return [] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(40 + fact.payload.count + (hasPlaces ? 30 * fact.places.count : 0))
    bytes.append(hasPlaces ? named : 0)
    if let extent {
      bytes[0] |= extent.form == .box ? box : interval
      append(extent.minX, to: &bytes)
      append(extent.maxX, to: &bytes)
      if extent.form == .box {
        append(extent.minY, to: &bytes)
        append(extent.maxY, to: &bytes)
      }
    }
    if hasPlaces {
      bytes.append(UInt8(fact.places.count))
      for (index, place) in fact.places.enumerated() {
        let isBesideMain = index > 0 && place.place.record == fact.places[0].place.record
        bytes.append(UInt8(place.name.utf8.count) | (isBesideMain ? besideMain : 0))
        bytes.append(contentsOf: place.name.utf8)
        // The main place is in the row.
        guard index > 0 else { continue }
        if !isBesideMain {
          append(UInt64(place.place.record.document.number), count: 4, to: &bytes)
          append(place.place.record.record.label, count: 8, to: &bytes)
        }
        append(UInt64(place.place.start), count: 4, to: &bytes)
        append(UInt64(place.place.end), count: 4, to: &bytes)
      }
    }
    bytes.append(contentsOf: fact.payload)
    return bytes
  }

  /// An extent that relations can say something of: finite, not turned round; -0 is 0, an interval has no y.
  static func usable(_ extent: Extent) -> Extent? {
    let isInterval = extent.form == .interval
    let minY = isInterval ? 0 : extent.minY
    let maxY = isInterval ? 0 : extent.maxY
    guard extent.minX.isFinite, extent.maxX.isFinite, minY.isFinite, maxY.isFinite, extent.minX <= extent.maxX,
      minY <= maxY
    else { return nil }
    return Extent(form: extent.form, minX: extent.minX + 0, minY: minY + 0, maxX: extent.maxX + 0, maxY: maxY + 0)
  }

  static func extent(in bytes: ContiguousArray<UInt8>, at start: Int) -> Extent? {
    let flags = bytes[start]
    guard flags & (interval | box) != 0 else { return nil }
    let minX = double(in: bytes, at: start + 1)
    let maxX = double(in: bytes, at: start + 9)
    guard flags & box != 0 else { return Extent(form: .interval, minX: minX, minY: 0, maxX: maxX, maxY: 0) }
    return Extent(
      form: .box, minX: minX, minY: double(in: bytes, at: start + 17), maxX: maxX,
      maxY: double(in: bytes, at: start + 25))
  }

  /// Puts a fact together again.
  static func decode(
    _ bytes: ContiguousArray<UInt8>, _ range: Range<Int>, kind: FactKind, key: FactKey, main: Place
  ) -> StatedFact {
    var fact = StatedFact(kind: kind, key: key, places: [.init("", main)])
    guard !range.isEmpty else { return fact }
    let flags = bytes[range.lowerBound]
    fact.extent = extent(in: bytes, at: range.lowerBound)
    var offset = range.lowerBound + 1 + (flags & box != 0 ? 32 : flags & interval != 0 ? 16 : 0)
    if flags & named != 0 {
      let count = Int(bytes[offset])
      offset += 1
      for index in 0..<count {
        let isBesideMain = bytes[offset] & besideMain != 0
        let nameEnd = offset + 1 + Int(bytes[offset] & ~besideMain)
        let name = String(decoding: bytes[offset + 1..<nameEnd], as: UTF8.self)
        offset = nameEnd
        guard index > 0 else {
          fact.places[0].name = name
          continue
        }
        var record = main.record
        if !isBesideMain {
          record = RecordReference(
            document: DocumentID(UInt32(word(in: bytes, at: offset, count: 4))),
            record: RecordID(label: word(in: bytes, at: offset + 4, count: 8)))
          offset += 12
        }
        let place = Place(
          record: record, start: UInt32(word(in: bytes, at: offset, count: 4)),
          end: UInt32(word(in: bytes, at: offset + 4, count: 4)))
        fact.places.append(.init(name, place))
        offset += 8
      }
    }
    fact.payload = Array(bytes[offset..<range.upperBound])
    return fact
  }

  private static func append(_ number: Double, to bytes: inout [UInt8]) {
    append(number.bitPattern, count: 8, to: &bytes)
  }

  private static func append(_ word: UInt64, count: Int, to bytes: inout [UInt8]) {
    for shift in 0..<count { bytes.append(UInt8(truncatingIfNeeded: word &>> UInt64(8 * shift))) }
  }

  private static func double(in bytes: ContiguousArray<UInt8>, at start: Int) -> Double {
    Double(bitPattern: word(in: bytes, at: start, count: 8))
  }

  private static func word(in bytes: ContiguousArray<UInt8>, at start: Int, count: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<count { word |= UInt64(bytes[start + index]) &<< UInt64(8 * index) }
    return word
  }
}
