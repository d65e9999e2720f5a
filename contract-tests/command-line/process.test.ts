import { execFile, spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeKeyPair } from '../../client/clusters/key-pair.ts'
import { createControl } from '../../client/control/index.ts'
import { createClient, type RescaleClient } from '../../client/index.ts'
import { itWith } from '../../client/test-support/programs.ts'
import { aJob } from '../fixtures.ts'
import { until } from '../process/api.ts'
import { builtRescale, ended, ensureBuilt, projectFolder } from '../programs/built-cli.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'
import { rescale, startRescale } from './rescale-process.ts'

let home: string
let server: BuiltServer
let client: RescaleClient

beforeAll(async () => {
  await ensureBuilt()
  home = await mkdtemp(join(tmpdir(), 'localscale-rescale-test-'))
  server = await startBuiltServer([
    '--executor',
    'shell',
    '--pace',
    '3000x',
    '--data-dir',
    join(home, 'data'),
  ])
  client = createClient({ baseUrl: server.url, apiKey: server.apiKey, env: {} })
}, 120_000)

afterAll(async () => {
  await client?.close()
  await server?.stop()
  await rm(home, { recursive: true, force: true })
})

const call = (args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) =>
  rescale(args, server, { home, ...options })

/** A port that nobody listens on. */
async function aFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

