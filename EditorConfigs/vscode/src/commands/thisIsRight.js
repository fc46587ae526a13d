'use strict'

const vscode = require('vscode')
const convert = require('../convert')
const { isDecision } = require('../features/actions')
const { within } = require('../features/params')
const { running } = require('./common')

/** Asks for what may be decided about the finding under the cursor, then for the reason. */
async function run(runner) {
  const editor = vscode.window.activeTextEditor
  if (!editor) throw new Error('Put the cursor on a finding first.')
  const asked = { ...within(editor.document, editor.selection), context: { diagnostics: [], only: ['quickfix'] } }
  const offered = ((await running(runner).request('textDocument/codeAction', asked)) ?? []).filter(isDecision)
  if (offered.length === 0) {
    throw new Error('There is nothing to decide at the cursor. Put it on a finding, in a folder with a concord.json.')
  }
  const choices = offered.map((answer) => ({
    label: answer.title, description: answer.diagnostics?.[0]?.message, answer,
  }))
  const chosen = choices.length === 1 ? choices[0] : await vscode.window.showQuickPick(choices)
  if (chosen) await decide(runner, chosen.answer)
}

/** Writes a decision with its reason; without one, nothing. */
async function decide(runner, answer) {
  const client = running(runner)
  const reason = await vscode.window.showInputBox({
    title: answer.title,
    prompt: answer.diagnostics?.[0]?.message,
    placeHolder: 'Why is it right? Whoever comes later reads this.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() ? undefined : 'Say why: without a reason nothing is accepted'),
  })
  if (!reason?.trim()) return
  const whole = answer.edit ? answer : await client.request('codeAction/resolve', answer)
  const edit = whole.edit && convert.workspaceEdit(whole.edit)
  if (!edit || !(await vscode.workspace.applyEdit(edit))) {
    throw new Error('The decision could not be written, because the text changed since. Try again.')
  }
  client.giveReason(reason.trim())
  await client.execute(whole.command.command, whole.command.arguments)
  if (client.takeReason() !== undefined) {
    throw new Error('The decision is written, but not its reason. Write it between the quotes behind "reason".')
  }
}

module.exports = { decide, run }
