// A small stand-in for wrk, run by bare node in a process of its own. It writes the same request again on each
// connection as soon as the answer to the last one is complete; answers need a Content-Length.
import { connect } from 'node:net'

const { url, headers, connections, seconds, variety } = JSON.parse(process.argv[2] ?? '{}')
const { hostname, port, host, pathname, search } = new URL(url)
const fields = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
const requests = Array.from({ length: variety }, (_, index) => {
  const target = pathname + search + (variety > 1 ? `&n=${index}` : '')
  return Buffer.from(`GET ${target} HTTP/1.1\r\n${fields.join('')}\r\n`)
})
let asked = 0

const latencies = []
let failures = 0
const begin = process.hrtime.bigint()
const deadline = begin + BigInt(Math.round(seconds * 1e9))

/** @returns {Promise<void>} */
function drive() {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let missing = 0
    let head = ''
    let sent = 0n
    const send = () => {
      sent = process.hrtime.bigint()
      socket.write(requests[asked++ % variety])
    }
    const finish = () => {
      const now = process.hrtime.bigint()
      latencies.push(Number(now - sent) / 1e6)
      if (now < deadline) send()
      else socket.end(() => resolve())
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      if (missing > 0) {
        missing -= chunk.length
        if (missing === 0) finish()
        return
      }
      head += chunk.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      if (!head.startsWith('HTTP/1.1 200')) failures += 1
      missing = contentLength(head.slice(0, end + 2)) - (head.length - end - 4)
      head = ''
      if (missing === 0) finish()
    })
  })
}

function contentLength(head) {
  const length = /^content-length: *(\d+)\r$/im.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without Content-Length: ${head}`)
  return Number(length)
}

await Promise.all(Array.from({ length: connections }, drive))
const elapsed = Number(process.hrtime.bigint() - begin) / 1e9
latencies.sort((a, b) => a - b)
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]
const report = {
  requests: latencies.length,
  failures,
  seconds: elapsed,
  p50Milliseconds: at(0.5),
  p99Milliseconds: at(0.99),
}
process.stdout.write(JSON.stringify(report))
