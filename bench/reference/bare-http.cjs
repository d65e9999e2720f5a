// node:http that answers every request with JSON.stringify of one value: no router, no authentication, no state.
const { readFileSync } = require('node:fs')
const { createServer } = require('node:http')
const { ready } = require('./ready.cjs')

const value = JSON.parse(readFileSync(process.argv[2], 'utf8'))

ready(
  createServer((_request, response) => {
    const body = JSON.stringify(value)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  }),
)
