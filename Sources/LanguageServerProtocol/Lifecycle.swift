package import JSONCodec

package struct InitializeParams: Sendable, Decodable {
  package var processId: Int64?
  package var locale: String?
  package var rootUri: DocumentURI?
  package var initializationOptions: JSONValue?
  package var capabilities: ClientCapabilities
  package var trace: String?
  package var workspaceFolders: [WorkspaceFolder]?
}

package struct WorkspaceFolder: Sendable, Hashable, Codable {
  package var uri: DocumentURI
  package var name: String
}

package struct InitializeResult: Sendable, Encodable {
  package var capabilities: JSONValue
  package var serverInfo: ServerInfo
  package init(capabilities: JSONValue, serverInfo: ServerInfo) {
    self.capabilities = capabilities
    self.serverInfo = serverInfo
  }

  package struct ServerInfo: Sendable, Encodable {
    package var name: String
    package var version: String
    package init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }
}

/// What the client can do. Read by name, so that a member of an unexpected type counts as not there.
package struct ClientCapabilities: Sendable, Decodable {
  private let value: JSONValue

  // What is asked for each of many findings or completions is looked up once.
  package let diagnosticsHaveRelated: Bool
  package let diagnosticsHaveRuleLinks: Bool
  package let diagnosticTags: [Int]
  package let completionTakesSnippets: Bool
  package let completionInsertsOrReplaces: Bool
  package let completionHasLabelDetails: Bool
  package let completionTags: [Int]
  package let completionMarksDeprecated: Bool

  package init(_ value: JSONValue = .object([])) {
    self.value = value
    let document = value["textDocument"]
    let diagnostics = [document?["publishDiagnostics"], document?["diagnostic"]]
    func flag(_ value: JSONValue?, _ name: String) -> Bool { value?[name]?.bool ?? false }
    func tags(_ value: JSONValue?) -> [Int]? {
      value?["tagSupport"]?["valueSet"].map { $0.array?.compactMap { $0.integer.map { Int(clamping: $0) } } ?? [] }
    }
    diagnosticsHaveRelated = diagnostics.contains { flag($0, "relatedInformation") }
    diagnosticsHaveRuleLinks = diagnostics.contains { flag($0, "codeDescriptionSupport") }
    diagnosticTags = diagnostics.lazy.compactMap(tags).first ?? []
    let item = document?["completion"]?["completionItem"]
    completionTakesSnippets = flag(item, "snippetSupport")
    completionInsertsOrReplaces = flag(item, "insertReplaceSupport")
    completionHasLabelDetails = flag(item, "labelDetailsSupport")
    completionTags = tags(item) ?? []
    completionMarksDeprecated = flag(item, "deprecatedSupport")
  }

  package init(from decoder: any Decoder) throws { self.init(try JSONValue(from: decoder)) }

  subscript(path: String...) -> JSONValue? {
    path.reduce(value as JSONValue?) { $0?[$1] }
  }

  func flag(_ value: JSONValue?) -> Bool { value?.bool ?? false }
  func strings(_ value: JSONValue?) -> [String] { value?.array?.compactMap(\.string) ?? [] }

  package var positionEncodings: [String] { strings(self["general", "positionEncodings"]) }
  package var pullsDiagnostics: Bool { self["textDocument", "diagnostic"]?.members != nil }
  package var refreshesDiagnostics: Bool { flag(self["workspace", "diagnostics", "refreshSupport"]) }
  package var diagnosticsHaveVersions: Bool { flag(self["textDocument", "publishDiagnostics", "versionSupport"]) }
  package var hoverTakesMarkdown: Bool { strings(self["textDocument", "hover", "contentFormat"]).contains("markdown") }
  package var definitionsAreLinks: Bool { flag(self["textDocument", "definition", "linkSupport"]) }
  package var preparesRename: Bool { flag(self["textDocument", "rename", "prepareSupport"]) }
  package var refreshesHints: Bool { flag(self["workspace", "inlayHint", "refreshSupport"]) }
  package var refreshesLenses: Bool { flag(self["workspace", "codeLens", "refreshSupport"]) }
  /// Whether the client knows a command by itself.
  package func runs(_ command: String) -> Bool {
    strings(self["experimental", "commands", "commands"]).contains { $0.utf8.elementsEqual(command.utf8) }
  }
  package var symbolsAreTrees: Bool {
    flag(self["textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"])
  }
  package var mostFoldingRanges: Int? {
    self["textDocument", "foldingRange", "rangeLimit"]?.integer.map { Int(clamping: $0) }
  }
  package var completionTakesMarkdown: Bool {
    strings(self["textDocument", "completion", "completionItem", "documentationFormat"]).contains("markdown")
  }
  package var codeActionsAreLiterals: Bool {
    self["textDocument", "codeAction", "codeActionLiteralSupport"]?.members != nil
  }
  package var codeActionsResolveEdits: Bool {
    flag(self["textDocument", "codeAction", "dataSupport"])
      && strings(self["textDocument", "codeAction", "resolveSupport", "properties"]).contains("edit")
  }
  package var editsHaveVersions: Bool { flag(self["workspace", "workspaceEdit", "documentChanges"]) }
  /// The person is shown edits that need it, before they are made.
  package var confirmsEdits: Bool {
    editsHaveVersions && self["workspace", "workspaceEdit", "changeAnnotationSupport"]?.members != nil
  }
  package var editsCreateFiles: Bool {
    editsHaveVersions && strings(self["workspace", "workspaceEdit", "resourceOperations"]).contains("create")
  }
  package var showsDocuments: Bool { flag(self["window", "showDocument", "support"]) }
  package var appliesEdits: Bool { flag(self["workspace", "applyEdit"]) }
  package var pullsConfiguration: Bool { flag(self["workspace", "configuration"]) }
  package var showsProgress: Bool { flag(self["window", "workDoneProgress"]) }
  package var registersWatchers: Bool { flag(self["workspace", "didChangeWatchedFiles", "dynamicRegistration"]) }
}

