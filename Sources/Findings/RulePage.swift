/// A rule's page in Markdown: what `concord explain` prints and what an editor shows on a finding.
package struct RulePage: Sendable {
  package let markdown: String

  package init(_ rule: RuleInfo) {
    var page = "# `\(rule.id)`\n\n\(rule.summary)\n"
    if !rule.why.isEmpty { page += "\n\(rule.why)\n" }
    page += "\nSeverity: \(rule.severity.name). \(Self.scope(of: rule.form))\n"
    if !rule.source.isEmpty { page += "\nSource: \(rule.source)\n" }
    if let message = rule.messages[""] { page += "\n> \(message)\n" }
    page += Self.examples("Right", rule.good) + Self.examples("Wrong, at ⟪ ⟫", rule.bad)
    if !rule.silences.isEmpty {
      let others = rule.silences.map { "`\($0)`" }.joined(separator: ", ")
      page += "\nWhile it has a finding in a file, these keep quiet there: \(others).\n"
    }
    if rule.isSensitive { page += "\nWhat it finds is never printed.\n" }
    markdown = page
  }

  private static func scope(of form: RuleInfo.Form) -> String {
    switch form {
    case .record: "Looks at each entry, and at what it names."
    case .neighbor: "Looks at entries that lie next to each other."
    case .group: "Looks at all entries that belong together."
    case .tally: "Looks at the whole file in numbers."
    case .declared: "Follows from how the format is described."
    }
  }

  private static func examples(_ title: String, _ examples: [String]) -> String {
    guard !examples.isEmpty else { return "" }
    return "\n\(title):\n" + examples.map { "\n```json\n\($0)\n```\n" }.joined()
  }
}
