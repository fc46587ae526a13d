'use strict'

const vscode = require('vscode')
const convert = require('../convert')
const { selector } = require('../sync')
const { at, ofDocument, within } = require('./params')

// What is said of a text without changing it: hover, hints, lenses, texts that stand in no file.

function registerHover(client) {
  return vscode.languages.registerHoverProvider(selector, {
    async provideHover(document, position, token) {
      const answer = await client.ask('textDocument/hover', at(document, position), token)
      if (!answer?.contents) return null
      const contents = Array.isArray(answer.contents) ? answer.contents : [answer.contents]
      return new vscode.Hover(contents.map(convert.markdown), answer.range && convert.range(answer.range))
    },
  })
}

/** An event of the editor's that speaks when the server says that what it told is out of date. */
function refreshed(client, method) {
  const emitter = new vscode.EventEmitter()
  client.connection.onRequest(method, () => {
    emitter.fire()
    return null
  })
  return emitter
}

function hint(answer) {
  const label =
    typeof answer.label === 'string'
      ? answer.label
      : answer.label.map((part) => {
          const made = new vscode.InlayHintLabelPart(part.value)
          if (part.tooltip) made.tooltip = convert.markdown(part.tooltip)
          if (part.location) made.location = convert.location(part.location)
          return made
        })
  const made = new vscode.InlayHint(convert.position(answer.position), label, answer.kind)
  if (answer.paddingLeft) made.paddingLeft = true
  if (answer.paddingRight) made.paddingRight = true
  if (answer.tooltip) made.tooltip = convert.markdown(answer.tooltip)
  return made
}

function registerHints(client, capability) {
  const changes = refreshed(client, 'workspace/inlayHint/refresh')
  const answers = new WeakMap()
  const provider = {
    onDidChangeInlayHints: changes.event,
    async provideInlayHints(document, range, token) {
      const found = await client.ask('textDocument/inlayHint', within(document, range), token)
      return (found ?? []).map((answer) => {
        const made = hint(answer)
        answers.set(made, answer)
        return made
      })
    },
  }
  if (capability.resolveProvider) {
    provider.resolveInlayHint = async (made, token) => {
      const known = answers.get(made)
      const answer = known && (await client.ask('inlayHint/resolve', known, token))
      if (!answer) return made
      const more = hint(answer)
      made.tooltip = more.tooltip
      if (Array.isArray(answer.label)) made.label = more.label
      return made
    }
  }
  return [changes, vscode.languages.registerInlayHintsProvider(selector, provider)]
}

function registerLenses(client, capability) {
  const changes = refreshed(client, 'workspace/codeLens/refresh')
  const answers = new WeakMap()
  const provider = {
    onDidChangeCodeLenses: changes.event,
    async provideCodeLenses(document, token) {
      const found = await client.ask('textDocument/codeLens', ofDocument(document), token)
      return (found ?? []).map((answer) => {
        const made = new vscode.CodeLens(convert.range(answer.range), answer.command && convert.command(answer.command))
        answers.set(made, answer)
        return made
      })
    },
  }
  if (capability.resolveProvider) {
    provider.resolveCodeLens = async (made, token) => {
      const known = answers.get(made)
      const answer = known && (await client.ask('codeLens/resolve', known, token))
      if (answer?.command) made.command = convert.command(answer.command)
      return made
    }
  }
  return [changes, vscode.languages.registerCodeLensProvider(selector, provider)]
}

/** Pages of rules, and one entry of a file that is too large for an editor. */
function registerMadeTexts(client, workspace) {
  const schemes = workspace.textDocumentContent?.schemes ?? []
  const changes = new vscode.EventEmitter()
  client.connection.onRequest('workspace/textDocumentContent/refresh', ({ uri }) => {
    changes.fire(convert.uri(uri))
    return null
  })
  const provider = {
    onDidChange: changes.event,
    async provideTextDocumentContent(uri, token) {
      // The server's own spelling: the editor's escapes more.
      const asked = { uri: client.spelling(uri) }
      return (await client.request('workspace/textDocumentContent', asked, token)).text
    },
  }
  return [changes, ...schemes.map((scheme) => vscode.workspace.registerTextDocumentContentProvider(scheme, provider))]
}

module.exports = {
  features: [
    { capability: 'hoverProvider', register: registerHover },
    { capability: 'inlayHintProvider', register: registerHints },
    { capability: 'codeLensProvider', register: registerLenses },
    { capability: 'workspace', register: registerMadeTexts },
  ],
}
