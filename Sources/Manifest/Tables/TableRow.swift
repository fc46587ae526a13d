/// A row of a table as every rule reads it: an object with the column names for keys and texts for values.
///
/// The tree's bytes are JSON written for the purpose; `map` says where each of them stands in the row. An empty cell is a
/// member without a value; columns without a name, and cells beyond the last column, are left out.
struct TableRow: Sendable {
  let tree: RecordTree
  let map: CellMap

  /// `plain` is the row read as it stands: an object whose children are cells. Cost: one pass over the row.
  init(_ plain: RecordTree, _ layout: TableLayout) {
    var bytes: [UInt8] = [.openBrace]
    bytes.reserveCapacity(plain.bytes.count * 2)
    var nodes = [Node(kind: .object, start: 0, end: 0, parent: Node.none, subtreeEnd: 1)]
    var cells: [CellMap.Entry] = []
    let text = plain.bytes.span
    var next = 0
    for child in plain.children(of: 0) {
      let node = plain.nodes[child]
      var column = next
      if let words = layout.words, Int(node.start) < text.count {
        column = words.column(from: next, first: text[Int(node.start)])
      }
      next = column + 1
      guard column < layout.keys.count || layout.words != nil else { break }
      let name = layout.words.map { JSONString.encode($0.key(of: column)) + [.colon] } ?? layout.keys[column]
      guard !name.isEmpty else { continue }
      if bytes.count > 1 { bytes.append(.comma) }
      let key = bytes.count
      bytes += name
      let cell = Cell(node.range.clamped(to: text.indices), in: text, isUnclosed: node.flags.contains(.malformed))
      var entry = CellMap.Entry(cell: cell, key: key, own: bytes.count..<bytes.count, column: column)
      var (kind, flags) = (node.kind, node.flags)
      if kind == .string,
        let value = layout.words?.plainValue(of: plain.bytes[cell.content], in: column)
      {
        kind = value.kind
        bytes += value.json
        flags.remove(.escaped)
        entry.isText = false
        entry.own = entry.own.lowerBound..<bytes.count
      } else if kind == .string {
        let isEscaped = Self.append(cell, in: text, to: &bytes)
        if isEscaped { flags.insert(.escaped) } else { flags.remove(.escaped) }
        entry.own = entry.own.lowerBound..<bytes.count
      }
      nodes.append(
        Node(
          kind: kind, flags: flags, start: UInt32(clamping: entry.own.lowerBound),
          end: UInt32(clamping: entry.own.upperBound), parent: 0, subtreeEnd: UInt32(clamping: nodes.count + 1),
          keyStart: UInt32(clamping: key), keyEnd: UInt32(clamping: entry.own.lowerBound - 1)))
      cells.append(entry)
    }
    bytes.append(.closeBrace)
    nodes[0].end = UInt32(clamping: bytes.count)
    nodes[0].subtreeEnd = UInt32(clamping: nodes.count)
    nodes[0].childCount = UInt32(clamping: nodes.count - 1)
    map = CellMap(entries: cells, plain: plain.bytes, ownCount: bytes.count)
    var problems = plain.problems
    for index in problems.indices {
      let range = problems[index].range
      let start = map.own(of: range.lowerBound)
      problems[index].range = start..<max(start, map.own(of: range.upperBound))
    }
    tree = RecordTree(bytes: bytes, nodes: nodes, problems: problems)
  }

  /// Writes what a cell says as a JSON string; `true` if that needed escapes.
  private static func append(_ cell: Cell, in text: Span<UInt8>, to out: inout [UInt8]) -> Bool {
    out.append(.quote)
    var isEscaped = false
    var index = cell.content.lowerBound
    while index < cell.content.upperBound {
      let length = cell.isPair(index, in: text) ? 2 : 1
      let escape = CellMap.escape(of: text[index])
      if escape.isEmpty { out.append(text[index]) } else { isEscaped = true }
      out += escape
      index += length
    }
    out.append(.quote)
    return isEscaped
  }
}

/// Where the bytes of a row's tree stand in the row, and the other way round.
struct CellMap: Sendable {
  struct Entry: Sendable {
    var cell: Cell
    /// Of the tree's bytes: where the key begins, and the value's range.
    var key: Int
    var own: Range<Int>
    var column: Int
    /// The value is a string, and so stands between quotes.
    var isText = true
  }
  let entries: [Entry]
  let plain: [UInt8]
  let ownCount: Int

  /// How JSON writes a byte of a string; empty if as it is.
  static func escape(of byte: UInt8) -> [UInt8] {
    switch byte {
    case .quote, .backslash, 0..<0x20: Array(JSONString.encode(CollectionOfOne(byte)).dropFirst().dropLast())
    default: []
    }
  }

  /// The part of the row that a range of the tree's bytes stands for. A key stands for its cell.
  func cells(of range: Range<Int>) -> Range<Int> {
    if range.lowerBound <= 0, range.upperBound >= ownCount { return 0..<plain.count }
    let start = place(of: range.lowerBound)
    let end = max(start, place(of: range.upperBound))
    guard start == end, !range.isEmpty, let entry = entry(own: range.lowerBound) else { return start..<end }
    return entry.cell.range
  }

  private func place(of own: Int) -> Int {
    guard own > 0 else { return 0 }
    guard let entry = entry(own: own) else { return own >= ownCount ? plain.count : 0 }
    let (cell, value) = (entry.cell, entry.own)
    if own <= value.lowerBound { return cell.range.lowerBound }
    if own >= value.upperBound { return cell.range.upperBound }
    if !entry.isText { return min(cell.range.lowerBound + own - value.lowerBound, cell.range.upperBound) }
    return walk(entry) { _, at in at >= own }.plain
  }

  /// The tree's byte that stands for a place in the row; between cells, that of the one before.
  func own(of offset: Int) -> Int {
    guard let index = entries.lastIndex(where: { $0.cell.range.lowerBound <= offset }) else { return 0 }
    let entry = entries[index]
    if entry.own.isEmpty { return entry.own.lowerBound }
    if offset > entry.cell.range.upperBound { return entry.own.upperBound }
    if !entry.isText {
      return min(entry.own.lowerBound + offset - entry.cell.range.lowerBound, entry.own.upperBound)
    }
    if offset > entry.cell.content.upperBound { return entry.own.upperBound }
    if entry.cell.isQuoted, offset <= entry.cell.range.lowerBound { return entry.own.lowerBound }
    return walk(entry) { at, _ in at >= offset }.own
  }

  /// Walks through a cell's content until `test(place in the row, place in the tree)` holds.
  private func walk(_ entry: Entry, until test: (Int, Int) -> Bool) -> (plain: Int, own: Int) {
    let text = plain.span
    var at = entry.cell.content.lowerBound
    var own = entry.own.lowerBound + 1
    while at < entry.cell.content.upperBound, !test(at, own) {
      let escape = CellMap.escape(of: text[at])
      own += max(1, escape.count)
      at += entry.cell.isPair(at, in: text) ? 2 : 1
    }
    return (at, own)
  }

  /// The member that a byte of the tree belongs to, key included.
  private func entry(own: Int) -> Entry? {
    entries.last { $0.key <= own }.flatMap { own < ownCount ? $0 : nil }
  }
}
