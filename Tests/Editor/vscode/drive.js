'use strict'

const assert = require('assert')
const fs = require('fs')
const Module = require('module')
const path = require('path')
const test = require('node:test')
const { makeEditor } = require('./standin/vscode')

// Starts the extension as the editor would, with the real server, and looks at what comes of it. Every wait is for an event; the
// limit only ends a run that hangs.

const work = process.env.CONCORD_TEST_WORK
const products = process.env.CONCORD_TEST_PRODUCTS
const root = process.env.CONCORD_TEST_ROOT
const extension = process.env.CONCORD_TEST_EXTENSION
const limit = Number(process.env.CONCORD_TEST_LIMIT ?? 60_000)

let editor
let active
const resolve = Module._resolveFilename
Module._resolveFilename = (name, ...rest) => (name === 'vscode' ? 'vscode' : resolve(name, ...rest))
function installed(module) {
  for (const name of Object.keys(require.cache)) if (name.startsWith(extension)) delete require.cache[name]
  require.cache.vscode = { id: 'vscode', exports: module, loaded: true }
  return require(extension)
}

/** An editor with the extension in it. */
async function start({ folders = [path.join(work, 'shelf')], settings = {} } = {}) {
  editor = makeEditor({
    folders,
    settings: {
      'concord.server.path': path.join(products, 'concord'), 'concord.server.plugins': [path.join(root, 'Plugins')],
      'concord.typingPause': 0, 'concord.role': 'annotator', 'concord.scope': 'open files', ...settings,
    },
  })
  active = installed(editor.module)
  await active.activate({ extensionPath: extension, subscriptions: [] })
  return editor
}

/** What holds at last; looked at whenever the editor was told something. */
function until(what, condition) {
  return new Promise((resolve, reject) => {
    const watch = editor.state.words.event(look)
    const timer = setTimeout(() => end(reject, new Error(`waited in vain: ${what}\n${shown()}\n${JSON.stringify(editor.state.shown)}\n${editor.state.log}`)), limit)
    function end(settle, value) {
      watch.dispose()
      clearTimeout(timer)
      settle(value)
    }
    function look() {
      const found = condition()
      if (found) end(resolve, found)
    }
    look()
  })
}

const shown = () =>
  [...editor.state.collections].flatMap(([name, files]) =>
    [...files].flatMap(([uri, list]) => list.map((one) => `${name} ${uri} ${one.range?.start.line}: ${one.message}`)),
  ).join('\n')

const address = (name) => editor.module.Uri.file(path.join(work, name))
const collection = (name = 'concord') => editor.state.collections.get(name)
const found = (document, rule) => {
  const ofRule = (one) => (one.code?.value ?? one.code) === rule
  return (collection().get(document.uri.toString()) ?? []).filter(ofRule)
}
const provider = (name) => editor.state.providers.get(name)?.provider
const token = { onCancellationRequested: () => ({ dispose() {} }), isCancellationRequested: false }
const run = (name, ...parameters) => editor.state.commands.get(name)(...parameters)

/** Opens a file in front, with the cursor on a text. */
async function open(name, text) {
  const document = await editor.state.documents.open(address(name))
  const selection = text ? document.rangeOf(text) : undefined
  await editor.module.window.showTextDocument(document, { selection })
  return document
}

const stop = () => active.deactivate()
// A failed test must not leave a server behind, for which the run would wait.
test.after(() => stop())
const digits = 'retail-sku/gtin-check-digit'

test('a finding stands at its place, and goes with the fix that is offered for it', async () => {
  await start()
  const document = await open('shelf/shelf.json', '"8936000010518"')
  const [finding] = await until('the wrong barcode', () => found(document, digits).length > 0 && found(document, digits))
  assert(finding.range.isEqual(document.rangeOf('"8936000010518"')), shown())
  assert.match(finding.message, /the last one is 5, not 8/)
  assert.equal(finding.severity, editor.module.DiagnosticSeverity.Error)
  const context = { diagnostics: [finding], triggerKind: 1, only: undefined }
  const number = await until('a number without quotes', () =>
    (collection().get(document.uri.toString()) ?? []).find(
      (one) => one.range.isEqual(document.rangeOf('8936000012366,')) || document.getText(one.range) === '8936000012366',
    ),
  )
  const actions = await provider('registerCodeActionsProvider').provideCodeActions(
    document, number.range, { ...context, diagnostics: [number] }, token)
  const fix = actions.find((one) => one.isPreferred)
  assert(fix, JSON.stringify(actions.map((one) => one.title)))
  assert.equal(fix.diagnostics[0], number)
  const whole = fix.edit ? fix : await provider('registerCodeActionsProvider').resolveCodeAction(fix, token)
  await editor.module.workspace.applyEdit(whole.edit)
  assert.match(document.text, /"label": "8936000012366", "row": 2, "by": "ann-07", "origin": "human", "pass": "first"},\n.*a12/)
  await until('no such finding', () =>
    !(collection().get(document.uri.toString()) ?? []).some((one) => one.message === number.message))
})

