'use strict'

const values = require('./values')
const { Documents } = require('./documents')

// Stands in for the module `vscode`: what the extension uses of it, behaving as the editor's published types say. Keeps what it
// is told, so that a test can look at it; `state.answer` answers what a person would be asked.

const { EventEmitter } = values
const disposable = (dispose = () => {}) => ({ dispose })

/** A fresh editor. `settings` are the person's own, by full name. */
function makeEditor({ folders = [], settings = {} } = {}) {
  const documents = new Documents()
  const state = {
    documents, settings, commands: new Map(), providers: new Map(), shown: [], asked: [], answer: undefined, log: '',
    collections: new Map(), watchers: [], changes: new EventEmitter(), words: new EventEmitter(), executed: [],
  }

  /** Notes what is shown; somebody may be waiting for it. */
  function show(kind, message, choices) {
    state.shown.push({ kind, message, choices })
    state.words.fire()
    return Promise.resolve(undefined)
  }
  function ask(kind, options) {
    const question = { kind, ...options }
    state.asked.push(question)
    if (!state.answer) throw new Error(`nobody answers: ${JSON.stringify(options)}`)
    return Promise.resolve(state.answer(question))
  }

  const languages = new Proxy({
    createDiagnosticCollection(name) {
      const found = new Map()
      state.collections.set(name, found)
      const changed = (act) => (...parameters) => {
        act(...parameters)
        state.words.fire()
      }
      return {
        set: changed((uri, list) => found.set(uri.toString(), list)),
        delete: changed((uri) => found.delete(uri.toString())),
        clear: changed(() => found.clear()),
        dispose: changed(() => found.clear()),
      }
    },
    getDiagnostics: (uri) => [...state.collections.values()].flatMap((found) => found.get(uri.toString()) ?? []),
  }, {
    // Every kind of provider is kept under the name it is registered by.
    get: (own, name) =>
      own[name] ?? ((selector, provider, ...more) => {
        if (!/^register\w+Provider$/.test(String(name))) throw new Error(`no such part: languages.${String(name)}`)
        // That one takes no selector.
        const entry = name === 'registerWorkspaceSymbolProvider' ? { provider: selector } : { selector, provider, more }
        state.providers.set(name, entry)
        return disposable(() => state.providers.delete(name))
      }),
  })

  const window = {
    activeTextEditor: undefined,
    tabGroups: { activeTabGroup: { activeTab: undefined } },
    createOutputChannel: () => ({
      append: (text) => (state.log += text), appendLine: (text) => (state.log += `${text}\n`), show() {}, dispose() {},
    }),
    showErrorMessage: (message, ...choices) => show('error', message, choices),
    showWarningMessage: (message, ...choices) => show('warning', message, choices),
    showInformationMessage: (message, ...choices) => show('information', message, choices),
    showInputBox: (options) => ask('input', options),
    showQuickPick: (choices, options) => ask('pick', { choices, ...options }),
    async showTextDocument(document, options) {
      const selection = options?.selection ?? new values.Range(new values.Position(0, 0), new values.Position(0, 0))
      window.activeTextEditor = { document, selection: new values.Selection(selection.start, selection.end) }
      state.words.fire()
      return window.activeTextEditor
    },
    async withProgress(options, task) {
      const cancellation = new EventEmitter()
      state.cancellation = cancellation
      const token = { onCancellationRequested: cancellation.event, isCancellationRequested: false }
      cancellation.event(() => (token.isCancellationRequested = true))
      return task({ report() {} }, token)
    },
  }

  const workspace = {
    workspaceFolders: folders.map((folder, index) => ({ uri: values.Uri.file(folder), name: folder, index })),
    get textDocuments() {
      return documents.all
    },
    getWorkspaceFolder: (uri) =>
      workspace.workspaceFolders.find((folder) => uri.path.startsWith(`${folder.uri.path}/`)),
    getConfiguration: (section) => ({
      get: (name) => state.settings[`${section}.${name}`],
      inspect: (name) => ({
        globalValue: state.settings[`${section}.${name}`], workspaceValue: state.ofFolder?.[`${section}.${name}`],
      }),
    }),
    openTextDocument: (uri) => documents.open(uri),
    applyEdit: (edit) => documents.apply(edit),
    createFileSystemWatcher(glob) {
      const events = { glob, created: new EventEmitter(), changed: new EventEmitter(), deleted: new EventEmitter() }
      state.watchers.push(events)
      state.words.fire()
      return {
        onDidCreate: events.created.event, onDidChange: events.changed.event, onDidDelete: events.deleted.event, dispose() {},
      }
    },
    registerTextDocumentContentProvider(scheme, provider) {
      documents.contentProviders.set(scheme, provider)
      return disposable(() => documents.contentProviders.delete(scheme))
    },
    onDidOpenTextDocument: documents.events.opened.event,
    onDidChangeTextDocument: documents.events.changed.event,
    onDidSaveTextDocument: documents.events.saved.event,
    onDidCloseTextDocument: documents.events.closed.event,
    onDidChangeConfiguration: state.changes.event,
  }
  for (const event of ['WillRename', 'DidRename', 'WillDelete', 'DidDelete', 'DidCreate']) {
    state[event] = new EventEmitter()
    workspace[`on${event}Files`] = state[event].event
  }
  workspace.onDidChangeWorkspaceFolders = new EventEmitter().event

  const commands = {
    registerCommand(name, run) {
      state.commands.set(name, run)
      return disposable(() => state.commands.delete(name))
    },
    async executeCommand(name, ...parameters) {
      state.executed.push([name, ...parameters])
      return state.commands.get(name)?.(...parameters)
    },
  }

  const env = { appName: 'stand-in', language: 'en', remoteName: undefined, openExternal: async () => true }
  return { state, module: { ...values, version: '1.75.0', env, languages, window, workspace, commands } }
}

module.exports = { makeEditor }
