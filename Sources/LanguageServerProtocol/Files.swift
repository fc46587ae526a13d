package import JSONCodec

/// Of `workspace/willRenameFiles` and `workspace/didRenameFiles`.
package struct RenameFilesParams: Sendable, Decodable {
  package var files: [FileRename]

  package struct FileRename: Sendable, Decodable {
    package var oldUri: DocumentURI
    package var newUri: DocumentURI
  }
}

/// Of `workspace/didCreateFiles`, `workspace/willDeleteFiles` and `workspace/didDeleteFiles`.
package struct FilesParams: Sendable, Decodable {
  package var files: [File]

  package struct File: Sendable, Decodable {
    package var uri: DocumentURI
  }
}

package struct DidChangeWorkspaceFoldersParams: Sendable, Decodable {
  package var event: Event

  package struct Event: Sendable, Decodable {
    package var added: [WorkspaceFolder]
    package var removed: [WorkspaceFolder]
  }
}

/// Of `workspace/textDocumentContent`.
package struct TextDocumentContentParams: Sendable, Decodable {
  package var uri: DocumentURI
}

package struct TextDocumentContentResult: Sendable, Encodable {
  package var text: String
  package init(text: String) { self.text = text }
}

/// Of `$/logTrace`.
package struct LogTraceParams: Sendable, Encodable {
  package var message: String
  package var verbose: String?
  package init(message: String, verbose: String?) {
    self.message = message
    self.verbose = verbose
  }
}

/// Of `client/registerCapability`.
package struct Registration: Sendable, Hashable, Encodable {
  package var id: String
  package var method: String
  package var registerOptions: JSONValue
  package init(id: String, method: String, registerOptions: JSONValue) {
    self.id = id
    self.method = method
    self.registerOptions = registerOptions
  }
}

extension ClientCapabilities {
  /// What the client tells of files that it makes, moves or deletes: `willRename`, `didRename` …
  package func tells(ofFiles operation: String) -> Bool { flag(self["workspace", "fileOperations", operation]) }
  package var hasWorkspaceFolders: Bool { flag(self["workspace", "workspaceFolders"]) }
  /// It shows texts that the server makes.
  package var showsMadeTexts: Bool { self["workspace", "textDocumentContent"]?.members != nil }
  package var registersConfiguration: Bool {
    flag(self["workspace", "didChangeConfiguration", "dynamicRegistration"])
  }
  package var marksPreferredActions: Bool { flag(self["textDocument", "codeAction", "isPreferredSupport"]) }
  package var showsDisabledActions: Bool { flag(self["textDocument", "codeAction", "disabledSupport"]) }
  package var formats: Bool { self["textDocument", "formatting"]?.members != nil }
  package var formatsRanges: Bool { self["textDocument", "rangeFormatting"]?.members != nil }
  package var formatsOnType: Bool { self["textDocument", "onTypeFormatting"]?.members != nil }
  package var registersFormatting: Bool { flag(self["textDocument", "formatting", "dynamicRegistration"]) }
  package var registersRangeFormatting: Bool { flag(self["textDocument", "rangeFormatting", "dynamicRegistration"]) }
  package var registersOnTypeFormatting: Bool { flag(self["textDocument", "onTypeFormatting", "dynamicRegistration"]) }
}
