import PluginKit

/// Two lists that belong together entry by entry, of different length.
struct ParallelArrayLength: RecordRule {
  static let info = RuleInfo(
    id: "parallel-array-length", severity: .error,
    summary: "Lists that belong together entry by entry have the same length.",
    why: "Programs stop, or give every entry behind the missing one the wrong partner.",
    source: "MONAI's boxes and classes, BIDS' frames, dcmqi's mask files.",
    message:
      "This list has {own} entries, the one it belongs to has {other}. Add what is missing, or take away what is too much.",
    messages: ["other": "The list it belongs to"],
    good: [
      #"{"labels": {"0": "nodule"}, "training": [{"image": "a.nii.gz", "box": [[1, 2, 3, 4, 5, 6]], "label": [0]}]}"#,
      #"{"FrameTimesStart": [0, 10], "FrameDuration": [10, 10]}"#,
    ],
    bad: [
      #"{"labels": {"0": "nodule"}, "training": [{"image": "a.nii.gz", "box": [[1, 2, 3, 4, 5, 6]], "label": ⟪[0, 0]⟫}]}"#,
      #"{"FrameTimesStart": [0, 10], "FrameDuration": ⟪[10]⟫}"#,
      #"{"segmentAttributes": [[]], "segmentAttributesFileMapping": ⟪["a.nrrd", "b.nrrd"]⟫}"#,
    ])
  static let reads = Reads(
    fields: [.caseBoxes, .boxLabels, .frameStarts, .frameDurations, .segmentGroups, .segmentFiles],
    needs: [.boxLabels, .frameDurations, .segmentFiles])

  func check(_ record: Record, _ report: inout Report) {
    for (first, second) in [
      (Field.caseBoxes, Field.boxLabels), (.frameStarts, .frameDurations), (.segmentGroups, .segmentFiles),
    ] {
      guard let one = record.first(first), let other = record.first(second), one.value.kind == .array,
        other.value.kind == .array, one.value.count != other.value.count
      else { continue }
      report.finding(
        at: other, "", ["own": other.value.count, "other": one.value.count], related: [Related(at: one, "other")])
    }
  }
}
