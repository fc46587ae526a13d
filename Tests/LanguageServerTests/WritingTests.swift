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
    for report in [DocumentDiagnosticReport.full([full, odd], resultId: "7"), .full([]), .unchanged(resultId: "x")] {
      let written = try JSONCodec.encode(writable: report)
      #expect(try JSONCodec.decode(DocumentDiagnosticReport.self, from: written) == report)
      #expect(
        String(decoding: written, as: UTF8.self) == String(decoding: try JSONCodec.encodeTree(report), as: UTF8.self))
    }
  }
}
