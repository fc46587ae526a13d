import PluginKit

/// A segment that leaves out what a program then makes up.
struct SegmentDefaults: RecordRule {
  static let info = RuleInfo(
    id: "segment-defaults", severity: .error,
    summary: "A segment has a number of its own, says what it is, and how it was drawn.",
    why:
      "The program that writes the segmentation makes up what is missing: number 1, category tissue, drawn half by hand.",
    source: "What dcmqi does where a member is missing.",
    message:
      "This segment does not say how it was drawn, and programs write *half by hand*. Add `SegmentAlgorithmType`.",
    messages: [
      "number": "This segment has no number, and programs take 1. Add `labelID`, the value its voxels have.",
      "type": "This segment does not say what it is. Add `SegmentedPropertyTypeCodeSequence`.",
      "category":
        "This segment does not say what sort of thing it is, and programs write *tissue*. Add `SegmentedPropertyCategoryCodeSequence`.",
      "manual": "It was drawn by hand", "automatic": "A program drew it", "both": "A program drew it, with help",
    ],
    good: [MedicalExample.segment(type: MedicalExample.tissue)],
    bad: [
      #"{"segmentAttributes": [[⟪{⟫"labelID": 1, "SegmentedPropertyCategoryCodeSequence": \#(MedicalExample.tissue), "SegmentedPropertyTypeCodeSequence": \#(MedicalExample.tissue)}]]}"#,
      #"{"segmentAttributes": [[⟪{⟫"SegmentedPropertyCategoryCodeSequence": \#(MedicalExample.tissue), "SegmentedPropertyTypeCodeSequence": \#(MedicalExample.tissue), "SegmentAlgorithmType": "MANUAL"}]]}"#,
    ])
  static let reads = Reads(
    fields: [.segment, .segmentNumber, .segmentCategory, .segmentType, .algorithmType], needs: [.segment])

  func check(_ record: Record, _ report: inout Report) {
    guard let segment = record.first(.segment), segment.value.kind == .object, segment.value.count > 0 else { return }
    let place = segment.place.part(offset: 0, count: 1)
    if record.first(.segmentNumber) == nil { report.finding(at: place, "number") }
    if record.first(.segmentCategory) == nil { report.finding(at: place, "category") }
    if record.first(.segmentType) == nil { report.finding(at: place, "type") }
    guard record.first(.algorithmType) == nil else { return }
    report.finding(
      at: place,
      fixes: [("manual", "MANUAL"), ("both", "SEMIAUTOMATIC"), ("automatic", "AUTOMATIC")].map { title, word in
        Fix(
          title,
          edits: [.insertMember(into: segment, key: "SegmentAlgorithmType", value: JSON.quoted(word))])
      })
  }
}
