'use strict'

const fs = require('fs')
const path = require('path')
const { EventEmitter, Position, Range, Uri } = require('./values')

// Open texts and what changes them.

const languageIDs = { '.json': 'json', '.jsonc': 'jsonc', '.jsonl': 'jsonl', '.ndjson': 'jsonl', '.rttm': 'rttm' }

class TextDocument {
  constructor(uri, text, languageId) {
    this.uri = uri
    this.text = text
    this.languageId = languageId ?? languageIDs[path.extname(uri.path)] ?? 'plaintext'
    this.version = 1
    this.isDirty = false
  }
  getText(range) {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text
  }
  offsetAt({ line, character }) {
    let start = 0
    for (let number = 0; number < line; number += 1) {
      const end = this.text.indexOf('\n', start)
      if (end < 0) return this.text.length
      start = end + 1
    }
    const end = this.text.indexOf('\n', start)
    return Math.min(start + character, end < 0 ? this.text.length : end)
  }
  positionAt(offset) {
    const before = this.text.slice(0, offset)
    return new Position(before.split('\n').length - 1, offset - (before.lastIndexOf('\n') + 1))
  }
  /** The first place of a text, behind another where given. */
  rangeOf(text, after) {
    const start = this.text.indexOf(text, after === undefined ? 0 : this.text.indexOf(after) + after.length)
    if (start < 0) throw new Error(`${text} is not in ${this.uri}`)
    return new Range(this.positionAt(start), this.positionAt(start + text.length))
  }
  save() {
    fs.writeFileSync(this.uri.fsPath, this.text)
    const wasDirty = this.isDirty
    this.isDirty = false
    this.events.saved.fire(this)
    return Promise.resolve(wasDirty)
  }
}

class Documents {
  constructor() {
    this.all = []
    this.contentProviders = new Map()
    this.events = {
      opened: new EventEmitter(), changed: new EventEmitter(), saved: new EventEmitter(), closed: new EventEmitter(),
    }
  }

  find(uri) {
    return this.all.find((document) => document.uri.toString() === uri.toString())
  }

  async open(uri, languageId) {
    const known = this.find(uri)
    if (known) return known
    const provider = this.contentProviders.get(uri.scheme)
    if (uri.scheme !== 'file' && !provider) throw new Error(`nobody has texts of ${uri.scheme}`)
    const text = provider ? await provider.provideTextDocumentContent(uri, undefined) : fs.readFileSync(uri.fsPath, 'utf8')
    const document = new TextDocument(uri, text, languageId)
    document.events = this.events
    this.all.push(document)
    this.events.opened.fire(document)
    return document
  }

  close(document) {
    this.all.splice(this.all.indexOf(document), 1)
    this.events.closed.fire(document)
  }

  /** Edits of one text at once, each meant in the text as it was: told from the last to the first, as the editor does. */
  change(document, edits) {
    const later = (one, other) => other.range.start.compareTo(one.range.start)
    const contentChanges = [...edits].sort(later).map(({ range, newText }) => ({ range, text: newText }))
    for (const { range, text } of contentChanges) {
      const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)]
      document.text = document.text.slice(0, start) + text + document.text.slice(end)
    }
    document.version += 1
    document.isDirty = true
    this.events.changed.fire({ document, contentChanges })
  }

  /** All or nothing is not tried here: a file that is missing fails the test. */
  async apply(edit) {
    const texts = new Map()
    for (const step of edit.steps) {
      if (step.kind === 'create') {
        if (!fs.existsSync(step.uri.fsPath)) fs.writeFileSync(step.uri.fsPath, '')
        continue
      }
      const key = step.uri.toString()
      texts.set(key, [...(texts.get(key) ?? []), step])
    }
    for (const [key, edits] of texts) this.change(await this.open(Uri.parse(key)), edits)
    return true
  }
}

module.exports = { Documents }
