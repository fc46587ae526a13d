import Files
import JSONCodec
import Manifest
import PluginHost

extension Library {
  /// Lines after the first that may tell what a file of lines is.
  private static let probedLines = 3

  /// Finds out what a text is and reads it accordingly.
  ///
  /// In order: what was asked for, what `concord.json` says of the file, the editor's language id, then the formats whose file
  /// pattern and probe fit; of several the one with more matching required places wins, and a tie is no answer.
  func recognize(
    _ bytes: [UInt8], path: String?, languageID: String, configuration: DatasetConfiguration?, forced: String?
  ) -> (Recognition, Document) {
    recognize(.bytes(bytes), path: path, languageID: languageID, configuration: configuration, forced: forced)
  }

  /// The same of a file of lines that is not kept in memory: it is told by its first lines.
  func recognize(
    _ file: TextFile, path: String?, configuration: DatasetConfiguration?, forced: String?
  ) -> (Recognition, Document) {
    recognize(.file(file), path: path, languageID: "", configuration: configuration, forced: forced)
  }

  private func recognize(
    _ bytes: SourceText, path: String?, languageID: String, configuration: DatasetConfiguration?, forced: String?
  ) -> (Recognition, Document) {
    if let path, let (dialect, columns, reason) = vocabulary(at: path, configuration) {
      var (recognition, document) = read(bytes, as: dialect, reason: reason)
      recognition.columns = columns
      return (recognition, document)
    }
    if let path, forced == nil, schemaDialect == nil, Paths.name(of: path) == DatasetConfiguration.fileName,
      let dialect = dialects[DatasetFormat.id]
    {
      return read(bytes, as: dialect, reason: "its name")
    }
    if let path, forced == nil, schemaDialect == nil, configuration?.keepsDecisions(path) == true,
      let dialect = dialects[DecisionFormat.id]
    {
      return read(bytes, as: dialect, reason: "its name")
    }
    if forced == nil, schemaDialect == nil, let dialect = words(bytes, path: path, languageID, configuration) {
      return read(bytes, as: dialect, reason: "its name")
    }
    if Self.isTable(path: path, languageID: languageID) {
      return recognize(table: bytes, path: path, configuration: configuration, forced: forced)
    }
    let isLines = Self.isLineSyntax(path: path, languageID: languageID)
    let comments = languageID == "jsonc" || path.map { $0.hasSuffix(".jsonc") } ?? false
    if let single = isLines ? schemaLines : schemaDialect {
      return read(bytes, as: single, reason: "the schema that was named")
    }
    if let forced, let dialect = dialects[forced] { return read(bytes, as: dialect, reason: "you said so") }
    if let path, let named = configuration?.dialect(of: path), let dialect = dialects[named] {
      return read(bytes, as: dialect, reason: "`concord.json` says so")
    }
    if let path, !isLines, !comments, let found = linesByAnotherName(bytes, path: path) { return found }
    let syntax = isLines ? Syntax.jsonl : comments ? .jsonc : .json
    let (shape, sketch) = RecordShape.sketched(from: bytes.head, syntax: syntax)
    // Of a long text only what is looked at is read twice.
    func document() -> Document { bytes.document(syntax: syntax, shape: shape) }
    guard !comments else { return (Recognition(), document()) }
    var view = ProbeView(document: sketch.map { Document($0, syntax: syntax, shape: shape) } ?? document())
    let candidates = candidates.filter { $0.dialect.syntax == (isLines ? .jsonl : .json) }
    var fit = best(among: candidates, path, view)
    while isLines, fit.found == nil, fit.tied.isEmpty, view.line < Self.probedLines {
      view.line += 1
      fit = best(among: candidates, path, view)
    }
    guard let found = fit.found else {
      return (Recognition(tied: fit.tied), sketch == nil ? view.document : document())
    }
    return read(bytes, as: found.dialect, reason: found.reason)
  }

