extension Document {
  /// A table's row with its names; `nil` if it is gone. Cost: the row, and the leaf it stands in.
  func row(_ id: RecordID) -> TableRow? { plainTree(of: id).map { TableRow($0, program.table) } }

  /// Changes the text if the change alters what a table's first row says, and so what every row means; otherwise `nil`.
  ///
  /// Rows keep their ids; all are listed as changed. Cost: one pass over the text.
  mutating func applyToHeader(_ range: Range<Int>, _ replacement: [UInt8]) -> RecordChanges? {
    guard let grammar = syntax.table, range.lowerBound <= program.table.reach else { return nil }
    // What is behind the limit has no say, however long the replacement.
    var head = bytes(in: 0..<min(range.lowerBound, TableLayout.limit))
    head += replacement.prefix(TableLayout.limit)
    head += bytes(in: range.upperBound..<min(byteCount, range.upperBound + TableLayout.limit))
    let layout = TableLayout(of: head[...], grammar)
    let before = self
    program.table = layout
    if layout.isSame(as: before.program.table) { return nil }
    var text = allBytes()
    text.replaceSubrange(range, with: replacement)
    var region = EditedRegion(self, 0..<byteCount, text)
    region.read()
    var changes = region.splice(into: &self, before)
    let inserted = Set(changes.inserted)
    changes.changed = [.document] + recordIDs().filter { !inserted.contains($0) }
    return changes
  }

  /// The names of a table's columns, as its first row has them.
  package var columnNames: [[UInt8]] { program.table.names }

  // MARK: Structured edits

  /// The edits that add a column behind all others, with a text in one row and empty cells in the others.
  ///
  /// `nil` where the row is gone, or some row has more cells than there are names. Cost: every row.
  package func textEdits(addingColumn name: [UInt8], text: [UInt8], in id: RecordID) -> [TextEdit]? {
    guard syntax.isTable, !program.table.isForeign, program.table.words == nil else { return nil }
    var edits: [TextEdit] = []
    var hasRow = false
    for record in records() where record.id != .document {
      if edits.isEmpty {
        var end = record.range.lowerBound
        while let byte = byte(at: end - 1), byte == .lineFeed || byte == .carriageReturn { end -= 1 }
        let title = [program.table.delimiter] + program.table.cell(name, keepsQuotes: false)
        edits.append(TextEdit(range: end..<end, replacement: title))
      }
      guard let cells = plainTree(of: record.id).map({ Int($0.nodes[0].childCount) }), cells <= columnNames.count
      else { return nil }
      var added = [UInt8](repeating: program.table.delimiter, count: columnNames.count - cells + 1)
      if record.id == id {
        hasRow = true
        added += program.table.cell(text, keepsQuotes: false)
      }
      edits.append(TextEdit(range: record.range.upperBound..<record.range.upperBound, replacement: added))
    }
    return hasRow ? edits : nil
  }

  /// What a change of values means for a table's text; `nil` where a table has no way to say it.
  func tableEdits(for edit: StructuredEdit, in id: RecordID) -> [TextEdit]? {
    guard id != .document, let row = row(id) else { return nil }
    switch edit {
    case .replace(let node, let json):
      return cellEdit(node, RecordTree(parsing: json).cellText, row, id)
    case .remove(let node):
      if node == 0 { return record(id).map { [TextEdit(range: wholeRow($0.range), replacement: [])] } }
      return cellEdit(node, [], row, id)
    case .insertMember(let object, let key, let json, _):
      guard object == 0, let column = program.table.column(named: key) else { return nil }
      return insertion(at: column, RecordTree(parsing: json).cellText, row, id)
    case .rename, .insertElement: return nil
    }
  }

