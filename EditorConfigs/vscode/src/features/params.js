'use strict'

const convert = require('../convert')

// Parameters that many requests share.

const ofDocument = (document) => ({ textDocument: { uri: convert.fromURI(document.uri) } })
const at = (document, position) => ({ ...ofDocument(document), position: convert.fromPosition(position) })
const within = (document, range) => ({ ...ofDocument(document), range: convert.fromRange(range) })

module.exports = { ofDocument, at, within }
