'use strict'

const vscode = require('vscode')
const convert = require('./convert')

// Places that the server wants shown.

/** `window/showDocument`. A place where a reason is to be written gets the one that was asked for, and is not shown. */
async function showDocument(client, { uri, external, takeFocus, selection }) {
  const at = client.remember(uri)
  if (external) return { success: await vscode.env.openExternal(at) }
  const reason = client.takeReason()
  if (reason !== undefined && selection) return { success: await write(reason, at, convert.range(selection)) }
  const document = await vscode.workspace.openTextDocument(at)
  await vscode.window.showTextDocument(document, {
    preserveFocus: takeFocus === false,
    preview: false,
    selection: selection && convert.range(selection),
  })
  return { success: true }
}

/** Puts a reason between its quotes, and saves: a decision that is not on disk is none. */
async function write(reason, at, range) {
  const edit = new vscode.WorkspaceEdit()
  edit.replace(at, range, JSON.stringify(reason).slice(1, -1))
  if (!(await vscode.workspace.applyEdit(edit))) return false
  const document = await vscode.workspace.openTextDocument(at)
  await document.save()
  return !document.isDirty
}

module.exports = { showDocument }
