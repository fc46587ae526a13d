import PluginKit

/// An outline that goes round the wrong way.
struct RingWinding: RecordRule {
  static let info = RuleInfo(
    id: "ring-winding", severity: .warning,
    summary: "Outlines go round counter-clockwise, holes clockwise.",
    why:
      "Some programs take an outline that goes round the other way for everything outside of it: the whole Earth but your field.",
    source: "RFC 7946, section 3.1.6. Files in pixels, whose y goes down, are left alone.",
    message:
      "This outline goes round clockwise, and should go counter-clockwise. Turn the order of its positions around.",
    messages: [
      "hole":
        "This hole goes round counter-clockwise, and should go clockwise. Turn the order of its positions around.",
      "turn": "Turn the order around",
    ],
    good: [
      MapExample.map(MapExample.polygon(MapExample.square)),
      MapExample.map(
        MapExample.polygon(MapExample.square, "[[10.2, 54.2], [10.2, 54.4], [10.4, 54.4], [10.4, 54.2], [10.2, 54.2]]")),
    ],
    bad: [
      MapExample.map(MapExample.polygon("⟪[[10, 54], [10, 55], [11, 55], [11, 54], [10, 54]]⟫")),
      MapExample.map(
        MapExample.polygon(
          MapExample.square, "⟪[[10.2, 54.2], [10.4, 54.2], [10.4, 54.4], [10.2, 54.4], [10.2, 54.2]]⟫")),
    ])
  static let reads = Reads(fields: [.shape, .properties, .item], needs: [.shape])
  /// Longer lists are turned with a program.
  private static let mostTurned = 1000

  func check(_ record: Record, _ report: inout Report) {
    var told = 0
    for field in record.all(.shape) {
      let shape = MapShape.of(field, in: record)
      guard shape.isArea, case .degrees = MapSpace.of(shape, in: record), let plane = Plane() else { continue }
      for ring in shape.rings {
        // Across the 180th meridian nothing goes round any more.
        guard !Antimeridian.isCrossed(by: ring.positions) else { continue }
        let closed = ring.isClosed ? ring.positions : ring.positions + ring.positions.prefix(1)
        guard let isCounterClockwise = plane.isCounterClockwise(closed), isCounterClockwise == ring.isHole,
          plane.fault(of: [closed]) == nil
        else { continue }
        report.finding(
          at: ring.value, ring.isHole ? "hole" : "", fixes: fixes(ring), fold: ring.isHole ? "hole" : "outline")
        told += 1
        guard told < MapShape.mostTold else { return }
      }
    }
  }

  private func fixes(_ ring: MapShape.Ring) -> [Fix] {
    guard ring.positions.count <= Self.mostTurned else { return [] }
    let text = "[" + ring.value.children.map(\.raw).reversed().joined(separator: ", ") + "]"
    return [Fix("turn", isCertain: true, edits: [.replace(ring.value, with: text)])]
  }
}
