import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { put } from '../../client/clusters/files.ts'
import { Login } from '../../client/clusters/login.ts'
import { runClient, testWith } from '../../mock-server/ssh/testing/real-clients.ts'
import { startTestCluster, type TestCluster, USERNAME } from '../../mock-server/ssh/testing/test-cluster.ts'

let folder: string
let cluster: TestCluster
let login: Login
let count = 0
/** On the cluster, from its home. */
let remote = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-client-files-'))
  writeFileSync(join(folder, 'new'), 'what is put')
  mkdirSync(join(folder, 'tree/sub'), { recursive: true })
  writeFileSync(join(folder, 'tree/sub/file'), 'what is put')
  cluster = await startTestCluster()
  const { keyPath, hostKeys, server } = cluster
  login = await Login.open({
    jobId: 'abc',
    instance: { publicIp: '127.0.0.1', sshPort: server.port, username: USERNAME },
    credentials: { privateKey: readFileSync(keyPath, 'utf8') },
    fingerprints: hostKeys.map(({ fingerprint }) => fingerprint),
  })
})

afterAll(async () => {
  login?.close()
  await cluster?.close()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(() => {
  remote = `work/t${++count}`
  mkdirSync(join(cluster.home, remote))
})

const there = (...names: string[]) => join(cluster.home, remote, ...names)

/** Puts the file `new`; whether that worked. */
type Put = (target: string) => Promise<boolean>

const own: Put = (target) =>
  put(login, join(folder, 'new'), `${remote}/${target}`).then(
    () => true,
    () => false,
  )

const ran = (...run: Parameters<typeof runClient>) => runClient(...run).then(({ code }) => code === 0)

const scp =
  (option: string): Put =>
  (target) =>
    ran('scp', [...cluster.sshOptions, option, 'new', `cluster:${remote}/${target}`], { folder })

const sftp: Put = (target) =>
  ran('sftp', [...cluster.sshOptions, '-b', '-', 'cluster'], {
    input: `put new ${remote}/${target}\n`,
    folder,
  })

for (const [who, put, define] of [
  ['the client', own, it],
  ['OpenSSH’s scp', scp('-s'), testWith('scp')],
  ['OpenSSH’s scp, as it was', scp('-O'), testWith('scp')],
  ['OpenSSH’s sftp', sftp, testWith('sftp')],
] as const) {
  define(`${who} makes the file that a link points to which leads nowhere, and leaves the link`, async () => {
    mkdirSync(there('deep'))
    symlinkSync('deep/made', there('link'))
    symlinkSync('../second', there('deep/first'))
    symlinkSync('deep/first', there('links'))
    expect([await put('link'), await put('links')]).toEqual([true, true])
    expect([readlinkSync(there('link')), readlinkSync(there('links'))]).toEqual(['deep/made', 'deep/first'])
    expect([there('deep/made'), there('second')].map((path) => readFileSync(path, 'utf8'))).toEqual([
      'what is put',
      'what is put',
    ])
    expect(readdirSync(there(), { recursive: true }).sort()).toEqual(
      ['deep', 'deep/first', 'deep/made', 'link', 'links', 'second'].sort(),
    )
  })

  define(`${who} fails at a link that no file can be made behind, and leaves it`, async () => {
    symlinkSync('no-folder/file', there('to-no-folder'))
    symlinkSync('circle', there('circle'))
    symlinkSync(cluster.folder, there('out'))
    symlinkSync(join(cluster.folder, 'escaped'), there('outside'))
    const links = ['circle', 'out', 'outside', 'to-no-folder']
    for (const link of links) expect([link, await put(link)]).toEqual([link, false])
    expect(readdirSync(there()).sort()).toEqual(links)
    expect(links.every((link) => lstatSync(there(link)).isSymbolicLink())).toBe(true)
    expect(existsSync(join(cluster.folder, 'escaped'))).toBe(false)
  })
}

it('says what is wrong with a place that cannot be looked at, instead of taking it for free', async () => {
  symlinkSync(cluster.folder, there('sub'))
  const putting = put(login, join(folder, 'tree'), remote)
  await expect(putting).rejects.toMatchObject({
    kind: 'transfer',
    message: expect.stringMatching(/permission/i),
  })
  expect(readdirSync(there())).toEqual(['sub'])
})
