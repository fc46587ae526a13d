extension Vocabulary {
  /// Reads a table: its header says what the columns hold, `mapping` where it is not plain. Never fails: what can't be read is left out
  /// and listed.
  ///
  /// Delimiter and encoding are recognised; ids are text, whatever they look like. Cost: linear in the bytes.
  package init(
    csv bytes: [UInt8], id: String, mapping: ColumnMapping = ColumnMapping(), problems: inout [VocabularyProblem]
  ) {
    self.init(id: id, version: "", terms: [])
    TermTable.read(bytes, mapping: mapping, problems: &problems) { term, _ in terms.append(term) }
  }
}

/// Reads the terms of a table.
package enum TermTable {
  /// Calls `body` with each term as it is read, and its line where every line is a row (counted from 0).
  ///
  /// With `looksForRepeats`, of several terms with one id only the first; without, all, and less is said of problems.
  static func read(
    _ bytes: [UInt8], mapping: ColumnMapping, looksForRepeats: Bool = true, problems: inout [VocabularyProblem],
    _ body: (Term, Int) -> Void
  ) {
    var seen: [[UInt8]: Int] = [:]
    var columns: TermColumns?
    var hasHeader = false
    var ofRows: [VocabularyProblem] = []
    CSVTable.forEachRow(of: bytes, problems: &problems) { row in
      guard let known = columns else {
        guard !hasHeader else { return }
        hasHeader = true
        let read = TermColumns(header: row.cells, mapping: mapping)
        if read.idColumn != nil {
          columns = read
        } else {
          ofRows.append(VocabularyProblem(.noIDColumn, at: .cell(row: row.number, column: 1)))
        }
        return
      }
      guard let term = known.term(row.cells, row: row.number, problems: &ofRows) else { return }
      let isRepeated = looksForRepeats && seen.updateValue(row.number, forKey: Array(term.id.utf8)) != nil
      guard isRepeated else { return body(term, row.number - 1) }
      let column = (known.idColumn ?? 0) + 1
      ofRows.append(VocabularyProblem(.repeatedID, at: .cell(row: row.number, column: column), value: term.id))
    }
    problems += ofRows
    if !hasHeader { problems.append(VocabularyProblem(.noTerms, at: .cell(row: 1, column: 1))) }
    if let columns { problems += lostZeros(seen, column: (columns.idColumn ?? 0) + 1) }
  }

  /// Calls `body` with each term as it is read, also with those whose id was there before.
  package static func read(
    _ bytes: [UInt8], mapping: ColumnMapping, problems: inout [VocabularyProblem], _ body: (Term) -> Void
  ) {
    read(bytes, mapping: mapping, looksForRepeats: false, problems: &problems) { term, _ in body(term) }
  }

  /// The names of a table's columns; empty if it has none. Cost: as for reading its rows.
  package static func header(of bytes: [UInt8]) -> [String] {
    var problems: [VocabularyProblem] = []
    var header: [String] = []
    CSVTable.forEachRow(of: bytes, problems: &problems) { if header.isEmpty { header = $0.cells } }
    return header
  }

  /// The terms as records, which know their lines if every line is a row. Of several with one id the first, the others are problems.
  package static func records(
    _ bytes: [UInt8], mapping: ColumnMapping, problems: inout [VocabularyProblem]
  ) -> TermRecords {
    var records = TermRecords()
    var lines: [UInt64] = []
    if LineHash.isLinewise(bytes) {
      LineHash.forEachLine(in: bytes) { _, hash in
        lines.append(hash)
        return true
      }
    }
    if let header = lines.first { records.note(header: header) }
    read(bytes, mapping: mapping, problems: &problems) { term, line in
      records.add(term)
      if lines.indices.contains(line) { records.note(line: lines[line]) }
    }
    return records
  }

  /// Ids that lost their zeros, in a list that otherwise holds barcodes: a list of numbers of its own is none.
  static func lostZeros(_ ids: [[UInt8]: Int], column: Int) -> [VocabularyProblem] {
    let texts = ids.keys.map { String(decoding: $0, as: UTF8.self) }
    var lengths: [Int: Int] = [:]
    for text in texts where SpreadsheetDamage.isBarcode(text) { lengths[text.utf8.count, default: 0] += 1 }
    guard let usual = lengths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), usual.value * 2 > texts.count
    else { return [] }
    return texts.compactMap { text -> VocabularyProblem? in
      let isOther = !SpreadsheetDamage.isBarcode(text) || text.utf8.count < usual.key
      guard isOther, let restored = SpreadsheetDamage.restoredZeros(text, length: usual.key) else { return nil }
      return VocabularyProblem(
        .lostZeros(restored: restored), at: .cell(row: ids[Array(text.utf8)] ?? 1, column: column), value: text)
    }.sorted { a, b in
      guard case .cell(let first, _) = a.place, case .cell(let second, _) = b.place else { return false }
      return first < second
    }
  }
}

