package import Findings

/// The rules that agreements report under where a declaration names none of its own.
package enum AgreementRules {
  /// Message keys by what is compared and by whom, and of notes.
  static let independent = "independent"
  package static let independentPlaces = "independent-places"
  static let count = "count"
  static let sum = "sum"
  static let box = "box"
  static let interval = "interval"
  static let turns = "turns"
  static let words = "words"
  package static let concealed = "private"
  static let says = "says"
  static let alsoHere = "also"
  static let missingKey = "missing"
  static let notAllKey = "not-all"
  /// Title of the fix that takes over the other side's value, whose words are `other`.
  package static let use = "use"

  package static let disagrees = RuleInfo(
    id: "agreement/disagrees", form: .declared, severity: .error,
    summary: "What is said of one thing must fit together, whoever says it and wherever it stands.",
    why: "Whoever trains on this learns that both are right. Each file looks fine alone, so nobody notices.",
    messages: [
      "":
        "In {here} this is \"{value}\", in {there} it is \"{other}\". Both are about the same thing, so one of them is wrong.",
      independent:
        "In {here} this is \"{value}\", in {there} it is \"{other}\", by people who looked independently. Ask for a third look "
        + "instead of changing one to fit the other.",
      independentPlaces:
        "What stands here and what stands in {there} don't fit together, by people who looked independently. Ask for a "
        + "third look instead of changing one to fit the other.",
      count:
        "{value#There is|There are} {value} of these in {here} and {other} in {there}. One was missed, or is there "
        + "twice.",
      sum:
        "Together these make {value} in {here} and {other} in {there}. One was missed, is there twice or is wrong.",
      box:
        "The box here and the one in {there} are about the same thing and lie too far apart. One of them is in the "
        + "wrong place.",
      interval:
        "The times here and those in {there} are about the same thing and lie too far apart. One of them is wrong.",
      turns:
        "Who speaks when is told differently here and in {there}: of 100 seconds of speech, {share} are somebody else's or nobody's "
        + "there. One of them is wrong.",
      words:
        "What is said here and what is said in {there} differ: of 100 words or letters, {share} would have to be changed. One of "
        + "them is wrong.",
      concealed:
        "What stands here and what stands in {there} are about the same thing and differ. One of them is wrong.",
      says: "In {there} it is \"{other}\"",
      alsoHere: "The same thing in {there}",
      use: "Use \"{other}\" here",
    ])

  package static let missing = RuleInfo(
    id: "agreement/missing", form: .declared, severity: .warning,
    summary: "What must be said on several sides is said on all of them.",
    why: "A sample that lacks one of its sides teaches that the thing is not there.",
    messages: [
      "": "This is nowhere in {there}, where it belongs too. Add it there, or take it out here if it is a mistake."
    ])

  package static let notAll = RuleInfo(
    id: "agreement/not-all", form: .declared, severity: .information,
    summary: "What belongs together is few enough to be compared.",
    why: "So many labels of one thing mostly mean that things were given the same name by mistake.",
    messages: [
      "":
        "{count} labels are about this same thing; only the first {limit} were compared. Probably different things have "
        + "the same name."
    ])

  package static let all = [disagrees, missing, notAll]

  /// The templates of an agreement that reports under an id of its own: the built-in ones, but `message` if it brings one.
  ///
  /// Between independent readings nobody is asked to change one of them, whatever the declaration says.
  package static func messages(own message: String?) -> [String: String] {
    var messages = disagrees.messages
    messages[missingKey] = missing.messages[""]
    messages[notAllKey] = notAll.messages[""]
    guard let message else { return messages }
    for key in [count, sum, box, interval, turns, words] { messages[key] = nil }
    messages[""] = message
    return messages
  }
}
