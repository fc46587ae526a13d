'use strict'

const vscode = require('vscode')
const convert = require('../convert')

// Files that are given another name, made or thrown away in the editor: what names them follows.

/** Whether the server wants to hear of a file. Its patterns are the protocol's: `**`, `*`, `?`, `{a,b}`. */
function accepts(filters, uri) {
  return filters.some(({ scheme, pattern }) => {
    if (scheme && scheme !== uri.scheme) return false
    return expression(pattern.glob, pattern.options?.ignoreCase).test(uri.path)
  })
}

const known = new Map()

function expression(glob, ignoreCase) {
  const key = `${ignoreCase ? 'i' : ''}:${glob}`
  if (!known.has(key)) known.set(key, new RegExp(`^/?${translated(glob)}$`, ignoreCase ? 'iu' : 'u'))
  return known.get(key)
}

function translated(glob) {
  let depth = 0
  let made = ''
  for (let at = 0; at < glob.length; at += 1) {
    const rest = glob.slice(at)
    if (rest.startsWith('**/')) {
      made += '(?:.*/)?'
      at += 2
    } else if (rest.startsWith('**')) {
      made += '.*'
      at += 1
    } else if (glob[at] === '*') made += '[^/]*'
    else if (glob[at] === '?') made += '[^/]'
    else if (glob[at] === '{') {
      made += '(?:'
      depth += 1
    } else if (glob[at] === '}' && depth > 0) {
      made += ')'
      depth -= 1
    } else if (glob[at] === ',' && depth > 0) made += '|'
    else made += glob[at].replace(/[\\^$.|+()[\]{}/]/, '\\$&')
  }
  return made + ')'.repeat(depth)
}

/** Asks the server what is to be changed before it happens; the editor waits for the answer. */
function before(client, event, method, filters, parameters) {
  return vscode.workspace[event]((happening) => {
    const files = happening.files.filter((file) => accepts(filters, file.oldUri ?? file))
    if (files.length === 0) return
    happening.waitUntil(
      client.ask(method, { files: files.map(parameters) }, happening.token).then(
        (answer) => (answer && convert.workspaceEdit(answer)) ?? new vscode.WorkspaceEdit(),
      ),
    )
  })
}

function after(client, event, method, filters, parameters) {
  return vscode.workspace[event]((happened) => {
    const files = happened.files.filter((file) => accepts(filters, file.oldUri ?? file))
    if (files.length > 0) client.connection.notify(method, { files: files.map(parameters) })
  })
}

const one = (uri) => ({ uri: convert.fromURI(uri) })
const two = ({ oldUri, newUri }) => ({ oldUri: convert.fromURI(oldUri), newUri: convert.fromURI(newUri) })

const operations = [
  [before, 'onWillRenameFiles', 'willRename', 'workspace/willRenameFiles', two],
  [after, 'onDidRenameFiles', 'didRename', 'workspace/didRenameFiles', two],
  [before, 'onWillDeleteFiles', 'willDelete', 'workspace/willDeleteFiles', one],
  [after, 'onDidDeleteFiles', 'didDelete', 'workspace/didDeleteFiles', one],
  [after, 'onDidCreateFiles', 'didCreate', 'workspace/didCreateFiles', one],
]

function registerFiles(client, workspace) {
  const made = operations.flatMap(([when, event, name, method, parameters]) => {
    const filters = workspace.fileOperations?.[name]?.filters
    return filters ? [when(client, event, method, filters, parameters)] : []
  })
  if (workspace.workspaceFolders?.supported) {
    const told = (folders) => folders.map(({ uri, name }) => ({ uri: uri.toString(), name }))
    made.push(
      vscode.workspace.onDidChangeWorkspaceFolders(({ added, removed }) =>
        client.connection.notify('workspace/didChangeWorkspaceFolders', {
          event: { added: told(added), removed: told(removed) },
        }),
      ),
    )
  }
  return made
}

module.exports = { accepts, features: [{ capability: 'workspace', register: registerFiles }] }
