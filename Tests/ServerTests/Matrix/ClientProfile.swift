import JSONCodec
import Testing

/// What a client says that it can do, with parts of it taken away.
struct ClientProfile: Sendable, CustomTestStringConvertible {
  var capabilities: JSONValue
  var name: String
  var testDescription: String { name }

  /// Everything that the server asks about.
  static let whole = ClientProfile(
    capabilities: [
      "general": ["positionEncodings": ["utf-8", "utf-16"]],
      "window": ["workDoneProgress": true, "showDocument": ["support": true], "showMessage": .object([])],
      "textDocument": [
        "diagnostic": ["relatedInformation": true, "codeDescriptionSupport": true],
        "publishDiagnostics": [
          "versionSupport": true, "relatedInformation": true, "codeDescriptionSupport": true,
          "tagSupport": ["valueSet": [1, 2]],
        ],
        "hover": ["contentFormat": ["markdown", "plaintext"]],
        "definition": ["linkSupport": true],
        "declaration": ["linkSupport": true],
        "typeDefinition": ["linkSupport": true],
        "signatureHelp": [
          "signatureInformation": [
            "documentationFormat": ["markdown", "plaintext"], "activeParameterSupport": true,
            "parameterInformation": ["labelOffsetSupport": true],
          ]
        ],
        "selectionRange": .object([]),
        "documentLink": ["tooltipSupport": true],
        "colorProvider": .object([]),
        "semanticTokens": [
          "requests": ["full": ["delta": true], "range": true], "formats": ["relative"],
          "tokenTypes": ["variable", "property", "enumMember"], "tokenModifiers": ["deprecated", "definition"],
        ],
        "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
        "rename": ["prepareSupport": true],
        "completion": [
          "completionItem": [
            "snippetSupport": true, "insertReplaceSupport": true, "labelDetailsSupport": true,
            "documentationFormat": ["markdown", "plaintext"], "tagSupport": ["valueSet": [1]],
            "deprecatedSupport": true,
          ]
        ],
        "codeAction": [
          "codeActionLiteralSupport": ["codeActionKind": ["valueSet": ["quickfix", "source"]]], "dataSupport": true,
          "isPreferredSupport": true, "disabledSupport": true, "resolveSupport": ["properties": ["edit"]],
        ],
        "formatting": ["dynamicRegistration": true],
        "rangeFormatting": ["dynamicRegistration": true],
        "onTypeFormatting": ["dynamicRegistration": true],
      ],
      "workspace": [
        "applyEdit": true, "configuration": true, "workspaceFolders": true,
        "didChangeConfiguration": ["dynamicRegistration": true],
        "didChangeWatchedFiles": ["dynamicRegistration": true],
        "workspaceEdit": [
          "documentChanges": true, "resourceOperations": ["create"], "changeAnnotationSupport": .object([]),
        ],
        "fileOperations": [
          "willRename": true, "didRename": true, "didCreate": true, "willDelete": true, "didDelete": true,
        ],
        "diagnostics": ["refreshSupport": true],
        "inlayHint": ["refreshSupport": true],
        "semanticTokens": ["refreshSupport": true],
        "codeLens": ["refreshSupport": true],
        "textDocumentContent": .object([]),
      ],
    ], name: "everything")

  static let bare = ClientProfile(capabilities: .object([]), name: "nothing")

  /// The whole, nothing, and the whole without each of its parts, large and small.
  static var all: [ClientProfile] {
    [whole, bare]
      + paths(of: whole.capabilities).map { path in
        ClientProfile(
          capabilities: removing(path[...], from: whole.capabilities), name: "without " + path.joined(separator: "."))
      }
  }

  /// The member at a path, if the client has it and it is not `false`.
  func has(_ path: String) -> Bool {
    let found = path.split(separator: ".").reduce(capabilities as JSONValue?) { $0?[String($1)] }
    return found != nil && found != false
  }

  /// Whether a list at a path has a text in it.
  func lists(_ text: String, at path: String) -> Bool {
    let found = path.split(separator: ".").reduce(capabilities as JSONValue?) { $0?[String($1)] }
    return found?.array?.contains(.string(text)) ?? false
  }

  /// Without them the protocol's types do not take what they stand in.
  private static let required: Set = [
    "codeActionKind", "formats", "properties", "requests", "support", "tokenModifiers", "tokenTypes", "valueSet",
  ]

  private static func paths(of value: JSONValue) -> [[String]] {
    (value.members ?? []).filter { !required.contains($0.key) }.flatMap { member in
      [[member.key]] + paths(of: member.value).map { [member.key] + $0 }
    }
  }

  private static func removing(_ path: ArraySlice<String>, from value: JSONValue) -> JSONValue {
    guard let first = path.first, case .object(let members) = value else { return value }
    return .object(
      members.compactMap { member in
        guard member.key == first else { return member }
        return path.count == 1 ? nil : .init(member.key, removing(path.dropFirst(), from: member.value))
      })
  }
}
