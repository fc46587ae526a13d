/// How much of two areas on the Earth is in both.
enum Overlap {
  /// Shared area over that of the smaller one; `nil` if one of them is no plain area.
  static func share(_ left: MapShape, _ right: MapShape) -> Double? {
    guard let left = rings(left), let right = rings(right), let centre = left[0].first, let earth = Earth(),
      let plane = Plane()
    else { return nil }
    // On the other side of the Earth there is no plane for both.
    guard let there = right[0].first, Earth.way(centre, there).metres < 8_000_000 else { return 0 }
    let flatLeft = left.compactMap { earth.flat($0, around: centre) }
    let flatRight = right.compactMap { earth.flat($0, around: centre) }
    guard flatLeft.count == left.count, flatRight.count == right.count, let one = plane.area(of: flatLeft),
      let other = plane.area(of: flatRight), min(one, other) > 0, let both = plane.shared(flatLeft, flatRight)
    else { return nil }
    return both / min(one, other)
  }

  /// Of one polygon on the Earth, closed. A ring across the 180th meridian is right on the plane around it.
  private static func rings(_ shape: MapShape) -> [[Position]]? {
    guard shape.isWhole, shape.isArea, shape.polygons.count == 1, shape.positions.allSatisfy(\.isOnEarth) else {
      return nil
    }
    return shape.polygons[0].map { $0.isClosed ? $0.positions : $0.positions + $0.positions.prefix(1) }
  }
}
