'use strict'

const vscode = require('vscode')
const convert = require('./convert')
const { serverSettings } = require('./settings')

// What the server asks of the editor, or tells it.

function serve(client) {
  const { connection, output } = client

  connection.onNotification('textDocument/publishDiagnostics', ({ uri, version, diagnostics }) => {
    const at = convert.uri(uri)
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === at.toString())
    // Those for a text that is gone would stand in wrong places; the next are on their way.
    if (open && Number.isInteger(version) && version < open.version) return
    client.diagnostics.set(at, diagnostics.map(convert.diagnostic))
  })

  connection.onNotification('window/logMessage', ({ message }) => output.appendLine(message))
  connection.onNotification('window/showMessage', ({ type, message }) => shower(type)(message))
  connection.onRequest('window/showMessageRequest', async ({ type, message, actions }) => {
    const chosen = await shower(type)(message, ...(actions ?? []).map((action) => action.title))
    return chosen === undefined ? null : { title: chosen }
  })

  connection.onRequest('window/showDocument', (params) => client.showDocument(params))

  connection.onRequest('workspace/applyEdit', async ({ edit }) => {
    const made = convert.workspaceEdit(edit)
    if (!made) return { applied: false, failureReason: 'The text changed since. Try again.' }
    return { applied: await vscode.workspace.applyEdit(made) }
  })

  connection.onRequest('workspace/configuration', ({ items }) =>
    items.map(({ section, scopeUri }) =>
      section === 'concord' ? serverSettings(scopeUri && convert.uri(scopeUri)) : null,
    ),
  )
  connection.onRequest('workspace/workspaceFolders', () =>
    (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }) => ({ uri: uri.toString(), name })),
  )

  serveRegistrations(client)
  serveProgress(client)
}

function shower(type) {
  if (type === 1) return (...words) => vscode.window.showErrorMessage(...words)
  if (type === 2) return (...words) => vscode.window.showWarningMessage(...words)
  return (...words) => vscode.window.showInformationMessage(...words)
}

/** Files whose changes the server wants to hear of. */
function serveRegistrations(client) {
  const watched = new Map()
  client.connection.onRequest('client/registerCapability', ({ registrations }) => {
    for (const { id, method, registerOptions } of registrations) {
      if (method !== 'workspace/didChangeWatchedFiles') continue
      const watchers = registerOptions.watchers.map(({ globPattern }) => watcher(client, globPattern))
      watched.set(id, watchers)
      client.disposables.push(...watchers)
    }
  })
  client.connection.onRequest('client/unregisterCapability', ({ unregisterations }) => {
    for (const { id } of unregisterations) {
      for (const one of watched.get(id) ?? []) one.dispose()
      watched.delete(id)
    }
  })
}

function watcher(client, glob) {
  const made = vscode.workspace.createFileSystemWatcher(glob)
  const tell = (type) => (uri) =>
    client.connection.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uri.toString(), type }] })
  made.onDidCreate(tell(1))
  made.onDidChange(tell(2))
  made.onDidDelete(tell(3))
  return made
}

/** Work that takes a while shows in the status line, where it can be stopped. */
function serveProgress(client) {
  const running = new Map()
  client.connection.onRequest('window/workDoneProgress/create', () => null)
  client.connection.onNotification('$/progress', ({ token, value }) => {
    if (value.kind === 'begin') running.set(token, begin(client, token, value))
    else if (value.kind === 'report') running.get(token)?.report(value)
    else if (value.kind === 'end') {
      running.get(token)?.end()
      running.delete(token)
    }
  })
  client.disposables.push({
    dispose() {
      for (const one of running.values()) one.end()
    },
  })
}

function begin(client, token, { title, message, cancellable }) {
  let end
  let report = () => {}
  const done = new Promise((resolve) => (end = resolve))
  const place = cancellable ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window
  let reached = 0
  vscode.window.withProgress({ location: place, title, cancellable }, (progress, cancellation) => {
    cancellation.onCancellationRequested(() => client.connection.notify('window/workDoneProgress/cancel', { token }))
    report = ({ message: words, percentage }) => {
      const increment = percentage === undefined ? undefined : Math.max(0, percentage - reached)
      reached = Math.max(reached, percentage ?? 0)
      progress.report({ message: words, increment })
    }
    if (message) report({ message })
    return done
  })
  return { report: (value) => report(value), end }
}

module.exports = { serve }
