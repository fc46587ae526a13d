import PluginKit

/// One patient to learn from and to be examined with.
struct SplitLeakage: GroupRule {
  static let info = RuleInfo(
    id: "split-leakage", severity: .error,
    summary: "All studies of a patient are for the same purpose.",
    why: "A model that has seen the patient before is better in the examination than it is.",
    source: "Holds for `patient` and `split` of the samples, also across the files of a dataset.",
    message: "Studies of this patient are in *{own}* here and in *{other}* elsewhere. Put all of them into one.",
    messages: ["other": "Here they are in *{other}*"],
    good: [samples(#""p1""#, #""p2""#)], bad: [samples(#""p1""#, #"⟪"p1"⟫"#)])
  static let reads = Reads(fields: [.patient, .split], needs: [.patient], context: ["split"])
  static let kind = FactKind("medical-imaging/patient-split")
  static let states = [kind]
  static let fewest = 2
  static let most: Int? = 1024

  func state(_ record: Record, _ report: inout Report) {
    guard let patient = record.first(.patient), let name = patient.text, !name.isEmpty,
      let split = record.text(.split) ?? record.context("split")?.text, split.utf8.count < 64
    else { return }
    report.state(
      Self.kind, key: .key(FactKey(shared: "split:" + name)), at: patient, payload: .text(split))
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first else { return }
    let usual = first.text
    for fact in group.facts where fact.text != usual {
      report.finding(
        at: fact, "", ["own": fact.text, "other": usual], related: [Related(at: first, "other", ["other": usual])])
    }
  }

  private static func samples(_ first: String, _ second: String) -> String {
    #"{"concord": "1.0", "domain": "medical-imaging", "samples": [{"id": "s1", "patient": \#(first), "split": "train", "sources": []}, "#
      + #"{"id": "s2", "patient": \#(second), "split": "test", "sources": []}]}"#
  }
}
