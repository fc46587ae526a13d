'use strict'

// What this editor can do, in the protocol's words. What is not named here, the server does not use.

const symbolKinds = Array.from({ length: 26 }, (_, index) => index + 1)
const completionKinds = Array.from({ length: 25 }, (_, index) => index + 1)

const tokenTypes = [
  'namespace', 'type', 'class', 'enum', 'interface', 'struct', 'typeParameter', 'parameter', 'variable', 'property', 'enumMember',
  'event', 'function', 'method', 'macro', 'keyword', 'modifier', 'comment', 'string', 'number', 'regexp', 'operator', 'decorator',
]
const tokenModifiers = [
  'declaration', 'definition', 'readonly', 'static', 'deprecated', 'abstract', 'async', 'modification', 'documentation',
  'defaultLibrary',
]

const clientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: {
    applyEdit: true,
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create', 'rename', 'delete'],
      failureHandling: 'textOnlyTransactional',
      changeAnnotationSupport: {},
    },
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: {},
    didChangeWatchedFiles: { dynamicRegistration: true },
    executeCommand: {},
    symbol: { symbolKind: { valueSet: symbolKinds } },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
    fileOperations: { willRename: true, didRename: true, didCreate: true, willDelete: true, didDelete: true },
    textDocumentContent: {},
  },
  textDocument: {
    synchronization: { didSave: true },
    publishDiagnostics: {
      relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] },
    },
    completion: {
      completionItem: {
        snippetSupport: true, insertReplaceSupport: true, labelDetailsSupport: true, commitCharactersSupport: true,
        documentationFormat: ['markdown', 'plaintext'], tagSupport: { valueSet: [1] },
        resolveSupport: { properties: ['documentation', 'detail'] },
      },
      completionItemKind: { valueSet: completionKinds },
      contextSupport: true,
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    signatureHelp: { signatureInformation: { documentationFormat: ['markdown', 'plaintext'], activeParameterSupport: true } },
    definition: { linkSupport: true },
    declaration: { linkSupport: true },
    typeDefinition: { linkSupport: true },
    references: {},
    documentHighlight: {},
    documentSymbol: { hierarchicalDocumentSymbolSupport: true, symbolKind: { valueSet: symbolKinds } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source', 'source.fixAll'] } },
      isPreferredSupport: true, disabledSupport: true, dataSupport: true, resolveSupport: { properties: ['edit'] },
    },
    codeLens: {},
    documentLink: { tooltipSupport: true },
    colorProvider: {},
    formatting: {},
    rangeFormatting: {},
    rename: { prepareSupport: true },
    foldingRange: { lineFoldingOnly: true },
    selectionRange: {},
    inlayHint: {},
    semanticTokens: {
      requests: { range: true, full: true }, tokenTypes, tokenModifiers, formats: ['relative'],
    },
  },
  window: { workDoneProgress: true, showDocument: { support: true }, showMessage: { messageActionItem: {} } },
  experimental: { commands: { commands: ['editor.action.showReferences'] } },
}

module.exports = { clientCapabilities }
