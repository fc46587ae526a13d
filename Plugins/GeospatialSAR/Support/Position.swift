import PluginKit

/// A place on a plane: longitude and latitude in degrees, or pixels, or metres.
package struct Position: Sendable, Hashable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// An array that begins with two finite numbers.
  init?(_ value: Value) {
    guard value.kind == .array else { return nil }
    var numbers: [Double] = []
    for child in value.children {
      guard let number = child.number else { return nil }
      numbers.append(number)
    }
    guard numbers.count >= 2 else { return nil }
    self.init(x: numbers[0], y: numbers[1])
  }

  /// Within the ranges that longitudes and latitudes have.
  var isOnEarth: Bool { abs(x) <= 180 && abs(y) <= 90 }
}

/// The smallest upright box around positions.
struct Bounds: Sendable, Hashable {
  var west = Double.infinity
  var south = Double.infinity
  var east = -Double.infinity
  var north = -Double.infinity

  init(_ positions: some Sequence<Position>) {
    for position in positions {
      west = min(west, position.x)
      east = max(east, position.x)
      south = min(south, position.y)
      north = max(north, position.y)
    }
  }

  var isEmpty: Bool { west > east }
}
