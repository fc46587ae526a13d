package import Findings

/// A position in a record where something may be written, and all that the schema says of it: every place that applies
/// there, those of choices included that what is written so far still allows.
package struct SchemaSpot: Sendable, Hashable {
  struct Entry: Sendable, Hashable {
    var place: EntryPlace
    /// It applies whichever way the choices around it go.
    var isCertain: Bool
  }
  var entries: [Entry] = []

  init(entries: [Entry]) { self.entries = entries }
  /// Nothing is said of it.
  package init() {}

  package var isEmpty: Bool { entries.isEmpty }
}

/// A member that an object may have and does not have yet.
package struct MemberSuggestion: Sendable, Hashable {
  /// Unescaped.
  package var key: [UInt8]
  /// It has to be there, whichever way open choices go.
  package var isRequired: Bool
  package var isDeprecated: Bool
  package var spot: SchemaSpot
}

/// A value that may stand at a spot.
package struct ValueSuggestion: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    /// One of the values the schema lists.
    case listed
    /// What stands here unless somebody says otherwise.
    case `default`
    case example
    /// `true`, `false` or `null`, because the kind of value allows it.
    case word
    /// A prepared text with gaps to fill.
    case snippet
    /// An empty object, list or text.
    case frame
  }
  package var source: Source
  /// What it is shown as, for snippets; otherwise the value speaks for itself.
  package var label: String?
  package var body: SnippetBody
  /// What the schema tells about this very value, in Markdown.
  package var markdown: String?
  package var isDeprecated = false

  package init(
    source: Source, label: String? = nil, body: SnippetBody, markdown: String? = nil, isDeprecated: Bool = false
  ) {
    self.source = source
    self.label = label
    self.body = body
    self.markdown = markdown
    self.isDeprecated = isDeprecated
  }
}

/// What the links of a spot are, as indices into `Declarations`.
package struct SpotLinks: Sendable, Hashable {
  package var definitions: [Int] = []
  package var references: [Int] = []
  package var terms: [Int] = []
  package var media: [Int] = []
  /// What stands there identifies somebody.
  package var isPrivate = false
}
