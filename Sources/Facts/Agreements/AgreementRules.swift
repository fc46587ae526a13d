package import Findings

/// The rules that agreements report under where a declaration names none of its own.
package enum AgreementRules {
  /// Message keys by what is compared, and of notes.
  static let same = "same"
  static let independent = "independent"
  static let independentSame = "independent-same"
  static let count = "count"
  static let sum = "sum"
  static let box = "box"
  static let interval = "interval"
  static let concealed = "private"
  static let says = "says"
  static let saysConcealed = "says-private"
  static let missingKey = "missing"
  static let notAllKey = "not-all"
  /// Title of the fix that takes over the other side's value.
  package static let use = "use"

  package static let disagrees = RuleInfo(
    id: "agreement/disagrees", form: .declared, severity: .error,
    summary: "What is said of one thing must fit together, whoever says it and wherever it stands.",
    why: "Whoever trains on this learns that both are right. Each file looks fine alone, so nobody notices.",
    messages: [
      "": "In {here} this is {value}, in {there} it is {other}. Both are about the same thing, so one of them is wrong.",
      same: "Here this is {value}, elsewhere {other}. Both are about the same thing, so one of them is wrong.",
      independent:
        "In {here} this is {value}, in {there} it is {other}, by two who looked independently. Ask for a third look "
        + "instead of changing one to fit the other.",
      independentSame:
        "Here this is {value}, elsewhere {other}, by two who looked independently. Ask for a third look instead of "
        + "changing one to fit the other.",
      count: "{value#There is|There are} {value} of these in {here} and {other} in {there}. One was missed, or is there twice.",
      sum: "Together these make {value} in {here} and {other} in {there}. One was missed, is there twice or is wrong.",
      box: "The box here and the one in {there} are about the same thing and lie too far apart. One of them is in the wrong place.",
      interval:
        "The time here is {value}, in {there} it is {other}. Both are about the same thing and lie too far apart, so "
        + "one of them is wrong.",
      concealed:
        "What stands here and what stands in {there} are about the same thing and differ. One of them is wrong.",
      says: "In {there}: {other}",
      saysConcealed: "The same thing in {there}",
      use: "Use {other} here",
    ],
    good: [], bad: [])

  package static let missing = RuleInfo(
    id: "agreement/missing", form: .declared, severity: .warning,
    summary: "What must be said on several sides is said on all of them.",
    why: "A sample that lacks one of its sides teaches that the thing is not there.",
    messages: [
      "": "This is nowhere in {there}, where it belongs too. Add it there, or take it out here if it is a mistake."
    ],
    good: [], bad: [])

  package static let notAll = RuleInfo(
    id: "agreement/not-all", form: .declared, severity: .information,
    summary: "What belongs together is few enough to be compared.",
    why: "So many labels of one thing mostly mean that things were given the same name by mistake.",
    messages: [
      "":
        "{count} labels are about this same thing; only the first {limit} were compared. Probably different things have "
        + "the same name."
    ],
    good: [], bad: [])

  package static let all = [disagrees, missing, notAll]
}