test('the value at the cursor is explained, led to, completed and renamed', async () => {
  const document = editor.module.window.activeTextEditor.document
  const label = document.rangeOf('8936000010140', '"label": ').start
  const hover = await provider('registerHoverProvider').provideHover(document, label, token)
  assert.match(hover.contents[0].value, /Fresh milk/)
  const [list] = await provider('registerDefinitionProvider').provideDefinition(document, label, token)
  assert.match((list.targetUri ?? list.uri).path, /skus\.json$/)
  const source = document.rangeOf('front', '"source": ').start
  const context = { triggerKind: 0 }
  const offered = await provider('registerCompletionItemProvider').provideCompletionItems(document, source, token, context)
  assert(offered.items.some((item) => JSON.stringify(item.label).includes('front')), JSON.stringify(offered.items))
  const outline = await provider('registerDocumentSymbolProvider').provideDocumentSymbols(document, token)
  assert(outline.length > 0 && outline.some((symbol) => symbol.children.length > 0))
  // Ids count within a sample.
  const places = JSON.parse(document.text).samples[0].annotations.filter((one) => one.source === 'front').length
  const renamed = await provider('registerRenameProvider').provideRenameEdits(document, source, 'main-camera', token)
  await editor.module.workspace.applyEdit(renamed)
  assert.equal(document.text.split('"source": "main-camera"').length, places + 1)
  assert.equal(document.text.split('"id": "main-camera"').length, 2)
  const taken = document.rangeOf('a1', '"annotations": [').start
  await assert.rejects(
    provider('registerRenameProvider').provideRenameEdits(document, taken, 'a2', token), /taken already/)
})

test('"this is right" asks for a reason before it writes anything, and writes it where it belongs', async () => {
  const document = editor.module.window.activeTextEditor.document
  const decisions = path.join(work, 'shelf/concord.decisions.jsonl')
  await editor.module.window.showTextDocument(document, { selection: document.rangeOf('"8936000010518"') })
  // Where all of a kind could be accepted at once, only this one is.
  let reason
  editor.state.answer = ({ kind, choices }) => (kind === 'pick' ? choices[0] : reason)
  // Nothing is said: nothing happens.
  await run('concord.thisIsRight')
  assert(!fs.existsSync(decisions))
  const { validateInput } = editor.state.asked.at(-1)
  assert(validateInput('  ') && !validateInput('The pack is misprinted.'))
  reason = 'The pack says "8", \\ misprinted.'
  await run('concord.thisIsRight')
  const lines = fs.readFileSync(decisions, 'utf8').trim().split('\n')
  assert.equal(lines.length, 1)
  const decision = JSON.parse(lines[0])
  assert.equal(decision.reason, reason)
  assert.equal(decision.rule, digits)
  await until('the finding is only a hint', () =>
    found(document, digits).every((one) => one.severity !== editor.module.DiagnosticSeverity.Error))
})

test('settings reach the server while it runs', async () => {
  const document = editor.module.window.activeTextEditor.document
  const closed = address('shelf/checkout.json').toString()
  assert(!collection().has(closed))
  editor.state.settings['concord.scope'] = 'workspace'
  editor.state.changes.fire({ affectsConfiguration: (name) => name === 'concord' })
  await until('findings in a closed file', () => collection().get(closed)?.length > 0)
  editor.state.settings['concord.language'] = 'vi'
  editor.state.changes.fire({ affectsConfiguration: (name) => name.startsWith('concord') && name !== 'concord.server' })
  await until('words in Vietnamese', () => found(document, digits).some((one) => /[ạảấầậắặếềệịốộớợứừự]/.test(one.message)))
  await stop()
  assert.equal(collection().size, 0)
})

