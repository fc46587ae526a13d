'use strict'

const vscode = require('vscode')
const convert = require('../convert')
const { selector } = require('../sync')
const { ofDocument, within } = require('./params')

// What a text is marked with: links, colours, kinds of words.

function registerLinks(client, capability) {
  const answers = new WeakMap()
  const provider = {
    async provideDocumentLinks(document, token) {
      const found = await client.ask('textDocument/documentLink', ofDocument(document), token)
      return (found ?? []).map((answer) => {
        const made = new vscode.DocumentLink(convert.range(answer.range), answer.target && convert.uri(answer.target))
        if (answer.tooltip) made.tooltip = answer.tooltip
        answers.set(made, answer)
        return made
      })
    },
  }
  if (capability.resolveProvider) {
    provider.resolveDocumentLink = async (made, token) => {
      const known = answers.get(made)
      const answer = known && (await client.ask('documentLink/resolve', known, token))
      if (answer?.target) made.target = convert.uri(answer.target)
      return made
    }
  }
  return vscode.languages.registerDocumentLinkProvider(selector, provider)
}

function registerColors(client) {
  return vscode.languages.registerColorProvider(selector, {
    async provideDocumentColors(document, token) {
      const found = await client.ask('textDocument/documentColor', ofDocument(document), token)
      return (found ?? []).map(
        ({ range, color }) =>
          new vscode.ColorInformation(
            convert.range(range), new vscode.Color(color.red, color.green, color.blue, color.alpha),
          ),
      )
    },
    async provideColorPresentations({ red, green, blue, alpha }, { document, range }, token) {
      const asked = { ...within(document, range), color: { red, green, blue, alpha } }
      const found = await client.ask('textDocument/colorPresentation', asked, token)
      return (found ?? []).map((answer) => {
        const made = new vscode.ColorPresentation(answer.label)
        if (answer.textEdit) made.textEdit = convert.textEdit(answer.textEdit)
        return made
      })
    },
  })
}

const tokens = (answer) => answer && new vscode.SemanticTokens(new Uint32Array(answer.data), answer.resultId)

function registerTokens(client, capability) {
  const legend = new vscode.SemanticTokensLegend(capability.legend.tokenTypes, capability.legend.tokenModifiers)
  const changes = new vscode.EventEmitter()
  client.connection.onRequest('workspace/semanticTokens/refresh', () => {
    changes.fire()
    return null
  })
  const made = [changes]
  if (capability.full) {
    const provider = {
      onDidChangeSemanticTokens: changes.event,
      async provideDocumentSemanticTokens(document, token) {
        return tokens(await client.ask('textDocument/semanticTokens/full', ofDocument(document), token))
      },
    }
    made.push(vscode.languages.registerDocumentSemanticTokensProvider(selector, provider, legend))
  }
  if (capability.range) {
    const provider = {
      async provideDocumentRangeSemanticTokens(document, range, token) {
        return tokens(await client.ask('textDocument/semanticTokens/range', within(document, range), token))
      },
    }
    made.push(vscode.languages.registerDocumentRangeSemanticTokensProvider(selector, provider, legend))
  }
  return made
}

module.exports = {
  features: [
    { capability: 'documentLinkProvider', register: registerLinks },
    { capability: 'colorProvider', register: registerColors },
    { capability: 'semanticTokensProvider', register: registerTokens },
  ],
}
