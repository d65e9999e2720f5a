import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeKeyPair } from '../../client/clusters/key-pair.ts'
import { createClient } from '../../client/index.ts'
import { roomsHere } from '../../mock-server/executors/testing/rooms-here.ts'
import { type LoginTo, logIn, run } from '../clusters/ssh-client.ts'
import { builtCli, ended, ensureBuilt, localscale } from '../programs/built-cli.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'
import { call, newestStatus, submitted, until, upload } from './api.ts'
import { hasProc, processesWith } from './processes.ts'

const rooms = await roomsHere()
const canConfine = rooms.areThere && spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0
let folder = ''
beforeAll(() => ensureBuilt(), 120_000)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-serve-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function below(...names: string[]): Promise<string> {
  const path = join(folder, ...names)
  await mkdir(path, { recursive: true })
  return path
}

describe('serve', () => {
  it('prints one ready line first, when requests are answered', async () => {
    await using server = await startBuiltServer()
    expect(server).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      apiKey: expect.stringMatching(/^[0-9a-f]{40}$/),
      adminToken: expect.stringMatching(/^localscale-admin-[0-9a-f]{40}$/),
      pid: expect.any(Number),
    })
    expect(server).toHaveProperty('sshPort')
    expect((await call(server, 'users/me/')).status).toBe(200)
    await server.stop()
    expect(server.said.stdout).toBe('')
  })

  it('serves worlds apart on two free ports', async () => {
    await using one = await startBuiltServer()
    await using other = await startBuiltServer()
    expect(one.url).not.toBe(other.url)
    const id = await upload(one, 'only-here.txt', 'x')
    expect((await call(one, `files/${id}/`)).status).toBe(200)
    expect((await call(other, `files/${id}/`)).status).toBe(404)
  })

  it('tells whether jobs are apart, and shows them nothing of its data folder', async () => {
    const data = await below('data')
    const shell = ['--executor', 'shell', '--pace', '600x', '--data-dir', data]
    await using server = await startBuiltServer(shell)
    expect(server.isolation).toBe(rooms.areThere ? 'namespaces' : 'none')
    const id = await submitted(server, `ls -A ${data}; ls -A ${data}/runs`)
    await until('the job has ended', async () => (await newestStatus(server, id)) === 'Completed')
    const client = createClient({ baseUrl: server.url, apiKey: server.apiKey, env: {} })
    const lines = (await client.jobs.log(id))?.lines ?? []
    const seen = lines.map((line) => line.slice(24).trim())
    expect(seen.at(-2)).toBe('Exited with code 0')
    const found = seen.filter((line) => ['runs', 'ssh', '.bin', '.runs'].includes(line))
    expect(found.toSorted()).toEqual(rooms.areThere ? ['.bin', 'runs'] : ['.bin', '.runs', 'runs', 'ssh'])
    await using none = await startBuiltServer(['--executor', 'shell', '--isolation', 'none'])
    await using simulated = await startBuiltServer()
    expect([none.isolation, simulated.isolation]).toEqual(['none', null])
  })

  it.skipIf(!canConfine)(`does not start where jobs have to be apart and cannot be${rooms.why}`, async () => {
    // No capability and no user namespace, as in a container.
    const forbid = 'echo 0 > /proc/sys/user/max_user_namespaces; exec setpriv --bounding-set=-all "$@"'
    const serve = [builtCli, 'serve', '--port', '0', '--executor', 'shell', '--isolation', 'required']
    const confined = ['--user', '--map-root-user', 'bash', '-c', forbid, '-', process.execPath, ...serve]
    const { code, stdout, stderr } = await ended(spawn('unshare', confined))
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^localscale: --isolation required: .*it needs Linux.*\n$/)
  })

  it('ends with a message when the port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    for (const options of [
      ['--port', String(port)],
      ['--port', '0', '--ssh-port', String(port)],
    ]) {
      const { code, stdout, stderr } = await localscale(['serve', '--executor', 'shell', ...options])
      expect([code, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(new RegExp(`^localscale: .*${port}.*in use.*\n$`, 'i'))
    }
    taken.close()
  })

  it('takes only the keys it was given, the first of which it tells', async () => {
    const [first, second] = ['a'.repeat(40), 'b'.repeat(40)]
    await using server = await startBuiltServer(['--api-key', first, '--api-key', second])
    expect(server.apiKey).toBe(first)
    const statuses = [first, second, 'c'.repeat(40)].map(
      async (apiKey) => (await call({ ...server, apiKey }, 'users/me/')).status,
    )
    expect(await Promise.all(statuses)).toEqual([200, 200, 401])
  })

  it('does not answer to a name that a web page may have made up for it', async () => {
    await using server = await startBuiltServer()
    const { port } = new URL(server.url)
    const statusFor = async (host: string) => (await askedAs(host, port, server.apiKey)).status
    expect(await statusFor('evil.example')).toBe(421)
    expect(await statusFor(`evil.example:${port}`)).toBe(421)
    expect(await statusFor('localhost.evil.example')).toBe(421)
    expect(await statusFor(`localhost:${port}`)).toBe(200)
  })

  it('names its public address in links, and answers to its name', async () => {
    const port = await aFreePort()
    await using server = await startBuiltServer(['--public-url', 'https://mock.example/', '--port', port])
    expect(server.url).toBe('https://mock.example')
    const { status, text } = await askedAs('mock.example', port, server.apiKey)
    expect(status).toBe(200)
    expect((JSON.parse(text) as { next: string }).next).toMatch(
      /^https:\/\/mock\.example\/api\/v2\/coretypes\//,
    )
    expect((await askedAs('evil.example', port, server.apiKey)).status).toBe(421)
  })

  it('shows its description to people and programs, and fetches nothing from elsewhere', async () => {
    await using server = await startBuiltServer()
    const page = await fetch(`${server.url}/`)
    expect([page.status, page.url]).toEqual([200, `${server.url}/docs/`])
    const html = await page.text()
    expect(html).toContain('submitJob')
    expect(html).not.toMatch(/<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["']?(?:https?:)?\/\//)
    const description = (await (await fetch(`${server.url}/openapi.json`)).json()) as { paths: object }
    expect(Object.keys(description.paths)).toContain('/api/v2/jobs/{jobId}/submit/')
  })

  it('answers the same to the same requests with the same seed and start, and otherwise with another', async () => {
    const idsWith = async (seed: string): Promise<string> => {
      await using server = await startBuiltServer([
        '--seed',
        seed,
        ...['--start-at', '2026-01-05T09:00:00Z'],
        ...['--pace', 'still', '--api-key', 'a'.repeat(40)],
      ])
      const id = await upload(server, 'x.txt', 'x')
      return `${id} ${await (await call(server, 'jobs/')).text()}`.replaceAll(server.url, '')
    }
    const first = await idsWith('one')
    expect(await idsWith('one')).toBe(first)
    expect(await idsWith('two')).not.toBe(first)
  })

  it('keeps bytes in the data folder and nowhere else', async () => {
    const [data, home, temporary, work] = await Promise.all(
      ['data', 'home', 'tmp', 'work'].map((name) => below(name)),
    )
    if (!data || !home || !temporary || !work) throw new Error('no folders')
    const child = spawn(
      process.execPath,
      [builtCli, 'serve', '--port', '0', '--ready-json', '--data-dir', data],
      {
        cwd: work,
        env: { ...process.env, HOME: home, TMPDIR: temporary },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const server = JSON.parse(await firstLine(child)) as BuiltServer
    const content = `unmistakable ${'x'.repeat(3_000_000)}`
    const id = await upload(server, '../../escaped name.txt', content)
    expect(await (await call(server, `files/${id}/contents/`)).text()).toBe(content)
    const files = await filesBelow(data)
    const kept = await Promise.all(files.map((path) => readFile(path, 'utf8')))
    expect(kept).toContain(content)
    expect(files.join('\n')).not.toContain('escaped')
    expect([await filesBelow(home), await filesBelow(work)]).toEqual([[], []])
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
    expect(await filesBelow(temporary)).toEqual([])
    expect(await filesBelow(folder)).toEqual(await filesBelow(data))
  })

  it('has the same host keys at every start with a data folder, and tells their fingerprints', async () => {
    const fingerprintsIn = async (name: string): Promise<unknown> => {
      await using server = await startBuiltServer(['--data-dir', await below(name)])
      expect(server.sshPort).toBeGreaterThan(0)
      return (server as unknown as { sshFingerprints: unknown }).sshFingerprints
    }
    const first = await fingerprintsIn('data')
    expect(first).toEqual([
      expect.stringMatching(/^ssh-ed25519 SHA256:[A-Za-z0-9+/]{43}$/),
      expect.stringMatching(/^ecdsa-sha2-nistp256 SHA256:/),
      expect.stringMatching(/^ssh-rsa SHA256:/),
    ])
    expect(await fingerprintsIn('data')).toEqual(first)
    expect(await fingerprintsIn('other')).not.toEqual(first)
  })

  it('leaves nothing in the temp folder when it ends', async () => {
    const temporary = await below('tmp')
    await using server = await startBuiltServer(['--executor', 'shell', '--pace', '600x'], {
      TMPDIR: temporary,
    })
    await upload(server, 'large.bin', new Uint8Array(4 << 20))
    const jobId = await submitted(server, 'sleep inf')
    await until('the job executes', async () => (await newestStatus(server, jobId)) === 'Executing')
    await server.stop()
    const left = await filesBelow(temporary)
    // Its programs stay, for servers that share the folder.
    expect(left.filter((path) => !path.includes('/.bin/'))).toEqual([])
  })
})

describe('what serve prints for people', () => {
  it('has address, key and an apiconfig that works', async () => {
    const child = spawn(process.execPath, [builtCli, 'serve', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const banner = await textUntil(child, /apikey = \w+\n/)
    const snippet = banner.slice(banner.indexOf('[default]'))
    const configFile = join(folder, 'apiconfig')
    await writeFile(configFile, snippet)
    {
      await using client = createClient({ configFile, profile: 'default', env: {} })
      expect(banner).toContain(client.settings.baseUrl)
      expect(banner).toContain(client.settings.apiKey.reveal())
      const { email } = await client.user.get()
      expect(email).toMatch(/@/)
    }
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([0, null])
  })

  it('has an admin token, which controls the whole server and is another one at every start', async () => {
    const start = async () => {
      const child = spawn(process.execPath, [builtCli, 'serve', '--port', '0'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const banner = await textUntil(child, /apikey = \w+\n/)
      const printed = (pattern: RegExp) => pattern.exec(banner)?.[1] ?? ''
      const token = printed(/^Admin token, .*: (localscale-admin-[0-9a-f]{40})$/m)
      return { child, token, url: printed(/^apibaseurl = (\S+)$/m), apiKey: printed(/^apikey = (\S+)$/m) }
    }
    const [one, other] = [await start(), await start()]
    const settings = async (token: string) => {
      const headers = { authorization: `Token ${token}` }
      return (await fetch(`${one.url}/_mock/settings/`, { headers })).status
    }
    const statuses = await Promise.all([one.token, other.token, one.apiKey].map(settings))
    for (const { child } of [one, other]) {
      child.kill('SIGINT')
      expect(await once(child, 'close')).toEqual([0, null])
    }
    expect(statuses).toEqual([200, 401, 401])
    expect(one.token).not.toBe('')
    expect(other.token).not.toBe(one.token)
  })

  it('names the profile that it has written', async () => {
    const home = await below('home')
    const args = [builtCli, 'serve', '--port', '0', '--write-profile', 'mock']
    const child = spawn(process.execPath, args, {
      env: { ...process.env, HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const banner = await textUntil(child, /apikey = \w+\n/)
    expect(banner).toContain(join(home, '.config/rescale/apiconfig'))
    expect(banner).toContain('[mock]')
    child.kill('SIGINT')
    await once(child, 'close')
  })
})

describe('--write-profile', () => {
  it('writes three lines for those who read them by number, and leaves other profiles alone', async () => {
    const home = await below('home')
    const path = join(home, '.config/rescale/apiconfig')
    await using first = await startBuiltServer(['--write-profile', 'default'], { HOME: home })
    expect((await readFile(path, 'utf8')).split('\n').slice(0, 3)).toEqual([
      '[default]',
      `apibaseurl = ${first.url}`,
      `apikey = ${first.apiKey}`,
    ])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await using second = await startBuiltServer(['--write-profile', 'mock'], { HOME: home })
    await using client = createClient({ configFile: path, profile: 'mock', env: {} })
    expect(client.settings.baseUrl).toBe(second.url)
    await using other = createClient({ configFile: path, profile: 'default', env: {} })
    expect(other.settings.baseUrl).toBe(first.url)
  })

  it('ends the server with a message when the file there cannot be read', async () => {
    const home = await below('home', '.config', 'rescale')
    await writeFile(join(home, 'apiconfig'), 'no section\n')
    const { code, stdout, stderr } = await localscale(
      ['serve', '--port', '0', '--write-profile', 'default'],
      {
        HOME: join(folder, 'home'),
      },
    )
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^localscale: .*apiconfig: line 1/)
    expect(await readFile(join(home, 'apiconfig'), 'utf8')).toBe('no section\n')
  })
})

describe('signals', () => {
  const token = `LOCALSCALE_TEST_${process.pid}`

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends it with 0 amid a download, an upload and a job, and no process is left',
    { timeout: 60_000 },
    async (signal) => {
      const mark = `${token}_${signal}=yes`
      const [name, value] = mark.split('=') as [string, string]
      await using server = await startBuiltServer(['--executor', 'shell', '--pace', '600x'])
      const fileId = await upload(server, 'large.bin', new Uint8Array(32 << 20))
      const command = '(setsid sleep inf &); trap "" TERM; sleep inf & wait; sleep inf'
      const jobId = await submitted(server, command, { envVars: { [name]: value } })
      await until('the job executes', async () => (await newestStatus(server, jobId)) === 'Executing')
      if (hasProc) await until('its processes run', () => processesWith(mark).length >= 3)
      const reader = await stalledDownload(server, fileId)
      const writer = await stalledUpload(server)
      await server.stop(signal)
      if (hasProc) expect(processesWith(mark)).toEqual([])
      for (const socket of [reader, writer]) socket.destroy()
    },
  )

  it('end it at once when nothing goes on', async () => {
    await using server = await startBuiltServer()
    const agent = await fetch(`${server.url}/`)
    await agent.text()
    const began = Date.now()
    await server.stop('SIGINT')
    expect(Date.now() - began).toBeLessThan(5_000)
  })

  it.skipIf(!hasProc)(
    'leave a killed server’s jobs to the next start, which ends them',
    { timeout: 60_000 },
    async () => {
      const mark = `${token}_KILL=yes`
      const [name, value] = mark.split('=') as [string, string]
      const env = { TMPDIR: await below('tmp') }
      const key = await makeKeyPair('test')
      const keyFile = join(folder, 'id.pub')
      await writeFile(keyFile, `${key.publicKey}\n`)
      const options = ['--executor', 'shell', '--pace', '600x', '--authorized-key', keyFile]
      const killed = await startBuiltServer(options, env)
      try {
        const jobId = await submitted(killed, 'sleep inf', { envVars: { [name]: value } })
        await until('its process runs', () => processesWith(mark).length > 0)
        const login = await logIn(await instanceOf(killed, jobId), key)
        // Nothing but its environment tells where it came from.
        await run(login, `cd /; ${mark} setsid sleep inf < /dev/null > /dev/null 2>&1 &`)
        login.end()
        await until('so does one of a login', () => processesWith(mark).length > 1)
      } finally {
        await expect(killed.stop('SIGKILL')).rejects.toThrow('SIGKILL')
      }
      await using next = await startBuiltServer(options, env)
      await until('the process has ended', () => processesWith(mark).length === 0)
      expect(next.pid).not.toBe(killed.pid)
    },
  )
})

/** A list's first page, asked for by another name of the server. */
async function askedAs(
  host: string,
  port: string,
  apiKey: string,
): Promise<{ status?: number; text: string }> {
  const headers = { host, authorization: `Token ${apiKey}` }
  const asked = request(`http://127.0.0.1:${port}/api/v2/coretypes/`, { headers, agent: false }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { ...(response.statusCode !== undefined && { status: response.statusCode }), text }
}

async function aFreePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return String(port)
}

async function instanceOf(server: BuiltServer, jobId: string): Promise<LoginTo> {
  const page = (await (await call(server, `jobs/${jobId}/instances/`)).json()) as { results: LoginTo[] }
  const [instance] = page.results
  if (!instance) throw new Error('the cluster has no instance')
  return instance
}

/** Reads the beginning of an answer and then nothing more. */
async function stalledDownload(server: BuiltServer, fileId: string): Promise<Socket> {
  const socket = await rawSocket(server)
  socket.write(`GET /api/v2/files/${fileId}/contents/ HTTP/1.1\r\n${headersOf(server)}\r\n`)
  await once(socket, 'data')
  return socket.pause()
}

/** Announces more than it sends. */
async function stalledUpload(server: BuiltServer): Promise<Socket> {
  const socket = await rawSocket(server)
  const head = `POST /api/v2/files/contents/ HTTP/1.1\r\n${headersOf(server)}`
  const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="half.bin"\r\n\r\nhalf'
  const type = 'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n'
  await new Promise<void>((resolve) => socket.write(`${head}${type}\r\n${part}`, () => resolve()))
  return socket
}

async function rawSocket(server: BuiltServer): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

const headersOf = (server: BuiltServer): string =>
  `Host: ${new URL(server.url).host}\r\nAuthorization: Token ${server.apiKey}\r\n`

const firstLine = async (child: ChildProcess): Promise<string> =>
  (await textUntil(child, /\n/)).split('\n')[0] ?? ''

async function textUntil(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = ''
  if (!child.stdout) throw new Error('no output')
  for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += chunk
    if (pattern.test(text)) return text
  }
  throw new Error(`it ended after ${JSON.stringify(text)}`)
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name))
}
