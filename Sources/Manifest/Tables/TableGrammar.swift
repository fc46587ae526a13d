/// How a table is written: what may stand between its cells, and whether quotes hold cells together.
///
/// A format whose rows are lines of words is another value of this type, with names of its own instead of a first row.
struct TableGrammar: Sendable, Hashable {
  /// What may separate cells; of equally fitting ones the first.
  var delimiters: [UInt8]
  /// A cell may stand in double quotes, with line ends in it and `""` for a quote.
  var hasQuotes: Bool
  /// Of lines of words: the names, which stand in no first row.
  var words: WordGrammar?

  static let csv = TableGrammar(delimiters: [.comma, .semicolon, .tab], hasQuotes: true)
}

/// What a table's first row says of all others. A function of the text's first bytes.
struct TableLayout: Sendable {
  var delimiter: UInt8 = .comma
  var hasQuotes = true
  /// The names of the columns, without quotes; empty for a column without one.
  var names: [[UInt8]] = []
  /// The text is in no encoding that can be read byte by byte; it has no rows.
  var isForeign = false
  /// Nothing behind this offset has a say in the layout.
  var reach = 0
  /// Of each column: its name as the key of a JSON member, with the colon; empty where it gives none.
  private(set) var keys: [[UInt8]] = []
  /// One more than the last column with a name.
  private(set) var needed = 0
  /// Of lines of words; no row of names comes first.
  private(set) var words: WordGrammar?

  /// Only so much of a text is searched for its first row.
  static let limit = 1 << 16

  init() {}

  /// `text` begins where the document does. Cost: a pass over the first row for each possible delimiter.
  init(of text: ArraySlice<UInt8>, _ grammar: TableGrammar) {
    let text = Array(text.prefix(Self.limit))
    hasQuotes = grammar.hasQuotes
    reach = min(text.count, 2) + Limits.reach
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) {
      isForeign = true
      return
    }
    if let words = grammar.words {
      self.words = words
      delimiter = .space
      names = words.columns.map { Array($0.name.utf8) }
      keys = names.map { JSONString.encode($0) + [.colon] }
      return
    }
    var best = TableLayout.names(of: text, delimiter: grammar.delimiters.first ?? .comma, hasQuotes)
    delimiter = grammar.delimiters.first ?? .comma
    reach = best.end + Limits.reach
    for candidate in grammar.delimiters.dropFirst() {
      let found = TableLayout.names(of: text, delimiter: candidate, hasQuotes)
      reach = max(reach, found.end + Limits.reach)
      if (found.tight, found.names.count) > (best.tight, best.names.count) { (best, delimiter) = (found, candidate) }
    }
    names = best.names
    var seen: Set<[UInt8]> = []
    keys = names.map { name in
      !name.isEmpty && seen.insert(name).inserted ? JSONString.encode(name) + [.colon] : []
    }
    needed = (names.lastIndex { !$0.isEmpty } ?? -1) + 1
  }

  /// Whether rows mean the same under both.
  func isSame(as other: TableLayout) -> Bool {
    delimiter == other.delimiter && isForeign == other.isForeign && names == other.names
  }

  /// Whether the name of a column stood before it.
  func isRepeated(_ column: Int) -> Bool { names[column].isEmpty == false && keys[column].isEmpty }

  /// The column with this name.
  func column(named name: [UInt8]) -> Int? { names.firstIndex { $0 == name } }

  /// The first row read with a delimiter, where it ends, and how many of its cells follow one at once: in prose a space does.
  private static func names(
    of text: [UInt8], delimiter: UInt8, _ hasQuotes: Bool
  ) -> (names: [[UInt8]], end: Int, tight: Int) {
    var program = ShapeProgram(.rows)
    program.table.delimiter = delimiter
    program.table.hasQuotes = hasQuotes
    var parser = Parser(
      Parser<HeaderSink>.initial(shape: program, syntax: .csv), shape: program, syntax: .csv, sink: HeaderSink())
    while !parser.sink.isDone, parser.position < text.count { parser.run(text.span, until: parser.position + 1) }
    if !parser.sink.isDone { parser.finish(text.span) }
    let cells = parser.sink.cells
    let tight = zip(cells, cells.dropFirst()).count { $0.range.upperBound + 1 == $1.range.lowerBound }
    let names = cells.map { Cell($0.range, in: text.span, isUnclosed: $0.isUnclosed).plain(in: text.span) }
    return (names, parser.position, tight)
  }
}

/// Notes the cells of the first row.
private struct HeaderSink: ParseSink {
  var cells: [(range: Range<Int>, isUnclosed: Bool)] = []
  var isDone = false

  mutating func key(_ start: Int, _ end: Int, malformed: Bool) {
    if !isDone { cells.append((start..<max(start, end), malformed)) }
  }
  mutating func open(_ type: UInt8, at offset: Int) { isDone = true }
}

/// One cell of a table where it stands.
struct Cell {
  /// With its quotes, without space around.
  var range: Range<Int>
  /// Between the quotes.
  var content: Range<Int>
  var isQuoted: Bool

  init(_ range: Range<Int>, in text: Span<UInt8>, isUnclosed: Bool) {
    self.range = range
    isQuoted = !range.isEmpty && text[range.lowerBound] == .quote
    content =
      isQuoted
      ? range.lowerBound + 1..<max(range.lowerBound + 1, isUnclosed ? range.upperBound : range.upperBound - 1) : range
  }

  /// What it says: doubled quotes are one.
  func plain(in text: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(content.count)
    var index = content.lowerBound
    while index < content.upperBound {
      out.append(text[index])
      index += isPair(index, in: text) ? 2 : 1
    }
    return out
  }

  /// Whether two quotes stand here that mean one.
  func isPair(_ index: Int, in text: Span<UInt8>) -> Bool {
    isQuoted && text[index] == .quote && index + 1 < content.upperBound && text[index + 1] == .quote
  }
}
