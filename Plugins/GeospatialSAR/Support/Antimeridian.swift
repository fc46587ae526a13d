/// The 180th meridian, where longitudes jump.
enum Antimeridian {
  /// Whether an edge is longer than half the way round the Earth: it goes the other way.
  static func isCrossed(by positions: [Position]) -> Bool { edge(of: positions) != nil }

  /// The first such edge: the number of the position it begins with.
  static func edge(of positions: [Position]) -> Int? {
    zip(positions, positions.dropFirst()).enumerated().first { abs($1.0.x - $1.1.x) > 180 }?.offset
  }
}
