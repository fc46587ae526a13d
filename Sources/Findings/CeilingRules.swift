/// The rules under which the host says that it stopped at a ceiling, so that nobody takes silence for praise.
package enum CeilingRules {
  package static let unchecked = RuleInfo(
    id: "concord/not-checked", form: .declared, severity: .warning,
    summary: "A file is checked, however large.",
    why: "Concord keeps the memory it uses below what it was allowed, so that the rest of the machine goes on working.",
    messages: [
      "": "This file is not checked: with it, Concord would need more than the {limit} MB of memory that it may use. "
        + "Close other large files, split this one, or allow more with the setting `limits.memory`.",
      "dropped": "This file is not even kept: it alone needs more than what is left of the {limit} MB of memory that "
        + "Concord may use. Close other large files and open this one again, split it, or allow more with the setting "
        + "`limits.memory`.",
    ])

  package static let all = [unchecked]
}
