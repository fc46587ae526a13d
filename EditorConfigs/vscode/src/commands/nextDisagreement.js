'use strict'

const vscode = require('vscode')
const convert = require('../convert')
const { offering } = require('./common')

const command = 'concord.nextDisagreement'

/** Leads to the next place where files say different things of the same. The server has it shown. */
async function run(runner) {
  const editor = vscode.window.activeTextEditor
  if (!editor) throw new Error('Open one of the files that are compared.')
  const here = [convert.fromURI(editor.document.uri), convert.fromPosition(editor.selection.active)]
  const found = await offering(runner, command).execute(command, here)
  if (!found) await vscode.window.showInformationMessage('Concord: the files agree.')
}

module.exports = { run }
