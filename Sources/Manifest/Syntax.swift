/// The grammar a document is read with. Others (line grammars) go behind this seam: a case here, and a way through the parser.
package enum Syntax: Sendable, Hashable {
  /// One value. Comments are skipped either way, and reported unless allowed.
  case json(comments: Bool)
  /// One value a physical line, which ends at `\n`.
  case jsonl

  package static let json = Syntax.json(comments: false)

  var allowsComments: Bool { self == .json(comments: true) }
}
