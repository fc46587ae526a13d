import JSONCodec
import LanguageServer
import Manifest
import Workspace

/// Every `good` gives a word, every `bad` names it.
extension BadWordDocument {
  func definitions(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])? {
    (value(around: offset), words.filter(\.isDefinition).map(place))
  }

  private func place(_ word: ShownOccurrence) -> ShownPlace {
    let span = ShownPlace.Span(
      start: position(at: word.range.lowerBound, in: .utf16), end: position(at: word.range.upperBound, in: .utf16))
    return ShownPlace(uri: uri, range: span, selection: span)
  }

  func occurrences(at offset: Int, withDefinitions: Bool) async throws(EngineError) -> [ShownPlace] {
    await gate.passed()
    return words.filter { withDefinitions || !$0.isDefinition }.map(place)
  }

  func highlights(at offset: Int) async throws(EngineError) -> [ShownOccurrence] { words }

  func renameStart(at offset: Int) async throws(EngineError) -> (range: Range<Int>, text: String?) {
    guard let word = words.first(where: { $0.range.contains(offset) }) else { throw EngineError("No word here") }
    return (word.range, word.isDefinition ? "good" : nil)
  }

  /// From the fourth word on, each stands in a file of its own.
  func rename(at offset: Int, to name: String) async throws(EngineError) -> ShownRename {
    let edits = words.map { ($0.range, Array(name.utf8)) }
    let first = DocumentEdits(uri: uri, document: self, encoding: .utf16, edits: Array(edits.prefix(3)))
    let others = edits.dropFirst(3).enumerated().map { number, edit in
      var file = DocumentEdits(uri: "file:///other\(number).json", document: self, encoding: .utf16, edits: [edit])
      file.version = nil
      return file
    }
    return ShownRename(
      files: [first] + others,
      summary: .init(
        title: "\(words.count) words", question: "\(words.count) words?", confirm: "Yes", cancel: "No",
        cancelled: "Not done"))
  }

  /// Complete unless there is a `soon`.
  func hints(in range: Range<Int>) async -> (hints: [ShownHint], isComplete: Bool) {
    let hints = words.filter { range.contains($0.range.lowerBound) }
      .map { ShownHint(offset: $0.range.upperBound, text: "word") }
    return (hints, !text.allBytes().contains(UInt8(ascii: "s")))
  }

  func lenses() async throws(EngineError) -> [ShownLens] {
    words.filter(\.isDefinition).map { ShownLens(range: $0.range, subject: .integer(Int64($0.range.lowerBound))) }
  }

  func lens(_ subject: JSONValue) async -> String? { subject.integer.map { "word at \($0)" } }

  func folds(limit: Int) async -> [ClosedRange<Int>] { Array([0...2, 4...5].prefix(limit)) }

  func symbols() async -> [ShownSymbol] {
    let children = words.map {
      ShownSymbol(name: $0.isDefinition ? "good" : "bad", kind: .string, range: $0.range, selection: $0.range)
    }
    let all = 0..<text.byteCount
    return [ShownSymbol(name: "words", detail: "all", kind: .array, range: all, selection: 0..<1, children: children)]
  }

  private var words: [ShownOccurrence] {
    let bytes = text.allBytes()
    return [("good", true), ("bad", false)].flatMap { word, isDefinition in
      bytes.indices.filter { bytes[$0...].starts(with: word.utf8) }
        .map { ShownOccurrence(range: $0..<$0 + word.utf8.count, isDefinition: isDefinition) }
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

/// What it has nothing to say of.
extension BadWordDocument {
  var byteCount: Int { text.byteCount }
  func isSettled() async -> Bool { true }
  func declarations(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])? { nil }
  func typeDefinitions(at offset: Int) async -> (origin: Range<Int>, places: [ShownPlace])? { nil }
  func signature(at offset: Int) async -> ListSignature? { nil }
  func selections(at offset: Int) async -> [Range<Int>] { [] }
  func meanings(in range: Range<Int>, limit: Int) async -> [MeaningfulText]? { [] }
  func links(limit: Int) async -> [FileLink] { [] }
  func linkedFile(at offset: Int) async throws(EngineError) -> String { throw EngineError("No file here") }
  func colors(limit: Int) async -> [ShownColor] { [] }
  func text(of color: ShownColor) async -> String? { nil }
}
