import PluginKit

/// A box that is no box: not four numbers, or without width or height.
struct BBoxMalformed: RecordRule {
  static let info = RuleInfo(
    id: "bbox-malformed", severity: .error,
    summary: "A box is four numbers, and has a width and a height.",
    why: "Training drops such a box without a word, or stops at it.",
    source: "The COCO form; boxes with a side of 0 make the loss infinite in common trainers.",
    message: "A box is written as four numbers: left, top, width, height. This is something else.",
    messages: [
      "count": "A box needs four numbers: left, top, width, height. Here are {count}.",
      "number": "This should be a number of pixels.",
      "flat": "A box needs a width and a height above 0. This one is {width} wide and {height} high.",
      "inside-out": "This box is {width} wide and {height} high: it was drawn from the wrong corner.",
      "turn": "Keep the box, count from its top left corner",
    ],
    good: [
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "bbox": [10, 20, 30.5, 40]}]}"#,
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "bbox": [0, 0, 0.5, 0.5]}]}"#,
    ],
    bad: [
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "bbox": ⟪[10, 20, 30]⟫}]}"#,
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "bbox": [10, 20, ⟪"30"⟫, 40]}]}"#,
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "bbox": ⟪[10, 20, 0, 40]⟫}]}"#,
      #"{"images": [], "annotations": [{"id": 1, "image_id": 1, "bbox": ⟪"10 20 30 40"⟫}]}"#,
    ])
  static let reads = Reads(fields: [.box])

  func check(_ record: Record, _ report: inout Report) {
    for field in record.each(.box) { check(field, &report) }
  }

  private func check(_ field: FieldValue, _ report: inout Report) {
    if let box = field.box { return checkSides(of: box, field, &report) }
    let value = field.value
    // What is not well formed is already marked as such, at the same place.
    if value.kind == .missing || value.isMalformed { return }
    guard value.kind == .array else { return report.finding(at: value) }
    for element in value.children where element.number == nil {
      guard element.kind != .missing, !element.isMalformed else { return }
      return report.finding(at: element, "number")
    }
    if value.count != 4 { report.finding(at: value, "count", ["count": value.count]) }
  }

  private func checkSides(of box: Box, _ field: FieldValue, _ report: inout Report) {
    guard box.width <= 0 || box.height <= 0 else { return }
    let isInsideOut = box.width != 0 && box.height != 0
    report.finding(
      at: field, isInsideOut ? "inside-out" : "flat", ["width": box.width, "height": box.height],
      fixes: isInsideOut ? turned(field) : [])
  }

  /// The same corners, counted from the top left one.
  private func turned(_ field: FieldValue) -> [Fix] {
    guard let box = WrittenBox(field), let exact = box.exact,
      let (x, width) = turned(exact.x, exact.width, box.box.width),
      let (y, height) = turned(exact.y, exact.height, box.box.height)
    else { return [] }
    return [Fix("turn", edits: box.edits(x: x, y: y, width: width, height: height))]
  }

  private func turned(_ start: ExactNumber, _ side: ExactNumber, _ value: Double) -> (ExactNumber, ExactNumber)? {
    guard value < 0 else { return (start, side) }
    guard let moved = start.plus(side), let positive = side.negated else { return nil }
    return (moved, positive)
  }
}
