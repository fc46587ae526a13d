'use strict'

const vscode = require('vscode')
const convert = require('../convert')
const { selector } = require('../sync')
const { at, within } = require('./params')

// What changes a text: fixes, decisions, new names.

function action(answer, shown) {
  // A command alone.
  if (typeof answer.command === 'string') {
    const made = new vscode.CodeAction(answer.title, vscode.CodeActionKind.QuickFix)
    made.command = convert.command(answer)
    return made
  }
  const made = new vscode.CodeAction(answer.title, answer.kind && vscode.CodeActionKind.Empty.append(answer.kind))
  if (answer.isPreferred) made.isPreferred = true
  if (answer.disabled) made.disabled = answer.disabled
  if (answer.diagnostics) made.diagnostics = matching(answer.diagnostics, shown)
  if (isDecision(answer)) {
    // The reason is asked for before anything is written.
    made.command = { title: answer.title, command: 'concord.decide', arguments: [answer] }
    return made
  }
  if (answer.edit) made.edit = convert.workspaceEdit(answer.edit) ?? undefined
  if (answer.edit && !made.edit) made.disabled = { reason: 'The text changed since. Try again.' }
  if (answer.command) made.command = convert.command(answer.command)
  return made
}

/** Whether somebody is to write a reason once it is made. */
const isDecision = (answer) => answer.command?.command === 'concord.showDecision'

/** The editor's own findings that the server means. */
function matching(findings, shown) {
  return findings.map((finding) => {
    const made = convert.diagnostic(finding)
    return shown.find((one) => one.message === made.message && one.range.isEqual(made.range)) ?? made
  })
}

function registerActions(client, capability) {
  const answers = new WeakMap()
  const provider = {
    async provideCodeActions(document, range, context, token) {
      const asked = {
        ...within(document, range),
        context: {
          diagnostics: context.diagnostics.filter((one) => one.source === 'concord').map(convert.fromDiagnostic),
          triggerKind: context.triggerKind,
        },
      }
      if (context.only) asked.context.only = [context.only.value]
      const found = await client.ask('textDocument/codeAction', asked, token)
      return (found ?? []).map((answer) => {
        const made = action(answer, context.diagnostics)
        if (!isDecision(answer)) answers.set(made, answer)
        return made
      })
    },
  }
  if (capability.resolveProvider) {
    provider.resolveCodeAction = async (made, token) => {
      const known = answers.get(made)
      if (!known || made.edit || known.data === undefined) return made
      // What it is refused with is told: somebody chose it.
      const answer = await client.request('codeAction/resolve', known, token)
      if (answer.edit) made.edit = convert.workspaceEdit(answer.edit) ?? undefined
      return made
    }
  }
  const kinds = (capability.codeActionKinds ?? ['quickfix']).map((kind) => vscode.CodeActionKind.Empty.append(kind))
  return vscode.languages.registerCodeActionsProvider(selector, provider, { providedCodeActionKinds: kinds })
}

function registerRename(client, capability) {
  const provider = {
    async provideRenameEdits(document, position, newName, token) {
      const answer = await client.request('textDocument/rename', { ...at(document, position), newName }, token)
      if (!answer) return null
      const made = convert.workspaceEdit(answer)
      if (!made) throw new Error('The text changed since. Try again.')
      return made
    },
  }
  if (capability.prepareProvider) {
    provider.prepareRename = async (document, position, token) => {
      const answer = await client.request('textDocument/prepareRename', at(document, position), token)
      if (!answer) throw new Error('Nothing here can be renamed.')
      return { range: convert.range(answer.range), placeholder: answer.placeholder }
    }
  }
  return vscode.languages.registerRenameProvider(selector, provider)
}

module.exports = {
  features: [
    { capability: 'codeActionProvider', register: registerActions },
    { capability: 'renameProvider', register: registerRename },
  ],
  isDecision,
}
