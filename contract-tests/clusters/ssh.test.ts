import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type KeyPair, makeKeyPair } from '../../client/clusters/key-pair.ts'
import { createClient, type Instance, type RescaleClient } from '../../client/index.ts'
import type { Ending } from '../../mock-server/domain/endings/ending.ts'
import { endings } from '../../mock-server/domain/endings/known-endings.ts'
import { shellExecutor } from '../../mock-server/executors/shell/shell-executor.ts'
import {
  createRescale,
  type ListeningSsh,
  listenSsh,
  type Rescale,
  type RescaleOptions,
} from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'
import { fetchText, logIn, put, run } from './ssh-client.ts'

function ending(name: string): Ending {
  const found = endings.find((known) => known.name === name)
  if (!found) throw new Error(`there is no ending ${name}`)
  return found
}

const executors: Readonly<Record<string, (folder: string) => RescaleOptions['executor']>> = {
  shell: (folder) => (files) => shellExecutor({ root: join(folder, 'runs'), files, graceMs: 100 }),
  simulated: () => undefined,
}

describe.each(Object.keys(executors))('a cluster by SSH, %s', (name) => {
  let folder: string
  let rescale: Rescale
  let ssh: ListeningSsh
  let client: RescaleClient
  let key: KeyPair

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localscale-ssh-test-'))
    const executor = executors[name]?.(folder)
    rescale = createRescale({ ...(executor && { executor }) })
    ssh = await listenSsh(rescale)
    client = createClient({
      baseUrl: 'http://rescale.test',
      apiKey: rescale.apiKey,
      fetch: rescale.fetch,
      env: {},
    })
    key = await makeKeyPair('test')
  })

  afterEach(async () => {
    await ssh.close()
    await rescale.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** A cluster that runs until it is stopped, opened by the key that is given with the job. */
  async function aCluster(publicKey: string | null = key.publicKey): Promise<Instance> {
    const job = await client.jobs.create(aJob({ command: 'sleep inf', publicKey }))
    await client.jobs.submit(job.id)
    while (!(await client.jobs.statuses(job.id).toArray()).some(({ status }) => status === 'Executing'))
      rescale.world().advance('10s')
    const [instance] = await client.jobs.instances(job.id).toArray()
    if (!instance) throw new Error('the cluster has no instance')
    return instance
  }

  const jobOf = ({ username }: Instance): string => username.replace('uprod_', '')

  it('lets a client wait at the door that comes as soon as there is an instance', async () => {
    const job = await client.jobs.create(aJob({ command: 'sleep inf', publicKey: key.publicKey }))
    await client.jobs.submit(job.id)
    const instances = () => client.jobs.instances(job.id).toArray()
    while ((await instances()).length === 0) rescale.world().advance('1s')
    expect((await client.jobs.statuses(job.id).toArray()).map(({ status }) => status)).not.toContain(
      'Executing',
    )
    const [instance] = await instances()
    if (!instance) throw new Error('the cluster has no instance')
    const login = logIn(instance, key)
    // Refused at once: a stranger, while the owner waits.
    await expect(logIn(instance, await makeKeyPair('stranger'))).rejects.toThrow()
    rescale.world().advance('20s')
    const { stdout } = await run(await login, 'pwd')
    expect(stdout.trim().split('/').at(-1)).not.toBe('')
  })

  it('is where the instances say, and opened by the key given with the job', async () => {
    const instance = await aCluster()
    expect(instance).toMatchObject({ publicIp: '127.0.0.1', sshPort: ssh.port, role: 'CUSTOM' })
    const login = await logIn(instance, key)
    expect(await run(login, 'echo hello')).toMatchObject({ stdout: 'hello\n', code: 0 })
    login.end()
  })

  it('keeps what is put into its home, and gives it back', async () => {
    const login = await logIn(await aCluster(), key)
    const local = join(folder, 'local.txt')
    await writeFile(local, 'from here\n')
    await put(login, local, 'work/there.txt')
    expect((await run(login, 'cat work/there.txt')).stdout).toBe('from here\n')
    expect(await fetchText(login, 'work/there.txt', join(folder, 'back.txt'))).toBe('from here\n')
    login.end()
  })

  it('refuses every other key, and every user that it does not have', async () => {
    const instance = await aCluster()
    ;(await logIn(instance, key)).end()
    await expect(logIn(instance, await makeKeyPair('test'))).rejects.toThrow(/authentication/i)
    await expect(logIn({ ...instance, username: 'uprod_ABCDEF' }, key)).rejects.toThrow(/authentication/i)
  })

  it('is opened by keys registered for every world', async () => {
    rescale.authorizeKey(key.publicKey)
    ;(await logIn(await aCluster(null), key)).end()
    expect(() => rescale.authorizeKey('no key')).toThrow(/no public key/)
  })

  it('ends its connections when its machines are taken back, and is a new one on others', async () => {
    const instance = await aCluster()
    const login = await logIn(instance, key)
    await run(login, 'echo old > work/old.txt')
    const closed = once(login, 'close')
    const { platform, advance } = rescale.world()
    const wish = { ending: ending('spot-reclaimed'), after: null }
    platform.askEnding(jobOf(instance), wish)
    await closed
    await expect(logIn(instance, key)).rejects.toThrow(/authentication/i)
    while ((await client.jobs.instances(jobOf(instance)).toArray()).length === 0) advance('10s')
    const again = await logIn(instance, key)
    expect((await run(again, 'ls work')).stdout).not.toContain('old.txt')
    again.end()
  })

  it('ends its connections when it stops, and lets nobody in again', async () => {
    const instance = await aCluster()
    const login = await logIn(instance, key)
    const closed = once(login, 'close')
    await client.jobs.stop(jobOf(instance))
    rescale.world().settle()
    await closed
    await expect(logIn(instance, key)).rejects.toThrow(/authentication/i)
    await expect
      .poll(async () => {
        rescale.world().settle()
        return (await client.jobs.clusterStatuses(jobOf(instance)).first())?.status
      })
      .toBe('Stopped')
    expect(await client.jobs.instances(jobOf(instance)).count()).toBe(0)
  })

  it('shows the fingerprints of its host keys in the log of the job', async () => {
    const instance = await aCluster()
    ;(await logIn(instance, key)).end()
    await client.jobs.stop(jobOf(instance))
    await expect
      .poll(async () => {
        rescale.world().settle()
        return (await client.jobs.log(jobOf(instance)))?.lines.join('')
      })
      .toContain(ssh.fingerprints[0])
    expect(ssh.fingerprints[0]).toMatch(/^ssh-ed25519 SHA256:/)
  })
})
