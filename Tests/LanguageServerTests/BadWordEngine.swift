import Findings
import JSONCodec
import LanguageServer
import Manifest
import Workspace

/// Finds the word `bad`: enough of an engine to hold the session against, on real documents.
actor BadWordEngine: DocumentEngine {
  nonisolated let publications: AsyncStream<EnginePublication>
  nonisolated let watchedGlobs = ["**/concord.json"]
  private let continuation: AsyncStream<EnginePublication>.Continuation
  private var documents: [String: BadWordDocument] = [:]
  private var encoding = PositionEncoding.utf16
  private(set) var options: EngineOptions?
  private(set) var settings: [ServerSettings] = []
  private(set) var fileChanges: [FileChange] = []
  nonisolated let readingProgress: AsyncStream<ReadingProgress>
  /// Tells how far reading has come.
  nonisolated let reading: AsyncStream<ReadingProgress>.Continuation
  /// Folders of which no more is to be read.
  nonisolated let stopped: AsyncStream<String>
  private let stops: AsyncStream<String>.Continuation
  private let completeness: EnginePublication.Completeness?
  /// Opened before anything settles.
  let gate = Gate()

  /// Publishes after every change, unless `completeness` is `nil`.
  init(publishing completeness: EnginePublication.Completeness? = .settled, isHeld: Bool = false) {
    (publications, continuation) = AsyncStream.makeStream()
    (readingProgress, reading) = AsyncStream.makeStream()
    (stopped, stops) = AsyncStream.makeStream()
    self.completeness = completeness
    if !isHeld { gate.open() }
  }

  func retryPlugins() {}

  func begin(_ options: EngineOptions) {
    self.options = options
    encoding = options.encoding
  }

  func configure(_ settings: ServerSettings) { self.settings.append(settings) }

  func open(_ uri: String, languageID: String, version: Int, text: [UInt8]) {
    set(uri, version, Document(text, syntax: .json, shape: .whole))
  }

  func change(_ uri: String, version: Int, changes: [ContentChange]) {
    guard var document = documents[uri]?.text else { return }
    for change in changes {
      guard let range = change.range else {
        document = Document(change.text, syntax: document.syntax, shape: document.shape)
        continue
      }
      let start = document.offset(of: range.start, in: encoding)
      let end = max(start, document.offset(of: range.end, in: encoding))
      _ = document.apply(TextEdit(range: start..<end, replacement: change.text))
    }
    set(uri, version, document)
  }

  func stopReading(_ root: String) { stops.yield(root) }
  nonisolated var wordsOfFiles: AsyncStream<Void> { AsyncStream { $0.finish() } }
  func takeFileNews() -> [String] { [] }
  func file(_ uri: String) -> FileFindings? { nil }
  func settledFiles() -> [(uri: String, number: UInt64)] { [] }

  func saved(_ uri: String) {}
  func close(_ uri: String) { documents[uri] = nil }
  func filesChanged(_ changes: [FileChange]) { fileChanges += changes }
  func snapshot(_ uri: String) -> (any DocumentReading)? { documents[uri] }

  func text(of page: CompletionPage) -> String? { nil }
  func place(toGoOnAfter recipe: JSONValue) -> ShownPlace? { nil }

  /// The query itself, in every open file.
  func symbols(for query: String) -> [ShownID] {
    documents.keys.sorted().map { uri in
      let span = ShownPlace.Span(start: LinePosition(line: 0, character: 1), end: LinePosition(line: 0, character: 3))
      return ShownID(name: query, kind: "word", place: ShownPlace(uri: uri, range: span, selection: span))
    }
  }

  func edits(ofRecipe recipe: JSONValue) async throws(EngineError) -> [DocumentEdits] {
    guard let uri = recipe.string, let document = documents[uri] else {
      throw EngineError("The file is not open any more; open it and try again")
    }
    return [
      DocumentEdits(
        uri: uri, document: document, encoding: .utf16,
        edits: document.findings.map { ($0.range, Array("good".utf8)) })
    ]
  }

  /// Publishes what is known about `uri` once more.
  func publish(_ uri: String, _ completeness: EnginePublication.Completeness, dropping count: Int = 0) {
    guard let document = documents[uri] else { return }
    continuation.yield(
      EnginePublication(
        uri: uri, document: document, completeness: completeness, findings: document.findings.dropLast(count)))
  }

  private func set(_ uri: String, _ version: Int, _ text: Document) {
    documents[uri] = BadWordDocument(uri: uri, version: version, text: text, gate: gate)
    if let completeness { publish(uri, completeness) }
  }
}

struct BadWordDocument: DocumentReading {
  var uri: String
  var version: Int
  var text: Document
  var gate: Gate

  func position(at offset: Int, in encoding: PositionEncoding) -> LinePosition {
    text.position(at: offset, in: encoding)
  }
  func offset(of position: LinePosition, in encoding: PositionEncoding) -> Int {
    text.offset(of: position, in: encoding)
  }

  /// What stands between structural characters.
  func value(around offset: Int) -> Range<Int> {
    let bytes = text.allBytes()
    let isPart: (UInt8) -> Bool = { !#",:[]{}"#.utf8.contains($0) && $0 > 0x20 }
    var start = min(max(0, offset), bytes.count)
    var end = start
    while start > 0 && isPart(bytes[start - 1]) { start -= 1 }
    while end < bytes.count && isPart(bytes[end]) { end += 1 }
    return start..<end
  }

  func settledFindings() async throws(CancellationError) -> [ShownFinding] {
    await gate.passed()
    if Task.isCancelled { throw CancellationError() }
    return findings
  }

  func completions(at offset: Int) async -> CompletionList { CompletionList() }

  func hover(at offset: Int) async -> (range: Range<Int>, markdown: String)? {
    await gate.passed()
    let range = value(around: offset)
    return range.isEmpty ? nil : (range, "**\(String(decoding: text.bytes(in: range), as: UTF8.self))**")
  }

  func fixes(in range: Range<Int>, onlyCertain: Bool) async -> [ShownFix] {
    let touched = findings.filter { $0.range.lowerBound <= range.upperBound && $0.range.upperBound >= range.lowerBound }
    return touched.map { finding in
      let edits = DocumentEdits(
        uri: uri, document: self, encoding: .utf16, edits: [(finding.range, Array("good".utf8))])
      return ShownFix(title: "Write good", isCertain: true, findings: [finding], action: .edits([edits]))
    }
      + (touched.isEmpty
        ? []
        : [ShownFix(title: "Write good everywhere", isCertain: false, findings: [], action: .recipe(.string(uri)))])
  }

  var findings: [ShownFinding] {
    let bytes = text.allBytes()
    let word = Array("bad".utf8)
    return bytes.indices.filter { bytes[$0...].starts(with: word) }.map { start in
      ShownFinding(
        rule: "test/bad-word", severity: .warning, range: start..<start + 3, message: "This word is bad",
        rulePage: "file:///rules/bad-word.md",
        related: [
          RelatedPlace(
            uri: uri, start: LinePosition(line: 0, character: 0), end: LinePosition(line: 0, character: 1),
            message: "It began here")
        ], tags: [.deprecated])
    }
  }
}

/// Lets those through that come once it is open; the others wait, or are let go when cancelled.
final class Gate: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func open() { continuation.finish() }
  func passed() async { for await _ in stream {} }
}
