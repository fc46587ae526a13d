'use strict'

const vscode = require('vscode')
const convert = require('../convert')
const { selector } = require('../sync')
const { at, ofDocument } = require('./params')

// Where things stand: definitions, references, outline, names.

function place(answer) {
  if (answer.targetUri === undefined) return convert.location(answer)
  return {
    originSelectionRange: answer.originSelectionRange && convert.range(answer.originSelectionRange),
    targetUri: convert.uri(answer.targetUri),
    targetRange: convert.range(answer.targetRange),
    targetSelectionRange: convert.range(answer.targetSelectionRange),
  }
}

/** The provider of definitions, declarations or types of definitions. */
function leading(method, register, name) {
  return (client) => {
    const provide = async (document, position, token) => {
      const answer = await client.ask(method, at(document, position), token)
      if (!answer) return null
      return (Array.isArray(answer) ? answer : [answer]).map(place)
    }
    return vscode.languages[register](selector, { [name]: provide })
  }
}

function registerReferences(client) {
  return vscode.languages.registerReferenceProvider(selector, {
    async provideReferences(document, position, context, token) {
      const asked = { ...at(document, position), context: { includeDeclaration: context.includeDeclaration } }
      const answer = await client.ask('textDocument/references', asked, token)
      return (answer ?? []).map(convert.location)
    },
  })
}

function registerHighlights(client) {
  return vscode.languages.registerDocumentHighlightProvider(selector, {
    async provideDocumentHighlights(document, position, token) {
      const answer = await client.ask('textDocument/documentHighlight', at(document, position), token)
      return (answer ?? []).map(
        ({ range, kind }) => new vscode.DocumentHighlight(convert.range(range), (kind ?? 1) - 1),
      )
    },
  })
}

function symbol(answer) {
  const made = new vscode.DocumentSymbol(
    // The editor refuses a name without a letter.
    answer.name || ' ', answer.detail ?? '', answer.kind - 1, convert.range(answer.range), convert.range(answer.selectionRange),
  )
  if (answer.tags) made.tags = answer.tags
  made.children = (answer.children ?? []).map(symbol)
  return made
}

const information = (answer) =>
  new vscode.SymbolInformation(
    answer.name, answer.kind - 1, answer.containerName ?? '', convert.location(answer.location),
  )

function registerSymbols(client) {
  return vscode.languages.registerDocumentSymbolProvider(selector, {
    async provideDocumentSymbols(document, token) {
      const answer = await client.ask('textDocument/documentSymbol', ofDocument(document), token)
      return (answer ?? []).map((one) => (one.location ? information(one) : symbol(one)))
    },
  })
}

function registerWorkspaceSymbols(client) {
  return vscode.languages.registerWorkspaceSymbolProvider({
    async provideWorkspaceSymbols(query, token) {
      const answer = await client.ask('workspace/symbol', { query }, token)
      return (answer ?? []).filter((one) => one.location?.range).map(information)
    },
  })
}

module.exports = {
  features: [
    {
      capability: 'definitionProvider',
      register: leading('textDocument/definition', 'registerDefinitionProvider', 'provideDefinition'),
    },
    {
      capability: 'declarationProvider',
      register: leading('textDocument/declaration', 'registerDeclarationProvider', 'provideDeclaration'),
    },
    {
      capability: 'typeDefinitionProvider',
      register: leading('textDocument/typeDefinition', 'registerTypeDefinitionProvider', 'provideTypeDefinition'),
    },
    { capability: 'referencesProvider', register: registerReferences },
    { capability: 'documentHighlightProvider', register: registerHighlights },
    { capability: 'documentSymbolProvider', register: registerSymbols },
    { capability: 'workspaceSymbolProvider', register: registerWorkspaceSymbols },
  ],
}
