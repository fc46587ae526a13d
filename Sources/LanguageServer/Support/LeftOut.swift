/// A row of the protocol, or a part of one, that is not served, and why not.
struct LeftOut: Sendable {
  var row: SupportRow
  /// Of a row whose other parts are served.
  var part: String?
  /// A sentence for people who compare servers.
  var reason: String

  init(_ row: SupportRow, part: String? = nil, _ reason: String) {
    self.row = row
    self.part = part
    self.reason = reason
  }
}

/// Everything that is left out.
let leftOut: [LeftOut] = [
  LeftOut(
    .relatedDocuments, part: "related documents in one answer",
    "Findings of other files come with `workspace/diagnostic`, or are pushed."),
  LeftOut(
    .commitCharacters,
    "In label files every candidate, `,` `}` `]` and space, is also a letter of names and values; a label would be taken "
      + "over that nobody chose."),
  LeftOut(
    .declaration, part: "implementation",
    "Nothing in a label file is declared in one place and carried out in another."),
  LeftOut(
    .linkedEditing,
    "It would change an id at every letter typed, in this file only; `rename` changes it everywhere at once, and asks first "
      + "where that is much."),
  LeftOut(.inlineValues, "Shows variables while a program is stopped. Label files don't run."),
  LeftOut(.hierarchies, "Nothing in a label file calls anything. What a term stands under is in its hover."),
  LeftOut(
    .fileOperations, part: "willCreate", "Nothing names a file that is not there yet, so nothing has to change first."),
  LeftOut(
    .notebooks, "Cells of a notebook hold programs, not labels. Files that a notebook writes are checked like any."),
  LeftOut(
    .text318, part: "inline completion, snippet edits",
    "Whole labels are never proposed as ghost text: whoever labels must not be led. Fixes leave no gaps to fill in."),
]
