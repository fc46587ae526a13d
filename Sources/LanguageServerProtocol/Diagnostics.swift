package import JSONCodec

package struct Diagnostic: Sendable, Hashable, Codable {
  package var range: PositionRange
  /// 1 error, 2 warning, 3 information, 4 hint.
  package var severity: Int?
  package var code: JSONValue?
  package var codeDescription: CodeDescription?
  package var source: String?
  package var message: String
  /// 1 unnecessary, 2 deprecated.
  package var tags: [Int]?
  package var relatedInformation: [DiagnosticRelatedInformation]?
  package var data: JSONValue?

  package init(range: PositionRange, message: String) {
    self.range = range
    self.message = message
  }
}

package struct CodeDescription: Sendable, Hashable, Codable {
  package var href: String
  package init(href: String) { self.href = href }
}

package struct DiagnosticRelatedInformation: Sendable, Hashable, Codable {
  package var location: Location
  package var message: String
  package init(location: Location, message: String) {
    self.location = location
    self.message = message
  }
}

package struct PublishDiagnosticsParams: Sendable, Hashable, Codable {
  package var uri: DocumentURI
  package var version: Int?
  package var diagnostics: [Diagnostic]
  package init(uri: DocumentURI, version: Int?, diagnostics: [Diagnostic]) {
    self.uri = uri
    self.version = version
    self.diagnostics = diagnostics
  }
}

package struct DocumentDiagnosticParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var previousResultId: String?
  package var uri: DocumentURI { textDocument.uri }
}

package struct DocumentDiagnosticReport: Sendable, Hashable, Codable {
  /// `full` or `unchanged`.
  package var kind: String
  package var resultId: String?
  package var items: [Diagnostic]?

  package static func full(_ items: [Diagnostic], resultId: String? = nil) -> Self {
    Self(kind: "full", resultId: resultId, items: items)
  }
  package static func unchanged(resultId: String) -> Self { Self(kind: "unchanged", resultId: resultId, items: nil) }
}

package struct WorkspaceDiagnosticParams: Sendable, Decodable {
  package var previousResultIds: [PreviousResult]?
  /// A text or a number; parts of the answer may be sent under it.
  package var partialResultToken: JSONValue?

  package struct PreviousResult: Sendable, Decodable {
    package var uri: DocumentURI
    package var value: String
  }
}

package struct WorkspaceDiagnosticReport: Sendable, Encodable {
  package var items: [Item]
  package init(items: [Item]) { self.items = items }

  package struct Item: Sendable, Encodable {
    package var uri: DocumentURI
    /// Always written: `null` for a file that is not open.
    package var version = JSONValue.null
    /// `full` or `unchanged`.
    package var kind: String
    package var resultId: String
    package var items: [Diagnostic]?
    /// Without `items`: they are as the client knows them.
    package init(uri: DocumentURI, resultId: String, items: [Diagnostic]? = nil) {
      self.uri = uri
      self.resultId = resultId
      self.items = items
      kind = items == nil ? "unchanged" : "full"
    }
  }
}

/// Of `$/progress`.
package struct ProgressParams<Value: Sendable & Encodable>: Sendable, Encodable {
  package var token: JSONValue
  package var value: Value
  package init(token: JSONValue, value: Value) {
    self.token = token
    self.value = value
  }
}

/// The value of a progress that the server shows.
package struct WorkDoneProgress: Sendable, Encodable {
  /// `begin`, `report` or `end`.
  package var kind: String
  package var title: String?
  package var cancellable: Bool?
  package var message: String?
  package var percentage: Int?
  package init(
    kind: String, title: String? = nil, isCancellable: Bool? = nil, message: String? = nil, percentage: Int? = nil
  ) {
    self.kind = kind
    self.title = title
    cancellable = isCancellable
    self.message = message
    self.percentage = percentage
  }
}

package struct WorkDoneProgressCancelParams: Sendable, Decodable {
  /// A text, for what the server began.
  package var token: JSONValue
}

package struct CodeActionContext: Sendable, Decodable {
  package var only: [String]?
}

package struct CodeActionParams: DocumentParameters, Decodable {
  package var textDocument: TextDocumentIdentifier
  package var range: PositionRange
  package var context: CodeActionContext
  package var uri: DocumentURI { textDocument.uri }
}

package struct CodeAction: Sendable, Hashable, Codable {
  package var title: String
  package var kind: String?
  package var diagnostics: [Diagnostic]?
  package var isPreferred: Bool?
  /// Why it can't be chosen now. For clients that show such.
  package var disabled: Disabled?
  package var edit: WorkspaceEdit?
  package var command: Command?
  package var data: JSONValue?
  package init(title: String, kind: String) {
    self.title = title
    self.kind = kind
  }

  package struct Disabled: Sendable, Hashable, Codable {
    package var reason: String
    package init(reason: String) { self.reason = reason }
  }
}

package struct Command: Sendable, Hashable, Codable {
  package var title: String
  package var command: String
  package var arguments: [JSONValue]?
  package init(title: String, command: String, arguments: [JSONValue]?) {
    self.title = title
    self.command = command
    self.arguments = arguments
  }
}
