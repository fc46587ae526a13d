'use strict'

const vscode = require('vscode')
const { offering } = require('./common')

const command = 'concord.explainRule'

/** Opens the page of the check that found what is under the cursor. The server has it shown. */
async function run(runner) {
  const editor = vscode.window.activeTextEditor
  const here = editor
    ? vscode.languages
        .getDiagnostics(editor.document.uri)
        .filter((one) => one.source === 'concord' && one.range.intersection(editor.selection))
    : []
  if (here.length === 0) throw new Error('Nothing is found at the cursor. Put it on what is underlined.')
  const name = (one) => (typeof one.code === 'object' ? one.code.value : one.code)
  const choices = here.map((one) => ({ label: name(one), description: one.message }))
  const chosen = choices.length === 1 ? choices[0] : await vscode.window.showQuickPick(choices)
  if (chosen) await offering(runner, command).execute(command, [chosen.label])
}

module.exports = { run }
