/// A rule's page in Markdown: what `concord explain` prints and what an editor shows on a finding.
package struct RulePage: Sendable {
  package let markdown: String

  /// - Parameters:
  ///   - rule: what the page is about.
  ///   - words: the reader's language. The rule's main message comes from its templates, in that language.
  ///   - message: that template; without it the English one.
  package init(_ rule: RuleInfo, words: Phrasebook = .english, message: String? = nil) {
    var page = "# `\(rule.id)`\n\n\(words(rule.summary))\n"
    if !rule.why.isEmpty { page += "\n\(words(rule.why))\n" }
    let severity = words("Severity: {level}.", .init("level", words(rule.severity.name)))
    page += "\n\(severity) \(words(Self.scope(of: rule.form)))\n"
    if !rule.source.isEmpty { page += "\n" + words("Source: {source}", .init("source", rule.source)) + "\n" }
    if let message = message ?? rule.messages[""] { page += "\n> \(MessageCatalog.asWritten(message))\n" }
    page += Self.examples(words("Right"), rule.good) + Self.examples(words("Wrong, at ⟪ ⟫"), rule.bad)
    if !rule.silences.isEmpty {
      let others = rule.silences.map { "`\($0)`" }.joined(separator: ", ")
      let text = words(Self.quietness, .init("rules", others))
      page += "\n\(text)\n"
    }
    if rule.isSensitive { page += "\n\(words(Self.secrecy))\n" }
    markdown = page
  }

  private static let quietness = "While it has a finding in a file, these keep quiet there: {rules}."
  private static let secrecy = "What it finds is never printed."

  private static func scope(of form: RuleInfo.Form) -> String {
    switch form {
    case .record: "Looks at each entry, and at what it names."
    case .neighbor: "Looks at entries that lie next to each other."
    case .group: "Looks at all entries that belong together."
    case .tally: "Looks at the whole file in numbers."
    case .declared: "Follows from how the format is described."
    }
  }

  /// Everything that stands on pages besides what rules say themselves.
  package static let phrases =
    ["Severity: {level}.", "Source: {source}", "Right", "Wrong, at ⟪ ⟫", quietness, secrecy]
    + Severity.allCases.map(\.name) + RuleInfo.Form.allCases.map(scope)

  private static func examples(_ title: String, _ examples: [String]) -> String {
    guard !examples.isEmpty else { return "" }
    return "\n\(title):\n" + examples.map { "\n```json\n\($0)\n```\n" }.joined()
  }
}
