import PluginKit

/// A shape across the 180th meridian in one piece.
struct AntimeridianUncut: RecordRule {
  static let info = RuleInfo(
    id: "antimeridian-uncut", severity: .warning,
    summary: "A shape across the 180th meridian is cut there.",
    why: "Programs draw it the long way, as a belt around the Earth.",
    source: "RFC 7946, section 3.1.9. Bounds with west beyond east are right there, and are left alone.",
    message:
      "Between {from} and {to} degrees of longitude this shape goes round the whole Earth. If it crosses the 180th meridian, cut it there into two.",
    good: [
      MapExample.map(
        #"{"type": "MultiPolygon", "coordinates": [[[[179, 1], [180, 1], [180, 2], [179, 2], [179, 1]]], [[[-180, 1], [-179, 1], [-179, 2], [-180, 2], [-180, 1]]]]}"#
      ), MapExample.map(MapExample.polygon("[[-179, -80], [179, -80], [179, 80], [0, 80], [-179, 80], [-179, -80]]")),
    ],
    bad: [
      MapExample.map(MapExample.polygon("⟪[[179, 1], [-179, 1], [-179, 2], [179, 2], [179, 1]]⟫"))
    ])
  static let reads = Reads(fields: [.shape, .properties, .item], needs: [.shape])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.shape) {
      let shape = MapShape.of(field, in: record)
      guard shape.isWhole, case .degrees = MapSpace.of(shape, in: record) else { continue }
      for ring in shape.rings.prefix(MapShape.mostTold) {
        // What reaches around on purpose has edges of its full width on both sides.
        guard let edge = Antimeridian.edge(of: ring.positions), Self.isShorterAcross(ring.positions) else { continue }
        report.finding(
          at: ring.value, "", ["from": ring.positions[edge].x, "to": ring.positions[edge + 1].x])
      }
    }
  }

  /// Whether the ring is narrower when longitudes west of Greenwich go on beyond 180.
  private static func isShorterAcross(_ ring: [Position]) -> Bool {
    let bounds = Bounds(ring)
    let turned = Bounds(ring.map { Position(x: $0.x < 0 ? $0.x + 360 : $0.x, y: $0.y) })
    let width = bounds.east - bounds.west
    // From edge to edge is the whole Earth, as maps show it.
    return turned.east - turned.west < 180 && width > 180 && width < 360
  }
}
