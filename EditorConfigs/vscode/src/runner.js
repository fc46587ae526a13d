'use strict'

const vscode = require('vscode')
const { Client } = require('./client')
const { findProgram } = require('./program')
const { startSettings } = require('./settings')
const { tellMissing, tellStopped, tellUnstartable } = require('./messages')
const { showDocument } = require('./show')

/** So many times the server is started again by itself, */
const restarts = 4
/** counted over so many milliseconds. */
const period = 180_000

/** Keeps one server running, and says what to do when it can't. */
class Runner {
  constructor(extensionPath, output) {
    this.extensionPath = extensionPath
    this.output = output
    /** What the server finds. */
    this.diagnostics = vscode.languages.createDiagnosticCollection('concord')
    /** What a check from disk found in files that nobody has open. */
    this.fromDisk = vscode.languages.createDiagnosticCollection('concord-check')
    this.ends = []
    this.opening = vscode.workspace.onDidOpenTextDocument((document) => this.fromDisk.delete(document.uri))
  }

  /** Where `concord` is; `undefined`, and the person is told, where it is nowhere. */
  program() {
    const { path } = startSettings()
    const { program, missing } = findProgram(path, process.env.PATH, this.extensionPath)
    if (!program) tellMissing(this, path, missing)
    return program
  }

  async start() {
    const program = this.program()
    if (!program) return
    const { plugins } = startSettings()
    const client = new Client({
      program, plugins, output: this.output, diagnostics: this.diagnostics,
      onExit: (code, signal) => this.ended(client, code, signal),
    })
    client.showDocument = (params) => showDocument(client, params)
    this.client = client
    try {
      await client.start()
      this.output.appendLine(`Concord ${client.serverInfo?.version ?? ''} runs: ${program}`)
    } catch (error) {
      // Who ended has been told of already.
      if (this.client === client && !client.isStopping) tellUnstartable(this, program, error)
      this.client = undefined
    }
  }

  /** Starts a server that stopped without being asked to, but not again and again. */
  async ended(client, code, signal) {
    if (this.client !== client) return
    this.client = undefined
    const now = Date.now()
    this.ends = [...this.ends.filter((end) => now - end < period), now]
    this.output.appendLine(`Concord stopped (${signal ?? code}).`)
    if (this.ends.length > restarts) tellStopped(this)
    else await this.start()
  }

  async restart() {
    await this.stop()
    this.ends = []
    await this.start()
  }

  async stop() {
    const { client } = this
    this.client = undefined
    await client?.stop()
  }

  settingsChanged() {
    // The server asks for what it needs.
    this.client?.connection?.notify('workspace/didChangeConfiguration', { settings: null })
  }

  dispose() {
    this.opening.dispose()
    this.diagnostics.dispose()
    this.fromDisk.dispose()
  }
}

module.exports = { Runner }
