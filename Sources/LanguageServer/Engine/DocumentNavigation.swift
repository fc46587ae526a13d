package import JSONCodec
package import Manifest

/// Finding one's way in a document: what ids mean and where else they stand.
package protocol DocumentNavigation: Sendable {
  /// Where the id at `offset` is given, or the term there is listed, and the bytes that were looked up; `nil` if there is neither.
  func definitions(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])?
  /// Every place of the id at `offset`, file by file and in order, once nothing is waiting to be computed.
  func occurrences(at offset: Int, withDefinitions: Bool) async throws(EngineError) -> [ShownPlace]
  /// The places of the id at `offset` that are near it in this document.
  func highlights(at offset: Int) async throws(EngineError) -> [ShownOccurrence]
  /// The id at `offset` without its quotes, if it can be renamed; its text unless that must not be shown.
  func renameStart(at offset: Int) async throws(EngineError) -> (range: Range<Int>, text: String?)
  func rename(at offset: Int, to name: String) async throws(EngineError) -> ShownRename
  /// What values in `range` name, in order; and whether everything was known that they may name.
  func hints(in range: Range<Int>) async -> (hints: [ShownHint], isComplete: Bool)
  func symbols() async -> [ShownSymbol]
  /// Lines that may be shown as their first alone, at most so many.
  func folds(limit: Int) async -> [ClosedRange<Int>]
  /// The ids over which it is told how often they are named, in order; what is handed back to `lens`.
  func lenses() async throws(EngineError) -> [ShownLens]
  /// What there is to say over an id, once nothing is waiting to be computed; `nil` if it is gone.
  func lens(_ subject: JSONValue) async -> String?
}

/// A place in this or another document; positions in the encoding given to `begin`.
package struct ShownPlace: Sendable, Hashable {
  package struct Span: Sendable, Hashable {
    package var start: LinePosition
    package var end: LinePosition
    package init(start: LinePosition, end: LinePosition) {
      self.start = start
      self.end = end
    }
  }
  package var uri: String
  /// All of what stands there.
  package var range: Span
  /// What to put the cursor on; inside of `range`.
  package var selection: Span
  package init(uri: String, range: Span, selection: Span) {
    self.uri = uri
    self.range = range
    self.selection = selection
  }
}

/// The edits that give an id another name.
package struct ShownRename: Sendable {
  package var files: [DocumentEdits]
  /// Says what is done and how much: where it is much, the person is asked first.
  package var summary: Summary

  package struct Summary: Sendable, Hashable {
    /// `Rename … in … files, … places`
    package var title: String
    package var question: String
    package var confirm: String
    package var cancel: String
    /// What is said if the person does not want it.
    package var cancelled: String
    package init(title: String, question: String, confirm: String, cancel: String, cancelled: String) {
      self.title = title
      self.question = question
      self.confirm = confirm
      self.cancel = cancel
      self.cancelled = cancelled
    }
  }

  package init(files: [DocumentEdits], summary: Summary) {
    self.files = files
    self.summary = summary
  }
}

/// An id over which something is to be told.
package struct ShownLens: Sendable {
  package var range: Range<Int>
  package var subject: JSONValue
  package init(range: Range<Int>, subject: JSONValue) {
    self.range = range
    self.subject = subject
  }
}

package struct ShownOccurrence: Sendable, Hashable {
  package var range: Range<Int>
  package var isDefinition: Bool
  package init(range: Range<Int>, isDefinition: Bool) {
    self.range = range
    self.isDefinition = isDefinition
  }
}

/// A few words to show beside what stands in the text.
package struct ShownHint: Sendable, Hashable {
  /// The words stand before this byte.
  package var offset: Int
  package var text: String
  package init(offset: Int, text: String) {
    self.offset = offset
    self.text = text
  }
}

/// An id somewhere in the workspace.
package struct ShownID: Sendable, Hashable {
  package var name: String
  /// What it is an id of.
  package var kind: String
  package var place: ShownPlace
  package init(name: String, kind: String, place: ShownPlace) {
    self.name = name
    self.kind = kind
    self.place = place
  }
}

package struct ShownSymbol: Sendable, Hashable {
  /// Raw values are LSP's.
  package enum Kind: Int, Sendable {
    case file = 1
    case field = 8
    case interface = 11
    case string = 15
    case number = 16
    case boolean = 17
    case array = 18
    case object = 19
    case key = 20
    case null = 21
    case `struct` = 23
    case event = 24
  }
  package var name: String
  package var detail: String?
  package var kind: Kind
  package var range: Range<Int>
  /// Inside of `range`.
  package var selection: Range<Int>
  package var children: [ShownSymbol]
  package init(
    name: String, detail: String? = nil, kind: Kind, range: Range<Int>, selection: Range<Int>,
    children: [ShownSymbol] = []
  ) {
    self.name = name
    self.detail = detail
    self.kind = kind
    self.range = range
    self.selection = selection
    self.children = children
  }
}
