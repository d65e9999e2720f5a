// PUT writes the body to a new file of the folder and answers its SHA-512; DELETE removes that file. Nothing else is
// done to the bytes: hash on the main thread, positional writes on the thread pool, at most `window` bytes of them
// on their way.
const { createHash, randomUUID } = require('node:crypto')
const { close, openSync, unlinkSync, write } = require('node:fs')
const { createServer } = require('node:http')
const { basename, join } = require('node:path')
const { ready } = require('./ready.cjs')

const folder = process.argv[2]
const window = 1024 * 1024

function receive(request, response) {
  const id = randomUUID()
  const file = openSync(join(folder, id), 'wx')
  const hash = createHash('sha512')
  let position = 0
  let pending = 0
  let ended = false
  const finish = () => {
    if (!ended || pending > 0) return
    close(file, () => {
      response.writeHead(201, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ id, size: position, fileChecksums: [{ fileHash: hash.digest('hex') }] }))
    })
  }
  request.on('data', (chunk) => {
    hash.update(chunk)
    pending += chunk.length
    if (pending >= window) request.pause()
    write(file, chunk, 0, chunk.length, position, (error) => {
      if (error) throw error
      pending -= chunk.length
      if (pending < window) request.resume()
      finish()
    })
    position += chunk.length
  })
  request.on('end', () => {
    ended = true
    finish()
  })
}

ready(
  createServer((request, response) => {
    if (request.method === 'PUT') return receive(request, response)
    unlinkSync(join(folder, basename(request.url)))
    response.writeHead(204).end()
  }),
)
