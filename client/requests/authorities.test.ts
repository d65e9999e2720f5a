import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { ConnectError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, serveBytes } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { receiveForm } from '../test-support/multipart.ts'
import { itWith } from '../test-support/programs.ts'
import { A_KEY, sendJson } from '../test-support/server.ts'

const BYTES = Buffer.from('content')

/** A platform over TLS whose certificate nobody has signed but itself. */
async function aTlsServer(folder: TestFolder) {
  const [key, cert] = [folder.in('key.pem'), folder.in('cert.pem')]
  const subject = ['-subj', '/CN=rescale', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  })
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    async (request, response) => {
      if (request.url?.includes('/contents/') && request.method === 'GET')
        return serveBytes(BYTES, request, response)
      if (request.method !== 'POST') return sendJson(response, 200, { email: 'me@example.org' })
      const [part] = await receiveForm(request)
      sendJson(response, 201, aFile(part?.body ?? Buffer.alloc(0)))
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cert,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const PROGRAM = `
import { createClient } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
const client = createClient()
const { email } = await client.user.get()
const { decryptedSize } = await client.files.upload(Buffer.from('12345'), { name: 'x' })
const file = ${JSON.stringify(aFile(BYTES))}
let size = 0
const { verified } = await client.files.download(file, { sink: (chunk) => void (size += chunk.byteLength) })
console.log(email, decryptedSize, size, verified)
await client.close()
`

itWith('openssl')('trusts no unknown certificate, and says so once', async () => {
  await using folder = await aFolder()
  await using server = await aTlsServer(folder)
  const failure = await failureOf(aClient(server.url).jobs.submit('abc'))
  expect(failure).toBeInstanceOf(ConnectError)
  expect(failure).toMatchObject({
    maybeSent: false,
    attempts: { length: 1 },
    hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  })
})

itWith('openssl')(
  'trusts the authorities of the environment, for requests, uploads and downloads',
  async () => {
    await using folder = await aFolder()
    await using server = await aTlsServer(folder)
    const env = {
      ...process.env,
      RESCALE_API_URL: server.url,
      RESCALE_API_KEY: A_KEY,
      NODE_EXTRA_CA_CERTS: server.cert,
    }
    const args = ['--import', 'tsx', '--input-type=module', '-e', PROGRAM]
    const { stdout } = await promisify(execFile)(process.execPath, args, { env })
    expect(stdout.trim()).toBe('me@example.org 5 7 true')
  },
  30_000,
)
