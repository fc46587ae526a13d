'use strict'

const { running } = require('./common')

/** A command that the server put behind a fix, a hint or a line over a text. */
async function run(runner, { command, arguments: parameters }) {
  await running(runner).execute(command, parameters)
}

module.exports = { run }
