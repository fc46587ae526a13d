/// Makes terms of a table's rows, knowing what each column holds.
package struct TermColumns: Sendable {
  private let targets: [ColumnMapping.Target]

  /// `header` is the table's first row.
  package init(header: [String], mapping: ColumnMapping = ColumnMapping()) {
    targets = mapping.targets(ofHeader: header)
  }

  /// The columns of the ids, counted from 0; `nil` if none holds them.
  package var idColumn: Int? { targets.firstIndex(of: .id) }

  /// What the column holds; `nil` beyond the header.
  package func target(ofColumn column: Int) -> ColumnMapping.Target? {
    targets.indices.contains(column) ? targets[column] : nil
  }

  /// The term of a row; `nil` if it has no id. `row` is where problems stand, as a spreadsheet counts.
  package func term(_ cells: [String], row: Int, problems: inout [VocabularyProblem]) -> Term? {
    guard let idColumn else { return nil }
    guard cells.contains(where: { !$0.isEmpty }) else { return nil }
    let id = idColumn < cells.count ? cells[idColumn] : ""
    guard !id.isEmpty else {
      problems.append(VocabularyProblem(.missingID, at: .cell(row: row, column: idColumn + 1)))
      return nil
    }
    if SpreadsheetDamage.isRounded(id) {
      problems.append(VocabularyProblem(.roundedID, at: .cell(row: row, column: idColumn + 1), value: id))
    }
    var term = Term(id: id)
    for (column, cell) in cells.enumerated() where !cell.isEmpty {
      guard let target = target(ofColumn: column) else {
        problems.append(VocabularyProblem(.surplusCell, at: .cell(row: row, column: column + 1), value: cell))
        break
      }
      if !Self.put(cell, as: target, into: &term) {
        problems.append(VocabularyProblem(.unexpectedValue, at: .cell(row: row, column: column + 1), value: cell))
      }
    }
    return term
  }

  /// `false` if the cell can't be read as what the column holds.
  private static func put(_ cell: String, as target: ColumnMapping.Target, into term: inout Term) -> Bool {
    func label(_ language: String) -> Term.Label { Term.Label(language: language, text: cell) }
    func labels(_ language: String) -> [Term.Label] { list(cell).map { Term.Label(language: language, text: $0) } }
    switch target {
    case .id, .ignored: break
    case .prefLabel(let language): term.prefLabels.append(label(language))
    case .altLabels(let language): term.altLabels += labels(language)
    case .hiddenLabels(let language): term.hiddenLabels += labels(language)
    case .definition(let language): term.definitions.append(label(language))
    case .scopeNote(let language): term.scopeNotes.append(label(language))
    case .example(let language): term.examples.append(label(language))
    case .changeNote(let language): term.changeNotes.append(label(language))
    case .broader: term.broader += list(cell)
    case .exactMatch: term.exactMatch += list(cell)
    case .closeMatch: term.closeMatch += list(cell)
    case .broadMatch: term.broadMatch += list(cell)
    case .narrowMatch: term.narrowMatch += list(cell)
    case .replacedBy: term.replacedBy += list(cell)
    case .since: term.since = cell
    case .canonical: term.canonical = cell
    case .attribute(let name): term.attributes.append(Term.Attribute(name: name, value: cell))
    case .deprecated:
      guard let flag = flag(cell) else { return false }
      term.isDeprecated = flag
    }
    return true
  }

  /// The parts of a cell that holds several: between `|` if there is one, else between `;`.
  package static func list(_ cell: String) -> [String] {
    let separator: Unicode.Scalar = cell.unicodeScalars.contains("|") ? "|" : ";"
    return cell.unicodeScalars.split(separator: separator).map { trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  /// Yes or no as people and spreadsheets write it; `nil` for anything else.
  package static func flag(_ cell: String) -> Bool? {
    switch String(decoding: Folding.compact(cell), as: UTF8.self) {
    case "1", "true", "yes", "y", "x", "t", "on", "deprecated", "obsolete", "retired", "co": true
    case "0", "false", "no", "n", "f", "off", "", "active", "khong": false
    default: nil
    }
  }

  /// Without the space around it, no-break spaces too.
  package static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
