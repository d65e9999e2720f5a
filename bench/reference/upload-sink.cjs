// Takes an upload to the API's path, reads its bytes and forgets them: what is left is the sender's own speed.
const { createServer } = require('node:http')
const { ready } = require('./ready.cjs')

ready(
  createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ id: 'sinkId', name: 'sink' }))
    })
  }),
)