  /// A table is known by the names of its columns.
  private func recognize(
    table text: SourceText, path: String?, configuration: DatasetConfiguration?, forced: String?
  ) -> (Recognition, Document) {
    if let forced, let dialect = dialects[forced], dialect.syntax.isTable {
      return read(text, as: dialect, reason: "you said so")
    }
    if let path, let named = configuration?.dialect(of: path), let dialect = dialects[named], dialect.syntax.isTable {
      return read(text, as: dialect, reason: "`concord.json` says so")
    }
    let document = text.document(syntax: .csv, shape: .rows)
    let fit = best(among: candidates.filter { $0.dialect.syntax == .csv }, path, ProbeView(document: document))
    return (Recognition(dialect: fit.found?.dialect, reason: fit.found?.reason, tied: fit.tied), document)
  }

  /// The format that fits best, or those that fit equally well.
  private func best(
    among candidates: [Candidate], _ path: String?, _ view: ProbeView
  ) -> (found: (dialect: Dialect, reason: String)?, tied: [String]) {
    var best: [(dialect: Dialect, fit: ProbeFit)] = []
    for candidate in candidates {
      guard candidate.fits(path), let probe = candidate.descriptor.probe,
        let fit = ProbeFit(probe, in: view)
      else { continue }
      if let first = best.first, fit.score != first.fit.score {
        if first.fit.score < fit.score { best = [(candidate.dialect, fit)] }
      } else {
        best.append((candidate.dialect, fit))
      }
    }
    guard best.count == 1, let found = best.first else { return (nil, best.map(\.dialect.id)) }
    return ((found.dialect, found.fit.reason), [])
  }

  /// A format of words that the file's name or the editor says; `concord.json` may say another one.
  private func words(
    _ bytes: SourceText, path: String?, _ languageID: String, _ configuration: DatasetConfiguration?
  ) -> Dialect? {
    if let path, let named = configuration?.dialect(of: path), dialects[named] != nil { return nil }
    return candidates.first { candidate in
      guard case .words = candidate.dialect.syntax else { return false }
      return candidate.descriptor.id == languageID || path != nil && candidate.fits(path)
    }?.dialect
  }

  /// Whether a file of this name holds lines of words.
  func isOfWords(_ name: String) -> Bool {
    candidates.contains { candidate in
      guard case .words = candidate.dialect.syntax else { return false }
      return candidate.fits(name)
    }
  }

  /// Lines in a file whose name says that it is one value, where a format of lines goes by that name too.
  ///
  /// The first line must be a whole object, and another one may only begin behind it.
  private func linesByAnotherName(_ bytes: SourceText, path: String) -> (Recognition, Document)? {
    guard candidates.contains(where: { $0.dialect.syntax == .jsonl && $0.fits(path) }) else { return nil }
    let head = bytes.head.prefix(1 << 16)
    let blank = Array(" \t\r\n".utf8)
    let text = head.drop(while: blank.contains)
    let line = text.prefix { $0 != UInt8(ascii: "\n") }
    let opener = UInt8(ascii: "{")
    guard line.first == opener, line.last(where: { !blank.contains($0) }) == UInt8(ascii: "}"),
      [nil, opener].contains(text.dropFirst(line.count).first { !blank.contains($0) }),
      RecordTree(parsing: Array(line)).problems.isEmpty
    else { return nil }
    let shape = RecordShape([RecordShape.Pattern("/*")].compactMap(\.self))
    let view = ProbeView(document: Document(Array(line), syntax: .jsonl, shape: shape))
    guard let found = best(among: candidates.filter { $0.dialect.syntax == .jsonl }, path, view).found else {
      return nil
    }
    return read(bytes, as: found.dialect, reason: found.reason + ", a line for each entry")
  }

  private func read(_ text: SourceText, as dialect: Dialect, reason: String) -> (Recognition, Document) {
    let document = text.document(syntax: dialect.syntax, shape: dialect.shape)
    return (Recognition(dialect: dialect, reason: reason), document)
  }

