import Findings
import Manifest
import Schema

/// What is wrong with a dataset's configuration.
enum DatasetRules {
  static let unknownRule = RuleInfo(
    id: "dataset/unknown-rule", form: .declared, severity: .warning,
    summary: "A check that is named here must be one.",
    why: "What is meant to be switched off or changed stays as it is, and nobody notices.",
    messages: [
      "": "There is no check called `{rule}` here, so this line changes nothing.",
      "near": "There is no check called `{rule}` here, so this line changes nothing. Did you mean `{near}`?",
      "fix": "Change it to `{near}`",
    ],
    good: [#"{"rules": {"link/dangling": "warning"}}"#], bad: [#"{"rules": {⟪"link/dangeling"⟫: "warning"}}"#])

  static let all = AlignmentRules.all + [unknownRule]

  /// The checks that a configuration names and nobody knows. Cost: its rules, and for each unknown one all that are known.
  static func findings(in tree: RecordTree, of record: RecordReference, _ library: Library) -> [Finding] {
    guard let rules = tree.member("rules", of: 0), tree.nodes[rules].kind == .object else { return [] }
    let places = PlaceMaker(record: record, tree: tree)
    return tree.children(of: rules).prefix(nameLimit).compactMap { node -> Finding? in
      guard let name = tree.key(of: node), library.rule(name) == nil else { return nil }
      let near = ClaimPath.nearest(name, among: library.allRules.map(\.id))
      let place = places.place(tree.nodes[node].keyRange)
      var finding = Finding(
        rule: unknownRule.id, severity: unknownRule.severity, place: place,
        message: Message(near == nil ? "" : "near", [.init("rule", name), .init("near", near ?? "")]))
      if let near {
        finding.fixes = [
          Fix(
            title: Message("fix", [.init("near", near)]), isCertain: false,
            action: .edits([.text(place, JSONLiteral.quoted(Array(near.utf8)))]))
        ]
      }
      return finding
    }
  }

  /// Names beyond these are not looked at.
  private static let nameLimit = 1024
}
