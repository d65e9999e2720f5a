// Serves one file of the API, by ranges, with so many bytes per second on each connection, and counts what it was
// asked for: GET /counts.
const { createReadStream, statSync } = require('node:fs')
const { createServer } = require('node:http')
const { ready } = require('./ready.cjs')

const [path, sha512, limit] = [process.argv[2], process.argv[3], Number(process.argv[4])]
const { size } = statSync(path)
const counts = { requests: 0, bytes: 0 }
const piece = 256 * 1024

function json(response, value) {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function send(response, start, end) {
  const begin = performance.now()
  let sent = 0
  for await (const chunk of createReadStream(path, { start, end, highWaterMark: piece })) {
    if (response.destroyed) return
    await new Promise((taken) => response.write(chunk, taken))
    counts.bytes += chunk.length
    sent += chunk.length
    const early = (sent / limit) * 1000 - (performance.now() - begin)
    if (early > 1) await new Promise((later) => setTimeout(later, early))
  }
  response.end()
}

ready(
  createServer((request, response) => {
    if (request.url === '/counts') return json(response, counts)
    counts.requests++
    if (!request.url.endsWith('/contents/')) {
      const fileChecksums = [{ hashFunction: 'sha512', fileHash: sha512 }]
      return json(response, { id: 'counted', name: 'counted', decryptedSize: size, fileChecksums })
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    const [start, end] = range ? [Number(range[1]), Number(range[2])] : [0, size - 1]
    const headers = { 'content-length': end - start + 1, 'content-type': 'application/octet-stream' }
    if (range) headers['content-range'] = `bytes ${start}-${end}/${size}`
    response.writeHead(range ? 206 : 200, headers)
    void send(response, start, end)
  }),
)
