import PluginKit

/// Ways people write a box as four numbers. The raw value is the argument of the recipe that converts from it.
enum BoxConvention: String {
  /// Left, top, width, height: what a format that says so means.
  case stated = "xywh"
  /// Left, top, right, bottom.
  case corners = "xyxy"
  /// The middle, then width and height.
  case center = "cxcywh"
  /// Parts of the picture from 0 to 1, in any order.
  case relative = "relative"
  /// Hundredths of the picture, from 0 to 100.
  case percent = "percent"

  /// Half a pixel, as for boxes that leave their picture.
  private static let tolerance = BBoxOutOfImage.tolerance
  /// Pictures smaller than this may well have all their boxes in the first 100 pixels.
  private static let smallestForPercent = 400.0

  /// Whether the four numbers of a box, read this way, make a box that lies in a picture of that size.
  func fits(_ box: Box, in size: ImageSize?) -> Bool {
    let (a, b, c, d) = (box.x, box.y, box.width, box.height)
    switch self {
    // Sides below one pixel are boxes of another unit.
    case .stated: return isInside(a, b, a + c, b + d, size) && (c >= 1 || d >= 1)
    case .corners: return isInside(a, b, c, d, size) && (c - a >= 1 || d - b >= 1)
    case .center: return isInside(a - c / 2, b - d / 2, a + c / 2, b + d / 2, size) && (c >= 1 || d >= 1)
    case .relative: return c > 0 && d > 0 && a >= 0 && b >= 0 && a <= 1 && b <= 1 && c <= 1 && d <= 1
    case .percent:
      guard let size, min(size.width, size.height) >= Self.smallestForPercent else { return false }
      return c > 0 && d > 0 && a >= 0 && b >= 0 && a + c <= 100 && b + d <= 100
    }
  }

  private func isInside(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double, _ size: ImageSize?) -> Bool {
    guard right > left, bottom > top, left >= -Self.tolerance, top >= -Self.tolerance else { return false }
    guard let size else { return true }
    return right <= size.width + Self.tolerance && bottom <= size.height + Self.tolerance
  }
}

/// The conventions that a box fits, as one number: what the totals are counted by.
struct FittingConventions: OptionSet {
  let rawValue: UInt32

  static func member(_ convention: BoxConvention) -> Self {
    switch convention {
    case .stated: Self(rawValue: 1)
    case .corners: Self(rawValue: 2)
    case .center: Self(rawValue: 4)
    case .relative: Self(rawValue: 8)
    case .percent: Self(rawValue: 16)
    }
  }
  /// Reaches past the middle of a picture of 100 by 100, to the right and downwards.
  static let isFarRight = Self(rawValue: 1 << 8)
  static let isFarDown = Self(rawValue: 1 << 9)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `box` has the four numbers as they are written.
  init(_ box: Box, in size: ImageSize?) {
    self = []
    if BoxConvention.stated.fits(box, in: size) { insert(.member(.stated)) }
    if BoxConvention.corners.fits(box, in: size) { insert(.member(.corners)) }
    if BoxConvention.center.fits(box, in: size) { insert(.member(.center)) }
    if BoxConvention.relative.fits(box, in: size) { insert(.member(.relative)) }
    if BoxConvention.percent.fits(box, in: size) { insert(.member(.percent)) }
    if box.maxX > 50 { insert(.isFarRight) }
    if box.maxY > 50 { insert(.isFarDown) }
  }
}