extension Mapping {
  /// Reads a table of mappings; `nil` if its header is not that of one (from, relation, to). What can't be read is left out and listed.
  package static func read(csv bytes: [UInt8], problems: inout [VocabularyProblem]) -> [Mapping]? {
    var found: [VocabularyProblem] = []
    // Most tables are no mappings, which their beginning tells.
    let start = CSVTable(Array(bytes.prefix(1 << 16)), problems: &found).rows
    if start.count > 1, ColumnMapping.mapping(ofHeader: start[0].cells) == nil { return nil }
    found = []
    let rows = CSVTable(bytes, problems: &found).rows
    guard let header = rows.first, let columns = ColumnMapping.mapping(ofHeader: header.cells) else { return nil }
    problems += found
    var mappings: [Mapping] = []
    for row in rows.dropFirst() where row.cells.contains(where: { !$0.isEmpty }) {
      func cell(_ column: Int) -> String { column < row.cells.count ? row.cells[column] : "" }
      for column in [columns.from, columns.to] where cell(column).isEmpty {
        problems.append(VocabularyProblem(.incompleteMapping, at: .cell(row: row.number, column: column + 1)))
      }
      guard let relation = Relation(cell(columns.relation)) else {
        problems.append(
          VocabularyProblem(
            .unknownRelation, at: .cell(row: row.number, column: columns.relation + 1), value: cell(columns.relation)))
        continue
      }
      guard !cell(columns.from).isEmpty, !cell(columns.to).isEmpty else { continue }
      mappings.append(Mapping(from: cell(columns.from), relation: relation, to: cell(columns.to)))
    }
    return mappings
  }
}

/// A table as texts.
struct CSVTable {
  struct Row {
    var number: Int
    var cells: [String]
  }

  private(set) var rows: [Row] = []

  init(_ bytes: [UInt8], problems: inout [VocabularyProblem]) {
    var rows: [Row] = []
    Self.forEachRow(of: bytes, problems: &problems) { rows.append($0) }
    self.rows = rows
  }

  static func forEachRow(of bytes: [UInt8], problems: inout [VocabularyProblem], _ body: (Row) -> Void) {
    var last: (number: Int, cells: Int)?
    var found: [VocabularyProblem] = []
    let isOpen = CSVRows.read(TextEncoding.utf8(bytes)) { row in
      var cells: [String] = []
      cells.reserveCapacity(row.cells.count)
      for (column, cell) in row.cells.enumerated() {
        let text = String(validating: cell, as: UTF8.self)
        if text == nil { found.append(VocabularyProblem(.damagedText, at: .cell(row: row.number, column: column + 1))) }
        cells.append(TermColumns.trimmed(text ?? String(decoding: cell, as: UTF8.self)))
      }
      if row.isCut {
        found.append(VocabularyProblem(.surplusCell, at: .cell(row: row.number, column: row.cells.count + 1)))
      }
      last = (row.number, cells.count)
      body(Row(number: row.number, cells: cells))
    }
    problems += found
    if isOpen {
      problems.append(
        VocabularyProblem(.unclosedQuote, at: .cell(row: last?.number ?? 1, column: max(1, last?.cells ?? 1))))
    }
  }
}
