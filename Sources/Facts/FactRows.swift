import Findings
import Manifest

/// The facts themselves, by number, and their orders.
struct FactRows {
  var rows = PagedArray<FactRow>()
  var blobs = BlobPool()

  subscript(row: UInt32) -> FactRow { rows[row] }

  func extent(of row: UInt32) -> Extent? {
    let blob = rows[row].blob
    return blob == noRow ? nil : blobs.extent(of: blob)
  }

  func view(of row: UInt32) -> FactView {
    let found = rows[row]
    let id = FactID(row: row, generation: found.generation)
    guard found.blob != noRow else {
      return FactView(id: id, fact: StatedFact(kind: found.kind, key: found.key, places: [.init("", found.place)]))
    }
    return FactView(id: id, fact: blobs.fact(of: found.blob, kind: found.kind, key: found.key, main: found.place))
  }

  /// Document order: by place, then by who states it and what. Total, and independent of when a fact came.
  func precedes(_ a: UInt32, _ b: UInt32) -> Bool {
    guard a != b else { return false }
    let (first, second) = (rows[a], rows[b])
    if first.document != second.document { return first.document < second.document }
    if first.record != second.record { return first.record < second.record }
    if first.start != second.start { return first.start < second.start }
    if first.end != second.end { return first.end < second.end }
    if first.kind != second.kind { return first.kind < second.kind }
    if first.call != second.call { return first.call < second.call }
    let (mine, other) = (bytes(of: first), bytes(of: second))
    if mine.elementsEqual(other) { return a < b }
    return mine.lexicographicallyPrecedes(other)
  }

  private func bytes(of row: FactRow) -> ArraySlice<UInt8> { row.blob == noRow ? [] : blobs.bytes(of: row.blob) }

  /// Order along x: start, end, place. `false` where one has no extent.
  func startsBefore(_ a: UInt32, _ b: UInt32) -> Bool {
    guard let first = extent(of: a), let second = extent(of: b) else { return false }
    if first.minX != second.minX { return first.minX < second.minX }
    if first.maxX != second.maxX { return first.maxX < second.maxX }
    return precedes(a, b)
  }

  /// Where a fact stood along x, kept when it has gone.
  func spot(of row: UInt32) -> Spot? {
    guard let extent = extent(of: row) else { return nil }
    return Spot(extent: extent, place: rows[row].place)
  }

  func isBefore(_ row: UInt32, _ spot: Spot) -> Bool {
    guard let mine = self.spot(of: row) else { return false }
    return mine < spot
  }
}

/// Extent and place of a fact, with the order along x.
struct Spot: Comparable {
  var extent: Extent
  var place: Place

  static func < (a: Spot, b: Spot) -> Bool {
    if a.extent.minX != b.extent.minX { return a.extent.minX < b.extent.minX }
    if a.extent.maxX != b.extent.maxX { return a.extent.maxX < b.extent.maxX }
    if a.place.record != b.place.record { return a.place.record < b.place.record }
    if a.place.start != b.place.start { return a.place.start < b.place.start }
    return a.place.end < b.place.end
  }
}
