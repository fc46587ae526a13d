package import JSONCodec

package typealias DocumentURI = String

/// Zero-based; characters count the units of the encoding agreed on.
package struct Position: Sendable, Hashable, Codable {
  package var line: Int
  package var character: Int
  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  private enum CodingKeys: CodingKey { case line, character }

  /// A number beyond all documents is the end of them, not an error.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    line = Int(clamping: try container.decode(Int64.self, forKey: .line))
    character = Int(clamping: try container.decode(Int64.self, forKey: .character))
  }
}

/// From `start` up to and without `end`.
package struct PositionRange: Sendable, Hashable, Codable {
  package var start: Position
  package var end: Position
  package init(start: Position, end: Position) {
    self.start = start
    self.end = end
  }
}

package struct Location: Sendable, Hashable, Codable {
  package var uri: DocumentURI
  package var range: PositionRange
  package init(uri: DocumentURI, range: PositionRange) {
    self.uri = uri
    self.range = range
  }
}

package struct TextDocumentIdentifier: Sendable, Hashable, Codable {
  package var uri: DocumentURI
  package init(uri: DocumentURI) { self.uri = uri }
}

package struct VersionedTextDocumentIdentifier: Sendable, Hashable, Codable {
  package var uri: DocumentURI
  package var version: Int
}

/// `version` is written as `null` where it is not known.
package struct OptionalVersionedTextDocumentIdentifier: Sendable, Hashable, Codable {
  package var uri: DocumentURI
  package var version: Int?
  package init(uri: DocumentURI, version: Int?) {
    self.uri = uri
    self.version = version
  }

  private enum CodingKeys: CodingKey { case uri, version }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(uri, forKey: .uri)
    try container.encode(version, forKey: .version)
  }
}

package struct TextDocumentItem: Sendable, Hashable, Decodable {
  package var uri: DocumentURI
  package var languageId: String
  package var version: Int
  package var text: JSONText
}

/// Parameters about one document.
package protocol DocumentParameters: Sendable {
  var uri: DocumentURI { get }
}

package struct TextDocumentPositionParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var position: Position
  package var uri: DocumentURI { textDocument.uri }
}

package struct DidOpenTextDocumentParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentItem
  package var uri: DocumentURI { textDocument.uri }
}

/// Without a range the text is the whole document's.
package struct TextDocumentContentChangeEvent: Sendable, Decodable {
  package var range: PositionRange?
  package var text: JSONText
}

package struct DidChangeTextDocumentParams: DocumentParameters, Decodable {
  package var textDocument: VersionedTextDocumentIdentifier
  package var contentChanges: [TextDocumentContentChangeEvent]
  package var uri: DocumentURI { textDocument.uri }
}

/// Of didClose and didSave; the text some clients add on saving is not read.
package struct TextDocumentParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var uri: DocumentURI { textDocument.uri }
}

package struct TextEdit: Sendable, Hashable, Codable {
  package var range: PositionRange
  package var newText: String
  /// Of a change annotation of the workspace edit it is in.
  package var annotationId: String?
  package init(range: PositionRange, newText: String, annotationId: String? = nil) {
    self.range = range
    self.newText = newText
    self.annotationId = annotationId
  }
}

/// What edits are for, and whether the person is to look at them first.
package struct ChangeAnnotation: Sendable, Hashable, Codable {
  package var label: String
  package var needsConfirmation: Bool?
  package init(label: String, needsConfirmation: Bool) {
    self.label = label
    self.needsConfirmation = needsConfirmation
  }
}

package struct TextDocumentEdit: Sendable, Hashable, Codable {
  package var textDocument: OptionalVersionedTextDocumentIdentifier
  package var edits: [TextEdit]
  package init(textDocument: OptionalVersionedTextDocumentIdentifier, edits: [TextEdit]) {
    self.textDocument = textDocument
    self.edits = edits
  }
}

/// One step of an edit: text edits of a document, or a file that is to be made first.
package enum DocumentChange: Sendable, Hashable, Codable {
  case edit(TextDocumentEdit)
  case create(CreateFile)

  package init(from decoder: any Decoder) throws {
    if let file = try? CreateFile(from: decoder) {
      self = .create(file)
    } else {
      self = .edit(try TextDocumentEdit(from: decoder))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .edit(let edit): try edit.encode(to: encoder)
    case .create(let file): try file.encode(to: encoder)
    }
  }
}

/// Makes an empty file, unless there is one.
package struct CreateFile: Sendable, Hashable, Codable {
  package struct Options: Sendable, Hashable, Codable {
    package var ignoreIfExists: Bool
  }
  package var kind = "create"
  package var uri: DocumentURI
  package var options = Options(ignoreIfExists: true)
  package init(uri: DocumentURI) { self.uri = uri }
}

/// Either `documentChanges`, for clients that check versions, or `changes`.
package struct WorkspaceEdit: Sendable, Hashable, Codable {
  package var documentChanges: [DocumentChange]?
  package var changes: [DocumentURI: [TextEdit]]?
  package var changeAnnotations: [String: ChangeAnnotation]?
  package init(documentChanges: [DocumentChange]) { self.documentChanges = documentChanges }
  package init(changes: [DocumentURI: [TextEdit]]) { self.changes = changes }
}

package struct MarkupContent: Sendable, Hashable, Codable {
  package var kind: String
  package var value: String
  package init(markdown: String) {
    kind = "markdown"
    value = markdown
  }
  package init(plain: String) {
    kind = "plaintext"
    value = plain
  }
}

package struct Hover: Sendable, Hashable, Codable {
  package var contents: MarkupContent
  package var range: PositionRange?
  package init(contents: MarkupContent, range: PositionRange?) {
    self.contents = contents
    self.range = range
  }
}
