import PluginKit

/// Longitudes beyond 180 or latitudes beyond 90 degrees: metres, or degrees counted another way.
struct CoordinateRange: RecordRule {
  static let info = RuleInfo(
    id: "coordinate-range", severity: .error,
    summary: "Longitudes lie within 180 degrees, latitudes within 90.",
    why: "No program finds the place: most draw nothing, and say nothing.",
    source: "RFC 7946, section 4. Files in pixels, and latitude before longitude, have rules of their own.",
    message: "This is no longitude and latitude: the numbers go up to {value}. Convert the shape to degrees (WGS 84).",
    messages: [
      "utm":
        "These numbers are metres, as in a UTM zone. Convert the shape to degrees (WGS 84), from the zone it was drawn in.",
      "east":
        "The longitude {value} lies beyond 180. Take 360 away from longitudes beyond 180: west is negative.",
    ],
    good: [
      MapExample.map(MapExample.polygon(MapExample.square)), MapExample.map(MapExample.point(180, 90)),
    ],
    bad: [
      MapExample.map(#"{"type": "Point", "coordinates": ⟪[565432.5, 6032100.25]⟫}"#),
      MapExample.map(#"{"type": "Point", "coordinates": ⟪[200.5, 10.25]⟫}"#),
      MapExample.map(#"{"type": "Point", "coordinates": ⟪[-1932101.5, 43.25]⟫}"#),
    ])
  static let reads = Reads(fields: [.shape, .properties, .item], needs: [.shape])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.all(.shape) {
      let shape = MapShape.of(field, in: record)
      guard shape.isWhole, let list = field.value["coordinates"] else { continue }
      let positions = shape.positions
      switch MapSpace.of(shape, in: record) {
      case .degrees, .swapped, .pixels: continue
      case .eastOnly:
        guard let wrong = positions.first(where: { $0.x > 180 }) else { continue }
        report.finding(at: list, "east", ["value": wrong.x], fold: "east")
      case .metres:
        let isZone = positions.allSatisfy { (100_000...900_000).contains($0.x) && (0...10_000_000).contains($0.y) }
        let largest = positions.map { max(abs($0.x), abs($0.y)) }.max() ?? 0
        report.finding(at: list, isZone ? "utm" : "", ["value": largest], fold: isZone ? "utm" : "")
      }
    }
  }
}
