/// How a fact relates to others of its key, by their extents. Facts of different forms relate only by `next`.
package enum Relation: UInt8, Sendable, Hashable, CaseIterable {
  /// The one that follows along x or time: the least by start, then end, then place, that comes after.
  case next = 1
  /// Those that share more than an edge with it.
  case overlapping
  /// Those that lie wholly inside it.
  case within
  /// Those that do not lie wholly inside it.
  case outside

  /// Whether `other` relates to `extent`. `next` is a matter of order, not of two extents, and never holds here.
  func holds(of extent: Extent, and other: Extent) -> Bool {
    guard extent.form == other.form else { return false }
    switch self {
    case .next: return false
    case .overlapping: return extent.overlaps(other)
    case .within: return extent.contains(other)
    case .outside: return !extent.contains(other)
    }
  }
}

extension Extent {
  func overlaps(_ other: Extent) -> Bool {
    guard min(maxX, other.maxX) > max(minX, other.minX) else { return false }
    return form == .interval || min(maxY, other.maxY) > max(minY, other.minY)
  }

  func contains(_ other: Extent) -> Bool {
    minX <= other.minX && other.maxX <= maxX && minY <= other.minY && other.maxY <= maxY
  }
}
