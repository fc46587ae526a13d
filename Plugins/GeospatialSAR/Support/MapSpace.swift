import PluginKit

/// What the numbers of a shape are.
enum MapSpace {
  /// Longitude and latitude, in degrees.
  case degrees
  /// The other way round, which only numbers beyond 90 show.
  case swapped
  /// Degrees that go on to the east beyond 180.
  case eastOnly
  /// Of an image, from its top left corner, y downwards.
  case pixels
  /// Of a map in some other coordinate system.
  case metres

  /// Beyond this, numbers are no pixels: images are smaller.
  private static let mostPixels = 100_000.0

  init(_ positions: [Position], areOfItem: Bool) {
    guard positions.contains(where: { !$0.isOnEarth }) else {
      self = .degrees
      return
    }
    let isWhole = positions.allSatisfy { $0.x == $0.x.rounded(.towardZero) && $0.y == $0.y.rounded(.towardZero) }
    let largest = positions.map { max(abs($0.x), abs($0.y)) }.max() ?? 0
    let isPositive = positions.allSatisfy { $0.x >= -1 && $0.y >= -1 }
    // Whole numbers alone may be pixels of a small image; those of a satellite image's outline are not.
    if positions.allSatisfy({ abs($0.x) <= 90 && abs($0.y) <= 180 }), areOfItem || !isWhole {
      self = .swapped
    } else if positions.allSatisfy({ $0.x > -180 && $0.x <= 360 && abs($0.y) <= 90 }), !isWhole {
      self = .eastOnly
    } else if isPositive, largest <= Self.mostPixels, !areOfItem {
      self = .pixels
    } else {
      self = .metres
    }
  }

  /// Of a record's shape.
  static func of(_ shape: MapShape, in record: Record) -> MapSpace {
    if record.first(.properties).map({ isOfPathology($0.value) }) == true { return .pixels }
    return MapSpace(shape.positions, areOfItem: record.first(.item) != nil)
  }

  /// QuPath writes outlines of cells as GeoJSON, in pixels.
  private static func isOfPathology(_ properties: Value) -> Bool {
    ["objectType", "object_type"].contains { properties[$0]?.kind == .string }
      && (properties["classification"] != nil || properties["isLocked"] != nil || properties["measurements"] != nil)
  }
}
