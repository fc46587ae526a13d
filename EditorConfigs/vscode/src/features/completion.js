'use strict'

const vscode = require('vscode')
const convert = require('../convert')
const { selector } = require('../sync')
const { at } = require('./params')

// What may be written here, and what the value being written is made of.

function item(answer) {
  const made = new vscode.CompletionItem(
    answer.labelDetails ? { label: answer.label, ...answer.labelDetails } : answer.label,
    // The editor counts kinds from 0, the protocol from 1.
    answer.kind === undefined ? undefined : answer.kind - 1,
  )
  const edit = answer.textEdit
  if (edit) {
    made.insertText = answer.insertTextFormat === 2 ? new vscode.SnippetString(edit.newText) : edit.newText
    made.range = edit.insert
      ? { inserting: convert.range(edit.insert), replacing: convert.range(edit.replace) }
      : convert.range(edit.range)
  } else if (answer.insertText !== undefined) {
    made.insertText =
      answer.insertTextFormat === 2 ? new vscode.SnippetString(answer.insertText) : answer.insertText
  }
  for (const name of ['detail', 'sortText', 'filterText', 'preselect', 'commitCharacters', 'tags']) {
    if (answer[name] !== undefined) made[name] = answer[name]
  }
  if (answer.documentation !== undefined) made.documentation = convert.markdown(answer.documentation)
  if (answer.additionalTextEdits) made.additionalTextEdits = answer.additionalTextEdits.map(convert.textEdit)
  if (answer.command) made.command = convert.command(answer.command)
  return made
}

function registerCompletion(client, capability) {
  // What the server said of an item, to be sent back when more is asked of it.
  const answers = new WeakMap()
  const provider = {
    async provideCompletionItems(document, position, token, context) {
      const answer = await client.ask(
        'textDocument/completion',
        {
          ...at(document, position),
          context: { triggerKind: context.triggerKind + 1, triggerCharacter: context.triggerCharacter },
        },
        token,
      )
      if (!answer) return null
      const items = (answer.items ?? answer).map((one) => {
        const made = item(one)
        answers.set(made, one)
        return made
      })
      return new vscode.CompletionList(items, answer.isIncomplete ?? false)
    },
    async resolveCompletionItem(made, token) {
      const known = answers.get(made)
      const answer = known && (await client.ask('completionItem/resolve', known, token))
      if (answer?.documentation) made.documentation = convert.markdown(answer.documentation)
      if (answer?.detail) made.detail = answer.detail
      return made
    },
  }
  if (!capability.resolveProvider) delete provider.resolveCompletionItem
  return vscode.languages.registerCompletionItemProvider(selector, provider, ...(capability.triggerCharacters ?? []))
}

function signatureHelp(answer) {
  const made = new vscode.SignatureHelp()
  made.activeSignature = answer.activeSignature ?? 0
  made.activeParameter = answer.activeParameter ?? 0
  made.signatures = answer.signatures.map((one) => {
    const signature = new vscode.SignatureInformation(one.label, convert.markdown(one.documentation))
    signature.parameters = (one.parameters ?? []).map(
      (parameter) => new vscode.ParameterInformation(parameter.label, convert.markdown(parameter.documentation)),
    )
    if (Number.isInteger(one.activeParameter)) signature.activeParameter = one.activeParameter
    return signature
  })
  return made
}

function registerSignatures(client, capability) {
  const provider = {
    async provideSignatureHelp(document, position, token) {
      const answer = await client.ask('textDocument/signatureHelp', at(document, position), token)
      return answer ? signatureHelp(answer) : null
    },
  }
  return vscode.languages.registerSignatureHelpProvider(selector, provider, {
    triggerCharacters: capability.triggerCharacters ?? [],
    retriggerCharacters: capability.retriggerCharacters ?? [],
  })
}

module.exports = {
  features: [
    { capability: 'completionProvider', register: registerCompletion },
    { capability: 'signatureHelpProvider', register: registerSignatures },
  ],
}