it('tells its version, which is that of the package', async () => {
  const packaged = await readFile(join(projectFolder, 'package.json'), 'utf8')
  const { version } = JSON.parse(packaged) as { version: string }
  expect(await call(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
})

it('starts from a small file: what it says of itself takes neither its commands nor commander', async () => {
  expect((await stat(builtRescale)).size).toBeLessThan(15_000)
})

describe('rescale run', () => {
  const hardware = ['--coretype', 'granite', '--cores', '2', '--walltime', '1', '--interval', '20ms']

  it('sends a folder, computes in it, and brings the verified outputs back', async () => {
    const folder = join(home, "my case's")
    await mkdir(folder)
    await writeFile(join(folder, 'in.txt'), '41\n')
    const command = 'echo $(($(cat in.txt) + 1)) > out.txt'
    const done = await call([
      'run',
      "my case's",
      '--command',
      command,
      ...hardware,
      '--to',
      'results',
      '-o',
      'json',
    ])
    // One document on stdout; that there is a job now is told at once all the same.
    expect([done.code, done.stderr]).toEqual([0, expect.stringMatching(/^\{"event":"created",.*\}\n$/)])
    const { verdict, files } = JSON.parse(done.stdout) as {
      verdict: string
      files: { path: string; verified: boolean }[]
    }
    expect(verdict).toBe('ok')
    expect(files.every(({ verified }) => verified)).toBe(true)
    expect(await readFile(join(home, "results/my case's/out.txt"), 'utf8')).toBe('42\n')
    const again = await call([
      'jobs',
      'outputs',
      (await client.jobs.list().first())?.id ?? '',
      '--to',
      'results',
    ])
    expect(again.stdout).toContain('was there, SHA-512 verified')
  })

  itWith('7za')(
    'sends a large file in volumes of a 7-Zip, which the one that is sent along unpacks',
    async () => {
      const content = 'a line of a mesh\n'.repeat(20_000)
      await writeFile(join(home, 'mesh.txt'), content)
      await writeFile(join(home, '7za_here'), '#!/bin/sh\nexec 7za "$@"\n', { mode: 0o755 })
      await writeFile(join(home, '7za_there'), '#!/bin/sh\necho there >> by\nexec 7za "$@"\n')
      const split = ['--split', 'mesh.txt', '--seven-zip', './7za_here', '--cluster-seven-zip', '7za_there']
      const command = 'cat by; ls; wc -c < mesh.txt > size'
      const done = await call(['run', '--command', command, ...split, ...hardware, '--to', 'unpacked'])
      expect([done.code, done.stderr]).toEqual([0, expect.not.stringContaining('error')])
      expect(done.stdout).toContain('mesh.txt: joined')
      expect(await readFile(join(home, 'unpacked/size'), 'utf8')).toBe(`${content.length}\n`)
      const sent = await client.files.list({ search: 'mesh.txt.7z' }).toArray()
      expect(sent.map(({ name }) => name)).toEqual(['mesh.txt.7z.001'])
      expect(await readFile(join(home, 'unpacked/process_output.log'), 'utf8')).toMatch(/\bthere\n/)
      const without = await call([
        'run',
        '--command',
        command,
        ...split.slice(0, 2),
        ...split.slice(4),
        ...hardware,
      ])
      expect([without.code, without.stdout]).toEqual([2, ''])
      expect(without.stderr).toContain('--cluster-seven-zip unpacks what --seven-zip has packed')
      const alone = await call(['run', '--command', command, '--seven-zip', '7za', ...hardware])
      expect([alone.code, alone.stderr]).toEqual([
        2,
        expect.stringContaining('--seven-zip is for the file of --split'),
      ])
    },
  )

  it('ends with 10 when the job fails, its outputs fetched all the same', async () => {
    const failed = await call([
      'run',
      '--command',
      'echo why > why.txt; exit 4',
      ...hardware,
      '--to',
      'failed',
    ])
    expect(failed.code).toBe(10)
    expect(failed.stdout).toContain('failed: a command exited with code 4')
    expect(await readFile(join(home, 'failed/why.txt'), 'utf8')).toBe('why\n')
  })

  it('uploads nothing for a job that would be refused', async () => {
    await writeFile(join(home, 'unsent.txt'), 'x')
    const refused = await call(['run', 'unsent.txt', '--command', 'true', ...hardware, '--cores', '1'])
    expect([refused.code, refused.stdout]).toEqual([12, ''])
    expect(refused.stderr).toContain('Nothing was uploaded.')
    expect(await client.files.list({ search: 'unsent' }).toArray()).toEqual([])
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops the job on %s, and ends with %i', async (signal, exit) => {
    const child = await startRescale(['run', '--command', 'sleep inf', ...hardware], server, { home })
    const over = ended(child)
    await once(createInterface({ input: child.stdout ?? process.stdin }), 'line')
    const id = (await client.jobs.list().first())?.id ?? ''
    await client.jobs.waitFor(id, 'Executing', { intervalMs: 20 })
    child.kill(signal)
    const { code, stderr } = await over
    expect([code, stderr]).toEqual([exit, expect.stringContaining(`stopping ${id}`)])
    await until(
      'the end of the job',
      async () => (await client.jobs.statuses(id).first())?.status === 'Completed',
    )
  })
})

describe('rescale on a cluster', () => {
  let jobId: string

  beforeAll(async () => {
    const { privateKey, publicKey } = await makeKeyPair('test')
    await mkdir(join(home, '.ssh'), { recursive: true })
    await writeFile(join(home, '.ssh/id_ed25519'), privateKey, { mode: 0o600 })
    const job = await client.jobs.create(aJob({ command: 'sleep inf', publicKey }))
    jobId = job.id
    await client.jobs.submit(jobId)
    await client.jobs.waitFor(jobId, 'Executing', { intervalMs: 20 })
  })

  it('runs a command, with its streams and its exit code', async () => {
    const done = await call(['exec', jobId, '--', 'echo out; echo err >&2; exit 5'])
    expect(done).toEqual({ code: 5, stdout: 'out\n', stderr: 'err\n' })
    const child = await startRescale(['exec', jobId, '--', 'tr', 'a-z', 'A-Z'], server, { home })
    child.stdin?.end('piped')
    expect(await ended(child)).toEqual({ code: 0, stdout: 'PIPED', stderr: '' })
    expect(JSON.parse((await call(['exec', jobId, '-o', 'json', '--', 'echo hi'])).stdout)).toMatchObject({
      exitCode: 0,
      stdout: 'hi\n',
    })
  })

  it('gives every character whole, and each piece of output as a document where that is asked for', async () => {
    const command = 'for i in $(seq 20000); do printf ☃☃☃; done; echo bad >&2'
    const done = await call(['exec', jobId, '-o', 'ndjson', '--', command])
    const pieces = done.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { stream: string; text: string })
    const textOf = (name: string) =>
      pieces
        .filter(({ stream }) => stream === name)
        .map(({ text }) => text)
        .join('')
    expect(pieces.length).toBeGreaterThan(3)
    expect([textOf('stdout') === '☃'.repeat(60_000), textOf('stderr'), done.code]).toEqual([true, 'bad\n', 0])
    const broken = await call(['exec', jobId, '-o', 'ndjson', '--', "printf '\\xe2\\x98'"])
    expect(JSON.parse(broken.stdout)).toEqual({ stream: 'stdout', text: '\ufffd' })
  })

  it('takes the key of ~/.ssh where the agent of the environment is gone', async () => {
    const env = { SSH_AUTH_SOCK: join(home, 'no-agent.sock') }
    const child = await startRescale(['exec', jobId, '--', 'echo in'], server, { home, env })
    child.stdin?.end()
    expect(await ended(child)).toEqual({ code: 0, stdout: 'in\n', stderr: '' })
  })

  it('finds nobody to run a command where the job does not run', async () => {
    const { id } = await client.jobs.create(aJob())
    const done = await call(['exec', id, '--', 'true'])
    expect(done).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('it does not run') })
  })

  it('says what to do with a key that cannot be used', async () => {
    const missing = await call(['exec', jobId, '-i', 'no-key', '--', 'true'])
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no such file') })
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
    })
    await writeFile(join(home, 'locked'), privateKey)
    const locked = await call(['exec', jobId, '-i', 'locked', '--', 'true'])
    expect(locked).toMatchObject({ code: 6, stderr: expect.stringContaining('ssh-add') })
  })

  it('copies to it and from it', async () => {
    await mkdir(join(home, 'there/in'), { recursive: true })
    await writeFile(join(home, 'there/in/a.txt'), 'a')
    expect(await call(['cp', 'there', `${jobId}:work/`])).toMatchObject({ code: 0, stdout: '1 files, 1 B\n' })
    expect((await call(['exec', jobId, '--', 'cat work/there/in/a.txt'])).stdout).toBe('a')
    expect(await call(['cp', `${jobId}:work/there`, 'back'])).toMatchObject({ code: 0 })
    expect(await readFile(join(home, 'back/in/a.txt'), 'utf8')).toBe('a')
    expect((await call(['cp', 'there', 'back'])).code).toBe(2)
  })

  it.each(['json', 'ndjson'])('tells as %s what it copied, and why it did not', async (form) => {
    await mkdir(join(home, form))
    await writeFile(join(home, form, 'a.txt'), 'abc')
    const to = `${jobId}:work/`
    const done = await call(['cp', form, to, '-o', form])
    expect([done.code, JSON.parse(done.stdout)]).toEqual([0, { from: form, to, files: 1, bytes: 3 }])
    if (form === 'ndjson') expect(done.stdout.split('\n')).toHaveLength(2)
    const missing = await call(['cp', `${jobId}:nothing`, 'back', '-o', form])
    expect([missing.code, missing.stdout]).toEqual([3, ''])
    expect(JSON.parse(missing.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
      error: {
        exit: 'notFound',
        name: 'ClusterError',
        message: `There is no file or folder nothing on the cluster of ${jobId}`,
      },
    })
    const usage = await call(['ssh', jobId, '-i', 'no-key', '-o', form])
    expect([usage.code, usage.stdout, JSON.parse(usage.stderr)]).toMatchObject([2, '', { error: {} }])
  })

  it('trusts the host key that the log names, or the one that is named, and no other', async () => {
    const wrong = await call(['exec', jobId, '--fingerprint', `SHA256:${'A'.repeat(43)}`, '--', 'true'])
    expect(wrong).toMatchObject({
      code: 7,
      stdout: '',
      stderr: expect.stringContaining('which the job’s log does not name'),
    })
    const [, actual = ''] = /host key (SHA256:\S{43})/.exec(wrong.stderr) ?? []
    expect(await call(['exec', jobId, '--fingerprint', actual, '--', 'true'])).toMatchObject({ code: 0 })
  })

  it('opens a terminal there', async () => {
    const child = await startRescale(['ssh', jobId], server, { home, env: { TERM: 'dumb' } })
    const over = ended(child)
    child.stdin?.write('echo $((40 + 2))\nexit 6\n')
    const { code, stdout } = await over
    expect([code, stdout]).toEqual([6, expect.stringMatching(/^42\r?$/m)])
  })

  it('gives what is piped in to a shell there without a terminal, which ends with it, as OpenSSH does', async () => {
    const piped = await startRescale(['ssh', jobId], server, { home })
    const over = ended(piped)
    piped.stdin?.end('echo out; echo err >&2; tty; (exit 4)')
    expect(await over).toEqual({ code: 4, stdout: 'out\nnot a tty\n', stderr: 'err\n' })
    // Nothing at all, as from /dev/null.
    expect(await call(['ssh', jobId])).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  itWith('script')('takes over a terminal here, tells its size, and gives it back', async () => {
    await writeFile(
      join(home, 'terminal.sh'),
      `stty rows 37 cols 91; before=$(stty -g); echo "here: $(tty)."
       "$NODE" "$RESCALE" ssh ${jobId}; code=$?
       [ "$(stty -g)" = "$before" ] && echo "given back, $code"`,
    )
    const env = { NODE: process.execPath, RESCALE: builtRescale, RESCALE_API_URL: server.url }
    const child = spawn('script', ['-q', '-c', 'sh terminal.sh', '/dev/null'], {
      cwd: home,
      env: { ...env, PATH: process.env.PATH, HOME: home, TERM: 'xterm', RESCALE_API_KEY: server.apiKey },
      timeout: 30_000,
      killSignal: 'SIGKILL',
    })
    const over = once(child, 'close')
    let shown = ''
    child.stdout.on('data', (chunk) => {
      shown += chunk
    })
    const shows = async (pattern: RegExp) => {
      while (!pattern.test(shown)) await once(child.stdout, 'data')
      return pattern.exec(shown)?.[1] ?? ''
    }
    const terminal = await shows(/here: (\S+)\./)
    const stty = (...args: string[]) =>
      spawnSync('stty', ['-F', terminal, ...args], { encoding: 'utf8' }).stdout
    expect(stty('-a')).toMatch(/ icanon .* echo /s)
    child.stdin.write('PS1="ready> "; echo "[$(stty size)] on $TERM"\n')
    expect(await shows(/\[(\d+ \d+)\] on xterm/)).toBe('37 91')
    // Nothing is echoed twice, and every key goes there, Ctrl+C too.
    expect(stty('-a')).toMatch(/-isig -icanon .* -echo /s)
    // Not `sleep`: an interrupt that comes between bash's fork and exec is lost on the child, and bash waits for it.
    child.stdin.write('echo $((40 + 2)) waits; while :; do read -t 0.01; done\n')
    await shows(/42 waits/)
    child.stdin.write('\x03')
    // What is typed before bash has heard of it, `read` takes.
    await shows(/\^C.*ready> /s)
    stty('rows', '50', 'cols', '120')
    child.stdin.write('until [ "$(stty size)" = "50 120" ]; do read -t 0.01; done; echo $((70 + 7)) told\n')
    await shows(/77 told/)
    child.stdin.write('exit 6\n')
    await shows(/given back, (\d+)/)
    child.stdin.end()
    await over
    expect(shown).toContain('given back, 6')
  })

  it('follows the log of a job to its end', async () => {
    const command = 'for i in 1 2 3; do echo "line $i"; sleep 0.2; done'
    const { id } = await client.jobs.create(aJob({ command }))
    await client.jobs.submit(id)
    const { code, stdout } = await call(['jobs', 'logs', id, '--follow', '--interval', '20ms'])
    const told = stdout.split('\n').filter((line) => / line \d$/.test(line))
    expect([code, told.map((line) => line.slice(-1))]).toEqual([0, ['1', '2', '3']])
    expect((await call(['jobs', 'tail', jobId])).stdout).toContain('SSH host key')
  })
})

