import JSONCodec
import LanguageServerProtocol
import Testing

@Suite struct WritingTests {
  private var full: Diagnostic {
    var diagnostic = Diagnostic(
      range: PositionRange(start: Position(line: 0, character: 7), end: Position(line: Int.max, character: 10)),
      message: "\"quotes\" \\ \u{0}\u{8}\u{9}\n\u{C}\r\u{1F}\u{7F} é😀 </a>")
    diagnostic.severity = 1
    diagnostic.code = "a/b"
    diagnostic.codeDescription = CodeDescription(href: "file:///a%20b.md")
    diagnostic.source = ""
    diagnostic.tags = [1, 2]
    diagnostic.relatedInformation = [
      DiagnosticRelatedInformation(location: Location(uri: "file:///é", range: diagnostic.range), message: "")
    ]
    diagnostic.data = ["any": [1, nil, -2.5]]
    return diagnostic
  }

  private var plainItem: CompletionItemAnswer {
    CompletionItemAnswer(
      label: "é", kind: 12, sortText: "0", insertTextFormat: 1,
      textEdit: .plain(TextEdit(range: full.range, newText: "")))
  }

  private var fullItem: CompletionItemAnswer {
    var item = plainItem
    item.labelDetails = .init(detail: " x", description: "\"")
    item.detail = "d"
    item.tags = [1]
    item.deprecated = true
    item.filterText = "f"
    item.textEdit = .either(newText: "n", insert: full.range, replace: full.range)
    item.additionalTextEdits = [
      TextEdit(range: full.range, newText: "a"), TextEdit(range: full.range, newText: "b", annotationId: "c"),
    ]
    item.data = ["uri": "file:///a", "n": 3]
    return item
  }

  /// json-c reads back what was written, and writes the same itself.
  @Test func whatWritesItselfIsWhatTheCodecWrites() throws {
    var odd = Diagnostic(range: full.range, message: "")
    odd.code = 3
    let values: [PublishDiagnosticsParams] = [
      PublishDiagnosticsParams(uri: "file:///a", version: -1, diagnostics: [full, odd, full]),
      PublishDiagnosticsParams(uri: "", version: nil, diagnostics: []),
    ]
    for value in values {
      let written = try JSONCodec.encode(writable: value)
      #expect(try JSONCodec.decode(PublishDiagnosticsParams.self, from: written) == value)
      #expect(
        String(decoding: written, as: UTF8.self) == String(decoding: try JSONCodec.encodeTree(value), as: UTF8.self))
    }
    for list in [
      CompletionListAnswer(isIncomplete: true, items: [fullItem, plainItem]), .init(isIncomplete: false, items: []),
    ] {
      #expect(
        String(decoding: try JSONCodec.encode(writable: list), as: UTF8.self)
          == String(decoding: try JSONCodec.encodeTree(list), as: UTF8.self))
    }
    let any: JSONValue = [
      "a\u{1}\"": [1, nil, -2.5, true, false, 1e300, .unsigned(.max), "é/\\"], "": .object([]), "b": [],
    ]
    #expect(
      String(decoding: try JSONCodec.encode(writable: any), as: UTF8.self)
        == String(decoding: try JSONCodec.encodeTree(any), as: UTF8.self))
    for report in [DocumentDiagnosticReport.full([full, odd], resultId: "7"), .full([]), .unchanged(resultId: "x")] {
      let written = try JSONCodec.encode(writable: report)
      #expect(try JSONCodec.decode(DocumentDiagnosticReport.self, from: written) == report)
      #expect(
        String(decoding: written, as: UTF8.self) == String(decoding: try JSONCodec.encodeTree(report), as: UTF8.self))
    }
  }
}