test('a folder that is opened can name no program', async () => {
  await start()
  const { startSettings } = require(path.join(extension, 'src/settings'))
  editor.state.ofFolder = { 'concord.server.path': '/tmp/theirs' }
  assert.equal(startSettings().path, path.join(products, 'concord'))
})

test('a folder is checked, and what is found in files that nobody has open is shown', async () => {
  const front = await open('shelf/shelf.json')
  await until('what is found in the open file', () => found(front, digits).length > 0)
  await run('concord.checkThisFolder')
  const uri = address('shelf/checkout.json').toString()
  await until('findings in a closed file', () => shown().includes(uri))
  const words = editor.state.shown.at(-1).message
  assert.match(words, /^Concord (found \d+ things in \d+ files|checked \d+ files: .*)/)
  assert.match(shown(), /The till says 2, the picture shows 3/)
})

test('a file is checked from disk without being opened', async () => {
  await run('concord.checkThisFile', address('shelf/corners.coco.json'))
  const files = collection('concord-check')
  assert.deepEqual([...files.keys()], [address('shelf/corners.coco.json').toString()])
  assert.match(files.values().next().value[0].message, /look like left, top, right, bottom/)
  // Once it is open, the server tells.
  await open('shelf/corners.coco.json')
  assert.equal(files.size, 0)
  await run('concord.checkThisFile', address('shelf/nowhere.json'))
  assert.equal(editor.state.shown.at(-1).kind, 'error')
  await stop()
})

/** Runs a command that the server has a part in. Whether it has: one that is older says so, in words, and nothing happens. */
async function runIfServed(name, command) {
  await run(name)
  const isServed = active.running().offers(command)
  const refusal = editor.state.shown.find(({ message }) => /older than this extension/.test(message))
  assert.equal(refusal === undefined, isServed, `${command}: ${JSON.stringify(editor.state.shown)}`)
  return isServed
}

test('the next disagreement is gone to, and the one after that', async () => {
  await start({ folders: [path.join(work, 'street-scene')], settings: { 'concord.role': 'reviewer' } })
  const document = await open('street-scene/camera/day1.json')
  await until('what files say against each other', () =>
    (collection().get(document.uri.toString()) ?? []).some((one) => one.relatedInformation?.length > 0))
  const place = () => {
    const { document: front, selection } = editor.module.window.activeTextEditor
    return `${front.uri} ${selection.active.line}:${selection.active.character}`
  }
  const places = [place()]
  if (!(await runIfServed('concord.goToNextDisagreement', 'concord.nextDisagreement'))) return
  places.push(place())
  await run('concord.goToNextDisagreement')
  places.push(place())
  assert.equal(new Set(places).size, 3, places.join('\n'))
  const { document: last, selection } = editor.module.window.activeTextEditor
  await until('the finding there', () =>
    editor.module.languages.getDiagnostics(last.uri).some((one) => one.range.intersection(selection)))
})

test('a record is opened by its number or address, and one of a very large file in a text of its own', async () => {
  editor.state.answer = ({ validateInput }) => {
    assert(validateInput('0') && validateInput('x') && validateInput('-1') && !validateInput('3'))
    return ' 3 '
  }
  await open('street-scene/audio/events.jsonl')
  if (!(await runIfServed('concord.openThisRecord', 'concord.openRecord'))) return
  assert.equal(editor.module.window.activeTextEditor.selection.start.line, 2)
  await open('street-scene/camera/day1.json')
  editor.state.answer = () => '/annotations/1'
  await run('concord.openThisRecord')
  const { document, selection } = editor.module.window.activeTextEditor
  assert.deepEqual(JSON.parse(document.getText(selection)), JSON.parse(document.text).annotations[1])
  // The editor hands nothing of it to anybody; all there is of it is a tab.
  editor.module.window.activeTextEditor = undefined
  editor.module.window.tabGroups.activeTabGroup.activeTab = { input: { uri: address('large/large.jsonl') } }
  editor.state.answer = () => '50001'
  await run('concord.openThisRecord')
  const made = editor.module.window.activeTextEditor?.document
  assert.equal(made?.uri.scheme, 'concord', JSON.stringify(editor.state.shown))
  assert.equal(JSON.parse(made.text).number, 50_000)
})

