package import JSONCodec

package struct SignatureHelp: Sendable, Encodable {
  package struct Signature: Sendable, Encodable {
    package var label: String
    package var parameters: [Parameter]
    package var activeParameter: Int?
    package init(label: String, parameters: [Parameter], activeParameter: Int?) {
      self.label = label
      self.parameters = parameters
      self.activeParameter = activeParameter
    }
  }

  package struct Parameter: Sendable, Encodable {
    /// A part of the signature's label: its text, or where it begins and ends in UTF-16 units.
    package var label: JSONValue
    package var documentation: String?
    package init(label: JSONValue, documentation: String?) {
      self.label = label
      self.documentation = documentation
    }
  }

  package var signatures: [Signature]
  package var activeSignature = 0
  package var activeParameter: Int
  package init(signatures: [Signature], activeParameter: Int) {
    self.signatures = signatures
    self.activeParameter = activeParameter
  }
}

package struct SelectionRangeParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var positions: [Position]
  package var uri: DocumentURI { textDocument.uri }
}

/// A range within its parent.
package indirect enum SelectionRange: Sendable, Encodable {
  case range(PositionRange, parent: SelectionRange?)

  private enum CodingKeys: CodingKey { case range, parent }

  package func encode(to encoder: any Encoder) throws {
    guard case .range(let range, let parent) = self else { return }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(range, forKey: .range)
    if let parent { try container.encode(parent, forKey: .parent) }
  }
}

package struct DocumentLink: Sendable, Codable {
  package var range: PositionRange
  package var target: String?
  package var data: JSONValue?
  package init(range: PositionRange, target: String?, data: JSONValue?) {
    self.range = range
    self.target = target
    self.data = data
  }
}

package struct Color: Sendable, Hashable, Codable {
  package var red: Double
  package var green: Double
  package var blue: Double
  package var alpha: Double
  package init(red: Double, green: Double, blue: Double, alpha: Double) {
    self.red = red
    self.green = green
    self.blue = blue
    self.alpha = alpha
  }
}

package struct ColorInformation: Sendable, Hashable, Encodable {
  package var range: PositionRange
  package var color: Color
  package init(range: PositionRange, color: Color) {
    self.range = range
    self.color = color
  }
}

package struct ColorPresentationParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var color: Color
  package var range: PositionRange
  package var uri: DocumentURI { textDocument.uri }
}

package struct ColorPresentation: Sendable, Encodable {
  package var label: String
  package var textEdit: TextEdit
  package init(label: String, textEdit: TextEdit) {
    self.label = label
    self.textEdit = textEdit
  }
}

package struct SemanticTokensDeltaParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var previousResultId: String
  package var uri: DocumentURI { textDocument.uri }
}

/// Five numbers a token: lines and characters since the one before, length, type, modifiers.
package struct SemanticTokens: Sendable, Hashable, Encodable {
  package var resultId: String?
  package var data: [UInt32]
  package init(resultId: String?, data: [UInt32]) {
    self.resultId = resultId
    self.data = data
  }
}

package struct SemanticTokensDelta: Sendable, Hashable, Encodable {
  package struct Edit: Sendable, Hashable, Encodable {
    package var start: Int
    package var deleteCount: Int
    package var data: [UInt32]
    package init(start: Int, deleteCount: Int, data: [UInt32]) {
      self.start = start
      self.deleteCount = deleteCount
      self.data = data
    }
  }
  package var resultId: String
  package var edits: [Edit]
  package init(resultId: String, edits: [Edit]) {
    self.resultId = resultId
    self.edits = edits
  }
}
