import PluginKit

/// An area that is not what lies inside the outline.
struct AreaDisagrees: RecordRule {
  static let info = RuleInfo(
    id: "area-disagrees", severity: .warning,
    summary: "The area of an object is what its outline covers.",
    why: "Scoring programs sort objects into small, medium and large by it, and leave out what seems to have none.",
    source:
      "A hundredth, a pixel, or half a pixel along the outline: programs that count pixels count those on the edge. "
      + "Without an outline, the area may be that of one that was left out, but never larger than the box.",
    message:
      "The area says {stated}, but the outline covers {expected}. Scoring programs go by it: write what the outline covers.",
    messages: [
      "box":
        "This is the area of the box, {stated}. The outline covers only {expected}, and scoring programs sort objects by that.",
      "none": "The area is 0, so scoring programs leave this object out or take it for tiny. It covers {expected}.",
      "large": "The area says {stated}, but even the whole box has only {expected}. One of the two is wrong.",
      "write": "Write {expected}",
      "write-all": "Write every area of this file as what the outline covers",
    ],
    good: [
      example(#""bbox": [10, 10, 40, 20], "area": 400, "segmentation": [[10, 10, 50, 10, 10, 30]]"#),
      example(#""bbox": [10, 10, 40, 20], "area": 420, "segmentation": [[10, 10, 50, 10, 10, 30]]"#),
      example(#""bbox": [10, 10, 40, 20], "area": 333.5"#),
      example(
        #""bbox": [0, 1, 2, 2], "area": 4, "iscrowd": 0, "segmentation": {"size": [4, 3], "counts": [1, 2, 2, 2, 5]}"#),
    ],
    bad: [
      example(#""bbox": [10, 10, 40, 20], "area": ⟪1000⟫, "segmentation": [[10, 10, 50, 10, 10, 30]]"#),
      example(#""bbox": [10, 10, 400, 200], "area": ⟪80000⟫, "segmentation": [[10, 10, 410, 10, 10, 210]]"#),
      example(#""bbox": [10, 10, 40, 20], "area": ⟪0⟫"#),
      example(#""bbox": [10, 10, 40, 20], "area": ⟪2800⟫"#),
      example(
        #""bbox": [0, 1, 2, 2], "area": ⟪9⟫, "iscrowd": 0, "segmentation": {"size": [4, 3], "counts": [1, 2, 2, 2, 5]}"#
      ),
    ])
  static let reads = Reads(fields: [.area, .box, .polygon, .mask, .crowd])
  static let recipes = [writeAll]
  static let writeAll = Recipe("write-areas", summary: "Writes every area as what the outline covers.")

  func check(_ record: Record, _ report: inout Report) {
    guard let field = record.first(.area), let fault = fault(of: field, record) else { return }
    let arguments: Arguments = ["stated": fault.stated, "expected": fault.expected]
    // What one program did with all objects of a file is one finding.
    let isHabit = fault.message == "box" || fault.message == "none"
    let fix: Fix? =
      if !fault.isKnown {
        nil
      } else if isHabit {
        Fix("write-all", recipe: Self.writeAll, scope: .document)
      } else {
        Fix("write", ["expected": fault.expected], isCertain: true, edits: [Self.edit(field, fault.expected)])
      }
    report.finding(
      at: field, fault.message, arguments, fixes: fix.map { [$0] } ?? [], fold: isHabit ? fault.message : nil)
  }

  func fix(_ record: Record, recipe: Recipe, argument: String, _ edits: inout Edits) {
    guard recipe == Self.writeAll, let field = record.first(.area), let fault = fault(of: field, record), fault.isKnown
    else { return }
    edits.add(Self.edit(field, fault.expected))
  }

  private static func edit(_ field: FieldValue, _ area: Double) -> Edit { .replace(field, with: area.argumentText) }

  private struct Fault {
    var message: String
    var stated: Double
    /// To two decimals.
    var expected: Double
    /// Whether that is certain enough to be written.
    var isKnown: Bool

    init(_ message: String, _ stated: Double, _ expected: Double, isKnown: Bool = true) {
      self.message = message
      self.stated = stated
      self.expected = (expected * 100).rounded() / 100
      self.isKnown = isKnown
    }
  }

  private func fault(of field: FieldValue, _ record: Record) -> Fault? {
    guard let stated = field.value.number, stated >= 0 else { return nil }
    let box = record.first(.box)?.box.flatMap { $0.width > 0 && $0.height > 0 ? $0 : nil }
    let isDrawn = record.first(.mask) != nil || record.first(.polygon) != nil
    guard isDrawn else { return box.flatMap { fault(stated, in: $0) } }
    // COCO states the areas of crowds as they were before the objects among them were cut out.
    guard record.first(.crowd)?.value.integer != 1, let shape = Shape.of(record) else { return nil }
    let expected = shape.area.upperBound
    let tolerance = max(1, expected / 100, shape.length / 2 + 2)
    guard stated < shape.area.lowerBound - tolerance || stated > expected + tolerance else { return nil }
    if stated == 0 { return Fault("none", stated, expected, isKnown: shape.area.lowerBound == expected) }
    let isBox = box.map { (stated - $0.area).magnitude <= max(1, $0.area / 100) } ?? false
    // What lies inside an outline that crosses itself is more than its points add up to.
    if !shape.isMask, !isBox, stated <= shape.extent.area + tolerance,
      record.each(.polygon).contains(where: { Outline.crossesItself($0.value) != false })
    {
      return nil
    }
    return Fault(isBox ? "box" : "", stated, expected, isKnown: shape.area.lowerBound == expected)
  }

  /// Without an outline.
  private func fault(_ stated: Double, in box: Box) -> Fault? {
    if stated == 0 { return Fault("none", stated, box.area) }
    // Some programs count the last row and column in.
    let tolerance = max(1, box.area / 100) + box.width + box.height
    return stated > box.area + tolerance ? Fault("large", stated, box.area, isKnown: false) : nil
  }

  private static func example(_ members: String) -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": [{"id": 1, "image_id": 1, "#
      + members + "}]}"
  }
}
