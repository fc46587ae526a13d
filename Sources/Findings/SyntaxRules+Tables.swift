import Manifest

extension SyntaxRules {
  static let tableCodes: Set<SyntaxProblem.Code> = [
    .unclosedCell, .strayCellQuote, .missingCell, .extraCell, .duplicateColumn, .foreignEncoding,
  ]

  /// Problems of tables. Their examples are tables too.
  static func tables(_ code: SyntaxProblem.Code) -> Words {
    switch code {
    case .unclosedCell:
      Words(
        summary: "A cell that begins with a quote ends with one.",
        why: "Programs take the rows that follow for part of the cell.",
        message: "The quote at the start of this cell is never closed, so programs read on into the next row. Add the "
          + "closing quote.",
        fix: "Add the closing quote", good: ["id,label\n1,\"milk\"\n"], bad: ["id,label\n1,\"milk⟪⟫\n2,bread\n"])
    case .strayCellQuote:
      Words(
        summary: "A quote inside a quoted cell is written twice.",
        why: "Programs end the cell at the first single quote, or refuse the file.",
        message: "This quote stands alone inside a quoted cell, and some programs end the cell here. Write it twice.",
        good: ["id,label\n1,\"5\"\" pipe\"\n"], bad: ["id,label\n1,\"5⟪\"⟫ pipe\"\n"])
    case .missingCell:
      Words(
        severity: .warning, summary: "Every row has as many cells as the first one has names.",
        why: "What stands behind a missing cell is read under the wrong name.",
        message: "This row has fewer cells than there are columns. Add what is missing, or empty cells.",
        good: ["id,label\n1,milk\n"], bad: ["id,label\n1⟪⟫\n"])
    case .extraCell:
      Words(
        severity: .warning, summary: "No row has more cells than the first one has names.",
        why: "What has no name is not read. Often a text has a comma in it and no quotes around it.",
        message: "This cell has no column. Put the text in double quotes if the separator before it belongs to it; "
          + "otherwise take the cell out.",
        good: ["id,label\n1,\"milk, fresh\"\n"], bad: ["id,label\n1,milk,⟪fresh⟫\n"])
    case .duplicateColumn:
      Words(
        severity: .warning, summary: "Every column has a name of its own.",
        why: "Only the first of two columns with one name is read.",
        message: "This name stands above another column too, so this one is not read. Rename it, or take it out.",
        good: ["id,label\n"], bad: ["id,label,⟪label⟫\n"])
    default:
      Words(
        summary: "Text must be UTF-8.", why: "The rows cannot be shown or corrected in another encoding.",
        message: "This file is saved as UTF-16, so its rows can't be checked. Save it as \"CSV UTF-8\".",
        // Bytes that are not UTF-8 cannot stand in an example.
        bad: [])
    }
  }
}
