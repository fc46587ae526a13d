package import JSONCodec

package struct LocationLink: Sendable, Hashable, Codable {
  package var originSelectionRange: PositionRange?
  package var targetUri: DocumentURI
  package var targetRange: PositionRange
  package var targetSelectionRange: PositionRange
  package init(origin: PositionRange, uri: DocumentURI, range: PositionRange, selection: PositionRange) {
    originSelectionRange = origin
    targetUri = uri
    targetRange = range
    targetSelectionRange = selection
  }
}

package struct ReferenceParams: DocumentParameters, Decodable {
  package struct Context: Sendable, Decodable {
    package var includeDeclaration: Bool
  }
  package var textDocument: TextDocumentIdentifier
  package var position: Position
  package var context: Context
  /// A text or a number; parts of the answer may be sent under it.
  package var partialResultToken: JSONValue?
  package var uri: DocumentURI { textDocument.uri }
}

package struct DocumentHighlight: Sendable, Hashable, Codable {
  package var range: PositionRange
  /// 1 text, 2 read, 3 write.
  package var kind: Int
  package init(range: PositionRange, kind: Int) {
    self.range = range
    self.kind = kind
  }
}

package struct RenameParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var position: Position
  package var newName: String
  package var uri: DocumentURI { textDocument.uri }
}

package struct PrepareRenameResult: Sendable, Hashable, Codable {
  package var range: PositionRange
  package var placeholder: String
  package init(range: PositionRange, placeholder: String) {
    self.range = range
    self.placeholder = placeholder
  }
}

package struct DocumentRangeParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var range: PositionRange
  package var uri: DocumentURI { textDocument.uri }
}

package struct InlayHint: Sendable, Codable {
  package var position: Position
  package var label: String
  package var tooltip: MarkupContent?
  package var paddingLeft: Bool?
  package var data: JSONValue?
  package init(position: Position, label: String, paddingLeft: Bool) {
    self.position = position
    self.label = label
    self.paddingLeft = paddingLeft
  }
}

package struct DocumentSymbol: Sendable, Hashable, Codable {
  package var name: String
  package var detail: String?
  package var kind: Int
  package var range: PositionRange
  package var selectionRange: PositionRange
  package var children: [DocumentSymbol]?
  package init(
    name: String, detail: String?, kind: Int, range: PositionRange, selectionRange: PositionRange,
    children: [DocumentSymbol]?
  ) {
    self.name = name
    self.detail = detail
    self.kind = kind
    self.range = range
    self.selectionRange = selectionRange
    self.children = children
  }
}

/// For clients without hierarchies.
package struct SymbolInformation: Sendable, Hashable, Codable {
  package var name: String
  package var kind: Int
  package var location: Location
  package var containerName: String?
  package init(name: String, kind: Int, location: Location, containerName: String?) {
    self.name = name
    self.kind = kind
    self.location = location
    self.containerName = containerName
  }
}

package struct CodeLensParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var uri: DocumentURI { textDocument.uri }
}

package struct CodeLens: Sendable, Codable {
  package var range: PositionRange
  package var command: Command?
  package var data: JSONValue?
  package init(range: PositionRange, data: JSONValue) {
    self.range = range
    self.data = data
  }
}

package struct WorkspaceSymbolParams: Sendable, Decodable {
  package var query: String
  /// A text or a number; parts of the answer may be sent under it.
  package var partialResultToken: JSONValue?
}

package struct DocumentSymbolParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var uri: DocumentURI { textDocument.uri }
}

/// Whole lines; the client shows the first.
package struct FoldingRange: Sendable, Hashable, Codable {
  package var startLine: Int
  package var endLine: Int
  package init(startLine: Int, endLine: Int) {
    self.startLine = startLine
    self.endLine = endLine
  }
}
