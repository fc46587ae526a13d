import PluginKit

/// A mammogram that says one breast and is laid out like the other.
struct BreastViewOrientation: RecordRule {
  static let info = RuleInfo(
    id: "breast-view-orientation", severity: .information,
    summary: "How a mammogram lies fits the breast it shows.",
    why: "Labels of the left breast end up at the right one.",
    source:
      "DICOM PS3.3, section C.7.6.1.1.1, and how mammograms are hung: down leads to the middle of the body. Machines differ, so this is only mentioned; only for the views CC and MLO.",
    message: "This says the {side} breast, but its columns lead as those of the {other} one do. Look at the image.",
    messages: ["orientation": "Where its columns lead"],
    good: [
      image("R", #""P", "L""#), image("L", #""A", "FR""#, view: "MLO"), image("R", #""P", "F""#),
      image("R", #""P", "R""#, view: "XCCL"), image("B", #""P", "R""#), image("R", #""P", "R""#, modality: "US"),
    ],
    bad: [image("⟪R⟫", #""P", "R""#), image("⟪L⟫", #""A", "FL""#, view: "MLO")])
  static let reads = Reads(
    fields: [.patientOrientation, .imageLaterality, .viewPosition, .modality],
    needs: [.patientOrientation])

  func check(_ record: Record, _ report: inout Report) {
    guard record.text(.modality) == "MG", let view = record.text(.viewPosition), ["CC", "MLO"].contains(view),
      let field = record.first(.imageLaterality), let side = ["L": Side.left, "R": .right][field.text ?? ""],
      let orientation = record.first(.patientOrientation), orientation.value.count == 2,
      let letters = orientation.value[1]?.text
    else { return }
    // From the right breast down to the middle is to the left.
    let leads = Set(letters).intersection("LR")
    let expected: Character = side == .right ? "L" : "R"
    guard leads.count == 1, !leads.contains(expected) else { return }
    report.finding(
      at: field.place.part(offset: 1, count: field.value.raw.utf8.count - 2), "",
      ["side": side.rawValue, "other": side.other.rawValue], related: [Related(at: orientation, "orientation")])
  }

  private static func image(_ side: String, _ letters: String, view: String = "CC", modality: String = "MG") -> String {
    #"[{"00080018": {"vr": "UI", "Value": ["1.2.3"]}, "00080060": {"vr": "CS", "Value": ["\#(modality)"]}, "00185101": {"vr": "CS", "Value": ["\#(view)"]}, "#
      + #""00200020": {"vr": "CS", "Value": [\#(letters)]}, "00200062": {"vr": "CS", "Value": ["\#(side)"]}}]"#
  }
}
