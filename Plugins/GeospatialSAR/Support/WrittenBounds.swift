import PluginKit

/// West, south, east and north as a file writes them, perhaps with heights between.
struct WrittenBounds {
  var west: Double
  var south: Double
  var east: Double
  var north: Double

  /// Four numbers, or six; `nil` for anything else.
  init?(_ value: Value) {
    guard value.kind == .array else { return nil }
    let numbers = value.children.compactMap(\.number)
    guard numbers.count == value.count, numbers.count == 4 || numbers.count == 6 else { return nil }
    let half = numbers.count / 2
    (west, south, east, north) = (numbers[0], numbers[1], numbers[half], numbers[half + 1])
  }

  /// Within these bounds only if x and y are exchanged.
  func isOnlyOf(turned positions: [Position]) -> Bool {
    guard !positions.isEmpty, west <= east, south <= north else { return false }
    let slack = 1e-6
    func holds(_ x: Double, _ y: Double) -> Bool {
      x >= west - slack && x <= east + slack && y >= south - slack && y <= north + slack
    }
    return positions.allSatisfy { holds($0.y, $0.x) } && !positions.contains { holds($0.x, $0.y) }
  }
}
