'use strict'

const vscode = require('vscode')
const { check } = require('../check')
const { fileInFront, running } = require('./common')

/** Checks every file in a folder, open or not. */
async function run(runner, given) {
  const folder = given ?? (await chosenFolder())
  if (!folder) return
  const client = running(runner)
  if (!client.offers('concord.checkFolder')) return check(runner, folder)
  const options = { location: vscode.ProgressLocation.Window, title: 'Concord checks …' }
  const answer = await vscode.window.withProgress(options, () =>
    client.execute('concord.checkFolder', [folder.toString()]),
  )
  await vscode.window.showInformationMessage(summary(answer))
}

const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

function summary({ files, filesWithFindings, error, warning, information, hint }) {
  const checked = `Concord checked ${counted(files, 'file')}`
  if (filesWithFindings === 0) return `${checked} and found nothing.`
  const kinds = [
    error && counted(error, 'error'), warning && counted(warning, 'warning'),
    information + hint > 0 && counted(information + hint, 'remark'),
  ].filter(Boolean)
  return `${checked}: ${kinds.join(', ')} in ${counted(filesWithFindings, 'file')}. They stand under Problems.`
}

async function chosenFolder() {
  const folders = vscode.workspace.workspaceFolders ?? []
  const front = fileInFront()
  const own = front && vscode.workspace.getWorkspaceFolder(front)
  if (own) return own.uri
  if (folders.length === 0) throw new Error('No folder is open. Open the one with your labels (File > Open Folder).')
  if (folders.length === 1) return folders[0].uri
  const choices = folders.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }))
  return (await vscode.window.showQuickPick(choices, { placeHolder: 'Which folder?' }))?.uri
}

module.exports = { run }
