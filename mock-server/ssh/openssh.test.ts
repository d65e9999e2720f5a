import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest'
import { type ClientRun, runClient, testWith } from './testing/real-clients.ts'
import { startTestCluster, type TestCluster } from './testing/test-cluster.ts'

let cluster: TestCluster
/** Where the client runs. */
let local = ''
/** A folder of its own on the cluster, and its path from the home. */
let there = ''
let remote = ''
let count = 0

beforeAll(async () => {
  cluster = await startTestCluster({
    keyKinds: ['ed25519', 'ecdsa', 'rsa'],
    hostKeyKinds: ['ed25519', 'ecdsa', 'rsa'],
  })
})

afterAll(() => cluster.close())

beforeEach(() => {
  remote = `work/t${++count}`
  there = join(cluster.home, remote)
  local = join(cluster.folder, `local${count}`)
  mkdirSync(there)
  mkdirSync(local)
})

const ssh = (args: readonly string[], input = ''): Promise<ClientRun> =>
  runClient('ssh', [...cluster.sshOptions, ...args], { input, folder: local })

const scp = (...args: string[]): Promise<ClientRun> =>
  runClient('scp', [...cluster.sshOptions, ...args], { folder: local })

const succeeded: ClientRun = { code: 0, stdout: '', stderr: '' }

const bytes = Buffer.from(Array.from({ length: 1_500_000 }, (_, index) => (index * 7919) >>> 3))

describe('OpenSSH’s ssh', () => {
  testWith('ssh')('runs a command with input, output and exit code', async () => {
    const run = await ssh(['cluster', 'cat; echo err >&2; exit 3'], 'in\n')
    expect(run).toEqual({ code: 3, stdout: 'in\n', stderr: 'err\n' })
  })

  testWith('ssh')(
    'is offered nothing but GCM, and ciphers of its choice without it are refused',
    async () => {
      const { code, stderr } = await ssh(['-o', 'LogLevel=DEBUG1', 'cluster', 'true'])
      expect([code, /server->client cipher: (\S+)/.exec(stderr)?.[1]]).toEqual([0, 'aes128-gcm@openssh.com'])
      expect(await ssh(['-o', 'Ciphers=aes128-ctr', 'cluster', 'true'])).toMatchObject({ code: 255 })
    },
  )

  testWith('ssh')('ends with 255 when the command was ended by a signal', async () => {
    expect(await ssh(['cluster', 'kill -KILL $$'])).toMatchObject({ code: 255 })
  })

  for (const type of ['ed25519', 'ecdsa', 'rsa']) {
    testWith('ssh')(`logs in with a key of type ${type}`, async () => {
      const options = ['-o', 'IdentityFile=none', '-i', join(cluster.folder, `id_${type}`)]
      expect(await ssh([...options, 'cluster', 'echo in'])).toMatchObject({ code: 0, stdout: 'in\n' })
    })
  }

  for (const algorithm of ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'rsa-sha2-512']) {
    testWith('ssh')(`finds the host’s key of type ${algorithm} to be the one that it knows`, async () => {
      const run = await ssh(['-o', `HostKeyAlgorithms=${algorithm}`, 'cluster', 'echo in'])
      expect(run).toMatchObject({ code: 0, stdout: 'in\n' })
    })
  }

  testWith('ssh')('is refused with an RSA key and SHA-1', async () => {
    const options = [
      '-F',
      'none',
      '-p',
      String(cluster.server.port),
      '-o',
      'PubkeyAcceptedAlgorithms=ssh-rsa',
    ]
    const hosts = [
      '-o',
      'StrictHostKeyChecking=no',
      '-o',
      'UserKnownHostsFile=/dev/null',
      '-o',
      'BatchMode=yes',
    ]
    const key = ['-i', join(cluster.folder, 'id_rsa'), '-o', 'IdentitiesOnly=yes']
    const run = await runClient('ssh', [...options, ...hosts, ...key, 'uprod_abc123@127.0.0.1', 'true'])
    expect(run.code).toBe(255)
    expect(run.stderr).toMatch(/Permission denied \(publickey\)|no mutual signature/)
  })

  testWith('ssh')('uses one connection for many sessions', async () => {
    const control = ['-o', `ControlPath=${join(cluster.folder, 'control')}`]
    const options = [...control, '-o', 'ControlMaster=auto', '-o', 'ControlPersist=10']
    const first = await ssh([...options, 'cluster', 'echo $SSH_CLIENT'])
    const others = [1, 2, 3, 4].map(() => ssh([...options, 'cluster', 'echo $SSH_CLIENT']))
    expect((await Promise.all(others)).map(({ stdout }) => stdout)).toEqual(Array(4).fill(first.stdout))
    expect(await ssh([...control, '-O', 'exit', 'cluster'])).toMatchObject({ code: 0 })
  })

  testWith('ssh')('has a terminal when it asks for one', async () => {
    const { stdout, code } = await ssh(['-tt', 'cluster', 'tty && exit 4'])
    expect(stdout).toMatch(/^\/dev\/(pts|tty)/)
    expect(code).toBe(4)
  })

  testWith('ssh')('is not lent an agent, and forwards nothing', async () => {
    const run = await ssh(['-A', 'cluster', 'echo "[$SSH_AUTH_SOCK]"'])
    expect(run).toMatchObject({ code: 0, stdout: '[]\n' })
    const forwards = ['-o', 'ExitOnForwardFailure=yes', '-R', '0:127.0.0.1:1']
    expect(await ssh([...forwards, 'cluster', 'true'])).toMatchObject({ code: 255 })
    const through = await ssh(['-W', `127.0.0.1:${cluster.server.port}`, 'cluster'])
    expect(through.code).toBe(255)
    expect(through.stderr).toContain('stdio forwarding failed')
  })

  testWith('ssh')('keeps a transfer whole through many changes of its keys', async () => {
    const run = await runClient(
      'ssh',
      [
        ...cluster.sshOptions,
        '-o',
        'RekeyLimit=1M',
        'cluster',
        'sha512sum; head -c 20000000 /dev/zero | sha512sum',
      ],
      { input: Buffer.alloc(20_000_000) },
    )
    const [first, second] = run.stdout.split('\n')
    expect(run.code).toBe(0)
    expect(first).toBe(second)
  })
})

