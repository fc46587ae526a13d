import PluginKit

/// A box that is not drawn closely around the object's outline.
struct BoxMaskDisagree: RecordRule {
  static let info = RuleInfo(
    id: "box-mask-disagree", severity: .warning,
    summary: "An object's box is drawn closely around its outline.",
    why: "A model that learns boxes and outlines together learns that one of the two is wrong.",
    source:
      "A pixel on each side: some programs count the last row and column in, others round. What a model wrote down is two "
      + "guesses, and left alone; so is a box that is cut at the picture's edge.",
    message: "The box's right edge is {pixels} px away from the outline's. The two should meet: one of them is wrong.",
    messages: [
      "left": "The box's left edge is {pixels} px away from the outline's. The two should meet: one of them is wrong.",
      "top": "The box's top edge is {pixels} px away from the outline's. The two should meet: one of them is wrong.",
      "bottom":
        "The box's bottom edge is {pixels} px away from the outline's. The two should meet: one of them is wrong.",
      "apart": "The box and the outline lie apart: they are of two objects.",
      "outline": "The outline",
      "draw": "Draw the box around the outline",
    ],
    good: [
      example(#""bbox": [10, 10, 41, 20], "segmentation": [[10, 10, 50.4, 10, 10, 30]]"#),
      example(#""bbox": [10, 10, 590, 20], "segmentation": [[10, 10, 50, 10, 10, 30], [500, 12, 600, 12, 500, 20]]"#),
      example(#""bbox": [600, 10, 40, 20], "segmentation": [[600, 10, 660, 10, 600, 30]]"#),
      example(#""bbox": [0, 1, 2, 2], "iscrowd": 1, "segmentation": {"size": [4, 3], "counts": [1, 2, 2, 2, 5]}"#),
    ],
    bad: [
      example(#""bbox": ⟪[10, 10, 60, 20]⟫, "segmentation": [[10, 10, 50, 10, 10, 30]]"#),
      example(#""bbox": ⟪[310, 210, 40, 20]⟫, "segmentation": [[10, 10, 50, 10, 10, 30]]"#),
      example(
        #""bbox": ⟪[10, 10, 20, 20]⟫, "iscrowd": 1, "segmentation": {"size": [4, 3], "counts": [1, 2, 2, 2, 5]}"#),
    ])
  static let reads = Reads(fields: [.box, .polygon, .mask, .score], lookups: [.definition(of: .asset)])

  /// In pixels, and a little for numbers that were rounded to two decimals.
  static let tolerance = 1.01

  func check(_ record: Record, _ report: inout Report) {
    guard let outline = record.first(.mask) ?? record.first(.polygon), record.first(.score) == nil,
      let field = record.first(.box), let box = field.box, box.width > 0, box.height > 0,
      let shape = Shape.of(record)
    else { return }
    guard let wide = worst(box, shape.extent) else { return }
    let size = ImageSize.ofPicture(record)
    let inside = size.map { cut(shape.extent, to: $0) } ?? shape.extent
    guard inside.width > 0, inside.height > 0, let worst = inside == shape.extent ? wide : worst(box, inside) else {
      return
    }
    let shared = box.intersection(inside)
    let isApart = shared.width <= 0 || shared.height <= 0
    report.finding(
      at: field, isApart ? "apart" : worst.side, isApart ? [:] : ["pixels": worst.pixels],
      related: [Related(at: outline, "outline")], fixes: drawn(field, around: inside))
  }

  /// The side that is farthest off; `nil` if all are close enough.
  private func worst(_ box: Box, _ extent: Box) -> (side: String, pixels: Double)? {
    let (left, top) = ((box.x - extent.x).magnitude, (box.y - extent.y).magnitude)
    let (right, bottom) = ((box.maxX - extent.maxX).magnitude, (box.maxY - extent.maxY).magnitude)
    // Nearly all are close enough.
    guard max(left, top, right, bottom) > Self.tolerance else { return nil }
    let sides: [(side: String, pixels: Double)] = [("left", left), ("top", top), ("", right), ("bottom", bottom)]
    return sides.max { $0.pixels < $1.pixels }
  }

  /// Outlines may go on where the picture ends.
  private func cut(_ extent: Box, to size: ImageSize) -> Box {
    let (x, y) = (max(0, extent.x), max(0, extent.y))
    return Box(x: x, y: y, width: min(extent.maxX, size.width) - x, height: min(extent.maxY, size.height) - y)
  }

  /// Not certain: the outline may be what is wrong.
  private func drawn(_ field: FieldValue, around extent: Box) -> [Fix] {
    guard let box = WrittenBox(field) else { return [] }
    let numbers = [extent.x, extent.y, extent.width, extent.height].map { ($0 * 100).rounded() / 100 }
    return [
      Fix(
        "draw", edits: zip(box.elements, numbers).filter { $0.number != $1 }.map { .replace($0, with: $1.argumentText) }
      )
    ]
  }

  private static func example(_ members: String) -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": [{"id": 1, "image_id": 1, "#
      + members + "}]}"
  }
}
