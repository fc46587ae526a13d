'use strict'

const path = require('path')
const vscode = require('vscode')
const convert = require('./convert')

// What the server knows of open texts.

const languages = new Set(['json', 'jsonc', 'jsonl', 'csv', 'tsv', 'rttm', 'ctm', 'stm'])
/** Tables have no language in an editor without further extensions. */
const byEnding = { '.csv': 'csv', '.tsv': 'tsv', '.jsonl': 'jsonl', '.ndjson': 'jsonl' }

/** The server's name for a document's language; `undefined` where it is none of its business. */
function languageOf(document) {
  if (document.uri.scheme !== 'file' && document.uri.scheme !== 'untitled') return undefined
  if (languages.has(document.languageId)) return document.languageId
  return document.languageId === 'plaintext' ? byEnding[path.extname(document.uri.path)] : undefined
}

/** The same documents, as the editor asks for them. */
const selector = [
  ...[...languages].flatMap((language) => [
    { language, scheme: 'file' },
    { language, scheme: 'untitled' },
  ]),
  { language: 'plaintext', scheme: 'file', pattern: '**/*.{csv,tsv,jsonl,ndjson}' },
]

class TextSync {
  constructor(client) {
    this.client = client
    /** URI and language that each open document was told of under. */
    this.open = new Map()
    const { workspace } = vscode
    this.subscriptions = [
      workspace.onDidOpenTextDocument((document) => this.opened(document)),
      workspace.onDidChangeTextDocument((event) => this.changed(event)),
      workspace.onDidSaveTextDocument((document) => this.saved(document)),
      workspace.onDidCloseTextDocument((document) => this.closed(document)),
    ]
    for (const document of workspace.textDocuments) this.opened(document)
  }

  opened(document) {
    const languageId = languageOf(document)
    const uri = document.uri.toString()
    if (!languageId || this.open.has(uri)) return
    this.open.set(uri, languageId)
    this.client.connection.notify('textDocument/didOpen', {
      textDocument: { uri, languageId, version: document.version, text: document.getText() },
    })
  }

  changed({ document, contentChanges }) {
    const uri = document.uri.toString()
    if (contentChanges.length === 0 || !this.open.has(uri)) return
    // Each range is meant in the text that the change before it left, as in the protocol.
    this.client.connection.notify('textDocument/didChange', {
      textDocument: { uri, version: document.version },
      contentChanges: contentChanges.map(({ range, text }) => ({ range: convert.fromRange(range), text })),
    })
  }

  saved(document) {
    const uri = document.uri.toString()
    if (this.open.has(uri)) this.client.connection.notify('textDocument/didSave', { textDocument: { uri } })
  }

  closed(document) {
    const uri = document.uri.toString()
    if (!this.open.delete(uri)) return
    this.client.connection.notify('textDocument/didClose', { textDocument: { uri } })
  }

  dispose() {
    for (const one of this.subscriptions) one.dispose()
  }
}

module.exports = { TextSync, languageOf, selector }
