package import Findings

/// The rules that links report under where a declaration names none.
package enum LinkRules {
  /// Message key of a reference that stands at several places of a document.
  package static let many = "many"
  /// Message key of the note at the first definition.
  package static let first = "first"

  package static let dangling = RuleInfo(
    id: "link/dangling", form: .declared, severity: .error,
    summary: "An id that is used must be defined.",
    why: "Whoever reads this file looks the id up and finds nothing, or drops the entry without a word.",
    messages: [
      "": "Nothing here has the id {id}. Check the spelling, or add the missing entry.",
      many: "Nothing here has the id {id}, and it is used in {count} places. "
        + "Check the spelling, or add the missing entry.",
    ],
    good: [#"{"images": [{"id": 1}], "annotations": [{"id": 1, "image_id": 1}]}"#],
    bad: [#"{"images": [{"id": 1}], "annotations": [{"id": 1, "image_id": ⟪2⟫}]}"#])

  package static let duplicate = RuleInfo(
    id: "link/duplicate-id", form: .declared, severity: .error,
    summary: "An id must be given only once.",
    why: "Whoever reads this file keeps one of the entries and drops the others without a word.",
    messages: [
      "": "The id {id} is taken already, so one of the two entries gets lost. Give this one an id of its own.",
      first: "The id {id} is given here first",
    ],
    good: [#"{"images": [{"id": 1}, {"id": 2}]}"#],
    bad: [#"{"images": [{"id": 1}, {"id": ⟪1⟫}]}"#])

  package static let all = [dangling, duplicate]
}
