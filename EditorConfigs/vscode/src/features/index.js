'use strict'

// One file a group of features. Each entry names the member of the server's capabilities under which it is offered.

const groups = [
  require('./actions'), require('./completion'), require('./files'), require('./layout'), require('./marks'), require('./navigation'),
  require('./reading'),
]

/** What the running server offers, as the editor's providers. */
function registerFeatures(client) {
  return groups
    .flatMap((group) => group.features)
    .filter(({ capability }) => client.capabilities[capability])
    .flatMap(({ capability, register }) => register(client, client.capabilities[capability]))
}

module.exports = { registerFeatures }
