import Findings
import Manifest

/// What is wrong with decisions, for whoever takes them.
enum DecisionRules {
  static let remove = "fix"

  static let reasonMissing = RuleInfo(
    id: "decision/reason-missing", form: .declared, severity: .warning,
    summary: "Every decision says why.",
    why: "Whoever comes later can't tell a decision from a mistake. Until there is a reason, nothing is accepted.",
    messages: ["": "Say why this is right. Until there is a reason here, nothing is accepted."],
    good: [
      #"{"reason": "The box is cut on purpose.", "fingerprint": "fe8b0a992024c80e97c17b536d158a53", "rule": "link/dangling", "scope": "label"}"#
        + "\n"
    ],
    bad: [
      #"{"reason": ⟪""⟫, "fingerprint": "fe8b0a992024c80e97c17b536d158a53", "rule": "link/dangling", "scope": "label"}"#
        + "\n"
    ])

  static let withoutFinding = RuleInfo(
    id: "decision/without-finding", form: .declared, severity: .hint,
    summary: "A decision is about something that is found.",
    why: "The value was corrected or taken out since, so the line does nothing any more.",
    messages: [
      "": "What this line accepted is not found any more, so the line does nothing. You can take it out.",
      remove: "Take the line out",
    ])

  static let all = [reasonMissing, withoutFinding]

  /// What is wrong with one line by itself.
  static func findings(in tree: RecordTree, of record: RecordReference) -> [Finding] {
    guard record.record != .document, tree.problems.isEmpty, tree.nodes.first?.kind == .object else { return [] }
    let node = tree.member("reason", of: 0)
    // A reason that is no text is the format's to tell.
    if let node, tree.nodes[node].kind != .string { return [] }
    guard node.flatMap({ tree.string(of: $0) })?.isBlank ?? true else { return [] }
    let places = PlaceMaker(record: record, tree: tree)
    return [
      Finding(rule: reasonMissing.id, severity: reasonMissing.severity, place: places.place(of: node ?? 0))
    ]
  }

  /// That a line accepts nothing that is found.
  static func unmet(_ tree: RecordTree, of record: RecordReference) -> Finding? {
    guard let node = tree.member("fingerprint", of: 0), tree.nodes.indices.contains(node) else { return nil }
    let places = PlaceMaker(record: record, tree: tree)
    return Finding(
      rule: withoutFinding.id, severity: withoutFinding.severity, place: places.place(of: node),
      fixes: [
        Fix(title: Message(remove), isCertain: false, action: .edits([.remove(places.place(of: 0))]))
      ], fold: "unmet")
  }
}
