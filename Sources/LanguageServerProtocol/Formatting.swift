package struct FormattingOptions: Sendable, Decodable {
  package var tabSize: Int
  package var insertSpaces: Bool
  package var insertFinalNewline: Bool?
  package var trimFinalNewlines: Bool?
}

package struct DocumentFormattingParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var options: FormattingOptions
  package var uri: DocumentURI { textDocument.uri }
}

package struct DocumentRangeFormattingParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var range: PositionRange
  package var options: FormattingOptions
  package var uri: DocumentURI { textDocument.uri }
}

package struct DocumentOnTypeFormattingParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var position: Position
  package var ch: String
  package var options: FormattingOptions
  package var uri: DocumentURI { textDocument.uri }
}
