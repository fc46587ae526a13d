'use strict'

const { spawn } = require('child_process')
const readline = require('readline')
const vscode = require('vscode')
const convert = require('./convert')
const { serverSettings, startSettings } = require('./settings')

/** More findings are counted, but not shown: somebody has to read them. */
const fileLimit = 1_000
const limit = 20_000

/**
 * Checks a file or folder from disk with `concord check`, and shows what it finds in files that are not open.
 *
 * Cost here: the findings, not the files.
 */
async function check(runner, uri) {
  const program = runner.program()
  if (!program) return
  runner.fromDisk.clear()
  const options = { location: vscode.ProgressLocation.Notification, title: 'Concord checks from disk', cancellable: true }
  const done = await vscode.window.withProgress(options, (progress, token) => run(runner, program, uri, token))
  if (done) await vscode.window.showInformationMessage(words(done))
}

async function run(runner, program, uri, token) {
  const language = serverSettings().language ?? vscode.env.language
  const { plugins } = startSettings()
  const parameters = ['check', '--format', 'jsonl', '--progress', 'never', '--lang', language]
  for (const folder of plugins) parameters.push('--plugins', folder)
  const child = spawn(program, [...parameters, uri.fsPath], { stdio: ['ignore', 'pipe', 'pipe'] })
  const cancelling = token.onCancellationRequested(() => child.kill())
  const status = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  // Awaited below; until then nobody minds.
  status.catch(() => {})
  let told = ''
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (text) => {
    runner.output.append(text)
    told = (told + text).slice(-2000)
  })
  const found = new Findings(runner)
  try {
    for await (const line of readline.createInterface({ input: child.stdout })) found.take(line)
    const code = await status
    if (token.isCancellationRequested) return undefined
    if (code !== 0 && code !== 1) throw new Error(told.trim() || `concord check ended with ${code}`)
    return found
  } finally {
    cancelling.dispose()
    found.show()
  }
}

/** What one run found. */
class Findings {
  constructor(runner) {
    this.runner = runner
    this.files = new Map()
    this.count = 0
    this.shown = 0
  }

  take(line) {
    if (!line) return
    const finding = JSON.parse(line)
    if (typeof finding.path !== 'string' || !finding.range) return
    this.count += 1
    const known = this.files.get(finding.path) ?? []
    this.files.set(finding.path, known)
    if (known.length >= fileLimit || this.shown >= limit) return
    this.shown += 1
    known.push(convert.diagnostic({
      range: finding.range,
      message: finding.message,
      severity: ['', 'error', 'warning', 'information', 'hint'].indexOf(finding.severity),
      code: finding.rule,
      relatedInformation: finding.related?.map((place) => ({
        location: { uri: vscode.Uri.file(place.path).toString(), range: place.range }, message: place.message,
      })),
    }))
  }

  /** Of open files the server tells, in the text as it is now. */
  show() {
    const open = new Set(vscode.workspace.textDocuments.map((document) => document.uri.toString()))
    for (const [file, findings] of this.files) {
      const uri = vscode.Uri.file(file)
      if (!open.has(uri.toString())) this.runner.fromDisk.set(uri, findings)
    }
  }
}

function words({ count, shown, files }) {
  if (count === 0) return 'Concord found nothing.'
  const many = `${count} ${count === 1 ? 'thing' : 'things'} in ${files.size} ${files.size === 1 ? 'file' : 'files'}`
  const rest = shown < count ? ` ${shown} of them are shown.` : ''
  return `Concord found ${many}. They stand under Problems.${rest}`
}

module.exports = { check }
