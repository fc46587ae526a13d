import PluginKit

/// A coordinate system of another part of the world.
struct UTMZone: RecordRule {
  static let info = RuleInfo(
    id: "utm-zone", severity: .warning,
    summary: "An image's coordinate system is one for the place it shows.",
    why: "Pixels computed with the wrong zone lie hundreds of kilometres away.",
    source:
      "The area in which a system is used, from PROJ's tables. Images reach over the edge of a zone: told is what lies a whole zone (6 degrees) beyond, so that the wide zones of Norway and Svalbard are left alone.",
    message:
      "{name} is used between {west} and {east} degrees of longitude and {south} and {north} of latitude, and this image lies around {x}, {y}. Look up the zone.",
    good: [
      item(#""proj:code": "EPSG:32632""#, 10, 54), item(#""proj:code": "EPSG:32632""#, 4, 61),
      item(#""proj:code": "EPSG:32633""#, 20, 79), item(#""proj:code": "EPSG:4326""#, 10, 54),
      item(#""proj:epsg": 32632"#, 10, 54),
    ],
    bad: [
      item(#""proj:code": ⟪"EPSG:32618"⟫"#, 10, 54), item(#""proj:epsg": ⟪32732⟫"#, 10, 54),
    ])
  static let reads = Reads(fields: [.crsCode, .crsNumber, .shape, .footprint], needs: [.crsCode, .crsNumber])
  private static let slack = 6.0

  func check(_ record: Record, _ report: inout Report) {
    guard let outline = record.first(.footprint), let field = record.first(.crsCode) ?? record.first(.crsNumber),
      let text = field.text
    else { return }
    let shape = MapShape(outline.value)
    guard shape.isWhole, !shape.isEmpty, shape.positions.allSatisfy(\.isOnEarth),
      !Antimeridian.isCrossed(by: shape.positions)
    else { return }
    let code = field.value.kind == .number ? "EPSG:" + text : text
    guard code.hasPrefix("EPSG:"), let use = Earth()?.use(of: code), use.west <= use.east else { return }
    let bounds = Bounds(shape.positions)
    let x = (bounds.west + bounds.east) / 2
    let y = (bounds.south + bounds.north) / 2
    let isAcross = x < use.west - Self.slack || x > use.east + Self.slack
    // Across the equator a zone goes on in negative numbers.
    let isBeyond = y < use.south - Self.slack || y > use.north + Self.slack
    guard isAcross || isBeyond else { return }
    report.finding(
      at: field, "",
      [
        "name": use.name, "west": use.west, "east": use.east, "south": use.south, "north": use.north, "x": x, "y": y,
      ])
  }

  private static func item(_ property: String, _ x: Double, _ y: Double) -> String {
    MapExample.item(
      MapExample.polygon("[[\(x), \(y)], [\(x + 1), \(y)], [\(x + 1), \(y + 1)], [\(x), \(y + 1)], [\(x), \(y)]]"),
      properties: property)
  }
}
