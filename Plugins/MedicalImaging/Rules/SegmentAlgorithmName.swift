import PluginKit

/// A segment that a program drew, and nobody says which.
struct SegmentAlgorithmName: RecordRule {
  static let info = RuleInfo(
    id: "segment-algorithm-name", severity: .warning,
    summary: "A segment that a program drew says which program it was.",
    why: "DICOM asks for the name, and without it nobody can tell whose faults the masks have.",
    source: "DICOM PS3.3, section C.8.20.4: the name is needed unless the segment was drawn by hand.",
    message: "A program drew this, and nothing says which. Add its name as `SegmentAlgorithmName`.",
    messages: ["empty": "The program's name is missing. Write it."],
    good: [
      drawn(#""MANUAL""#), drawn(#""SEMIAUTOMATIC""#, #", "SegmentAlgorithmName": "GrowCut""#),
    ],
    bad: [
      drawn(#"⟪"AUTOMATIC"⟫"#), drawn(#""SEMIAUTOMATIC""#, #", "SegmentAlgorithmName": ⟪" "⟫"#),
    ])
  static let reads = Reads(fields: [.algorithmType, .algorithmName], needs: [.algorithmType])

  func check(_ record: Record, _ report: inout Report) {
    guard let type = record.first(.algorithmType), ["AUTOMATIC", "SEMIAUTOMATIC"].contains(type.text ?? "") else {
      return
    }
    guard let name = record.first(.algorithmName) else { return report.finding(at: type) }
    if let text = name.value.text, text.utf8.allSatisfy({ $0 == 32 }) { report.finding(at: name, "empty") }
  }

  private static func drawn(_ how: String, _ more: String = "") -> String {
    #"{"segmentAttributes": [[{"labelID": 1, "SegmentedPropertyCategoryCodeSequence": \#(MedicalExample.tissue), "SegmentedPropertyTypeCodeSequence": \#(MedicalExample.tissue), "SegmentAlgorithmType": \#(how)\#(more)}]]}"#
  }
}
