package import Findings
package import JSONCodec
package import Manifest
package import Workspace

/// What checks documents, as seen from the protocol: it knows bytes and findings, and nothing of messages.
package protocol DocumentEngine: DatasetCommands {
  /// The first call: what the client said about itself and its folders.
  func begin(_ options: EngineOptions) async
  /// Settings changed while running. Which files are shown is told by `use(folders:shown:)`.
  func configure(_ settings: ServerSettings) async
  func open(_ uri: String, languageID: String, version: Int, text: [UInt8]) async
  /// Applies `changes` one after the other; each range is meant in the text that the one before it left.
  func change(_ uri: String, version: Int, changes: [ContentChange]) async
  func saved(_ uri: String) async
  func close(_ uri: String) async
  func filesChanged(_ changes: [FileChange]) async
  /// The document as it is now; `nil` when it is not open.
  func snapshot(_ uri: String) async -> (any DocumentReading)?
  /// The text edits of a recipe that a fix named.
  func edits(ofRecipe recipe: JSONValue) async throws(EngineError) -> [DocumentEdits]
  /// Where to go on writing once a recipe's edits are made; `nil` if nowhere.
  func place(toGoOnAfter recipe: JSONValue) async -> ShownPlace?
  /// Plugins that stopped too often are started again, and what they missed is checked.
  func retryPlugins() async
  /// What more there is to tell of a completion, in Markdown; `nil` if nothing.
  func text(of page: CompletionPage) async -> String?
  /// The ids that answer a query best, wherever they stand; what is known now.
  func symbols(for query: String) async -> [ShownID]
  /// Findings whenever they change. For one consumer.
  var publications: AsyncStream<EnginePublication> { get }
  /// Globs of the files whose changes matter, besides open documents.
  var watchedGlobs: [String] { get }

  // Files that nobody has open.

  /// How far reading them has come. For one consumer.
  var readingProgress: AsyncStream<ReadingProgress> { get }
  /// Reads no more of a folder's files for now.
  func stopReading(_ root: String) async

  /// Speaks whenever something else is found in them.
  var wordsOfFiles: AsyncStream<Void> { get }
  /// URIs of those in which something else is found than when this was asked last.
  func takeFileNews() async -> [String]
  /// Such a file with what is found in it; `nil` if that is nothing.
  func file(_ uri: String) async -> FileFindings?
  /// All of them in which something is found, once nothing is waiting to be computed, with a number that changes when what is
  /// found does.
  func settledFiles() async -> [(uri: String, number: UInt64)]
}

/// What is found in a file that nobody has open.
package struct FileFindings: Sendable {
  package var document: any DocumentReading
  package var findings: [ShownFinding]
  /// Changes when they do; see `settledFiles`.
  package var number: UInt64
  package init(document: any DocumentReading, findings: [ShownFinding], number: UInt64) {
    self.document = document
    self.findings = findings
    self.number = number
  }
}

/// A text in which places are counted.
package protocol PositionedText: Sendable {
  var version: Int { get }
  /// Beyond the end is the end.
  func position(at offset: Int, in encoding: PositionEncoding) -> LinePosition
  /// The same of many, in the order given. Costs less than one after the other where they stand near each other.
  func positions(at offsets: [Int], in encoding: PositionEncoding) -> [LinePosition]
}

extension PositionedText {
  package func positions(at offsets: [Int], in encoding: PositionEncoding) -> [LinePosition] {
    offsets.map { position(at: $0, in: encoding) }
  }
}

/// One document at one version. Immutable.
package protocol DocumentReading: DocumentNavigation, DocumentOrder, DocumentHelp, PositionedText {
  /// Beyond a line's end is its end, beyond the last line the document's.
  func offset(of position: LinePosition, in encoding: PositionEncoding) -> Int
  /// The string, number, word or key around `offset`; empty where there is none.
  func value(around offset: Int) -> Range<Int>
  /// The findings once nothing is waiting to be computed.
  func settledFindings() async throws(CancellationError) -> [ShownFinding]
  /// What there is to say about the value or finding at `offset`, in Markdown.
  func hover(at offset: Int) async -> (range: Range<Int>, markdown: String)?
  /// What may be written at `offset`, best first.
  func completions(at offset: Int) async -> CompletionList
  /// Fixes of findings that touch `range`; behind them, unless only certain ones are asked for, what else may be done about these.
  func fixes(in range: Range<Int>, onlyCertain: Bool) async -> [ShownFix]
}

package struct EngineOptions: Sendable {
  package var encoding: PositionEncoding
  /// Folders the client opened, as URIs.
  package var folders: [String]
  /// The client's language tag; `settings.language` goes before it.
  package var locale: String?
  package var settings: ServerSettings
  /// The client tells of files that change on disk.
  package var clientWatchesFiles = false
}

/// Replaces `range` by `text`; without a range, everything.
package struct ContentChange: Sendable {
  package struct Span: Sendable, Hashable {
    package var start: LinePosition
    package var end: LinePosition
  }
  /// In the encoding given to `begin`. May lie anywhere, also outside of the document or backwards.
  package var range: Span?
  package var text: [UInt8]
}

