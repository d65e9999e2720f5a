import { createHmac, randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { runChild, startChild } from './children.ts'
import { answers, freePort } from './ports.ts'
import { endServer, pidOf, recentText, type Server } from './servers.ts'

const account = 'bench'
const version = '2021-12-02'

/** Azurite's blob service, with an account whose key is made for this run. */
export interface Azurite extends Server {
  putBlob(curl: string, file: string): Promise<string>
}

export async function startAzurite(script: string, folder: string): Promise<Azurite> {
  const [port, key] = [await freePort(), randomBytes(32)]
  const args = [
    script,
    '--blobPort',
    String(port),
    '--blobHost',
    '127.0.0.1',
    '--location',
    join(folder, 'azurite'),
  ]
  const env = {
    ...process.env,
    NODE_EXTRA_CA_CERTS: undefined,
    AZURITE_ACCOUNTS: `${account}:${key.toString('base64')}`,
  }
  const child = startChild(process.execPath, [...args, '--silent', '--skipApiVersionCheck'], { env })
  const errors = recentText(child.stderr)
  child.stdout?.resume()
  const url = `http://127.0.0.1:${port}`
  await answers(url)
  const container = signed('PUT', `/${account}/files?restype=container`, 0, key, {})
  const made = await fetch(`${url}/${account}/files?restype=container`, { method: 'PUT', headers: container })
  if (!made.ok) throw new Error(`Azurite refused a container: ${made.status} ${await made.text()}`)
  return {
    url,
    pid: pidOf(child),
    headers: {},
    putBlob: (curl, file) => putBlob(curl, url, key, file),
    stop: async () => void (await endServer(child, errors, 1_000)),
  }
}

function putBlob(curl: string, url: string, key: Buffer, file: string): Promise<string> {
  const path = `/${account}/files/blob`
  const headers = signed('PUT', path, statSync(file).size, key, { 'x-ms-blob-type': 'BlockBlob' })
  const fields = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  return runChild(curl, [
    '-q',
    '-sS',
    '--fail-with-body',
    '--noproxy',
    '*',
    ...fields,
    '-T',
    file,
    url + path,
  ])
}

/** Shared Key, learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key. */
function signed(
  method: string,
  target: string,
  length: number,
  key: Buffer,
  more: Record<string, string>,
): Record<string, string> {
  const headers = { ...more, 'x-ms-date': new Date().toUTCString(), 'x-ms-version': version }
  const { pathname, searchParams } = new URL(target, 'http://localhost')
  const names = Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1))
  const canonical = names.map(([name, value]) => `${name}:${value}\n`).join('')
  const query = [...searchParams].map(([name, value]) => `\n${name}:${value}`).join('')
  // Empty: encoding, language; MD5, type, date, four conditions, range.
  const text = `${method}\n\n\n${length || ''}\n${'\n'.repeat(8)}${canonical}/${account}${pathname}${query}`
  const signature = createHmac('sha256', key).update(text).digest('base64')
  return { ...headers, authorization: `SharedKey ${account}:${signature}` }
}
