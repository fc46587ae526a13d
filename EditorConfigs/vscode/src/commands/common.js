'use strict'

const vscode = require('vscode')

/** The file in front, also one that is too large for extensions to be told its text. */
function fileInFront() {
  const editor = vscode.window.activeTextEditor
  if (editor) return editor.document.uri
  return vscode.window.tabGroups.activeTabGroup.activeTab?.input?.uri
}

/** The running client. */
function running(runner) {
  if (!runner.client?.capabilities) {
    throw new Error('It is not running. "Concord: Restart" starts it, or says what it lacks.')
  }
  return runner.client
}

/** The same, with a command of the server's. */
function offering(runner, command) {
  const client = running(runner)
  if (!client.offers(command)) {
    const version = client.serverInfo?.version ?? 'without a version'
    throw new Error(`The program concord (${version}) is older than this extension and can't do that. Install a newer one.`)
  }
  return client
}

module.exports = { fileInFront, offering, running }
