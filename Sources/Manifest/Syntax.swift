/// The grammar a document is read with. A table's is a case here, a `TableGrammar` and the same way through the parser.
package enum Syntax: Sendable, Hashable {
  /// One value. Comments are skipped, and reported.
  case json
  /// One value; comments are welcome.
  case jsonc
  /// One value a physical line, which ends at `\n`.
  case jsonl
  /// A table: a row of names, then one record a row. What separates cells is seen from the first row.
  case csv
  /// Words with space between them, one record a line, under the names that the format has for them.
  case words(WordGrammar)

  /// `nil` unless the document is a table.
  var table: TableGrammar? {
    switch self {
    case .json, .jsonc, .jsonl: nil
    case .csv: .csv
    case .words(let grammar): TableGrammar(delimiters: [.space], hasQuotes: false, words: grammar)
    }
  }

  package var isTable: Bool { table != nil }

  /// The document is a list without brackets.
  package var isList: Bool { self == .jsonl || isTable }
}
