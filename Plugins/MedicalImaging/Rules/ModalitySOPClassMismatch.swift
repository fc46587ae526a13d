import PluginKit

/// A CT image that says it is an MR.
struct ModalitySOPClassMismatch: RecordRule {
  static let info = RuleInfo(
    id: "modality-sopclass-mismatch", severity: .warning,
    summary: "The kind of machine fits the kind of object.",
    why: "Viewers choose how to show an image by the one, and searches find it by the other.",
    source: "DICOM PS3.4, annex B. Only common kinds are known; others are left alone.",
    message: "The object is a {kind}, which comes from {right}, not from {found}. Correct the one that is wrong.",
    good: [
      object("CT", "1.2.840.10008.5.1.4.1.1.2"), object("XX", "1.2.840.10008.5.1.4.1.1.2"),
      object("CT", "1.2.840.10008.5.1.4.1.1.7"), object("CT", "1.2.3"),
    ],
    bad: [object("⟪MR⟫", "1.2.840.10008.5.1.4.1.1.2")])
  static let reads = Reads(fields: [.modality, .sopClass], needs: [.sopClass], vocabularies: [Vocabulary.modalities])

  func check(_ record: Record, _ report: inout Report) {
    guard let modality = record.first(.modality), let found = modality.text, let uid = record.text(.sopClass),
      let object = report.term(uid, in: Vocabulary.modalities), let right = object.broader.first, right != found,
      let known = report.term(found, in: Vocabulary.modalities), known.broader.isEmpty
    else { return }
    report.finding(
      at: modality.place.part(offset: 1, count: modality.value.raw.utf8.count - 2), "",
      ["kind": object.label, "right": right, "found": found], fold: uid + found)
  }

  private static func object(_ modality: String, _ uid: String) -> String {
    #"[{"00080016": {"vr": "UI", "Value": ["\#(uid)"]}, "00080060": {"vr": "CS", "Value": ["\#(modality)"]}}]"#
  }
}