for (const [protocol, option] of [
  ['the SCP protocol', '-O'],
  ['the SFTP protocol', '-s'],
] as const) {
  describe(`OpenSSH’s scp with ${protocol}`, () => {
    testWith('scp')('copies a file there and back', async () => {
      writeFileSync(join(local, 'data'), bytes)
      expect(await scp(option, 'data', `cluster:${remote}/data`)).toEqual(succeeded)
      expect(readFileSync(join(there, 'data')).equals(bytes)).toBe(true)
      expect(await scp(option, `cluster:${remote}/data`, 'back')).toEqual(succeeded)
      expect(readFileSync(join(local, 'back')).equals(bytes)).toBe(true)
    })

    testWith('scp')('copies an empty file, and several files into a folder', async () => {
      for (const name of ['empty', 'one', 'two'])
        writeFileSync(join(local, name), name === 'empty' ? '' : name)
      expect(await scp(option, 'empty', 'one', 'two', `cluster:${remote}`)).toEqual(succeeded)
      expect(readdirSync(there)).toEqual(['empty', 'one', 'two'])
      const sources = ['empty', 'one', 'two'].map((name) => `cluster:${remote}/${name}`)
      mkdirSync(join(local, 'back'))
      expect(await scp(option, ...sources, 'back')).toEqual(succeeded)
      expect(readFileSync(join(local, 'back/two'), 'utf8')).toBe('two')
    })

    testWith('scp')('copies a tree with odd names there and back, with modes and times', async () => {
      const names = ['a b', `it's "quoted"`, 'ü', '$HOME', '*', '-r']
      mkdirSync(join(local, 'tree/sub folder/empty'), { recursive: true })
      for (const name of names) writeFileSync(join(local, 'tree/sub folder', name), name)
      chmodSync(join(local, 'tree/sub folder/a b'), 0o640)
      utimesSync(join(local, 'tree/sub folder/a b'), 1000, 2000)
      utimesSync(join(local, 'tree/sub folder'), 3000, 4000)
      expect(await scp(option, '-rp', 'tree', `cluster:${remote}`)).toEqual(succeeded)
      const arrived = join(there, 'tree/sub folder')
      expect(readdirSync(arrived).sort()).toEqual([...names, 'empty'].sort())
      expect(statSync(join(arrived, 'a b'))).toMatchObject({ mode: 0o100640, mtimeMs: 2_000_000 })
      expect(statSync(arrived).mtimeMs).toBe(4_000_000)
      expect(await scp(option, '-rp', `cluster:${remote}/tree`, 'back')).toEqual(succeeded)
      for (const name of names) expect(readFileSync(join(local, 'back/sub folder', name), 'utf8')).toBe(name)
      expect(statSync(join(local, 'back/sub folder')).mtimeMs).toBe(4_000_000)
    })

    testWith('scp')('finds files by wildcards', async () => {
      for (const name of ['a.res', 'b.res', 'c.txt']) writeFileSync(join(there, name), name)
      expect(await scp(option, `cluster:${remote}/*.res`, '.')).toEqual(succeeded)
      expect(readdirSync(local)).toEqual(['a.res', 'b.res'])
    })

    testWith('scp')('takes the home as the cluster names it, as commands see it, and as ~', async () => {
      writeFileSync(join(there, 'f'), 'here')
      for (const home of ['/enc/uprod_abc123', cluster.home, '~']) {
        expect(await scp(option, `cluster:${home}/${remote}/f`, 'f')).toEqual(succeeded)
      }
    })

    testWith('scp')('replaces a longer file', async () => {
      writeFileSync(join(there, 'f'), 'a longer text')
      writeFileSync(join(local, 'f'), 'short')
      expect(await scp(option, 'f', `cluster:${remote}/f`)).toEqual(succeeded)
      expect(readFileSync(join(there, 'f'), 'utf8')).toBe('short')
    })

    testWith('scp')(
      'fails for what is not there, is a folder, or lies outside, and copies the rest',
      async () => {
        writeFileSync(join(there, 'f'), 'here')
        symlinkSync('/etc/passwd', join(there, 'out'))
        expect(await scp(option, `cluster:${remote}/none`, '.')).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('No such file or directory'),
        })
        expect(await scp(option, `cluster:${remote}`, '.')).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('not a regular file'),
        })
        expect(await scp(option, `cluster:${remote}/out`, '.')).toMatchObject({
          code: 1,
          stderr: expect.stringMatching(/[Pp]ermission denied/),
        })
        expect(await scp(option, '-r', `cluster:${remote}`, 'all')).toMatchObject({ code: 1 })
        expect(readFileSync(join(local, 'all/f'), 'utf8')).toBe('here')
        expect(existsSync(join(local, 'all/out'))).toBe(false)
      },
    )

    testWith('scp')('never writes outside the home', async () => {
      writeFileSync(join(local, 'f'), 'escaped')
      symlinkSync(cluster.folder, join(there, 'up'))
      for (const path of [
        `${remote}/up/escaped`,
        '../escaped',
        '../../../../../../../../tmp/no-such-folder/f',
      ]) {
        const { code } = await scp(option, 'f', `cluster:${path}`)
        if (code === 0) expect(existsSync(join(cluster.home, 'escaped'))).toBe(true)
      }
      expect(existsSync(join(cluster.folder, 'escaped'))).toBe(false)
    })
  })
}

