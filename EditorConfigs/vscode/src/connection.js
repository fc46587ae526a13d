'use strict'

// JSON-RPC over a process's standard input and output, framed as the Language Server Protocol says.

/** What a request was refused with. */
class ResponseError extends Error {
  constructor({ code, message, data }) {
    super(message)
    this.code = code
    this.data = data
  }
}

/** Longest header that is read; the protocol's own takes some forty bytes. */
const headerLimit = 4096

/** Takes bytes in pieces of any size and gives whole messages. Cost: each byte is copied once. */
class MessageReader {
  constructor(onMessage) {
    this.onMessage = onMessage
    this.pieces = []
    this.held = 0
    this.awaited = null
  }

  take(piece) {
    this.pieces.push(piece)
    this.held += piece.length
    while (this.awaited === null ? this.readHeader() : this.readBody()) {}
  }

  /** Whether there was a whole header. */
  readHeader() {
    const held = this.join()
    const end = held.indexOf('\r\n\r\n')
    if (end < 0) {
      if (held.length > headerLimit) throw new Error('what came is no message')
      return false
    }
    const length = /^content-length: *(\d+)\r?$/im.exec(held.toString('latin1', 0, end))
    if (!length) throw new Error('a message came without its length')
    this.keep(held.subarray(end + 4))
    this.awaited = Number(length[1])
    return true
  }

  /** Whether there was a whole message. */
  readBody() {
    if (this.held < this.awaited) return false
    const held = this.join()
    const body = held.toString('utf8', 0, this.awaited)
    this.keep(held.subarray(this.awaited))
    this.awaited = null
    this.onMessage(JSON.parse(body))
    return true
  }

  join() {
    if (this.pieces.length !== 1) this.pieces = [Buffer.concat(this.pieces, this.held)]
    return this.pieces[0]
  }

  keep(rest) {
    this.pieces = [rest]
    this.held = rest.length
  }
}

/** One conversation. `input` is written to, `output` is read from. */
class Connection {
  /** `onFault` is told, once, of an output that is no protocol: nothing more is read then. */
  constructor(input, output, onFault) {
    this.input = input
    this.waiting = new Map()
    this.requestHandlers = new Map()
    this.notificationHandlers = new Map()
    this.lastID = 0
    this.isClosed = false
    const reader = new MessageReader((message) => this.receive(message))
    const read = (piece) => {
      try {
        reader.take(piece)
      } catch (error) {
        output.off('data', read)
        onFault(error)
      }
    }
    output.on('data', read)
    // A server that is gone is noticed by its end, not by what can't be written to it.
    input.on('error', () => {})
  }

  onRequest(method, handler) {
    this.requestHandlers.set(method, handler)
  }

  onNotification(method, handler) {
    this.notificationHandlers.set(method, handler)
  }

  notify(method, params) {
    this.write({ jsonrpc: '2.0', method, params })
  }

  /** The answer. With a token of the editor's, the server is told when nobody waits for it any more. */
  request(method, params, token) {
    if (this.isClosed) return Promise.reject(new Error('Concord is not running'))
    const id = ++this.lastID
    return new Promise((resolve, reject) => {
      const watch = token?.onCancellationRequested(() => this.notify('$/cancelRequest', { id }))
      this.waiting.set(id, { resolve, reject, watch })
      this.write({ jsonrpc: '2.0', id, method, params })
    })
  }

  /** Whoever still waits is told that no answer comes. */
  close() {
    this.isClosed = true
    for (const { reject, watch } of this.waiting.values()) {
      watch?.dispose()
      reject(new Error('Concord stopped'))
    }
    this.waiting.clear()
  }

  write(message) {
    if (this.isClosed) return
    const body = Buffer.from(JSON.stringify(message), 'utf8')
    this.input.write(`Content-Length: ${body.length}\r\n\r\n`)
    this.input.write(body)
  }

  receive(message) {
    if (message.method === undefined) return this.settle(message)
    if (message.id === undefined) {
      this.notificationHandlers.get(message.method)?.(message.params)
      return
    }
    this.answer(message)
  }

  settle({ id, result, error }) {
    const waiter = this.waiting.get(id)
    if (!waiter) return
    this.waiting.delete(id)
    waiter.watch?.dispose()
    if (error) waiter.reject(new ResponseError(error))
    else waiter.resolve(result)
  }

  async answer({ id, method, params }) {
    const handler = this.requestHandlers.get(method)
    if (!handler) {
      this.write({ jsonrpc: '2.0', id, error: { code: -32601, message: `\`${method}\` is not served here` } })
      return
    }
    try {
      this.write({ jsonrpc: '2.0', id, result: (await handler(params)) ?? null })
    } catch (error) {
      this.write({ jsonrpc: '2.0', id, error: { code: -32803, message: String(error?.message ?? error) } })
    }
  }
}

module.exports = { Connection, MessageReader, ResponseError }
