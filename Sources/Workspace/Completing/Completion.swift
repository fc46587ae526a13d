package import Findings
package import Manifest

/// What may be written where the cursor stands, best first.
package struct CompletionList: Sendable {
  package var items: [CompletionItem] = []
  /// Another letter may bring up others: not everything was listed, or somebody did not answer in time.
  package var isIncomplete = false
  package init() {}
}

/// One thing that may be written.
package struct CompletionItem: Sendable {
  package enum Kind: Sendable, Hashable {
    /// A member's name.
    case key
    /// One of the values listed for this place.
    case choice
    /// A value that stands in the file, or that the schema gives as an example or default.
    case value
    /// An id of something defined elsewhere.
    case identifier
    /// An entry of a vocabulary.
    case term
    /// A text with gaps.
    case snippet
    /// A file.
    case path
  }

  package var kind: Kind
  package var label: String
  /// Follows the label: what the id names.
  package var detail: String?
  /// Stands apart from it: what kind of thing this is.
  package var note: String?
  /// Smaller comes first.
  package var rank: Int
  /// What clients are to compare with what was typed; `nil` for the label.
  package var filter: String?
  package var isDeprecated = false
  package var edit: CompletionEdit
  package var page: CompletionPage?
}

/// The text edits of a completion, in bytes of the document.
package struct CompletionEdit: Sendable {
  /// Up to the cursor: for clients that keep what stands behind it.
  package var insert: Range<Int>
  /// All that belongs to what is being typed. Begins where `insert` does.
  package var replace: Range<Int>
  package var body: SnippetBody
  /// Elsewhere, apart from `replace`: a comma that is missing before, a quote that is one too many.
  package var others: [TextEdit] = []
}

/// Where more is told of a completion: found again without the list it was in.
package enum CompletionPage: Sendable, Hashable {
  /// Places of a format's schema.
  case schema(dialect: String, places: [UInt32])
  /// What a schema says of one value.
  case text(String)
  /// The record that defines an id.
  case definition(uri: String, record: RecordID)
  /// A term of a list that the document is judged by.
  case term(uri: String, vocabulary: String, id: String)
}
