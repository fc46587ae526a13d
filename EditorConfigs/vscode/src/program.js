'use strict'

const fs = require('fs')
const os = require('os')
const path = require('path')

// Where the program `concord` is.

/** Where archives and packages put it, besides what is on the PATH. */
const usual = ['/usr/bin/concord', '/usr/local/bin/concord', '~/.local/bin/concord', '~/concord/bin/concord', '/opt/concord/bin/concord']

function expanded(file) {
  return file === '~' || file.startsWith('~/') ? path.join(os.homedir(), file.slice(1)) : file
}

function isProgram(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

/**
 * The program's path, or `{ missing }`: the places that were looked at.
 *
 * A setting is meant: if nothing is there, no other is taken. It may name the program, the archive's folder or its `bin`.
 * An extension that was copied with an unpacked archive finds that archive's program last.
 */
function findProgram(setting, searchPath, extensionFolder) {
  const places = setting ? named(setting) : unnamed(searchPath, extensionFolder)
  const found = places.find(isProgram)
  return found ? { program: found } : { missing: places }
}

function named(setting) {
  const place = expanded(setting.trim())
  // Relative to what the editor happened to be started in is nowhere.
  if (!path.isAbsolute(place)) return []
  return [place, path.join(place, 'concord'), path.join(place, 'bin', 'concord')]
}

function unnamed(searchPath, extensionFolder) {
  const onPath = (searchPath ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, 'concord'))
  const places = [...onPath, ...usual.map(expanded)]
  let folder = extensionFolder
  while (folder && path.dirname(folder) !== folder) {
    folder = path.dirname(folder)
    places.push(path.join(folder, 'bin', 'concord'))
  }
  return places
}

module.exports = { findProgram }
