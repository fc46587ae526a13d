import PluginKit

/// A file whose hundredths of the picture are pixels, or parts from 0 to 1.
struct RelativeCoordinateScale: TallyRule {
  static let info = RuleInfo(
    id: "relative-coordinate-scale", severity: .error,
    summary: "Where a form counts in hundredths of the picture, the numbers go from 0 to 100.",
    why: "Every label is drawn in another place, or so small that nobody sees it.",
    source: "At least 5 labels; a quarter of them beyond 100, or all of them within 1.",
    message:
      "The labels of this file look like pixels. This form wants hundredths of the picture, from 0 to 100: {wrong} of {count} go beyond.",
    messages: [
      "parts":
        "The labels of this file look like parts of the picture, from 0 to 1. This form wants hundredths, from 0 to 100.",
      "scale": "Change all labels of this file to hundredths",
    ],
    good: [
      file { [10 + $0, 20, 30, 40] },
      file(count: 4) { [0, 0, 0.2 * Double($0 + 1), 0.5] },
    ],
    bad: [
      file(isMarked: true) { [100 + 20 * $0, 120, 130, 140] },
      file(isMarked: true) { [0.1 * Double($0), 0.2, 0.3, 0.4] },
    ],
    silences: ["bbox-out-of-image"])
  static let reads = Reads(fields: [.percentX, .percentY, .percentPoints, .width, .height])
  static let kind = FactKind("vision/percent")
  static let states = [kind]
  static let recipes = [scale]
  static let scale = Recipe("scale-labels", summary: "Writes every place in hundredths of the picture.")

  private static let leastLabels: Int64 = 5
  /// Labels that are drawn over the edge go a little beyond.
  private static let mostPercent = 105.0
  private static let mostPart = 1.001
  private enum Bin: UInt32 { case all, beyond, parts }

  func tally(_ record: Record, _ report: inout Report) {
    var most = 0.0
    var place: Place?
    for field in [Field.percentX, .percentY, .percentPoints] {
      for item in record.all(field) {
        place = place ?? item.value.parent?.place
        item.value.eachNumber { most = max(most, $0.magnitude) }
      }
    }
    guard let place, most > 0 else { return }
    report.tally(Self.kind, key: .text(""), bin: Bin.all.rawValue, at: place)
    if most > Self.mostPercent { report.tally(Self.kind, key: .text(""), bin: Bin.beyond.rawValue, at: place) }
    if most <= Self.mostPart { report.tally(Self.kind, key: .text(""), bin: Bin.parts.rawValue, at: place) }
  }

  func totals(_ totals: Totals, _ report: inout Report) {
    let (all, beyond, parts) = (
      totals.amount(Bin.all.rawValue), totals.amount(Bin.beyond.rawValue), totals.amount(Bin.parts.rawValue)
    )
    guard all >= Self.leastLabels, let place = totals.first(where: { $0.bin == Bin.all.rawValue })?.places.first else {
      return
    }
    if beyond * 4 >= all {
      let fix = Fix("scale", recipe: Self.scale, argument: "pixels", scope: .document)
      report.finding(at: place, "", ["wrong": beyond, "count": all], fixes: [fix])
    } else if parts == all {
      let fix = Fix("scale", recipe: Self.scale, argument: "parts", scope: .document)
      report.finding(at: place, "parts", fixes: [fix])
    }
  }

  func fix(_ record: Record, recipe: Recipe, argument: String, _ edits: inout Edits) {
    guard recipe == Self.scale else { return }
    let width = argument == "parts" ? 1 : record.number(.width) ?? 0
    let height = argument == "parts" ? 1 : record.number(.height) ?? 0
    guard width > 0, height > 0 else { return }
    func write(_ value: Value, _ side: Double) {
      guard let number = value.number else { return }
      edits.add(.replace(value, with: (number * 100 / side).argumentText))
    }
    for item in record.all(.percentX) { write(item.value, width) }
    for item in record.all(.percentY) { write(item.value, height) }
    for item in record.all(.percentPoints) {
      for point in item.value.children {
        for (axis, number) in point.children.enumerated() { write(number, axis == 0 ? width : height) }
      }
    }
  }

  private static func file(count: Int = 6, isMarked: Bool = false, _ numbers: (Int) -> [Int]) -> String {
    file(count: count, isMarked: isMarked) { numbers($0).map(Double.init) }
  }

  /// A file with that many boxes in a picture of 640 × 480; the first may be marked.
  private static func file(count: Int = 6, isMarked: Bool = false, _ numbers: (Int) -> [Double]) -> String {
    let labels = (0..<count).map { number in
      let n = numbers(number).map(\.argumentText)
      let value =
        #"{"x": \#(n[0]), "y": \#(n[1]), "width": \#(n[2]), "height": \#(n[3]), "rectanglelabels": ["cup"]}"#
      return
        #"{"id": "r\#(number)", "type": "rectanglelabels", "from_name": "box", "to_name": "image", "original_width": 640, "original_height": 480, "value": \#(isMarked && number == 0 ? "⟪\(value)⟫" : value)}"#
    }
    return #"[{"id": 1, "data": {"image": "a.png"}, "annotations": [{"id": 1, "result": ["#
      + labels.joined(separator: ", ") + "]}]}]"
  }
}
