import CGEOS
import Synchronization

/// Questions about shapes on a plane, answered by GEOS. Its context is of this value alone and ends with it.
///
/// A class because the context has to be given back. Each pointer that GEOS makes is destroyed by whoever got it here, or handed to a
/// polygon, which then owns it.
@safe package final class Plane {
  private let context: GEOSContextHandle_t

  /// What GEOS asks while it works: so often that a shape without end does not keep anybody waiting. Counted, not timed, so that the
  /// same shape always has the same answer.
  private static let patience = 2_000_000
  fileprivate static let asked = Atomic<Int>(0)

  /// `nil` only if there is no memory.
  package init?() {
    guard let context = unsafe GEOS_init_r() else { return nil }
    unsafe self.context = context
    Self.asked.store(0, ordering: .relaxed)
    _ = GEOS_interruptRegisterCallback {
      if Plane.asked.add(1, ordering: .relaxed).newValue > Plane.patience { GEOS_interruptRequest() }
    }
  }

  deinit {
    GEOS_interruptCancel()
    unsafe GEOS_finish_r(context)
  }

  /// Whether a closed ring goes round counter-clockwise, with y upwards; `nil` if it has no inside.
  package func isCounterClockwise(_ ring: [Position]) -> Bool? {
    guard ring.count >= 4, let sequence = unsafe sequence(ring) else { return nil }
    defer { unsafe GEOSCoordSeq_destroy_r(context, sequence) }
    var answer: CChar = 0
    guard unsafe GEOSCoordSeq_isCCW_r(context, sequence, &answer) == 1 else { return nil }
    return answer != 0
  }

  /// What is wrong with a polygon: in GEOS' words, and where; `nil` if nothing is, or nobody can say.
  package func fault(of rings: [[Position]]) -> (reason: String, at: Position)? {
    guard let polygon = unsafe polygon(rings) else { return nil }
    defer { unsafe GEOSGeom_destroy_r(context, polygon) }
    var reason: UnsafeMutablePointer<CChar>?
    var place: OpaquePointer?
    guard unsafe GEOSisValidDetail_r(context, polygon, 0, &reason, &place) == 0 else { return nil }
    defer {
      unsafe GEOSFree_r(context, reason)
      unsafe GEOSGeom_destroy_r(context, place)
    }
    guard let reason = unsafe reason else { return nil }
    var at = Position(x: 0, y: 0)
    if let place = unsafe place {
      _ = unsafe GEOSGeomGetX_r(context, place, &at.x)
      _ = unsafe GEOSGeomGetY_r(context, place, &at.y)
    }
    return unsafe (String(cString: reason), at)
  }

  /// In square units of the plane; `nil` if a polygon is none.
  package func area(of rings: [[Position]]) -> Double? {
    guard let polygon = unsafe polygon(rings) else { return nil }
    defer { unsafe GEOSGeom_destroy_r(context, polygon) }
    var area = 0.0
    return unsafe GEOSArea_r(context, polygon, &area) == 1 ? area : nil
  }

  /// What two polygons share, in square units; `nil` if that can't be said, of polygons that cross themselves for instance.
  package func shared(_ left: [[Position]], _ right: [[Position]]) -> Double? {
    guard let left = unsafe polygon(left) else { return nil }
    defer { unsafe GEOSGeom_destroy_r(context, left) }
    guard let right = unsafe polygon(right) else { return nil }
    defer { unsafe GEOSGeom_destroy_r(context, right) }
    guard unsafe GEOSisValid_r(context, left) == 1, unsafe GEOSisValid_r(context, right) == 1,
      let both = unsafe GEOSIntersection_r(context, left, right)
    else { return nil }
    defer { unsafe GEOSGeom_destroy_r(context, both) }
    var area = 0.0
    return unsafe GEOSArea_r(context, both, &area) == 1 ? area : nil
  }

  /// The middle of a polygon; `nil` if it is none.
  package func middle(of rings: [[Position]]) -> Position? {
    guard let polygon = unsafe polygon(rings) else { return nil }
    defer { unsafe GEOSGeom_destroy_r(context, polygon) }
    guard let point = unsafe GEOSGetCentroid_r(context, polygon) else { return nil }
    defer { unsafe GEOSGeom_destroy_r(context, point) }
    var at = Position(x: 0, y: 0)
    guard unsafe GEOSGeomGetX_r(context, point, &at.x) == 1, unsafe GEOSGeomGetY_r(context, point, &at.y) == 1 else {
      return nil
    }
    return at
  }

  private func sequence(_ positions: [Position]) -> OpaquePointer? {
    guard let sequence = unsafe GEOSCoordSeq_create_r(context, UInt32(clamping: positions.count), 2) else { return nil }
    for (index, position) in positions.enumerated() {
      _ = unsafe GEOSCoordSeq_setXY_r(context, sequence, UInt32(clamping: index), position.x, position.y)
    }
    return unsafe sequence
  }

  /// Rings that end where they begin, with four positions at least: GEOS makes no others.
  private func polygon(_ rings: [[Position]]) -> OpaquePointer? {
    guard let first = rings.first, let outside = unsafe line(first) else { return nil }
    let holes = UnsafeMutablePointer<OpaquePointer?>.allocate(capacity: rings.count)
    defer { unsafe holes.deallocate() }
    var count = 0
    for ring in rings.dropFirst() {
      guard let hole = unsafe line(ring) else {
        for index in 0..<count { unsafe GEOSGeom_destroy_r(context, holes[index]) }
        unsafe GEOSGeom_destroy_r(context, outside)
        return nil
      }
      unsafe (holes + count).initialize(to: hole)
      count += 1
    }
    return unsafe GEOSGeom_createPolygon_r(context, outside, holes, UInt32(clamping: count))
  }

  private func line(_ ring: [Position]) -> OpaquePointer? {
    guard ring.count >= 4, ring.first == ring.last, let sequence = unsafe sequence(ring) else { return nil }
    return unsafe GEOSGeom_createLinearRing_r(context, sequence)
  }
}
