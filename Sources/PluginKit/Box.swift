/// A box in pixels: the top left corner, width and height. As written: it may be empty, negative or outside its image.
public struct Box: Sendable, Hashable {
  /// The left edge.
  public var x: Double
  /// The upper edge.
  public var y: Double
  /// From left to right; may be negative.
  public var width: Double
  /// From top to bottom; may be negative.
  public var height: Double

  /// A box as given.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  public var maxX: Double { x + width }
  /// The lower edge.
  public var maxY: Double { y + height }
  /// Zero if it is empty or turned inside out.
  public var area: Double { max(width, 0) * max(height, 0) }

  /// What both cover; its width or height is not positive if they share nothing.
  public func intersection(_ other: Box) -> Box {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Box(x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// Shared area over joint area, 0 to 1; 0 if both are empty.
  public func overlap(_ other: Box) -> Double {
    let shared = intersection(other)
    let common = shared.width > 0 && shared.height > 0 ? shared.area : 0
    let joint = area + other.area - common
    return joint > 0 ? common / joint : 0
  }
}