  /// The edit that adds a row behind all others; `nil` where the text is no table.
  package func textEdit(addingRow cells: [[UInt8]]) -> TextEdit? {
    guard syntax.isTable, !program.table.isForeign else { return nil }
    let text = cells.map { program.table.cell($0, keepsQuotes: false) }.joined(separator: [program.table.delimiter])
    let isOpenLine = byteCount > 0 && byte(at: byteCount - 1) != .lineFeed
    let newline: [UInt8] =
      bytes(in: 0..<min(byteCount, 4096)).contains(.carriageReturn) ? [.carriageReturn, .lineFeed] : [.lineFeed]
    return TextEdit(range: byteCount..<byteCount, replacement: (isOpenLine ? newline : []) + Array(text) + newline)
  }

  private func cellEdit(_ node: Int, _ text: [UInt8], _ row: TableRow, _ id: RecordID) -> [TextEdit]? {
    guard node > 0, row.map.entries.indices.contains(node - 1) else { return nil }
    let (cell, column) = (row.map.entries[node - 1].cell, row.map.entries[node - 1].column)
    guard program.table.canHold(text, in: column), let range = plainAbsolute(cell.range, in: id) else { return nil }
    return [TextEdit(range: range, replacement: program.table.cell(text, keepsQuotes: cell.isQuoted))]
  }

  /// Fills a cell, or adds those that the row lacks up to it.
  private func insertion(at column: Int, _ text: [UInt8], _ row: TableRow, _ id: RecordID) -> [TextEdit]? {
    guard let plain = plainTree(of: id) else { return nil }
    let cells = Array(plain.children(of: 0))
    guard program.table.canHold(text, in: column), program.table.words == nil || column == cells.count else {
      return nil
    }
    if column < cells.count {
      guard let range = plainAbsolute(plain.nodes[cells[column]].range, in: id) else { return nil }
      return [TextEdit(range: range, replacement: program.table.cell(text, keepsQuotes: false))]
    }
    let lacking = [UInt8](repeating: program.table.delimiter, count: column - cells.count + 1)
    guard let end = record(id)?.range.upperBound else { return nil }
    return [TextEdit(range: end..<end, replacement: lacking + program.table.cell(text, keepsQuotes: false))]
  }

  /// The row with the line end that goes with it.
  private func wholeRow(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while let byte = byte(at: start - 1), byte == .space || byte == .tab { start -= 1 }
    let before = end
    if byte(at: end) == .carriageReturn { end += 1 }
    if byte(at: end) == .lineFeed { end += 1 }
    guard end == before else { return start..<end }
    if byte(at: start - 1) == .lineFeed { start -= 1 }
    if byte(at: start - 1) == .carriageReturn { start -= 1 }
    return start..<end
  }
}

extension TableLayout {
  /// Whether a cell can say this: a word holds no space, and can't be empty where no word stands for nothing.
  func canHold(_ text: [UInt8], in column: Int) -> Bool {
    guard let words else { return true }
    if text.isEmpty { return !words.absent.isEmpty }
    if text.contains(where: { $0 == .lineFeed || $0 == .carriageReturn }) { return false }
    return words.isRest(column) || !text.contains { $0 == .space || $0 == .tab }
  }

  /// A text as a cell is written: in quotes where it must be.
  func cell(_ text: [UInt8], keepsQuotes: Bool) -> [UInt8] {
    if let words { return text.isEmpty ? words.absent : text }
    let isSpaced = [text.first, text.last].contains { $0 == .space || $0 == .tab }
    let special: [UInt8] = [delimiter, .quote, .lineFeed, .carriageReturn]
    guard keepsQuotes || isSpaced || text.contains(where: special.contains) else { return text }
    var out: [UInt8] = [.quote]
    for byte in text {
      if byte == .quote { out.append(.quote) }
      out.append(byte)
    }
    return out + [.quote]
  }
}

extension RecordTree {
  /// What a JSON value is in a cell: a string's content; nothing for `null`; anything else as it stands.
  fileprivate var cellText: [UInt8] {
    switch nodes[0].kind {
    case .string: stringBytes(of: 0) ?? []
    case .null, .missing: []
    default: Array(text(of: 0))
    }
  }
}
