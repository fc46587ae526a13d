'use strict'

const vscode = require('vscode')
const { registerCommands } = require('./commands')
const { Runner } = require('./runner')

// Where the editor begins and ends.

let runner

async function activate(context) {
  const output = vscode.window.createOutputChannel('Concord')
  runner = new Runner(context.extensionPath, output)
  context.subscriptions.push(
    output,
    runner,
    ...registerCommands(runner),
    vscode.workspace.onDidChangeConfiguration((event) => {
      // What was said in one language is not said again in another.
      const isAnother = ['concord.server', 'concord.language'].some((name) => event.affectsConfiguration(name))
      if (isAnother) return runner.restart()
      if (event.affectsConfiguration('concord')) runner.settingsChanged()
    }),
  )
  await runner.start()
}

async function deactivate() {
  await runner?.stop()
}

/** The running client, for who tries the extension; the editor does not ask. */
const running = () => runner?.client

module.exports = { activate, deactivate, running }
