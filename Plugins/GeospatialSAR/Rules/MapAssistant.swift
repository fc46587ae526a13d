import PluginKit

/// Helps while places and images are described: what a shape covers and where; the levels of damage; the modes of the satellite.
struct MapAssistant: Assistant {
  static let reads = Reads(fields: [.shape, .properties, .item, .damage, .mode, .platform])

  func complete(_ record: Record, at value: Value, _ offers: inout Offers) {
    if record.first(.damage)?.place == value.place {
      for level in DamageScale.levels { offers.add(level, value: JSON.quoted(level)) }
    }
    if record.first(.mode)?.place == value.place, let name = record.text(.platform),
      let modes = Satellites.named(name)?.modes
    {
      for mode in modes.keys.sorted() {
        let angles = modes[mode].map { "\($0.lowerBound.argumentText)°–\($0.upperBound.argumentText)°" } ?? ""
        offers.add(mode, value: JSON.quoted(mode), detail: angles)
      }
    }
  }

  /// Type, area, how many positions, and the middle of the bounds: `Polygon · 12.3 km² · 5 · 54.35° N, 10.2° E`.
  func hover(_ record: Record, at value: Value, _ hover: inout Hover) {
    guard
      let field = record.all(.shape).last(where: {
        $0.place == value.place || $0.value["coordinates"]?.place == value.place
      }),
      let type = field.value["type"]?.text
    else { return }
    let shape = MapShape.of(field, in: record)
    guard shape.isWhole, !shape.isEmpty, case .degrees = MapSpace.of(shape, in: record),
      !Antimeridian.isCrossed(by: shape.positions)
    else { return }
    var parts = ["**\(type)**"]
    if shape.isArea {
      let square = shape.rings.reduce(0.0) { sum, ring in
        let area = Earth.area(of: ring.isClosed ? Array(ring.positions.dropLast()) : ring.positions).square
        return sum + (ring.isHole ? -area : area)
      }
      parts.append(square < 1e6 ? "\(square.rounded().argumentText) m²" : "\((square / 1e6).argumentText) km²")
    } else if !shape.lines.isEmpty, shape.points.isEmpty, shape.polygons.isEmpty {
      let metres = shape.lines.reduce(0.0) { sum, line in
        sum + zip(line, line.dropFirst()).reduce(0.0) { $0 + Earth.way($1.0, $1.1).metres }
      }
      parts.append(metres < 1000 ? "\(metres.rounded().argumentText) m" : "\((metres / 1000).argumentText) km")
    }
    let bounds = Bounds(shape.positions)
    let (x, y) = ((bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2)
    parts.append("\(abs(y).argumentText)° \(y < 0 ? "S" : "N"), \(abs(x).argumentText)° \(x < 0 ? "W" : "E")")
    hover.show(parts.joined(separator: " · "))
  }
}
