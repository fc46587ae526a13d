'use strict'

const vscode = require('vscode')

// What is said when Concord itself can't be used, and what can be done about it.

const sayWhere = 'Say where it is'
const tryAgain = 'Try again'
const showLog = 'Show what happened'

async function offer(runner, message, ...choices) {
  const chosen = await vscode.window.showErrorMessage(message, ...choices)
  if (chosen === sayWhere) await vscode.commands.executeCommand('workbench.action.openSettings', 'concord.server.path')
  if (chosen === tryAgain) await runner.restart()
  if (chosen === showLog) runner.output.show()
}

function tellMissing(runner, setting, places) {
  const machine = vscode.env.remoteName ? `the machine this window works on (${vscode.env.remoteName})` : 'this machine'
  runner.output.appendLine('Concord was looked for here, and is not there:')
  for (const place of places) runner.output.appendLine(`  ${place}`)
  if (setting) {
    const words = `There is no program at ${setting}, which the setting concord.server.path names. Nothing is checked until it is right.`
    return offer(runner, words, sayWhere, tryAgain)
  }
  if (process.platform !== 'linux') {
    const words = 'Concord runs on Linux. Open this folder through WSL, Remote-SSH or a container, and install Concord and this extension there.'
    return offer(runner, words, sayWhere)
  }
  const words = `The program concord is not on ${machine}, so nothing is checked. Unpack its archive or install its package there, or say where it is.`
  return offer(runner, words, sayWhere, tryAgain, showLog)
}

function tellUnstartable(runner, program, error) {
  runner.output.appendLine(`${program} can't be started: ${error.message}`)
  const words = `${program} can't be started, so nothing is checked: ${error.message}`
  return offer(runner, words, sayWhere, tryAgain, showLog)
}

function tellStopped(runner) {
  const words = 'Concord stopped five times within three minutes and is not started again by itself, so nothing is checked.'
  return offer(runner, words, tryAgain, showLog)
}

module.exports = { tellMissing, tellStopped, tellUnstartable }
