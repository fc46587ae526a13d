import PluginKit

/// A place of a shelf plan with the board it is said to be on, in the plan's unit.
struct PlannedPlace {
  let fact: Fact
  let box: Box
  let board: Box

  /// What may be rounded.
  private static let rounding = 0.5
  private static let share = 0.01

  init?(_ fact: Fact) {
    let numbers = fact.numbers
    guard numbers.count == 8 else { return nil }
    self.fact = fact
    box = Box(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    board = Box(x: numbers[4], y: numbers[5], width: numbers[6], height: numbers[7])
  }

  /// So far beyond its board's edges may a place reach.
  var slack: Double { max(Self.rounding, Self.share * board.width) }

  /// Whether it lies between the board's left and right edges.
  var isBesideEdges: Bool { box.x >= board.x - slack && box.maxX <= board.maxX + slack }

  /// Whether it would lie there if it were counted from the board's left edge.
  var fitsFromBoard: Bool { box.x >= -slack && box.maxX <= board.width + slack }

  /// Whether it lies between the board's top and bottom edges, or stands on one of them.
  var isAtHeight: Bool {
    let isInside = box.y >= board.y - slack && box.maxY <= board.maxY + slack
    return isInside || abs(box.maxY - board.y) <= slack || abs(box.maxY - board.maxY) <= slack
  }

  /// Whether two places share more than this share of the smaller product, to the side and in height.
  func isOver(_ other: PlannedPlace, share: Double) -> Bool {
    let shared = box.intersection(other.box)
    let width = max(share * min(box.width, other.box.width), Self.rounding)
    return shared.width > width && shared.height > share * min(box.height, other.box.height)
  }
}
