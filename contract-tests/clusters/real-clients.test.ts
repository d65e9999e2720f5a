import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { createClient, type Instance, type RescaleClient } from '../../client/index.ts'
import { type ClientName, runClient, testWith } from '../../mock-server/ssh/testing/real-clients.ts'
import { aJob } from '../fixtures.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'
import { fetchText, logIn, put, run } from './ssh-client.ts'

// What the platform's users have: one cluster that sleeps, of a built server that really runs commands.
let folder: string
let server: BuiltServer
let client: RescaleClient
let instance: Instance
let keyPath: string
/** What all OpenSSH clients take: our key and nothing of the machine's own settings. */
let options: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'localscale-clients-'))
  server = await startBuiltServer(['--executor', 'shell', '--pace', '600x'])
  client = createClient({ baseUrl: server.url, apiKey: server.apiKey, env: {} })
  keyPath = join(folder, 'rescale key')
  await registerKey()
  const job = await client.jobs.create(aJob({ command: 'sleep inf' }))
  await client.jobs.submit(job.id)
  await client.jobs.waitFor(job.id, 'Executing', { intervalMs: 50 })
  const [found] = await client.jobs.instances(job.id).toArray()
  if (!found) throw new Error('the cluster has no instance')
  instance = found
  options = ['-F', 'none', '-i', keyPath, '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes']
  options.push('-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR')
}, 120_000)

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const keys = () => ({ privateKey: readFileSync(keyPath, 'utf8'), publicKey: '' })

async function registerKey(): Promise<void> {
  const { default: ssh2 } = await import('ssh2')
  const pair = ssh2.utils.generateKeyPairSync('rsa', { bits: 3072 })
  writeFileSync(keyPath, pair.private, { mode: 0o600 })
  const answer = await fetch(`${server.url}/_mock/ssh-keys/`, {
    method: 'POST',
    headers: { authorization: `Token ${server.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ publicKey: pair.public }),
  })
  if (answer.status !== 201) throw new Error(`the key was refused: ${await answer.text()}`)
}

const port = () => String(instance.sshPort)
const place = () => `${instance.username}@${instance.publicIp}`
const localFile = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const succeeds = async (name: ClientName, args: readonly string[], input?: string): Promise<string> => {
  const { code, stdout, stderr } = await runClient(name, args, {
    folder,
    ...(input !== undefined && { input }),
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

describe('a cluster of the built server', () => {
  testWith('ssh')('runs commands for ssh, with the environment of the cluster', async () => {
    const command = 'echo $RESCALE_JOB_ID $RESCALE_CORES_PER_SLOT; ls -d work'
    const stdout = await succeeds('ssh', [...options, '-p', port(), place(), command])
    expect(stdout).toBe(`${instance.username.replace('uprod_', '')} 2\nwork\n`)
    const failed = await runClient('ssh', [...options, '-p', port(), place(), 'echo wrong >&2; exit 3'])
    expect(failed).toEqual({ code: 3, stdout: '', stderr: 'wrong\n' })
  })

  for (const [protocol, flag] of [
    ['its own protocol', '-O'],
    ['SFTP', '-s'],
  ] as const) {
    testWith('scp')(`copies there and back for scp by ${protocol}`, async () => {
      const name = `by scp ${flag}.txt`
      const there = localFile(name, `content ${flag}\n`)
      // The old protocol leaves the name to a shell over there, as sshd does.
      const remote = `work/${flag === '-O' ? name.replaceAll(' ', '\\ ') : name}`
      await succeeds('scp', [flag, '-p', ...options, '-P', port(), there, `${place()}:${remote}`])
      await succeeds('scp', [flag, ...options, '-P', port(), `${place()}:${remote}`, join(folder, 'back')])
      expect(readFileSync(join(folder, 'back'), 'utf8')).toBe(`content ${flag}\n`)
    })
  }

  testWith('sftp')('lists, puts and gets for sftp', async () => {
    const local = localFile('for-sftp.txt', 'over sftp\n')
    const batch = [
      `put "${local}" work/for-sftp.txt`,
      'ls work/for-sftp.txt',
      `get work/for-sftp.txt "${folder}/from-sftp.txt"`,
    ]
    const stdout = await succeeds('sftp', ['-b', '-', '-P', port(), ...options, place()], batch.join('\n'))
    expect(stdout).toContain('work/for-sftp.txt')
    expect(readFileSync(join(folder, 'from-sftp.txt'), 'utf8')).toBe('over sftp\n')
  })

  testWith('rsync', 'ssh')('keeps folders alike for rsync', async () => {
    mkdirSync(join(folder, 'tree/deep'), { recursive: true })
    writeFileSync(join(folder, 'tree/deep/file'), 'synchronised\n')
    const shell = `ssh ${options.map((option) => `'${option}'`).join(' ')} -p ${port()}`
    await succeeds('rsync', ['-a', '-e', shell, join(folder, 'tree'), `${place()}:work/`])
    await succeeds('rsync', ['-a', '-e', shell, `${place()}:work/tree/`, join(folder, 'tree-back')])
    expect(readFileSync(join(folder, 'tree-back/deep/file'), 'utf8')).toBe('synchronised\n')
  })

  testWith('python3 with paramiko and scp')(
    'computes for paramiko and scp.py, as in the tutorial',
    async () => {
      const inputs = new URL('../../examples/tutorial/job-inputs/', import.meta.url).pathname
      const code = `
import sys, paramiko, scp
host, port, username, key, inputs, target = sys.argv[1:]
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect(host, int(port), username, pkey=paramiko.RSAKey.from_private_key_file(key))
copy = scp.SCPClient(client.get_transport())
copy.put(inputs + "calculate_pi.py", "work/calculate_pi.py")
copy.put(inputs + "range.inp", "work/range.inp")
_, stdout, _ = client.exec_command("cd work && python3 calculate_pi.py range.inp")
for line in iter(stdout.readline, ""):
    print(line, end="")
copy.get("work/pi_estimate.res", target)
print(open(target).read(), end="")
client.close()
`
      const target = join(folder, 'pi_estimate.res')
      const stdout = await succeeds('python3 with paramiko and scp', [
        ...['-c', code, instance.publicIp, port(), instance.username],
        ...[keyPath, inputs, target],
      ])
      expect(stdout.split('\n').at(-2)).toMatch(/^3\.1415/)
    },
  )

  testWith()('does all of it for npm ssh2', async () => {
    const login = await logIn(instance, keys())
    await put(login, localFile('for-ssh2.txt', 'over ssh2\n'), 'work/for-ssh2.txt')
    expect((await run(login, 'cat work/for-ssh2.txt')).stdout).toBe('over ssh2\n')
    expect(await fetchText(login, 'work/for-ssh2.txt', join(folder, 'from-ssh2.txt'))).toBe('over ssh2\n')
    login.end()
  })
})
