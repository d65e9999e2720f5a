import { spawn, spawnSync } from 'node:child_process'
import { itUnless } from '../../../client/test-support/programs.ts'
import { findProgram } from '../../find-program.ts'

/** Debian's Python, for which its packages are, before any other. */
const pythonWith = (modules: string): string | null =>
  [findProgram('python3', ['/usr/bin']), findProgram('python3')].find(
    (python) => python && spawnSync(python, ['-c', `import ${modules}`]).status === 0,
  ) ?? null

/** Where a client is on this machine; null where it is not. */
export const clients = {
  ssh: findProgram('ssh'),
  scp: findProgram('scp'),
  sftp: findProgram('sftp'),
  'ssh-keygen': findProgram('ssh-keygen'),
  rsync: findProgram('rsync'),
  bash: findProgram('bash'),
  get 'python3 with paramiko and scp'() {
    const python = pythonWith('paramiko, scp')
    Object.defineProperty(this, 'python3 with paramiko and scp', { value: python })
    return python
  },
}

export type ClientName = keyof typeof clients

/** Several clients in turn, on a machine that is busy with other tests. */
const TEST_TIMEOUT_MILLISECONDS = 60_000

/** A test that needs these programs, and is skipped by name where one is missing. */
export const testWith = (...names: ClientName[]) =>
  itUnless(
    names.filter((name) => clients[name] === null),
    TEST_TIMEOUT_MILLISECONDS,
  )

export interface ClientRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Well below the time that a test may take, so that a client that hangs shows what it said. */
const CLIENT_TIMEOUT_MILLISECONDS = 45_000

/** Runs a real client to its end. */
export const runClient = (
  name: ClientName,
  args: readonly string[],
  options: { readonly input?: string | Uint8Array; readonly folder?: string } = {},
): Promise<ClientRun> =>
  new Promise((resolve, reject) => {
    const child = spawn(clients[name] ?? name, [...args], {
      cwd: options.folder,
      timeout: CLIENT_TIMEOUT_MILLISECONDS,
      killSignal: 'SIGKILL',
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.once('error', reject)
    child.once('close', (code) =>
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    )
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
  })
