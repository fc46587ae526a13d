'use strict'

const vscode = require('vscode')
const { fileInFront, offering } = require('./common')

const command = 'concord.openRecord'

/** Opens one entry of a file by number or address; of a file that is too large, in a text of its own. The server has it shown. */
async function run(runner, given) {
  const file = given ?? fileInFront()
  if (!file) throw new Error('Open the file first, or choose it in the list of files with the right button.')
  const client = offering(runner, command)
  const written = await vscode.window.showInputBox({
    title: 'Open this record',
    prompt: 'Its number, counted from 1, or its address as a check prints it, such as /annotations/3',
    validateInput: (text) => (entry(text) === undefined ? 'A number from 1 on, or an address that begins with /' : undefined),
  })
  if (written === undefined) return
  await client.execute(command, [file.toString(), entry(written)])
}

function entry(text) {
  const written = text.trim()
  if (written.startsWith('/')) return written
  const number = Number(written)
  return /^\d+$/.test(written) && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

module.exports = { run }
