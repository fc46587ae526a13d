import PluginKit

/// One thing in two frames of reference, and nothing that leads from the one to the other.
struct MultimodalRegistrationMissing: GroupRule {
  static let info = RuleInfo(
    id: "multimodal-registration-missing", severity: .warning,
    summary: "A thing that is labelled in two frames of reference has a registration that leads from one to the other.",
    why: "Places in the two images can't be compared: whoever lays one over the other shows the thing where it is not.",
    source:
      "DICOM PS3.3, section C.7.4.1: images are comparable in space if their frame of reference is the same, or registered.",
    message:
      "This thing is labelled in images of two frames of reference, and nothing says how one lies in the other. Name the `registration` in the sample, or label two things.",
    messages: ["other": "In the other frame"],
    good: [
      fused(second: "2.25.7", about: ""), fused(second: "2.25.8", about: #""registration": "reg/07.dcm", "#),
    ],
    bad: [fused(second: "2.25.8", about: "", entity: #"⟪"e1"⟫"#)])
  static let reads = Reads(
    fields: [.entity, .asset, .concept], needs: [.concept], context: ["id", "registration"],
    lookups: [.definition(of: .asset)])
  static let kind = FactKind("medical-imaging/frame")
  static let states = [kind]
  static let fewest = 2
  static let most: Int? = 64

  func state(_ record: Record, _ report: inout Report) {
    guard let thing = record.first(.entity), let name = thing.text, let sample = record.context("id")?.text,
      let frame = record.definition(of: .asset)?.exports["frameUid"]?.text, frame.utf8.count <= 64,
      record.context("registration")?.text.map({ !$0.isEmpty }) != true
    else { return }
    report.state(Self.kind, key: .text("\(sample)|\(name)"), at: thing, payload: .text(frame))
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first, let other = group.facts.first(where: { $0.text != first.text }) else { return }
    report.finding(at: other, related: [Related(at: first, "other")])
  }

  private static func fused(second: String, about: String, entity: String = #""e1""#) -> String {
    #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", \#(about)"sources": [{"id": "ct", "modality": "image", "dicomModality": "CT", "frameUid": "2.25.7"}, "#
      + #"{"id": "mr", "modality": "image", "dicomModality": "MR", "frameUid": "\#(second)"}], "entities": [{"id": "e1"}], "annotations": ["#
      + #"{"id": "a1", "source": "ct", "kind": "classification", "label": "mass", "entity": "e1"}, "#
      + #"{"id": "a2", "source": "mr", "kind": "classification", "label": "mass", "entity": \#(entity)}]}]}"#
  }
}
