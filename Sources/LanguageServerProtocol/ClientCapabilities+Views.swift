import JSONCodec

/// What the client shows of a document besides findings. What it does not name, it has no use for.
extension ClientCapabilities {
  private func has(_ name: String) -> Bool { self["textDocument", name]?.members != nil }

  package var asksDeclarations: Bool { has("declaration") }
  package var declarationsAreLinks: Bool { flag(self["textDocument", "declaration", "linkSupport"]) }
  package var asksTypeDefinitions: Bool { has("typeDefinition") }
  package var typeDefinitionsAreLinks: Bool { flag(self["textDocument", "typeDefinition", "linkSupport"]) }

  package var asksSignatures: Bool { has("signatureHelp") }
  package var signaturePartsAreOffsets: Bool {
    flag(
      self["textDocument", "signatureHelp", "signatureInformation", "parameterInformation", "labelOffsetSupport"])
  }
  package var signaturesHaveOwnPart: Bool {
    flag(self["textDocument", "signatureHelp", "signatureInformation", "activeParameterSupport"])
  }

  package var asksSelections: Bool { has("selectionRange") }

  package var asksLinks: Bool { has("documentLink") }
  package var asksColors: Bool { has("colorProvider") }

  /// Words that stand beside values may be told more of when somebody looks closer.
  package var hintsResolveTooltips: Bool {
    strings(self["textDocument", "inlayHint", "resolveSupport", "properties"]).contains("tooltip")
  }

  package var asksTokens: Bool { has("semanticTokens") }
  package var asksAllTokens: Bool {
    let full = self["textDocument", "semanticTokens", "requests", "full"]
    return full?.members != nil || flag(full)
  }
  package var asksTokenDeltas: Bool { flag(self["textDocument", "semanticTokens", "requests", "full", "delta"]) }
  package var asksTokenRanges: Bool {
    let range = self["textDocument", "semanticTokens", "requests", "range"]
    return range?.members != nil || flag(range)
  }
  package var tokenTypes: [String] { strings(self["textDocument", "semanticTokens", "tokenTypes"]) }
  package var tokenModifiers: [String] { strings(self["textDocument", "semanticTokens", "tokenModifiers"]) }
  package var refreshesTokens: Bool { flag(self["workspace", "semanticTokens", "refreshSupport"]) }
}
