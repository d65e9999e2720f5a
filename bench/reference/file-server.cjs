// Serves one file, whole or by one range, with the plainest fast means of node: a read stream of 1 MiB chunks.
const { createReadStream, statSync } = require('node:fs')
const { createServer } = require('node:http')
const { pipeline } = require('node:stream')
const { ready } = require('./ready.cjs')

const path = process.argv[2]
const { size } = statSync(path)

ready(
  createServer((request, response) => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
    const [start, end] = range ? [Number(range[1]), Number(range[2])] : [0, size - 1]
    const headers = { 'content-length': end - start + 1, 'content-type': 'application/octet-stream' }
    if (range) headers['content-range'] = `bytes ${start}-${end}/${size}`
    response.writeHead(range ? 206 : 200, headers)
    pipeline(createReadStream(path, { start, end, highWaterMark: 1024 * 1024 }), response, () => {})
  }),
)
