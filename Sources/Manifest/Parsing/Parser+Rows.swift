/// Where in a table the reader stands.
struct RowPlace: Sendable, Hashable {
  enum Part: UInt8, Sendable {
    /// Between rows.
    case between
    /// Before a cell's first character.
    case cellStart
    /// In a cell without quotes; in one with quotes.
    case plain, quoted
    /// In a line that is no record.
    case comment
    /// In a text that cannot be read.
    case foreign
  }
  var part = Part.between
  /// The cell's place in its row; counts up to one more than there are columns.
  var column: UInt32 = 0
  /// In the first row, which names the columns, or before it.
  var isHeader = true
  /// That the row has too many cells was said.
  var isOverfull = false
}

// Tables: a machine that looks one byte ahead, and further only where a line ends inside quotes.
extension Parser {
  private var table: TableLayout { shape.table }

  mutating func beginTable(_ text: Span<UInt8>) {
    var place = RowPlace()
    // The records begin behind the first row.
    top.childType = 0
    if table.isForeign {
      sink.problem(.foreignEncoding, position, min(position + 2, text.count), .unknown)
      place.part = .foreign
    } else if text.count - position >= 3, text[position] == 0xEF, text[position + 1] == 0xBB,
      text[position + 2] == 0xBF
    {
      // Spreadsheets need the mark, so nobody is bothered with it.
      position += 3
    }
    if table.words != nil, !table.isForeign { endHeader(&place) }
    mode = .row(place)
  }

  mutating func rows(_ text: Span<UInt8>, _ limit: Int, _ start: RowPlace) {
    var place = start
    while position < limit {
      switch place.part {
      case .between: beginRow(text, &place)
      case .cellStart: beginCell(text, &place)
      case .plain: plainCell(text, limit, &place)
      case .quoted: quotedCell(text, limit, &place)
      case .comment: comment(text, limit, &place)
      case .foreign: position += UTF8Unit(text, at: position).length
      }
    }
    mode = .row(place)
  }

  /// At the text's end.
  mutating func finishTable(_ text: Span<UInt8>, _ start: RowPlace) {
    var place = start
    switch place.part {
    case .between, .comment, .foreign: break
    case .cellStart: endLastCell(text, &place)
    case .plain: endCell(text, &place)
    case .quoted:
      sink.problem(.unclosedCell, position, position, .insert(.quote))
      endCell(text, &place, isUnclosed: true)
    }
    if place.isHeader { endHeader(&place) }
    mode = .row(place)
    if top.childType != 0 { sink.close(top.childType, at: position) }
  }

  private mutating func beginRow(_ text: Span<UInt8>, _ place: inout RowPlace) {
    if isLineEnd(text[position]) || isSpace(text[position]) {
      position += 1
      return
    }
    if let words = table.words, !words.comment.isEmpty, begins(text, with: words.comment) {
      place.part = .comment
      return
    }
    place.part = .cellStart
    place.column = 0
    place.isOverfull = false
    guard !place.isHeader else { return }
    var frame = Frame(kind: .object, expect: .firstKey)
    frame.recordType = top.childType
    frame.ownerType = top.childType == 0 ? top.ownerType : top.childType
    frame.depth = 1
    if top.childType != 0 { sink.recordBegin(top.childType, at: position, keyHash: 0, parentType: 0) }
    sink.beginContainer(.object, at: position)
    stack.append(top)
    top = frame
  }

  private mutating func beginCell(_ text: Span<UInt8>, _ place: inout RowPlace) {
    let byte = text[position]
    if isSpace(byte) {
      position += 1
    } else if table.words != nil, isLineEnd(byte) {
      endLastCell(text, &place)
    } else if byte == table.delimiter || isLineEnd(byte) {
      endCell(text, &place, isEmpty: true)
    } else {
      tokenStart = position
      tokenEnd = position
      if let words = table.words {
        place.column = UInt32(clamping: words.column(from: Int(place.column), first: byte))
      } else {
        noteColumn(text, &place)
      }
      if byte == .quote && table.hasQuotes {
        place.part = .quoted
        position += 1
      } else {
        place.part = .plain
      }
    }
  }

  /// Says what a cell is wrong about by standing in this column.
  private mutating func noteColumn(_ text: Span<UInt8>, _ place: inout RowPlace) {
    let column = Int(place.column)
    if place.isHeader {
      guard column < table.names.count, table.isRepeated(column) else { return }
      sink.problem(.duplicateColumn, position, cellEnd(text), .unknown)
    } else if column >= table.names.count, !place.isOverfull {
      place.isOverfull = true
      sink.problem(.extraCell, position, cellEnd(text), .unknown)
    }
  }

  /// About where the cell that begins here ends, for a problem's range.
  private func cellEnd(_ text: Span<UInt8>) -> Int {
    var end = position + 1
    while end < text.count, end - position < 256, text[end] != table.delimiter, !isLineEnd(text[end]) {
      end += UTF8Unit(text, at: end).length
    }
    return min(end, text.count)
  }

  private mutating func plainCell(_ text: Span<UInt8>, _ limit: Int, _ place: inout RowPlace) {
    let isRest = table.words?.isRest(Int(place.column)) ?? false
    while position < limit {
      let byte = text[position]
      if isLineEnd(byte) || !isRest && isDelimiter(byte) { return endCell(text, &place) }
      take(text)
      if !isSpace(byte) { tokenEnd = position }
    }
  }

