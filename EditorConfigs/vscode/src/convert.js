'use strict'

const vscode = require('vscode')

// Between the protocol's words and the editor's. Both count UTF-16 units from zero.

const position = ({ line, character }) => new vscode.Position(line, character)
const range = ({ start, end }) => new vscode.Range(position(start), position(end))
const uri = (text) => vscode.Uri.parse(text, true)
const location = ({ uri: at, range: where }) => new vscode.Location(uri(at), range(where))

const fromPosition = ({ line, character }) => ({ line, character })
const fromRange = ({ start, end }) => ({ start: fromPosition(start), end: fromPosition(end) })
const fromURI = (at) => at.toString()

/** A command of the server's is run through the extension, so that several windows may have one each. */
function command({ title, command: name, arguments: parameters }) {
  if (name === 'editor.action.showReferences' && parameters?.length === 3) {
    const [at, where, places] = parameters
    return { title, command: name, arguments: [uri(at), position(where), places.map(location)] }
  }
  if (!name) return { title, command: '' }
  return { title, command: 'concord.run', arguments: [{ command: name, arguments: parameters ?? [] }] }
}

function markdown(content) {
  if (content === undefined || content === null) return undefined
  const text = typeof content === 'string' ? content : content.value
  if (content.kind === 'plaintext') return new vscode.MarkdownString().appendText(text)
  // Neither HTML nor commands: a label file's words stand in it.
  const marked = new vscode.MarkdownString(text)
  marked.isTrusted = false
  marked.supportHtml = false
  return marked
}

// The editor counts from 0 what the protocol counts from 1.
const severity = (number) => (number >= 1 && number <= 4 ? number - 1 : vscode.DiagnosticSeverity.Information)

function diagnostic(finding) {
  const made = new vscode.Diagnostic(range(finding.range), finding.message, severity(finding.severity))
  made.source = finding.source ?? 'concord'
  made.code = finding.codeDescription?.href
    ? { value: finding.code, target: vscode.Uri.parse(finding.codeDescription.href) }
    : finding.code
  if (finding.tags) made.tags = finding.tags
  if (finding.relatedInformation) {
    made.relatedInformation = finding.relatedInformation.map(
      (place) => new vscode.DiagnosticRelatedInformation(location(place.location), place.message),
    )
  }
  return made
}

function fromDiagnostic(finding) {
  const code = typeof finding.code === 'object' ? finding.code.value : finding.code
  return {
    range: fromRange(finding.range),
    message: finding.message,
    severity: finding.severity + 1,
    code,
    source: finding.source,
  }
}

const textEdit = (edit) => new vscode.TextEdit(range(edit.range), edit.newText)

/** The editor's own edit; `null` if it was worked out for a text that is another one by now. */
function workspaceEdit(edit) {
  const made = new vscode.WorkspaceEdit()
  const metadata = (id) => {
    const annotation = id === undefined ? undefined : edit.changeAnnotations?.[id]
    return annotation && {
      label: annotation.label,
      description: annotation.description,
      needsConfirmation: annotation.needsConfirmation ?? false,
    }
  }
  for (const change of edit.documentChanges ?? []) {
    const about = metadata(change.annotationId)
    if (change.kind === 'create') made.createFile(uri(change.uri), change.options, about)
    else if (change.kind === 'rename') made.renameFile(uri(change.oldUri), uri(change.newUri), change.options, about)
    else if (change.kind === 'delete') made.deleteFile(uri(change.uri), change.options, about)
    else if (!addEdits(made, change, metadata)) return null
  }
  if (!edit.documentChanges) {
    for (const [at, edits] of Object.entries(edit.changes ?? {})) {
      for (const one of edits) made.replace(uri(at), range(one.range), one.newText)
    }
  }
  return made
}

function addEdits(made, { textDocument, edits }, metadata) {
  const at = uri(textDocument.uri)
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === at.toString())
  if (open && Number.isInteger(textDocument.version) && textDocument.version !== open.version) return false
  for (const one of edits) made.replace(at, range(one.range), one.newText, metadata(one.annotationId))
  return true
}

module.exports = {
  position, range, uri, location, fromPosition, fromRange, fromURI, command, markdown, diagnostic, fromDiagnostic, textEdit,
  workspaceEdit,
}
