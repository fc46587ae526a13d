'use strict'

const { check } = require('../check')
const { fileInFront } = require('./common')

/** Checks a file as it is on disk: the way for those that are too large for the editor to hand over. */
async function run(runner, given) {
  const file = given ?? fileInFront()
  if (file?.scheme !== 'file') throw new Error('No file is open that is on disk.')
  await check(runner, file)
}

module.exports = { run }
