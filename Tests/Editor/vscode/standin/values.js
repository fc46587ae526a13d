'use strict'

const path = require('path')

// The editor's plain values, as its published types describe them.

class Position {
  constructor(line, character) {
    if (!(line >= 0) || !(character >= 0)) throw new Error(`no place: ${line}:${character}`)
    this.line = line
    this.character = character
  }
  compareTo(other) {
    return this.line - other.line || this.character - other.character
  }
  isEqual(other) {
    return this.compareTo(other) === 0
  }
}

class Range {
  constructor(start, end) {
    if (!(start instanceof Position) || !(end instanceof Position)) throw new Error('a range takes positions')
    ;[this.start, this.end] = start.compareTo(end) <= 0 ? [start, end] : [end, start]
  }
  get isEmpty() {
    return this.start.isEqual(this.end)
  }
  isEqual(other) {
    return this.start.isEqual(other.start) && this.end.isEqual(other.end)
  }
  intersection(other) {
    const start = this.start.compareTo(other.start) >= 0 ? this.start : other.start
    const end = this.end.compareTo(other.end) <= 0 ? this.end : other.end
    return start.compareTo(end) <= 0 ? new Range(start, end) : undefined
  }
}

class Selection extends Range {
  constructor(anchor, active) {
    super(anchor, active)
    this.anchor = anchor
    this.active = active
  }
}

/** Escapes more than most: as the editor does. */
const escaped = (text, kept) =>
  encodeURIComponent(text).replace(/%2F/g, '/').replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

class Uri {
  constructor(parts) {
    Object.assign(this, { scheme: '', authority: '', path: '', query: '', fragment: '' }, parts)
  }
  static file(name) {
    return new Uri({ scheme: 'file', path: name.startsWith('/') ? name : `/${name}` })
  }
  static parse(text, strict) {
    const parts = /^(([^:/?#]+?):)?(\/\/([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?/.exec(text)
    if (strict && !parts[2]) throw new Error(`an address without a scheme: ${text}`)
    const decoded = (part) => decodeURIComponent(part ?? '')
    return new Uri({
      scheme: parts[2] ?? 'file', authority: decoded(parts[4]), path: decoded(parts[5]), query: decoded(parts[7]),
      fragment: decoded(parts[9]),
    })
  }
  get fsPath() {
    return path.normalize(this.path)
  }
  toString() {
    const slashes = this.authority || this.scheme === 'file' ? `//${escaped(this.authority)}` : ''
    const query = this.query ? `?${encodeURIComponent(this.query)}` : ''
    const fragment = this.fragment ? `#${encodeURIComponent(this.fragment)}` : ''
    return `${this.scheme}:${slashes}${escaped(this.path)}${query}${fragment}`
  }
}

/** A class that keeps what it is made of under these names. */
function plain(...names) {
  return class {
    constructor(...values) {
      names.forEach((name, index) => (this[name] = values[index]))
    }
  }
}

class MarkdownString {
  constructor(value = '') {
    this.value = value
  }
  appendText(text) {
    this.value += text.replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&')
    return this
  }
}

class CodeActionKind {
  constructor(value) {
    this.value = value
  }
  append(part) {
    return new CodeActionKind(this.value ? `${this.value}.${part}` : part)
  }
  contains(other) {
    return this.value === '' || other.value === this.value || other.value.startsWith(`${this.value}.`)
  }
}
CodeActionKind.Empty = new CodeActionKind('')
CodeActionKind.QuickFix = new CodeActionKind('quickfix')

class EventEmitter {
  constructor() {
    this.listeners = new Set()
    this.event = (listener) => {
      this.listeners.add(listener)
      return { dispose: () => this.listeners.delete(listener) }
    }
  }
  fire(value) {
    for (const listener of [...this.listeners]) listener(value)
  }
  dispose() {
    this.listeners.clear()
  }
}

/** Changes of texts, and files that are made, in the order given. */
class WorkspaceEdit {
  constructor() {
    this.steps = []
  }
  replace(uri, range, newText, metadata) {
    this.steps.push({ kind: 'text', uri, range, newText, metadata })
  }
  createFile(uri, options, metadata) {
    this.steps.push({ kind: 'create', uri, options, metadata })
  }
}

module.exports = {
  Position, Range, Selection, Uri, MarkdownString, CodeActionKind, EventEmitter, WorkspaceEdit,
  Location: plain('uri', 'range'),
  Diagnostic: plain('range', 'message', 'severity'),
  DiagnosticRelatedInformation: plain('location', 'message'),
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  TextEdit: plain('range', 'newText'),
  CodeAction: plain('title', 'kind'),
  CodeLens: plain('range', 'command'),
  CompletionItem: plain('label', 'kind'),
  CompletionList: plain('items', 'isIncomplete'),
  SnippetString: plain('value'),
  Hover: plain('contents', 'range'),
  InlayHint: plain('position', 'label', 'kind'),
  InlayHintLabelPart: plain('value'),
  SignatureHelp: plain(),
  SignatureInformation: plain('label', 'documentation'),
  ParameterInformation: plain('label', 'documentation'),
  DocumentHighlight: plain('range', 'kind'),
  DocumentSymbol: plain('name', 'detail', 'kind', 'range', 'selectionRange'),
  SymbolInformation: plain('name', 'kind', 'containerName', 'location'),
  FoldingRange: plain('start', 'end'),
  SelectionRange: plain('range', 'parent'),
  DocumentLink: plain('range', 'target'),
  Color: plain('red', 'green', 'blue', 'alpha'),
  ColorInformation: plain('range', 'color'),
  ColorPresentation: plain('label'),
  SemanticTokens: plain('data', 'resultId'),
  SemanticTokensLegend: plain('tokenTypes', 'tokenModifiers'),
  ProgressLocation: { SourceControl: 1, Window: 10, Notification: 15 },
}