  private mutating func quotedCell(_ text: Span<UInt8>, _ limit: Int, _ place: inout RowPlace) {
    while position < limit {
      let byte = text[position]
      if byte == .quote {
        if position + 1 < text.count, text[position + 1] == .quote {
          position += 2
        } else if let end = closerEnd(text, position + 1) {
          tokenEnd = position + 1
          position = end
          return endCell(text, &place)
        } else {
          sink.problem(.strayCellQuote, position, position + 1, .unknown)
          position += 1
        }
      } else if isLineEnd(byte), !goesOn(text) {
        sink.problem(.unclosedCell, position, position, .insert(.quote))
        return endCell(text, &place, isUnclosed: true)
      } else {
        take(text)
      }
    }
  }

  /// Moves over one character.
  private mutating func take(_ text: Span<UInt8>) {
    let unit = UTF8Unit(text, at: position)
    if !unit.isValid { sink.problem(.invalidUTF8, position, position + unit.length, .unknown) }
    position += unit.length
  }

  /// Where the space behind a closing quote ends; `nil` if what stands there shows that it closes nothing.
  private func closerEnd(_ text: Span<UInt8>, _ start: Int) -> Int? {
    var at = start
    while at < text.count, at - start < 64, isSpace(text[at]) { at += 1 }
    if at >= text.count || text[at] == table.delimiter || isLineEnd(text[at]) { return at }
    return nil
  }

  /// Whether the quoted cell goes on behind the line end here: its closing quote follows.
  ///
  /// Where no quote is near, a line with as many cells as the table has columns is a row of its own.
  private func goesOn(_ text: Span<UInt8>) -> Bool {
    let horizon = position + Limits.rowLook
    var at = position
    while at < min(text.count, horizon) {
      guard text[at] == .quote else {
        at += 1
        continue
      }
      let start = at
      while at < min(text.count, horizon), text[at] == .quote { at += 1 }
      if at < horizon, (at - start) % 2 == 1 { return closerEnd(text, at) != nil }
    }
    return at < text.count && !isRowAhead(text, horizon)
  }

  private func isRowAhead(_ text: Span<UInt8>, _ horizon: Int) -> Bool {
    var at = position
    while at < min(text.count, horizon), isLineEnd(text[at]) { at += 1 }
    var cells = 1
    while at < min(text.count, horizon), !isLineEnd(text[at]) {
      if text[at] == table.delimiter { cells += 1 }
      at += 1
    }
    // A line that goes on beyond what is looked at counts as a row, so that a lost quote costs little.
    return at >= horizon || cells == max(table.names.count, 1)
  }

  /// Behind a cell's last character, before what separates it from the next.
  private mutating func endCell(
    _ text: Span<UInt8>, _ place: inout RowPlace, isEmpty: Bool = false, isUnclosed: Bool = false
  ) {
    if isUnclosed { tokenEnd = position }
    if place.isHeader {
      sink.key(isEmpty ? position : tokenStart, isEmpty ? position : tokenEnd, malformed: isUnclosed)
    } else if isEmpty {
      sink.missing(at: position)
    } else {
      sink.scalar(.string, tokenStart, tokenEnd, malformed: isUnclosed)
    }
    let hasNext = position < text.count && isDelimiter(text[position])
    guard !hasNext else {
      position += 1
      place.part = .cellStart
      place.column = min(place.column + 1, UInt32(clamping: table.names.count + 1))
      return
    }
    place.part = .between
    if place.isHeader {
      // The line end is the first row's too.
      let isPair = position + 1 < text.count && text[position] == .carriageReturn && text[position + 1] == .lineFeed
      position = min(text.count, position + (isPair ? 2 : 1))
      return endHeader(&place)
    }
    // What a lost quote has swallowed is not missing.
    if !isUnclosed, Int(place.column) + 1 < table.needed { sink.problem(.missingCell, position, position, .unknown) }
    endRow()
  }

  /// At a line's end before a cell: in lines of words nothing is missing there.
  private mutating func endLastCell(_ text: Span<UInt8>, _ place: inout RowPlace) {
    guard table.words != nil else { return endCell(text, &place, isEmpty: true) }
    place.part = .between
    endRow()
  }

  private mutating func comment(_ text: Span<UInt8>, _ limit: Int, _ place: inout RowPlace) {
    while position < limit {
      guard !isLineEnd(text[position]) else {
        place.part = .between
        return
      }
      take(text)
    }
  }

  private func begins(_ text: Span<UInt8>, with mark: [UInt8]) -> Bool {
    position + mark.count <= text.count && mark.indices.allSatisfy { text[position + $0] == mark[$0] }
  }

  private mutating func endRow() {
    sink.endContainer(at: position, isClosed: true)
    if top.recordType != 0 { sink.recordEnd(top.recordType, at: position) }
    if let frame = stack.popLast() {
      top = frame
    } else if let link = below {
      top = link.frame
      below = link.below
    }
  }

  private mutating func endHeader(_ place: inout RowPlace) {
    place.isHeader = false
    top.childType = shape.childType(shape.all, depth: 0)
    if top.childType != 0 { sink.open(top.childType, at: position) }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == .lineFeed || byte == .carriageReturn }
  private func isDelimiter(_ byte: UInt8) -> Bool { byte == table.delimiter || table.words != nil && byte == .tab }
  private func isSpace(_ byte: UInt8) -> Bool { byte == .space || (byte == .tab && byte != table.delimiter) }
}
