/// A term that search found, and by what.
package struct TermMatch: Sendable, Hashable {
  package var term: Term
  /// The text that matched: a label as the vocabulary writes it, or the id.
  package var label: Term.Label
  package var kind: Kind

  /// How the label matched, best first. Case, accents and width make no difference.
  package enum Kind: Int, Sendable, Hashable, Comparable {
    /// The whole id.
    case id
    /// The whole label.
    case label
    case idPrefix, labelPrefix
    /// Each word of the query begins a word of the label.
    case wordPrefix
    /// The same, but for slips of the keyboard.
    case typo

    package static func < (a: Kind, b: Kind) -> Bool { a.rawValue < b.rawValue }
  }

  /// Letters that had to be changed, added, left out or swapped.
  package var typos: Int
}
