// Sends or fetches one file, where curl is missing: run by bare node in a process of its own. Prints the answer's
// body after an upload, the number of bytes after a download.
import { createReadStream, statSync } from 'node:fs'
import { request } from 'node:http'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'

const { url, headers, file, style } = JSON.parse(process.argv[2] ?? '{}')
const boundary = 'localscale-bench-boundary'
const methods = { get: 'GET', put: 'PUT', multipart: 'POST' }

async function* multipart() {
  yield Buffer.from(opening)
  yield* createReadStream(file, { highWaterMark: 1024 * 1024 })
  yield Buffer.from(closing)
}

const opening = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${basename(file ?? '')}"\r\ncontent-type: application/octet-stream\r\n\r\n`
const closing = `\r\n--${boundary}--\r\n`

function bodyHeaders() {
  if (style === 'get') return {}
  const { size } = statSync(file)
  if (style === 'put') return { 'content-length': size }
  return {
    'content-length': opening.length + size + closing.length,
    'content-type': `multipart/form-data; boundary=${boundary}`,
  }
}

const call = request(url, { method: methods[style], headers: { ...headers, ...bodyHeaders() } })
const answered = new Promise((resolve, reject) => call.on('response', resolve).on('error', reject))
if (style === 'get') call.end()
else
  await pipeline(style === 'put' ? createReadStream(file, { highWaterMark: 1024 * 1024 }) : multipart(), call)

const response = await answered
let length = 0
let text = ''
for await (const chunk of response) {
  length += chunk.length
  if (style !== 'get') text += chunk
}
if (response.statusCode >= 300) throw new Error(`${response.statusCode} ${text}`)
process.stdout.write(style === 'get' ? String(length) : text)