package struct NoParams: Sendable, Decodable {
  package init() {}
  package init(from decoder: any Decoder) {}
}

package struct SetTraceParams: Sendable, Decodable {
  package var value: String
}

/// Of `window/logMessage` and `window/showMessage`.
package struct LogMessageParams: Sendable, Encodable {
  /// 1 error, 2 warning, 3 information, 4 log.
  package var type: Int
  package var message: String
  package init(type: Int, message: String) {
    self.type = type
    self.message = message
  }
}

package struct ShowMessageRequestParams: Sendable, Encodable {
  package struct Action: Sendable, Encodable {
    package var title: String
  }
  /// 1 error, 2 warning, 3 information.
  package var type: Int
  package var message: String
  package var actions: [Action]
  package init(type: Int, message: String, actions: [String]) {
    self.type = type
    self.message = message
    self.actions = actions.map { Action(title: $0) }
  }
}

package struct DidChangeConfigurationParams: Sendable, Decodable {
  package var settings: JSONValue?
}

package struct FileEvent: Sendable, Hashable, Decodable {
  package var uri: DocumentURI
  /// 1 created, 2 changed, 3 deleted.
  package var type: Int
}

package struct DidChangeWatchedFilesParams: Sendable, Decodable {
  package var changes: [FileEvent]
}

package struct ExecuteCommandParams: Sendable, Decodable {
  package var command: String
  package var arguments: [JSONValue]?
  /// A text or a number; progress may be shown under it.
  package var workDoneToken: JSONValue?
}

package struct ApplyWorkspaceEditParams: Sendable, Encodable {
  package var label: String?
  package var edit: WorkspaceEdit
  package init(label: String?, edit: WorkspaceEdit) {
    self.label = label
    self.edit = edit
  }
}

package struct ShowDocumentParams: Sendable, Encodable {
  package var uri: DocumentURI
  package var takeFocus: Bool
  package var selection: PositionRange?
  package init(uri: DocumentURI, takeFocus: Bool, selection: PositionRange?) {
    self.uri = uri
    self.takeFocus = takeFocus
    self.selection = selection
  }
}
