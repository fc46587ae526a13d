/// The grammar a document is read with. Others (line grammars) go behind this seam: a case here, and a way through the parser.
package enum Syntax: Sendable, Hashable {
  /// One value. Comments are skipped, and reported.
  case json
  /// One value; comments are welcome.
  case jsonc
  /// One value a physical line, which ends at `\n`.
  case jsonl
}
