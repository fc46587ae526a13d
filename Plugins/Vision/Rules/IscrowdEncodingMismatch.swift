import PluginKit

/// A crowd that is drawn as one object, or the other way round.
struct IscrowdEncodingMismatch: RecordRule {
  static let info = RuleInfo(
    id: "iscrowd-encoding-mismatch", severity: .warning,
    summary: "A crowd is a packed mask, and a single object is not marked as a crowd.",
    why: "Scoring programs treat crowds in a way of their own: a single object marked as one counts as nothing missed.",
    source: "The COCO form: `iscrowd` 1 goes with a packed mask. Its scoring program writes `iscrowd` over `ignore`.",
    message:
      "This is marked as a crowd, but drawn with outlines as a single object is. Scoring programs then never miss it: take the mark away, or draw the crowd as a packed mask.",
    messages: [
      "packed": "This is one object with a packed mask. Programs read that; only crowds are usually written so.",
      "ignored":
        "This does nothing: scoring programs leave out crowds only, and go by `iscrowd`, which is not 1 here.",
      "single": "It is a single object",
    ],
    good: [
      example(#""iscrowd": 0, "segmentation": [[10, 10, 50, 10, 10, 30]]"#),
      example(#""iscrowd": 1, "segmentation": {"size": [4, 3], "counts": [1, 2, 2, 2, 5]}"#),
      example(#""iscrowd": 1, "ignore": 1, "bbox": [10, 10, 40, 20], "segmentation": []"#),
      example(#""iscrowd": 0, "ignore": 0"#),
    ],
    bad: [
      example(#""iscrowd": ⟪1⟫, "segmentation": [[10, 10, 50, 10, 10, 30]]"#),
      example(#""iscrowd": 0, "segmentation": ⟪{"size": [4, 3], "counts": [1, 2, 2, 2, 5]}⟫"#),
      example(#""iscrowd": 0, "ignore": ⟪1⟫"#),
    ])
  static let reads = Reads(fields: [.crowd, .ignored, .polygon, .mask])

  func check(_ record: Record, _ report: inout Report) {
    guard let crowd = record.first(.crowd) else { return }
    let isCrowd = crowd.value.integer == 1
    if isCrowd, record.first(.polygon) != nil {
      report.finding(at: crowd, severity: .error, fixes: [Fix("single", edits: [.replace(crowd, with: "0")])])
    }
    guard !isCrowd else { return }
    // Right in nearly every program, and the habit of some: said once, and quietly.
    if let mask = record.first(.mask) { report.finding(at: mask, "packed", severity: .hint, fold: "packed") }
    if let ignored = record.first(.ignored), ignored.value.integer == 1 || ignored.value.bool == true {
      report.finding(at: ignored, "ignored", severity: .information, fold: "ignored")
    }
  }

  private static func example(_ members: String) -> String {
    #"{"images": [{"id": 1, "file_name": "a.png", "width": 640, "height": 480}], "annotations": [{"id": 1, "image_id": 1, "#
      + members + "}]}"
  }
}
