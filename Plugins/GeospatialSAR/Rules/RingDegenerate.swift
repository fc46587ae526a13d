import PluginKit

/// An outline that encloses nothing, crosses itself, or has a hole outside of it.
struct RingDegenerate: RecordRule {
  static let info = RuleInfo(
    id: "ring-degenerate", severity: .error,
    summary: "An outline encloses an area, once.",
    why: "Areas, overlaps and masks made from it are wrong, or programs stop at it.",
    source: "RFC 7946, section 3.1.6, and the rules for simple features; judged by GEOS.",
    message: "This outline has {count} different positions, and an area needs three. Draw it again, or delete it.",
    messages: [
      "flat": "All positions of this outline lie on one line, so it encloses nothing. Draw it again, or delete it.",
      "crossing": "This outline crosses or touches itself near {x}, {y}. Move the positions there.",
      "hole": "This hole does not lie within the outline around it. Move it inside, or make it an outline of its own.",
    ],
    good: [
      MapExample.map(MapExample.polygon(MapExample.square)),
      MapExample.map(
        MapExample.polygon(MapExample.square, "[[10.2, 54.2], [10.2, 54.4], [10.4, 54.4], [10.4, 54.2], [10.2, 54.2]]")),
    ],
    bad: [
      MapExample.map(MapExample.polygon("⟪[[10, 54], [11, 54], [10, 54], [10, 54]]⟫")),
      MapExample.map(MapExample.polygon("⟪[[10, 54], [11, 54], [12, 54], [10, 54]]⟫")),
      MapExample.map(MapExample.polygon("⟪[[10, 54], [11, 55], [11, 54], [10, 55], [10, 54]]⟫")),
      MapExample.map(
        MapExample.polygon(
          MapExample.square, "⟪[[20.2, 54.2], [20.2, 54.4], [20.4, 54.4], [20.4, 54.2], [20.2, 54.2]]⟫")),
    ])
  static let reads = Reads(fields: [.shape])

  /// Polygons of one shape.
  private static let mostJudged = 900

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.shape) {
      let shape = MapShape.of(field, in: record)
      guard shape.isArea, let plane = Plane() else { continue }
      for polygon in shape.polygons.prefix(Self.mostJudged)
      where !polygon.contains(where: { Antimeridian.isCrossed(by: $0.positions) }) {
        check(polygon, plane, &report)
      }
    }
  }

  private func check(_ polygon: [MapShape.Ring], _ plane: Plane, _ report: inout Report) {
    var closed: [[Position]] = []
    for ring in polygon {
      let count = Set(ring.positions).count
      guard count > 2 else { return report.finding(at: ring.value, "", ["count": count]) }
      closed.append(ring.isClosed ? ring.positions : ring.positions + ring.positions.prefix(1))
      guard let fault = plane.fault(of: [closed[closed.count - 1]]) else { continue }
      let isFlat = plane.area(of: [closed[closed.count - 1]]) == 0 && fault.reason.hasPrefix("Too few")
      let isLine = Self.isOnOneLine(ring.positions)
      return isFlat || isLine
        ? report.finding(at: ring.value, "flat")
        : report.finding(at: ring.value, "crossing", ["x": fault.at.x, "y": fault.at.y])
    }
    guard closed.count > 1 else { return }
    for (index, ring) in polygon.enumerated().dropFirst() {
      guard let fault = plane.fault(of: [closed[0], closed[index]]) else { continue }
      let isOutside = fault.reason.hasPrefix("Hole lies outside")
      return isOutside
        ? report.finding(at: ring.value, "hole")
        : report.finding(at: ring.value, "crossing", ["x": fault.at.x, "y": fault.at.y])
    }
  }

  private static func isOnOneLine(_ positions: [Position]) -> Bool {
    guard let first = positions.first, let other = positions.first(where: { $0 != first }) else { return true }
    return positions.allSatisfy { position in
      (other.x - first.x) * (position.y - first.y) == (position.x - first.x) * (other.y - first.y)
    }
  }
}
