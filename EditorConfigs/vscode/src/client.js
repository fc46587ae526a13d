'use strict'

const { spawn } = require('child_process')
const vscode = require('vscode')
const { clientCapabilities } = require('./capabilities')
const convert = require('./convert')
const { Connection } = require('./connection')
const { serve } = require('./serve')
const { registerFeatures } = require('./features')
const { TextSync } = require('./sync')
const { serverSettings } = require('./settings')

/** Longest wait for the server to leave by itself, in milliseconds. */
const patience = 2000

/** One running server and all that hangs on it. */
class Client {
  /** `onExit(code, signal)` is told when the process ended without being asked to. */
  constructor({ program, plugins, output, diagnostics, onExit }) {
    Object.assign(this, { program, plugins, output, diagnostics, onExit })
    this.disposables = []
    this.isStopping = false
    this.spellings = new Map()
  }

  /** Resolves when the server is ready; rejects when it can't be started. */
  async start() {
    const folders = vscode.workspace.workspaceFolders ?? []
    const child = spawn(this.program, ['lsp', ...this.plugins.flatMap((folder) => ['--plugins', folder])], {
      cwd: folders[0]?.uri.scheme === 'file' ? folders[0].uri.fsPath : undefined,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.child = child
    this.ended = new Promise((resolve) => child.once('close', resolve))
    child.stderr.setEncoding('utf8')
    child.stderr.on('data', (text) => this.output.append(text))
    this.connection = new Connection(child.stdin, child.stdout, (error) => {
      this.output.appendLine(`Concord's output can't be read: ${error.message}`)
      child.kill()
    })
    child.once('close', (code, signal) => this.closed(code, signal))
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    serve(this)
    const answer = await this.connection.request('initialize', {
      processId: process.pid,
      clientInfo: { name: vscode.env.appName, version: vscode.version },
      locale: vscode.env.language,
      rootUri: folders[0]?.uri.toString() ?? null,
      workspaceFolders: folders.map((folder) => ({ uri: folder.uri.toString(), name: folder.name })),
      initializationOptions: serverSettings(),
      capabilities: clientCapabilities,
    })
    this.capabilities = answer.capabilities
    this.serverInfo = answer.serverInfo
    this.connection.notify('initialized', {})
    this.sync = new TextSync(this)
    this.disposables.push(this.sync, ...registerFeatures(this))
  }

  request(method, params, token) {
    return this.connection.request(method, params, token)
  }

  /** The same for what the editor asks in passing: no answer is an answer, and nobody is to be bothered. */
  async ask(method, params, token) {
    try {
      return await this.request(method, params, token)
    } catch (error) {
      if (this.isStopping || token?.isCancellationRequested) return null
      // The text changed since (-32801), or the server gave up for a reason of its own (-32802, -32800).
      if (![-32800, -32801, -32802].includes(error.code)) this.output.appendLine(`${method}: ${error.message}`)
      return null
    }
  }

  /** The editor's address for one of the server's, whose spelling is kept: the editor escapes more. */
  remember(text) {
    const uri = convert.uri(text)
    if (uri.scheme !== 'file') this.spellings.set(uri.toString(), text)
    return uri
  }

  spelling(uri) {
    return this.spellings.get(uri.toString()) ?? uri.toString()
  }

  /** The reason that somebody wrote, for the place that the server shows next. */
  giveReason(reason) {
    this.reason = reason
  }

  takeReason() {
    const { reason } = this
    this.reason = undefined
    return reason
  }

  /** Whether the server has this command of its own. */
  offers(command) {
    return this.capabilities?.executeCommandProvider?.commands?.includes(command) ?? false
  }

  execute(command, parameters, token) {
    return this.request('workspace/executeCommand', { command, arguments: parameters }, token)
  }

  closed(code, signal) {
    this.connection.close()
    this.dispose()
    if (!this.isStopping) this.onExit(code, signal)
  }

  dispose() {
    for (const one of this.disposables.splice(0)) one.dispose()
    this.diagnostics.clear()
  }

  /** Asks the server to leave, and ends its process if it does not. */
  async stop() {
    if (this.isStopping || !this.connection) return
    this.isStopping = true
    const limit = setTimeout(() => this.child.kill('SIGKILL'), patience)
    try {
      await this.connection.request('shutdown')
      this.connection.notify('exit')
      this.child.stdin.end()
    } catch {
      this.child.kill()
    }
    await this.ended
    clearTimeout(limit)
  }
}

module.exports = { Client }