package struct FileChange: Sendable, Hashable {
  package enum Kind: Int, Sendable { case created = 1, changed, deleted }
  package var uri: String
  package var kind: Kind
}

package struct EngineError: Error, Sendable {
  /// One sentence for the person: what could not be done, and what to do.
  package var message: String
  package init(_ message: String) { self.message = message }
}

/// The findings of a document as far as they are known.
package struct EnginePublication: Sendable {
  package enum Completeness: Sendable, Comparable {
    /// Part of what the edit touched is not checked yet; old findings stand in.
    case partial
    /// All that the edit touched directly is checked; wider effects follow.
    case touched
    /// Nothing is waiting to be computed.
    case settled
  }
  package var uri: String
  package var document: any DocumentReading
  package var completeness: Completeness
  package var findings: [ShownFinding]
  /// What could not be checked, and why; sentences for the log.
  package var faults: [String]
  /// Why the document as a whole is not checked, in plain words; `nil` if it is.
  package var ceiling: String?
  /// The dataset with whose files it is joined, and a number that changes when ids there do.
  package var dataset: Dataset?

  package struct Dataset: Sendable, Hashable {
    package var root: String
    package var revision: Int
    package init(root: String, revision: Int) {
      self.root = root
      self.revision = revision
    }
  }

  package init(
    uri: String, document: any DocumentReading, completeness: Completeness, findings: [ShownFinding],
    faults: [String] = [], ceiling: String? = nil, dataset: Dataset? = nil
  ) {
    self.uri = uri
    self.document = document
    self.completeness = completeness
    self.findings = findings
    self.faults = faults
    self.ceiling = ceiling
    self.dataset = dataset
  }
}

/// A finding ready to be shown: rendered, in bytes of its document.
package struct ShownFinding: Sendable, Hashable {
  package enum Tag: Int, Sendable { case unnecessary = 1, deprecated }

  package var rule: String
  package var severity: Severity
  package var range: Range<Int>
  package var message: String
  /// Address of the rule's page.
  package var rulePage: String?
  package var related: [RelatedPlace]
  package var tags: [Tag]
  /// How many equal cases it stands for.
  package var count: Int

  package init(
    rule: String, severity: Severity, range: Range<Int>, message: String, rulePage: String? = nil,
    related: [RelatedPlace] = [], tags: [Tag] = [], count: Int = 1
  ) {
    self.rule = rule
    self.severity = severity
    self.range = range
    self.message = message
    self.rulePage = rulePage
    self.related = related
    self.tags = tags
    self.count = count
  }
}

/// Another place that a finding is about, maybe in another document; positions in the encoding given to `begin`.
package struct RelatedPlace: Sendable, Hashable {
  package var uri: String
  package var start: LinePosition
  package var end: LinePosition
  package var message: String
  package init(uri: String, start: LinePosition, end: LinePosition, message: String) {
    self.uri = uri
    self.start = start
    self.end = end
    self.message = message
  }
}

/// A way to make findings right.
package struct ShownFix: Sendable {
  package enum Action: Sendable {
    case edits([DocumentEdits])
    /// Worked out on request: what is handed back to `edits(ofRecipe:)`.
    case recipe(JSONValue)
  }
  package var title: String
  package var isCertain: Bool
  package var findings: [ShownFinding]
  package var action: Action
  /// Once it is made, something is left to write: see `place(toGoOnAfter:)`.
  package var goesOn: Bool
  package init(
    title: String, isCertain: Bool, findings: [ShownFinding], action: Action, goesOn: Bool = false
  ) {
    self.goesOn = goesOn
    self.title = title
    self.isCertain = isCertain
    self.findings = findings
    self.action = action
  }
}

/// Edits of one document, ascending and apart; positions in the encoding given to `begin`.
package struct DocumentEdits: Sendable {
  package var uri: String
  /// The version that they are of; `nil` if the client does not have the document open.
  package var version: Int?
  /// There is no such file yet.
  package var isNew: Bool
  package var edits: [(span: ShownPlace.Span, text: [UInt8])]

  package init(
    uri: String, version: Int?, isNew: Bool = false, edits: [(span: ShownPlace.Span, text: [UInt8])]
  ) {
    self.isNew = isNew
    self.uri = uri
    self.version = version
    self.edits = edits
  }

  /// From bytes of a document. Its version means something to the client only if that has it open.
  package init(
    uri: String, document: any PositionedText, isOpen: Bool = true, isNew: Bool = false, encoding: PositionEncoding,
    edits: [(range: Range<Int>, text: [UInt8])]
  ) {
    self.init(
      uri: uri, version: isOpen ? document.version : nil, isNew: isNew,
      edits: edits.map { edit in
        let span = ShownPlace.Span(
          start: document.position(at: edit.range.lowerBound, in: encoding),
          end: document.position(at: edit.range.upperBound, in: encoding))
        return (span, edit.text)
      })
  }
}
