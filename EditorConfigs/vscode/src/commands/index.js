'use strict'

const vscode = require('vscode')

// One file a command. Each gets the running client, or is not run.

const commands = {
  'concord.checkThisFolder': require('./checkFolder').run,
  'concord.checkThisFile': require('./checkFile').run,
  'concord.goToNextDisagreement': require('./nextDisagreement').run,
  'concord.openThisRecord': require('./openRecord').run,
  'concord.thisIsRight': require('./thisIsRight').run,
  'concord.explainThis': require('./explainThis').run,
  'concord.decide': require('./thisIsRight').decide,
  'concord.run': require('./serverCommand').run,
}

/** What goes wrong is told in a sentence. */
async function guarded(runner, run, parameters) {
  try {
    return await run(runner, ...parameters)
  } catch (error) {
    runner.output.appendLine(error.stack ?? String(error))
    await vscode.window.showErrorMessage(`Concord: ${error.message}`)
    return undefined
  }
}

function registerCommands(runner) {
  const made = Object.entries(commands).map(([name, run]) =>
    vscode.commands.registerCommand(name, (...parameters) => guarded(runner, run, parameters)),
  )
  return [...made, vscode.commands.registerCommand('concord.restart', () => runner.restart())]
}

module.exports = { registerCommands }