describe('rescale as a program', () => {
  /** What a call shows on a terminal, which stderr is, and what its stdout has, which is a file. */
  async function onTerminal(...args: string[]) {
    const pty = `import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:], lambda fd: os.read(fd, 65536))))`
    const toFile = ['sh', '-c', 'exec "$@" > out', 'sh', process.execPath, builtRescale, ...args]
    const env = { PATH: process.env.PATH, HOME: home, TERM: 'xterm' }
    const { stdout: shown } = await promisify(execFile)('python3', ['-c', pty, ...toFile], {
      env: { ...env, RESCALE_API_URL: server.url, RESCALE_API_KEY: server.apiKey },
      cwd: home,
    })
    // What is left of each line once it has been written anew.
    const left = shown.split('\r\n').map((line) => line.split('\r\u001b[K').at(-1))
    return { shown, left, stdout: await readFile(join(home, 'out'), 'utf8') }
  }

  itWith('python3')('shows a bar with rate and ETA on a terminal, and plain lines elsewhere', async () => {
    // More than the system's buffers take of it at once.
    await writeFile(join(home, 'some.bin'), Buffer.alloc(12_000_000, 7))
    const control = createControl({ baseUrl: server.url, apiKey: server.apiKey })
    await control.faults.plan([
      { operation: 'uploadFile', kind: 'delay', when: 'before', for: '250ms' },
      { operation: 'downloadFile', kind: 'delay', when: 'between', everyBytes: 4_000_000, for: '125ms' },
    ])
    const up = await onTerminal('files', 'upload', 'some.bin')
    const [id = ''] = up.stdout.split(' ')
    const down = await onTerminal('files', 'download', id, '--to', 'down', '--connections', '1')
    for (const [what, { shown, left }] of Object.entries({ upload: up, download: down })) {
      const drawn = new RegExp(
        `\\r\u001b\\[K${what} some\\.bin \\[#+-+\\] \\d+% of 12\\.0 MB, [\\d.]+ MB/s, ETA \\d+s`,
      )
      expect(shown).toMatch(drawn)
      const last = new RegExp(`^${what} some\\.bin: 12\\.0 MB in \\d+s, [\\d.]+ MB/s$`)
      expect(left).toEqual([expect.stringMatching(last), ''])
    }
    expect([up.stdout, down.stdout]).toEqual([
      expect.stringMatching(/^\w+ {2}some\.bin {2}12\.0 MB\n$/),
      'down/some.bin  12.0 MB  SHA-512 verified\n',
    ])
    const plain = await call(['files', 'upload', 'some.bin'])
    expect(plain.stderr).not.toContain('\u001b')
    expect(plain.stdout).toMatch(/^\w+ {2}some\.bin {2}12\.0 MB\n$/)
    expect((await call(['files', 'upload', 'some.bin', '-q'])).stderr).toBe('')
  })

  it('says so when it has a bug, in a few lines', async () => {
    const broken = join(home, 'broken.cjs')
    await writeFile(broken, "setImmediate(() => { throw new Error('unforeseen') })")
    const done = await call(['coretypes', 'list'], { env: { NODE_OPTIONS: `--require ${broken}` } })
    expect([done.code, done.stderr.length < 2_000]).toEqual([1, true])
    expect(done.stderr).toMatch(/^error: rescale has a bug: Error: unforeseen\n/)
  })

  it('says plainly that nobody answers, with a code of its own', async () => {
    const env = { RESCALE_API_URL: `http://127.0.0.1:${await aFreePort()}` }
    const gone = await call(['user'], { env })
    expect(gone).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining('ECONNREFUSED') })
    const doctor = await call(['profile', 'doctor'], { env })
    expect(doctor).toMatchObject({ code: 6, stdout: expect.stringMatching(/FAIL +connect/) })
  })
})
