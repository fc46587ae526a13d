package import Findings

/// The rules about values that name a term of a vocabulary.
package enum TermRules {
  /// Message keys: a term of another branch, a list that knows too little, and titles of fixes.
  static let outside = "outside"
  static let many = "many"
  static let meant = "meant"
  static let successors = "successors"
  static let use = "use"

  package static let unknown = RuleInfo(
    id: "term/unknown", form: .declared, severity: .warning,
    summary: "A label must be in its list.",
    why: "Whoever trains on these labels gets a class of its own for every misspelling.",
    messages: [
      "": "The list `{list}` has no {text}. Check the spelling, or add it to the list.",
      meant: "The list `{list}` has no {text}. Did you mean {id} ({label})?",
      outside: "{text} is in the list `{list}`, but is no kind of {branch}, which belongs here. Choose another one.",
      many:
        "{unknown} of the {count} labels here are not in the list `{list}`. It is probably the wrong list, or an old "
        + "one: look there first.",
      use: "Use {id} ({label})",
    ],
    good: [#"{"label": "milk"}"#], bad: [#"{"label": ⟪"mlik"⟫}"#])

  package static let deprecated = RuleInfo(
    id: "term/deprecated", form: .declared, severity: .warning,
    summary: "A label must not be one that was given up.",
    why: "New labels under an old name split one class in two.",
    messages: [
      "": "{label} was taken out of use in the list `{list}`. Choose another label.",
      meant: "{label} was taken out of use in the list `{list}`. {id} ({successor}) is used instead.",
      successors: "{label} was taken out of use in the list `{list}`. Use one of these instead: {ids}.",
      use: "Use {id} ({label})",
    ],
    good: [#"{"label": "milk"}"#], bad: [#"{"label": ⟪"milk-old"⟫}"#])

  package static let all = [unknown, deprecated]
}
