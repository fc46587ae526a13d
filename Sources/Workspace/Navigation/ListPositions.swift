import Manifest
import Schema

/// The places of a list of numbers, by name, in the order in which they stand.
struct ListPositions {
  struct Position {
    var name: String
    /// Of `Phrases`.
    var phrase: String?
    /// In the format's own words.
    var explanation: String?
  }
  var names: [Position]
  /// The list may be longer, and begins anew.
  var repeats: Bool
  /// As the schema writes it.
  var unit: String?
  /// Whether it may be written as corners, each a list of its own.
  private var hasCorners = false

  /// `nil` for forms of which too little is known.
  init?(_ layout: ListLayout) {
    switch layout {
    case .named(let positions, let repeats):
      names = positions.map { Position(name: $0.name, explanation: $0.description) }
      self.repeats = repeats
    case .geometry(let form, let convention, let unit):
      guard let pairs = Self.pairs(form, convention ?? "") else { return nil }
      names = pairs.map { Position(name: $0.0, phrase: $0.1) }
      repeats = form == .polygon
      hasCorners = form == .polygon || convention == "xyxy" || convention == "corners"
      self.unit = unit
    }
  }

  /// The places of one corner.
  func corner(_ index: Int) -> ListPositions? {
    let start = repeats ? 0 : index * 2
    guard hasCorners, start + 2 <= names.count else { return nil }
    var corner = self
    corner.names = Array(names[start..<start + 2])
    corner.repeats = false
    return corner
  }

  private static func pairs(_ form: RoleTable.Geometry, _ convention: String) -> [(String, String)]? {
    switch (form, convention) {
    case (.box, "xyxy"): [("left", "at-left"), ("top", "at-top"), ("right", "at-right"), ("bottom", "at-bottom")]
    case (.box, "cxcywh"):
      [("cx", "at-center-x"), ("cy", "at-center-y"), ("width", "at-width"), ("height", "at-height")]
    case (.box, "corners"):
      [("x1", "at-corner-x"), ("y1", "at-corner-y"), ("x2", "at-opposite-x"), ("y2", "at-opposite-y")]
    case (.box, _): [("x", "at-left"), ("y", "at-top"), ("width", "at-width"), ("height", "at-height")]
    case (.polygon, _), (.point, _): [("x", "at-point-x"), ("y", "at-point-y")]
    case (.interval, "start-duration"): [("start", "at-start"), ("duration", "at-duration")]
    case (.interval, _): [("start", "at-start"), ("end", "at-end")]
    default: nil
    }
  }
}
