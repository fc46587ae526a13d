import PluginKit

/// A link that only one of its ends knows.
struct DocumentLinkOneSided: GroupRule {
  static let info = RuleInfo(
    id: "document-link-one-sided", severity: .error,
    summary: "A link between two parts of a form stands at both.",
    why: "Programs read the links of one side only: half of them would see this pair, and half would not.",
    source: "The FUNSD form: each pair is written at both of its ends, in the same direction.",
    message:
      "This link from {from} to {to} does not stand at part {missing}. Add [{from}, {to}] there, or take it out here.",
    messages: ["remove": "Take the link out here"],
    good: [DocumentLinkInvalid.example("[[0, 1]]", "[[0, 1]]")],
    bad: [DocumentLinkInvalid.example("[⟪[0, 1]⟫]", "[]")])
  static let reads = Reads(
    fields: [.id, .edge, .linkEnd], needs: [.edge, .linkEnd], lookups: [.definition(of: .linkEnd)])
  static let kind = FactKind("instruction-data/edge")
  static let states = [kind]

  func state(_ record: Record, _ report: inout Report) {
    guard let id = record.first(.id)?.value.integer else { return }
    let known = Set(record.facts(.definition(of: .linkEnd)).compactMap { $0.exports["id"]?.integer })
    for edge in record.all(.edge) {
      let ends = edge.value.children.compactMap(\.integer)
      // A link that leads nowhere, or stands at a third part, is said by itself.
      guard ends.count == 2, ends[0] != ends[1], ends.contains(id), known.isSuperset(of: ends) else { continue }
      report.state(
        Self.kind, key: .text("\(ends[0]) \(ends[1])"), at: edge,
        payload: .numbers(Double(id), Double(ends[0]), Double(ends[1])))
    }
  }

  func group(_ group: Group, _ report: inout Report) {
    guard let first = group.facts.first, first.numbers.count == 3, let own = Int(exactly: first.numbers[0]),
      let from = Int(exactly: first.numbers[1]), let to = Int(exactly: first.numbers[2]),
      group.facts.allSatisfy({ $0.numbers.first == first.numbers[0] })
    else { return }
    report.finding(
      at: first, "", ["from": from, "to": to, "missing": own == from ? to : from],
      fixes: [Fix("remove", edits: [.remove(first)])])
  }
}
