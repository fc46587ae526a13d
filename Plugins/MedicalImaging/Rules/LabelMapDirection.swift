import PluginKit

/// Labels written the way of the other program.
struct LabelMapDirection: RecordRule {
  static let info = RuleInfo(
    id: "label-map-direction", severity: .error,
    summary: "nnU-Net's list of labels leads from name to number, that of the Decathlon from number to name.",
    why: "The program stops, or learns from labels that mean something else.",
    source: "nnU-Net's description of its form, version 2, and the files of the Medical Segmentation Decathlon.",
    message:
      "These labels lead from number to name, as the Decathlon writes them. nnU-Net (version 2) wants each name with its number.",
    messages: [
      "names":
        "These labels lead from name to number, as nnU-Net writes them. Here each number stands before its name.",
      "turn": "Turn them round",
    ],
    good: [
      nnunet(#"{"background": 0, "tumour": 1}"#), nnunet(#"{"background": 0, "whole": [1, 2], "1": 2}"#),
      decathlon(#"{"0": "background", "1": "tumour"}"#),
    ],
    bad: [
      nnunet(#"⟪{"0": "background", "1": "tumour"}⟫"#), decathlon(#"⟪{"background": 0, "tumour": 1}⟫"#),
    ])
  static let reads = Reads(fields: [.labelNumbers, .labelNames])

  func check(_ record: Record, _ report: inout Report) {
    if let labels = record.first(.labelNumbers)?.value, labels.kind == .object, labels.count > 0 {
      let isTurned = labels.children.allSatisfy { child in
        child.kind == .string && child.key.map { Int($0) != nil } == true
      }
      if isTurned { say("", labels, &report) { ($0.text ?? "", $0.key ?? "") } }
    }
    if let labels = record.first(.labelNames)?.value, labels.kind == .object, labels.count > 0 {
      let isTurned = labels.children.allSatisfy { child in
        child.integer != nil && child.key.map { Int($0) == nil } == true
      }
      if isTurned { say("names", labels, &report) { ($0.raw, JSON.quoted($0.key ?? "")) } }
    }
  }

  private func say(
    _ message: String, _ labels: Value, _ report: inout Report, _ turned: (Value) -> (key: String, value: String)
  ) {
    let members = labels.children.map(turned)
    let isClear = Set(members.map(\.key)).count == members.count
    let text = members.map { "\(JSON.quoted($0.key)): \($0.value)" }.joined(separator: ", ")
    report.finding(
      at: labels, message, fixes: isClear ? [Fix("turn", edits: [.replace(labels, with: "{\(text)}")])] : [])
  }

  private static func nnunet(_ labels: String) -> String {
    #"{"channel_names": {"0": "CT"}, "labels": \#(labels), "numTraining": 1, "file_ending": ".nii.gz"}"#
  }
  private static func decathlon(_ labels: String) -> String {
    #"{"modality": {"0": "CT"}, "labels": \#(labels), "training": [{"image": "a.nii.gz", "label": "b.nii.gz"}]}"#
  }
}
