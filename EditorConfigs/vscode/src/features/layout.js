'use strict'

const vscode = require('vscode')
const convert = require('../convert')
const { selector } = require('../sync')
const { ofDocument, within } = require('./params')

// What belongs together on the screen. The editor's own formatter of `json` stays the only one of `json`.

function registerFolding(client) {
  return vscode.languages.registerFoldingRangeProvider(selector, {
    async provideFoldingRanges(document, context, token) {
      const answer = await client.ask('textDocument/foldingRange', ofDocument(document), token)
      return (answer ?? []).map(({ startLine, endLine }) => new vscode.FoldingRange(startLine, endLine))
    },
  })
}

function selection({ range, parent }) {
  return new vscode.SelectionRange(convert.range(range), parent && selection(parent))
}

function registerSelection(client) {
  return vscode.languages.registerSelectionRangeProvider(selector, {
    async provideSelectionRanges(document, positions, token) {
      const asked = { ...ofDocument(document), positions: positions.map(convert.fromPosition) }
      const answer = await client.ask('textDocument/selectionRange', asked, token)
      return answer && answer.map(selection)
    },
  })
}

const lines = [{ language: 'jsonl', scheme: 'file' }, { language: 'jsonl', scheme: 'untitled' }]
const options = ({ tabSize, insertSpaces }) => ({ tabSize, insertSpaces })
const edits = (answer) => (answer ?? []).map(convert.textEdit)

function registerFormatting(client) {
  return vscode.languages.registerDocumentFormattingEditProvider(lines, {
    async provideDocumentFormattingEdits(document, how, token) {
      const asked = { ...ofDocument(document), options: options(how) }
      return edits(await client.ask('textDocument/formatting', asked, token))
    },
  })
}

function registerRangeFormatting(client) {
  return vscode.languages.registerDocumentRangeFormattingEditProvider(lines, {
    async provideDocumentRangeFormattingEdits(document, range, how, token) {
      const asked = { ...within(document, range), options: options(how) }
      return edits(await client.ask('textDocument/rangeFormatting', asked, token))
    },
  })
}

module.exports = {
  features: [
    { capability: 'foldingRangeProvider', register: registerFolding },
    { capability: 'selectionRangeProvider', register: registerSelection },
    { capability: 'documentFormattingProvider', register: registerFormatting },
    { capability: 'documentRangeFormattingProvider', register: registerRangeFormatting },
  ],
}
