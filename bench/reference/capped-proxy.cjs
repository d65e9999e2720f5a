// Passes TCP connections on to another server, and caps what flows back on each of them: a stand-in for a store that
// gives every connection the same limited rate.
const { connect, createServer } = require('node:net')
const { ready } = require('./ready.cjs')

const [target, limit] = [new URL(process.argv[2]), Number(process.argv[3])]
// An idle connection saves up no more than this many seconds of its rate.
const burst = 0.01

ready(
  createServer((client) => {
    const server = connect({ host: target.hostname, port: Number(target.port), noDelay: true })
    client.setNoDelay(true)
    client.pipe(server)
    let paidUntil = 0
    let timer
    server.on('data', (chunk) => {
      const now = performance.now() / 1000
      paidUntil = Math.max(paidUntil, now - burst) + chunk.length / limit
      const writable = client.write(chunk)
      if (paidUntil > now) {
        server.pause()
        timer = setTimeout(() => server.resume(), (paidUntil - now) * 1000)
      } else if (!writable) {
        server.pause()
        client.once('drain', () => server.resume())
      }
    })
    const destroy = () => {
      clearTimeout(timer)
      client.destroy()
      server.destroy()
    }
    server.on('end', () => client.end())
    server.on('error', destroy)
    client.on('error', destroy).on('close', destroy)
  }),
)
