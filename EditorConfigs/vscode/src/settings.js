'use strict'

const vscode = require('vscode')

// What the person set, in the server's words.

/** Of one folder, or of the window. Members that are not set are not there. */
function serverSettings(scope) {
  const settings = vscode.workspace.getConfiguration('concord', scope)
  const chosen = {
    actor: settings.get('actor'),
    role: settings.get('role'),
    language: settings.get('language'),
    scope: settings.get('scope'),
    typingPause: settings.get('typingPause'),
  }
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined && value !== ''))
}

/** How the server is started; only the person's own settings say so, never those of a folder. */
function startSettings() {
  const settings = vscode.workspace.getConfiguration('concord')
  const own = (name, otherwise) => {
    const found = settings.inspect(name)
    return found?.globalValue ?? found?.defaultValue ?? otherwise
  }
  const plugins = own('server.plugins', [])
  return {
    path: String(own('server.path', '')),
    plugins: Array.isArray(plugins) ? plugins.filter((folder) => typeof folder === 'string') : [],
  }
}

module.exports = { serverSettings, startSettings }
