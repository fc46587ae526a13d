import Findings
import JSONCodec
import JSONRPC
import LanguageServerProtocol
import Manifest
import Workspace

/// What may be written at the cursor. The list is searched here, and asked for anew with every letter: clients know neither
/// synonyms nor slips.
enum CompletionFeature: DocumentFeature {
  static let method = "textDocument/completion"
  static let effect = Effect.readsThroughEdits(.document)
  static let nothing: CompletionListAnswer? = nil
  static let support = [
    Support(
      .completion, "Terms by any of their names, ids, keys, choices, paths",
      test: "CompletionAnswerTests/aProductIsFoundByAnotherName"),
    Support(
      .completionSnippets, "An entry with its gaps", test: "CompletionAnswerTests/gapsComeOnlyToThoseWhoKnowThem"),
    Support(
      .completionInsertReplace, "Both ranges, for whoever can choose",
      test: "CompletionAnswerTests/whoCanChooseGetsBothRanges"),
  ]

  static func capability(for client: ClientCapabilities) -> [JSONValue.Member] {
    [
      .init(
        "completionProvider",
        [
          "triggerCharacters": ["\"", ":", " "], "resolveProvider": true,
          "completionItem": ["labelDetailsSupport": true],
        ])
    ]
  }

  static func respond(
    to params: TextDocumentPositionParams, in context: DocumentContext
  ) async throws(ResponseError) -> CompletionListAnswer? {
    let offset = context.session.offset(of: params.position, in: context.document)
    let list = await context.document.completions(at: offset)
    guard !list.items.isEmpty || list.isIncomplete else { return nil }
    var writer = CompletionWriter(session: context.session, document: context.document)
    let items = list.items.enumerated().map { index, item in writer.answer(item, at: index) }
    return CompletionListAnswer(isIncomplete: list.isIncomplete, items: items)
  }
}

/// Tells more of one item.
enum CompletionResolveFeature: GlobalFeature {
  static let method = "completionItem/resolve"
  static let effect = Effect.reads(.workspace)
  static let support = [
    Support(
      .completionResolve, "The page of a term, a key or an entry",
      test: "CompletionAnswerTests/aProductIsFoundByAnotherName")
  ]

  static func respond(to params: JSONValue, in context: ServerContext) async throws(ResponseError) -> JSONValue {
    guard case .object(let members) = params, params["documentation"] == nil,
      let page = params["data"].flatMap(CompletionPage.init), let text = await context.engine.text(of: page)
    else { return params }
    let kind = context.session.client.completionTakesMarkdown ? "markdown" : "plaintext"
    let documentation: JSONValue = ["kind": .string(kind), "value": .string(text)]
    return .object(members + [.init("documentation", documentation)])
  }
}

/// Puts completions into the client's words: positions, snippets, details as far as it knows them.
private struct CompletionWriter {
  let session: Session
  let document: any DocumentReading
  private var client: ClientCapabilities { session.client }
  /// Ranges that items share: nearly all replace the same.
  private var ranges: [Range<Int>: PositionRange] = [:]

  init(session: Session, document: any DocumentReading) {
    self.session = session
    self.document = document
  }

  mutating func answer(_ item: CompletionItem, at index: Int) -> CompletionItemAnswer {
    let isSnippet = client.completionTakesSnippets && item.edit.body.hasGaps
    let text = isSnippet ? item.edit.body.snippet : String(decoding: item.edit.body.plain, as: UTF8.self)
    var answer = CompletionItemAnswer(
      label: item.label, kind: kind(of: item).rawValue, sortText: sortText(index),
      insertTextFormat: isSnippet ? 2 : 1, textEdit: edit(item.edit, text))
    if client.completionHasLabelDetails {
      answer.labelDetails = CompletionItemAnswer.LabelDetails(detail: item.detail, description: item.note)
    } else {
      answer.label += item.detail ?? ""
      answer.detail = item.note
    }
    answer.filterText = item.filter
    if item.isDeprecated {
      if client.completionTags.contains(1) {
        answer.tags = [1]
      } else if client.completionMarksDeprecated {
        answer.deprecated = true
      }
    }
    if !item.edit.others.isEmpty {
      answer.additionalTextEdits = item.edit.others.map { other in
        TextEdit(range: range(other.range), newText: String(decoding: other.replacement, as: UTF8.self))
      }
    }
    answer.data = item.page?.json
    return answer
  }

  private mutating func range(_ bytes: Range<Int>) -> PositionRange {
    if let known = ranges[bytes] { return known }
    let range = session.range(bytes, in: document)
    ranges[bytes] = range
    return range
  }

  private mutating func edit(_ edit: CompletionEdit, _ text: String) -> CompletionTextEdit {
    let replace = range(edit.replace)
    guard client.completionInsertsOrReplaces, edit.insert != edit.replace else {
      return .plain(TextEdit(range: replace, newText: text))
    }
    return .either(newText: text, insert: range(edit.insert), replace: replace)
  }

  private func kind(of item: CompletionItem) -> CompletionItemKind {
    switch item.kind {
    case .key: .property
    case .choice: .enumerator
    case .value: .value
    case .identifier: .reference
    case .term: .constant
    case .snippet: .snippet
    case .path: .file
    }
  }

  /// The list's own order: as many digits for all of them.
  private func sortText(_ index: Int) -> String { String(String(100_000 + index).dropFirst()) }
}

extension SnippetBody {
  /// As the protocol writes it: gaps as `${1:text}`, and what would mean something escaped.
  fileprivate var snippet: String {
    var out: [UInt8] = []
    func put(_ bytes: [UInt8]) {
      for byte in bytes {
        if [UInt8(ascii: "$"), UInt8(ascii: "}"), UInt8(ascii: "\\")].contains(byte) { out.append(UInt8(ascii: "\\")) }
        out.append(byte)
      }
    }
    for part in parts {
      switch part {
      case .text(let bytes): put(bytes)
      case .gap(let number, let initial) where initial.isEmpty: out += Array("$\(number)".utf8)
      case .gap(let number, let initial):
        out += Array("${\(number):".utf8)
        put(initial)
        out.append(UInt8(ascii: "}"))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

extension CompletionPage {
  init?(_ value: JSONValue) {
    if let text = value["text"]?.string {
      self = .text(text)
    } else if let dialect = value["format"]?.string, let places = value["places"]?.array {
      self = .schema(dialect: dialect, places: places.compactMap { $0.integer.flatMap { UInt32(exactly: $0) } })
    } else if let uri = value["uri"]?.string, let label = value["record"]?.string.flatMap({ UInt64($0) }) {
      self = .definition(uri: uri, record: RecordID(label: label))
    } else if let uri = value["uri"]?.string, let vocabulary = value["vocabulary"]?.string,
      let id = value["term"]?.string
    {
      self = .term(uri: uri, vocabulary: vocabulary, id: id)
    } else {
      return nil
    }
  }

  var json: JSONValue {
    switch self {
    case .text(let text): ["text": .string(text)]
    case .schema(let dialect, let places):
      ["format": .string(dialect), "places": .array(places.map { .integer(Int64($0)) })]
    case .definition(let uri, let record): ["uri": .string(uri), "record": .string(String(record.label))]
    case .term(let uri, let vocabulary, let id):
      ["uri": .string(uri), "vocabulary": .string(vocabulary), "term": .string(id)]
    }
  }
}
