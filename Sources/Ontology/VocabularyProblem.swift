/// What is wrong in a vocabulary's file, and where. The rest of the file is read all the same.
package struct VocabularyProblem: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// A JSON file has no list `terms`; a table has no header.
    case noTerms
    /// No column holds the ids.
    case noIDColumn
    /// Two columns mean the same member of a term; this one is read as an attribute.
    case repeatedColumn
    /// A term without an id; it is left out.
    case missingID
    /// An id that stands further up already; this one is left out.
    case repeatedID
    /// An id that a spreadsheet has rounded: the digits are lost.
    case roundedID
    /// An id that a spreadsheet has cut the zeros from; with them it reads `restored`.
    case lostZeros(restored: String)
    /// A value of the wrong kind: a number for a label, a word for yes or no.
    case unexpectedValue
    /// A row with more cells than the header has columns.
    case surplusCell
    /// Bytes that are no text in the file's encoding; they read as `�`.
    case damagedText
    /// A quote that nothing closes: the rest of the file became one cell.
    case unclosedQuote
    /// A mapping's relation that means nothing.
    case unknownRelation
    /// A mapping with nothing on one side.
    case incompleteMapping
  }

  package enum Place: Sendable, Hashable {
    /// As a spreadsheet counts: the header is row 1, the first column 1.
    case cell(row: Int, column: Int)
    /// Bytes of a JSON file.
    case range(Range<Int>)
  }

  package var kind: Kind
  package var place: Place
  /// What stands there.
  package var value: String

  package init(_ kind: Kind, at place: Place, value: String = "") {
    self.kind = kind
    self.place = place
    self.value = value
  }
}
