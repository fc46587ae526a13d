import PluginKit

/// Ways people write a box as four numbers. The raw value is the argument of the recipe that converts from it.
enum BoxConvention: String, CaseIterable {
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

  /// Whether four numbers, read this way, make a box that lies in a picture of that size.
  func fits(_ numbers: [Double], in size: ImageSize?) -> Bool {
    guard numbers.count == 4 else { return false }
    let (a, b, c, d) = (numbers[0], numbers[1], numbers[2], numbers[3])
    switch self {
    // Sides below one pixel are boxes of another unit.
    case .stated: return isInside(a, b, a + c, b + d, size) && (c >= 1 || d >= 1)
    case .corners: return isInside(a, b, c, d, size) && (c - a >= 1 || d - b >= 1)
    case .center: return isInside(a - c / 2, b - d / 2, a + c / 2, b + d / 2, size) && (c >= 1 || d >= 1)
    case .relative: return c > 0 && d > 0 && numbers.allSatisfy { (0...1).contains($0) }
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
    Self(rawValue: 1 << UInt32(BoxConvention.allCases.firstIndex(of: convention) ?? 0))
  }
  /// Reaches past the middle of a picture of 100 by 100, to the right and downwards.
  static let isFarRight = Self(rawValue: 1 << 8)
  static let isFarDown = Self(rawValue: 1 << 9)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  init(_ numbers: [Double], in size: ImageSize?) {
    self = []
    for convention in BoxConvention.allCases where convention.fits(numbers, in: size) { insert(.member(convention)) }
    guard numbers.count == 4 else { return }
    if numbers[0] + numbers[2] > 50 { insert(.isFarRight) }
    if numbers[1] + numbers[3] > 50 { insert(.isFarDown) }
  }
}
