import Facts
package import Findings

/// The rules about vocabulary files, for who maintains them. Their examples are tables.
package enum VocabularyRules {
  static let restore = "fix"

  package static let duplicateID = RuleInfo(
    id: "vocabulary/duplicate-id", form: .declared, severity: .error,
    summary: "Every entry of a list has an id of its own.",
    why: "Of two entries with one id only the first is found, and the other's name and synonyms are lost.",
    messages: [
      "": "The id {id} is taken already, so this entry is never found. Give it an id of its own, or take it out.",
      LinkRules.first: "The id {id} is given here first",
    ],
    good: ["id,label\nm1,milk\nm2,butter\n"], bad: ["id,label\nm1,milk\n⟪m1⟫,butter\n"])

  package static let duplicateLabel = RuleInfo(
    id: "vocabulary/duplicate-label", form: .declared, severity: .warning,
    summary: "Two entries in use have different names.",
    why: "People who search by name take one or the other, and the labels split in two.",
    messages: [
      "": "Another entry is called {id} too, so nobody can tell the two apart by name. Make the names differ, or merge "
        + "the entries.",
      LinkRules.first: "{id} is the name of this entry",
    ],
    good: ["id,label\n1,Milk 1 L\n2,Milk 2 L\n", "id,label_en,label_fr\n1,pain,\n2,bread,pain\n"],
    bad: ["id,label\n1,Milk\n2,⟪milk⟫\n"])

  package static let unknownTerm = RuleInfo(
    id: "vocabulary/unknown-term", form: .declared, severity: .error,
    summary: "An entry that another one names must be in the list.",
    why: "Whoever follows the link finds nothing: the entry hangs in the air, or has no successor.",
    messages: [
      "": "This list has no entry {id}. Check the spelling, or add the missing entry.",
      LinkRules.many:
        "This list has no entry {id}, and {count} entries name it. Check the spelling, or add the missing "
        + "entry.",
    ],
    good: ["id,label,parent\n1,food,\n2,milk,1\n"], bad: ["id,label,parent\n1,food,\n2,milk,⟪9⟫\n"])

  package static let cycle = RuleInfo(
    id: "vocabulary/cycle", form: .declared, severity: .error,
    summary: "No entry is its own parent or successor, however far the way.",
    why: "Programs that walk up to the top, or on to the entry in use, never arrive.",
    messages: [
      "": "This leads back to where it began: {path}. Take one of these links out."
    ],
    good: ["id,label,parent\n1,food,\n2,milk,1\n"], bad: ["id,label,parent\n1,food,⟪2⟫\n2,milk,1\n"])

  package static let noSuccessor = RuleInfo(
    id: "vocabulary/no-successor", form: .declared, severity: .information,
    summary: "An entry taken out of use names what is used instead.",
    why: "Everyone who meets an old label has to guess which one to use now.",
    messages: [
      "":
        "{label} was taken out of use, and nothing says what to use instead. Name the entry that replaces it, if there "
        + "is one."
    ],
    good: ["id,label,deprecated,replaced_by\n1,milk,,\n2,whole milk,yes,1\n"],
    bad: ["id,label,deprecated,replaced_by\n1,milk,,\n⟪2⟫,whole milk,yes,\n"])

  package static let roundedBarcode = RuleInfo(
    id: "vocabulary/rounded-barcode", form: .declared, severity: .error,
    summary: "A barcode holds every digit.",
    why: "A spreadsheet took the barcode for a number and rounded it: the lost digits cannot be worked out again.",
    messages: [
      "": "The spreadsheet has rounded this barcode to {id}, and its last digits are lost. Set the column's format to "
        + "text, put the barcodes in again, and then export the list."
    ],
    good: ["id,label\n8934563138165,noodles\n"], bad: ["id,label\n⟪8.93E+12⟫,noodles\n"])

  package static let lostZeros = RuleInfo(
    id: "vocabulary/lost-zeros", form: .declared, severity: .error,
    summary: "A barcode keeps the zeros in front.",
    why: "A spreadsheet took the barcode for a number and dropped the zeros, so the product is not found by it.",
    messages: [
      "": "This barcode lost the zeros in front: with them it is {restored}, and its last digit is right. Set the "
        + "column's format to text before the next export.",
      restore: "Write {restored}",
    ],
    good: ["id,label\n8934563138165,noodles\n0012345678905,tea\n8936000010515,milk\n"],
    bad: ["id,label\n8934563138165,noodles\n⟪12345678905⟫,tea\n8936000010515,milk\n"])

  package static let missingID = RuleInfo(
    id: "vocabulary/missing-id", form: .declared, severity: .error,
    summary: "Every entry of a list has an id.",
    why: "An entry without an id cannot be used: it is left out.",
    messages: ["": "This entry has no id, so it is left out of the list. Give it one."],
    good: ["id,label\n1,milk\n"], bad: ["id,label\n1,milk\n⟪,butter⟫\n"])

  package static let missingLabel = RuleInfo(
    id: "vocabulary/missing-label", form: .declared, severity: .warning,
    summary: "Every entry of a list has a name.",
    why: "People see the bare id and can't tell what it stands for.",
    messages: ["": "{id} has no name, so people see the bare id. Give it one."],
    good: ["id,label\n1,milk\n"], bad: ["id,label\n⟪1⟫,\n"])

  package static let all = [
    duplicateID, duplicateLabel, unknownTerm, cycle, noSuccessor, roundedBarcode, lostZeros, missingID, missingLabel,
  ]
}
