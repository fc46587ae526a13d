import PluginKit

/// Latitude written before longitude.
struct LonLatSwapped: RecordRule {
  static let info = RuleInfo(
    id: "lonlat-swapped", severity: .error,
    summary: "Longitude stands before latitude.",
    why: "The shape lies on another continent, or nowhere.",
    source:
      "RFC 7946, section 3.1.1. Told only where a latitude would lie beyond 90 degrees, or where the shape lies within its own bounds once it is turned: "
      + "San Francisco and Tokyo look turned, and are not.",
    message: "There is no latitude {value}: here latitude stands before longitude. Write the longitude first.",
    messages: [
      "bounds":
        "This shape lies in its own bounds only with longitude and latitude exchanged. Write the longitude first.",
      "swap": "Exchange both in all positions",
    ],
    good: [
      MapExample.map(MapExample.point(-122.42, 37.77)), MapExample.map(MapExample.point(139.69, 35.68)),
      MapExample.map(MapExample.point(151.2, -33.9)),
    ],
    bad: [
      MapExample.map(#"{"type": "Point", "coordinates": ⟪[35.68, 139.69]⟫}"#),
      MapExample.item(
        #"{"type": "Polygon", "coordinates": ⟪[[[65.2, 114.6], [71.2, 117.5], [70.1, 128.6], [65.2, 114.6]]]⟫}"#),
      MapExample.item(
        #"{"type": "Polygon", "coordinates": ⟪[[[49.01, 2.23], [49.02, 2.24], [49.02, 2.23], [49.01, 2.23]]]⟫}"#,
        more: #""bbox": [2.23, 49.01, 2.24, 49.02]"#),
      MapExample.item(more: #""bbox": ⟪[54.5, 110.5, 55.5, 111.5]⟫"#),
    ], silences: ["ring-winding", "wrong-bounds"])
  static let reads = Reads(fields: [.shape, .bounds, .properties, .item], needs: [.shape, .bounds])
  /// As many edits as a fix may have.
  private static let mostTurned = 250

  func check(_ record: Record, _ report: inout Report) {
    let bounds = record.first(.bounds).flatMap { WrittenBounds($0.value) }
    for field in record.all(.shape) {
      let shape = MapShape.of(field, in: record)
      guard shape.isWhole, let list = field.value["coordinates"] else { continue }
      let positions = shape.positions
      if case .swapped = MapSpace.of(shape, in: record) {
        guard let wrong = positions.first(where: { abs($0.y) > 90 }) else { continue }
        report.finding(at: list, "", ["value": wrong.y], fixes: fixes(list, positions.count))
      } else if let bounds, positions.allSatisfy(\.isOnEarth), bounds.isOnlyOf(turned: positions) {
        report.finding(at: list, "bounds", fixes: fixes(list, positions.count))
      }
    }
    guard let field = record.first(.bounds), let bounds, record.first(.item) != nil else { return }
    let latitudes = [bounds.south, bounds.north]
    guard let wrong = latitudes.first(where: { abs($0) > 90 }), latitudes.allSatisfy({ abs($0) <= 180 }),
      abs(bounds.west) <= 90, abs(bounds.east) <= 90
    else { return }
    let raw = field.value.children.map(\.raw)
    let half = raw.count / 2
    var turned = raw
    for start in [0, half] { turned.swapAt(start, start + 1) }
    let fix = Fix("swap", edits: [.replace(field, with: "[" + turned.joined(separator: ", ") + "]")])
    report.finding(at: field, "", ["value": wrong], fixes: [fix])
  }

  private func fixes(_ list: Value, _ count: Int) -> [Fix] {
    guard count <= Self.mostTurned else { return [] }
    let edits: [Edit] = list.subtree.compactMap { value in
      guard Position(value) != nil else { return nil }
      var raw = value.children.map(\.raw)
      raw.swapAt(0, 1)
      return .replace(value, with: "[" + raw.joined(separator: ", ") + "]")
    }
    return [Fix("swap", edits: edits)]
  }
}