test('the check behind a finding is explained', async () => {
  const document = await open('street-scene/camera/day1.json')
  const [finding] = await until('a finding', () => collection().get(document.uri.toString()))
  await editor.module.window.showTextDocument(document, { selection: finding.range })
  editor.state.answer = ({ choices }) => choices[0]
  if (await runIfServed('concord.explainThis', 'concord.explainRule')) {
    const page = editor.module.window.activeTextEditor.document
    assert.equal(page.uri.scheme, 'concord')
    assert(page.text.includes(finding.code?.value ?? finding.code), page.text)
  }
  await stop()
})

test('a server that is gone is started again, and knows the open texts', async () => {
  await start()
  const document = await open('shelf/corners.coco.json')
  await until('findings', () => (collection().get(document.uri.toString()) ?? []).length > 0)
  process.kill(childOf(), 'SIGKILL')
  await until('none', () => collection().size === 0)
  await until('the same again', () => (collection().get(document.uri.toString()) ?? []).length > 0)
  assert.match(editor.state.log, /Concord stopped \(SIGKILL\)/)
  await stop()
})

/** The server's process: the only child that this one has. */
function childOf() {
  const children = fs.readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ')
  return Number(children.at(-1))
}

test('where the program is missing, one message says what to do', async () => {
  const searched = process.env.PATH
  await start({ settings: { 'concord.server.path': '/nowhere/concord' } })
  assert.match(editor.state.shown[0].message, /no program at \/nowhere\/concord, which the setting concord\.server\.path names/)
  assert.deepEqual(editor.state.shown[0].choices, ['Say where it is', 'Try again'])
  // Nothing that needs it fails without a word.
  await run('concord.checkThisFolder')
  assert.match(editor.state.shown.at(-1).message, /Restart/)
  process.env.PATH = path.join(work, 'empty')
  process.env.HOME = path.join(work, 'empty')
  await start({ settings: { 'concord.server.path': '' } })
  process.env.PATH = searched
  assert.match(editor.state.shown[0].message, /Unpack its archive or install its package/)
  assert.match(editor.state.log, new RegExp(path.join(work, 'empty', 'concord')))
  // It is there by now.
  editor.state.settings['concord.server.path'] = path.join(products, 'concord')
  await run('concord.restart')
  assert.match(editor.state.log, /runs/)
  await stop()
})

test('messages come in pieces of any size, and what is none is refused', () => {
  const { MessageReader } = require(path.join(extension, 'src/connection'))
  const framed = (message) => {
    const body = Buffer.from(JSON.stringify(message))
    return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\nContent-Type: x\r\n\r\n`), body])
  }
  const messages = [{ text: 'Sữa tươi 🥛' }, {}, { list: [1, 2] }]
  const bytes = Buffer.concat(messages.map(framed))
  for (const size of [1, 2, 7, bytes.length]) {
    const read = []
    const reader = new MessageReader((message) => read.push(message))
    for (let at = 0; at < bytes.length; at += size) reader.take(bytes.subarray(at, at + size))
    assert.deepEqual(read, messages)
  }
  const refusing = () => new MessageReader(() => assert.fail('read something'))
  assert.throws(() => refusing().take(Buffer.from('Hello: world\r\n\r\n{}')), /without its length/)
  assert.throws(() => refusing().take(Buffer.alloc(10_000, 'x')), /no message/)
  assert.throws(() => refusing().take(Buffer.from('Content-Length: 2\r\n\r\n}{')), SyntaxError)
})

test('the server hears of the files that it asked for, and of no others', async () => {
  await start()
  const { accepts } = require(path.join(extension, 'src/features/files'))
  const filters = (glob) => [{ scheme: 'file', pattern: { glob } }]
  const file = (name) => editor.module.Uri.file(name)
  assert(accepts(filters('**/*.{png,jpg}'), file('/a/b/c.jpg')))
  assert(accepts(filters('**/*.{png,jpg}'), file('/c.png')))
  assert(!accepts(filters('**/*.{png,jpg}'), file('/a/c.jpg.txt')))
  assert(!accepts(filters('/a/*.png'), file('/a/b/c.png')))
  assert(accepts(filters('/a/**'), file('/a/b/c.png')))
  assert(accepts(filters('**/c?.(1).json'), file('/a/c+.(1).json')))
  assert(!accepts(filters('**/*.json'), editor.module.Uri.parse('untitled:a.json')))
  // What the running server watches comes to it.
  const watching = await until('a watcher', () => editor.state.watchers[0])
  assert(watching.glob)
  await stop()
})
