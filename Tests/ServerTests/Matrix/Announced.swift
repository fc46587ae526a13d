import JSONCodec

/// What a message of the server asks of a client, and whether that client has said that it can.
struct Announced {
  let client: ClientProfile

  /// Requests of the server, and what a client says of them.
  private static let requests = [
    "workspace/configuration": "workspace.configuration", "workspace/applyEdit": "workspace.applyEdit",
    "window/showDocument": "window.showDocument.support", "window/workDoneProgress/create": "window.workDoneProgress",
    "workspace/diagnostic/refresh": "workspace.diagnostics.refreshSupport",
    "workspace/inlayHint/refresh": "workspace.inlayHint.refreshSupport",
    "workspace/codeLens/refresh": "workspace.codeLens.refreshSupport",
    "workspace/semanticTokens/refresh": "workspace.semanticTokens.refreshSupport",
  ]

  /// Members of answers by their names, anywhere in them, and what a client says of them.
  private static let members: [String: [String: String]] = [
    "textDocument/codeAction": [
      "disabled": "textDocument.codeAction.disabledSupport",
      "isPreferred": "textDocument.codeAction.isPreferredSupport",
      "data": "textDocument.codeAction.dataSupport", "kind": "textDocument.codeAction.codeActionLiteralSupport",
      "edit": "textDocument.codeAction.codeActionLiteralSupport",
      "documentChanges": "workspace.workspaceEdit.documentChanges",
      "changeAnnotations": "workspace.workspaceEdit.changeAnnotationSupport",
    ],
    "codeAction/resolve": [
      "documentChanges": "workspace.workspaceEdit.documentChanges",
      "changeAnnotations": "workspace.workspaceEdit.changeAnnotationSupport",
    ],
    "textDocument/rename": [
      "documentChanges": "workspace.workspaceEdit.documentChanges",
      "changeAnnotations": "workspace.workspaceEdit.changeAnnotationSupport",
    ],
    "workspace/willRenameFiles": [
      "documentChanges": "workspace.workspaceEdit.documentChanges",
      "changeAnnotations": "workspace.workspaceEdit.changeAnnotationSupport",
    ],
    "textDocument/definition": ["targetUri": "textDocument.definition.linkSupport"],
    "textDocument/declaration": ["targetUri": "textDocument.declaration.linkSupport"],
    "textDocument/typeDefinition": ["targetUri": "textDocument.typeDefinition.linkSupport"],
    "textDocument/documentLink": ["tooltip": "textDocument.documentLink.tooltipSupport"],
    "textDocument/documentSymbol": [
      "selectionRange": "textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"
    ],
    "textDocument/completion": [
      "labelDetails": "textDocument.completion.completionItem.labelDetailsSupport",
      "replace": "textDocument.completion.completionItem.insertReplaceSupport",
      "deprecated": "textDocument.completion.completionItem.deprecatedSupport",
      "tags": "textDocument.completion.completionItem.tagSupport",
    ],
    "textDocument/publishDiagnostics": [
      "version": "textDocument.publishDiagnostics.versionSupport",
      "tags": "textDocument.publishDiagnostics.tagSupport",
    ],
    "initialize": [
      "workspaceFolders": "workspace.workspaceFolders", "textDocumentContent": "workspace.textDocumentContent",
      "willRename": "workspace.fileOperations.willRename", "didRename": "workspace.fileOperations.didRename",
      "didCreate": "workspace.fileOperations.didCreate", "willDelete": "workspace.fileOperations.willDelete",
      "didDelete": "workspace.fileOperations.didDelete", "documentFormattingProvider": "textDocument.formatting",
      "documentRangeFormattingProvider": "textDocument.rangeFormatting",
      "documentOnTypeFormattingProvider": "textDocument.onTypeFormatting",
      "prepareProvider": "textDocument.rename.prepareSupport", "declarationProvider": "textDocument.declaration",
      "typeDefinitionProvider": "textDocument.typeDefinition", "signatureHelpProvider": "textDocument.signatureHelp",
      "selectionRangeProvider": "textDocument.selectionRange", "documentLinkProvider": "textDocument.documentLink",
      "colorProvider": "textDocument.colorProvider", "semanticTokensProvider": "textDocument.semanticTokens",
    ],
  ]

  /// What of a message the client has not said that it can take; empty if all is well.
  func faults(inRequest message: JSONValue) -> [String] {
    let method = message["method"]?.string ?? "?"
    if method == "client/registerCapability" {
      return (message["params"]?["registrations"]?.array ?? []).compactMap { registration in
        let name = registration["method"]?.string ?? "?"
        let path = name.split(separator: "/").joined(separator: ".") + ".dynamicRegistration"
        return client.has(path) ? nil : "registers \(name)"
      }
    }
    if method == "window/showMessageRequest" || method == "client/unregisterCapability" { return [] }
    guard let path = Self.requests[method] else { return ["asks \(method), of which nothing is known here"] }
    return client.has(path) ? [] : ["asks \(method)"]
  }

  func faults(inNotification message: JSONValue) -> [String] {
    let method = message["method"]?.string ?? "?"
    if method == "$/logTrace" { return ["tells of what goes on, which nobody wanted"] }
    return faults(in: message["params"], of: method)
  }

  func faults(in answer: JSONValue?, of method: String) -> [String] {
    guard let answer else { return [] }
    var found: [String] = []
    let own = Self.members[method] ?? [:]
    visit(answer) { key, value in
      if let path = own[key], value != .null, !client.has(path) { found.append("\(method): `\(key)`") }
      switch key {
      case "relatedInformation":
        if !client.has("textDocument.publishDiagnostics.relatedInformation"),
          !client.has("textDocument.diagnostic.relatedInformation")
        {
          found.append("\(method): related places")
        }
      case "codeDescription":
        if !client.has("textDocument.publishDiagnostics.codeDescriptionSupport"),
          !client.has("textDocument.diagnostic.codeDescriptionSupport")
        {
          found.append("\(method): a rule's address")
        }
      case "insertTextFormat":
        if value == 2, !client.has("textDocument.completion.completionItem.snippetSupport") {
          found.append("\(method): a snippet")
        }
      case "kind" where value == "markdown":
        let path =
          method == "textDocument/hover"
          ? "textDocument.hover.contentFormat" : "textDocument.completion.completionItem.documentationFormat"
        if !client.lists("markdown", at: path) { found.append("\(method): Markdown") }
      case "kind" where value == "create":
        if !client.lists("create", at: "workspace.workspaceEdit.resourceOperations") {
          found.append("\(method): makes a file")
        }
      case "positionEncoding":
        let names = client.capabilities["general"]?["positionEncodings"]?.array ?? ["utf-16"]
        if !names.contains(value) { found.append("counts in \(value)") }
      default: break
      }
    }
    return found
  }

  private func visit(_ value: JSONValue, _ body: (String, JSONValue) -> Void) {
    for member in value.members ?? [] {
      body(member.key, member.value)
      visit(member.value, body)
    }
    for element in value.array ?? [] { visit(element, body) }
  }
}