describe('OpenSSH’s sftp', () => {
  const sftp = (...lines: string[]): Promise<ClientRun> =>
    runClient('sftp', [...cluster.sshOptions, '-b', '-', 'cluster'], {
      input: `${lines.join('\n')}\n`,
      folder: local,
    })

  testWith('sftp')('does a batch of commands', async () => {
    writeFileSync(join(local, 'a b'), bytes)
    const { code, stdout, stderr } = await sftp(
      'pwd',
      `cd ${remote}`,
      'put "a b"',
      'mkdir d',
      'rename "a b" d/c',
      'ln -s d/c link',
      'chmod 600 d/c',
      'ls -l d',
      'get link back',
      'df',
      'rm link',
      'rm d/c',
      'rmdir d',
      'ls -la',
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('Remote working directory: /enc/uprod_abc123')
    expect(stdout).toMatch(/-rw------- +1 uprod_abc123 uprod_abc123 +1500000 .* c\n/)
    expect(readFileSync(join(local, 'back')).equals(bytes)).toBe(true)
    expect(readdirSync(there)).toEqual([])
  })

  testWith('sftp')('goes on with a transfer that was broken off', async () => {
    writeFileSync(join(local, 'f'), bytes)
    writeFileSync(join(there, 'f'), bytes.subarray(0, 1_000_000))
    expect(await sftp(`reput f ${remote}/f`)).toMatchObject({ code: 0 })
    expect(readFileSync(join(there, 'f')).equals(bytes)).toBe(true)
    writeFileSync(join(local, 'part'), bytes.subarray(0, 700_000))
    expect(await sftp(`reget ${remote}/f part`)).toMatchObject({ code: 0 })
    expect(readFileSync(join(local, 'part')).equals(bytes)).toBe(true)
  })

  testWith('sftp')('copies trees', async () => {
    mkdirSync(join(local, 'tree/sub'), { recursive: true })
    for (let index = 0; index < 150; index++) writeFileSync(join(local, `tree/sub/f${index}`), String(index))
    expect(await sftp(`put -rp tree ${remote}`, `get -rp ${remote}/tree back`)).toMatchObject({ code: 0 })
    expect(readdirSync(join(local, 'back/sub'))).toHaveLength(150)
    expect(readFileSync(join(local, 'back/sub/f149'), 'utf8')).toBe('149')
  })

  testWith('sftp')('reports what fails', async () => {
    const { code, stderr } = await sftp(`get ${remote}/none`)
    expect(code).toBe(1)
    expect(stderr).toContain('not found')
  })
})

describe('rsync', () => {
  testWith('ssh', 'rsync')(
    'copies a tree there, sees that nothing is to be done, and brings it back',
    async () => {
      mkdirSync(join(local, 'tree/sub folder'), { recursive: true })
      writeFileSync(join(local, 'tree/sub folder/data'), bytes)
      const shell = ['-e', `ssh ${cluster.sshOptions.join(' ')}`]
      const rsync = (...args: string[]): Promise<ClientRun> =>
        runClient('rsync', [...shell, '-a', '--itemize-changes', ...args], { folder: local })
      expect(await rsync('tree/', `cluster:${remote}/copy`)).toMatchObject({ code: 0 })
      expect(readFileSync(join(there, 'copy/sub folder/data')).equals(bytes)).toBe(true)
      expect(await rsync('tree/', `cluster:${remote}/copy`)).toEqual(succeeded)
      writeFileSync(join(there, 'copy/new'), 'new')
      expect(await rsync('--delete', `cluster:${remote}/copy/`, 'tree')).toMatchObject({ code: 0 })
      expect(readFileSync(join(local, 'tree/new'), 'utf8')).toBe('new')
    },
  )
})
