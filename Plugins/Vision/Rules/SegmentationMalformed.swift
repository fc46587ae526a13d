import PluginKit

/// An outline or mask that cannot be drawn.
struct SegmentationMalformed: RecordRule {
  static let info = RuleInfo(
    id: "segmentation-malformed", severity: .error,
    summary: "An outline encloses something, and a packed mask has as many pixels as its picture.",
    why: "Training stops at such an object, or learns that there is nothing.",
    source: "The COCO form: points as x and y, counts down the columns, size as height and width.",
    message: "This outline has {count} numbers. Each point needs two, x and y: one is missing, or one too many.",
    messages: [
      "flat": "All points of this outline lie on one line, so nothing is inside. Draw it again, or take it out.",
      "exchanged":
        "The mask's size is written as height, then width. The picture is {width} wide and {height} high: here they are exchanged.",
      "size":
        "This mask is {maskWidth} × {maskHeight}, but the picture is {width} × {height}. It was made for another one, or for another size.",
      "total":
        "This mask has {total} pixels, but its size, {maskWidth} × {maskHeight}, makes {expected}. Some of it is lost: write it out anew.",
      "counts": "This packed mask can't be read. Write it out anew.",
      "remove": "Take this outline out",
      "exchange": "Exchange height and width",
    ],
    good: [
      example(#""segmentation": [[10, 10, 50, 10, 10, 30]]"#),
      example(#""segmentation": []"#),
      example(#""iscrowd": 1, "segmentation": {"size": [4, 3], "counts": [1, 2, 2, 2, 5]}"#),
      example(#""iscrowd": 1, "segmentation": {"size": [4, 3], "counts": "12203"}"#),
    ],
    bad: [
      example(#""segmentation": [⟪[10, 10, 50, 10, 10, 30, 7]⟫]"#),
      example(#""segmentation": [[10, 10, 50, 10, 10, 30], ⟪[10, 10, 20, 20, 30, 30]⟫]"#),
      example(#""iscrowd": 1, "segmentation": {"size": ⟪[3, 4]⟫, "counts": [1, 2, 2, 2, 5]}"#),
      example(#""iscrowd": 1, "segmentation": {"size": ⟪[6, 2]⟫, "counts": [1, 2, 2, 2, 5]}"#),
      example(#""iscrowd": 1, "segmentation": {"size": [4, 3], "counts": ⟪[1, 2, 2, 2, 4]⟫}"#),
      example(#""iscrowd": 1, "segmentation": {"size": [4, 3], "counts": ⟪[1, 2, -2, 2, 9]⟫}"#),
      example(#""iscrowd": 1, "segmentation": {"size": [4, 3], "counts": ⟪"12P"⟫}"#),
    ])
  static let reads = Reads(fields: [.polygon, .mask], lookups: [.definition(of: .asset)])

  func check(_ record: Record, _ report: inout Report) {
    if let mask = record.first(.mask) { check(mask, record, &report) }
    for field in record.each(.polygon) {
      let outline = Outline.of(field, in: record)
      // Too few points are for the format to say.
      guard outline.count >= 6 else { continue }
      if !outline.count.isMultiple(of: 2) {
        report.finding(at: field, "", ["count": outline.count])
      } else if outline.isFlat {
        let isAlone = record.all(.polygon).count == 1
        // Programs that draw masks by their edges leave such lines behind.
        report.finding(
          at: field, "flat", severity: isAlone ? nil : .warning,
          fixes: isAlone ? [] : [Fix("remove", edits: [.remove(field)])])
      }
    }
  }

  private func check(_ field: FieldValue, _ record: Record, _ report: inout Report) {
    guard let mask = PackedMask(field.value) else { return }
    let size = ImageSize.ofPicture(record)
    if let size, let found = ImageSize(width: Double(mask.width), height: Double(mask.height)), found != size {
      let isExchanged = found == size.exchanged
      let edits = [(0, size.height), (1, size.width)].compactMap { index, side in
        mask.size[index].map { Edit.replace($0, with: side.argumentText) }
      }
      report.finding(
        at: mask.size, isExchanged ? "exchanged" : "size",
        isExchanged
          ? ["width": size.width, "height": size.height]
          : ["maskWidth": mask.width, "maskHeight": mask.height, "width": size.width, "height": size.height],
        fixes: isExchanged ? [Fix("exchange", edits: edits)] : [])
    }
    switch mask.content {
    case .broken: report.finding(at: mask.counts, "counts")
    case .pixels(let pixels):
      let expected = mask.height * mask.width
      guard pixels.total != expected else { return }
      report.finding(
        at: mask.counts, "total",
        ["total": pixels.total, "maskWidth": mask.width, "maskHeight": mask.height, "expected": expected])
    }
  }

  private static func example(_ members: String) -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": 3, "height": 4}], "annotations": [{"id": 1, "image_id": 1, "#
      + members + "}]}"
  }
}