  func isVocabulary(_ path: String, _ configuration: DatasetConfiguration?) -> Bool {
    vocabulary(at: path, configuration) != nil
  }

  /// The format of a file that the dataset or a plugin names as a vocabulary.
  private func vocabulary(at path: String, _ configuration: DatasetConfiguration?) -> (
    Dialect, [String: String], String
  )? {
    let format = VocabularyFile.isTable(path) ? VocabularyFormat.table : VocabularyFormat.json
    guard let dialect = dialects[format] else { return nil }
    if let named = configuration?.vocabulary(at: path) {
      return (dialect, named.columns, "`concord.json` names it as a vocabulary")
    }
    for plugin in plugins {
      for named in plugin.descriptor.vocabularies where Paths.join(plugin.folder, named.file) == path {
        return (dialect, named.columns, "the plugin `\(plugin.id)` brings it")
      }
    }
    return nil
  }

  /// Whether the name or the editor says that a text is a table.
  private static func isTable(path: String?, languageID: String) -> Bool {
    let isNamedTable = path.map { path in [".csv", ".tsv", ".tab"].contains { path.lowercased().hasSuffix($0) } }
    return isNamedTable ?? false || ["csv", "tsv"].contains(languageID)
  }

  static func isLineSyntax(path: String?, languageID: String) -> Bool {
    if ["jsonl", "jsonlines", "ndjson"].contains(languageID) { return true }
    guard let path else { return false }
    return [".jsonl", ".ndjson", ".jsonlines", ".manifest"].contains { path.hasSuffix($0) }
  }
}

/// A text that is to be recognized.
private enum SourceText {
  case bytes([UInt8])
  case file(TextFile)

  /// All of it, or the first lines.
  var head: [UInt8] {
    switch self {
    case .bytes(let bytes): return bytes
    case .file(let file):
      let head = file.bytes(0..<min(file.byteCount, 1 << 20))
      let end = head.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? head.count
      return head.count < file.byteCount ? Array(head[..<end]) : head
    }
  }

  func document(syntax: Syntax, shape: RecordShape) -> Document {
    switch self {
    case .bytes(let bytes): Document(bytes, syntax: syntax, shape: shape)
    case .file(let file): Document(reading: file, syntax: syntax, shape: shape)
    }
  }
}

/// How well a probe fits a document.
struct ProbeFit {
  /// Matching required places and values.
  let score: Int
  let reason: String

  /// `nil` if it does not fit.
  init?(_ probe: PluginDescriptor.Probe, in view: ProbeView) {
    for path in probe.required where view.value(at: path) == nil { return nil }
    let wanted = probe.values.map { (path: $0.key, text: Self.text(of: $0.value)) }
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    for value in wanted where view.value(at: value.path).map({ $0.elementsEqual(value.text.utf8) }) != true {
      return nil
    }
    // An alternative may say what must be there and equal; alternatives of its own are not looked at.
    let other = probe.any.first { alternative in
      alternative.required.allSatisfy { view.value(at: $0) != nil }
        && alternative.values.allSatisfy { view.value(at: $0.key)?.elementsEqual(Self.text(of: $0.value).utf8) == true }
    }
    if !probe.any.isEmpty, other == nil { return nil }
    score = probe.required.count + wanted.count
    let names = (probe.required + (other?.required ?? [])).map { path in
      "`\(path.split(separator: "/").last.map(String.init) ?? path)`"
    }
    let values = wanted.map { "`\($0.path.dropFirst())` is \($0.text)" }
    reason = "it has " + Self.list(names + values)
  }

  /// As a probed value reads: a string's content, anything else as JSON writes it.
  private static func text(of value: JSONValue) -> String {
    value.string ?? String(decoding: (try? JSONCodec.encode(value)) ?? [], as: UTF8.self)
  }

  private static func list(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "nothing special" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
