import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client, ClientChannel } from 'ssh2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type KeyPair, makeKeyPair } from '../../client/clusters/key-pair.ts'
import { createClient, type RescaleClient } from '../../client/index.ts'
import { shellExecutor } from '../../mock-server/executors/shell/shell-executor.ts'
import { processesIn } from '../../mock-server/executors/testing/processes-in.ts'
import { roomsHere } from '../../mock-server/executors/testing/rooms-here.ts'
import { createRescale, type ListeningSsh, listenSsh, type Rescale } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'
import { logIn, run } from './ssh-client.ts'

const rooms = await roomsHere()

/** Two tenants; the second has two jobs. */
const keys = ['1'.repeat(40), '2'.repeat(40), '2'.repeat(40)]

/** All that a command can find of the processes, by the system's own tools and without. */
const lookAtProcesses = 'cat /proc/[0-9]*/cmdline | tr "\\0" " "; ps -e -o args= 2>/dev/null'

describe.skipIf(!rooms.areThere)(`two jobs that run at once${rooms.why}`, () => {
  let folder: string
  let rescale: Rescale
  let ssh: ListeningSsh
  let clients: RescaleClient[]
  let key: KeyPair
  /** To the cluster of each client's job. */
  let logins: Client[]
  let jobs: string[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localscale-apart-'))
    mkdirSync(join(folder, 'data'))
    writeFileSync(join(folder, 'data', 'secret'), 'of the server')
    rescale = createRescale({
      executor: (files) =>
        shellExecutor({
          root: join(folder, 'data', 'runs'),
          files,
          graceMs: 100,
          isolation: 'required',
          hidden: [join(folder, 'data')],
        }),
    })
    ssh = await listenSsh(rescale)
    key = await makeKeyPair('test')
    const [baseUrl, { fetch }] = ['http://rescale.test', rescale]
    clients = keys.map((apiKey) => createClient({ baseUrl, apiKey, fetch, env: {} }))
    jobs = []
    for (const [index, client] of clients.entries()) jobs.push(await aJobOf(client, index))
    logins = []
    for (const id of jobs) logins.push(await loggedIn(id))
  })

  afterAll(async () => {
    for (const login of logins) login.end()
    await ssh.close()
    await rescale.close()
    expect(processesIn(folder)).toEqual([])
    await rm(folder, { recursive: true, force: true })
  })

  /** Each has a process and files that nobody can mistake, at home and where every program writes. */
  async function aJobOf(client: RescaleClient, index: number): Promise<string> {
    const command = `echo x > file${index}; echo x > /tmp/file${index}; echo x > /dev/shm/file${index}; echo up > up; sleep 31536${index}; exit`
    const job = await client.jobs.create(aJob({ command, publicKey: key.publicKey }))
    await client.jobs.submit(job.id)
    const world = rescale.world(keys[index])
    while (!(await client.jobs.statuses(job.id).toArray()).some(({ status }) => status === 'Executing'))
      world.advance('10s')
    return job.id
  }

  async function loggedIn(id: string): Promise<Client> {
    const cluster = { username: `uprod_${id}`, publicIp: '127.0.0.1', sshPort: ssh.port }
    const login = await logIn(cluster, key)
    await run(login, 'until [ -e work/up ] && pgrep sleep > /dev/null; do sleep 0.02; done')
    return login
  }

  const everywhere = async (command: string): Promise<string[]> => {
    const answers = await Promise.all(logins.map((login) => run(login, command)))
    return answers.map(({ stdout }) => stdout)
  }

  it('each see their own processes, and neither the other’s nor the server’s', async () => {
    const seen = await everywhere(lookAtProcesses)
    for (const [index, processes] of seen.entries()) {
      expect(processes).toContain(`sleep 31536${index}`)
      const others = keys.map((_, other) => `31536${other}`).filter((_, other) => other !== index)
      for (const other of [...others, 'node', 'vitest']) expect(processes).not.toContain(other)
    }
  })

  it('each see their own files, and neither the other’s nor the server’s', async () => {
    const seen = await everywhere(`find ${folder} /tmp /var/tmp /dev/shm 2>/dev/null`)
    for (const [index, files] of seen.entries()) {
      for (const place of ['work', '/tmp', '/dev/shm']) expect(files).toContain(`${place}/file${index}\n`)
      expect(files.match(/file\d/g)?.filter((name) => name !== `file${index}`)).toEqual([])
      for (const hidden of ['secret', '.runs', ...jobs.filter((_, other) => other !== index)])
        expect(files).not.toContain(hidden)
    }
  })

  it('cannot signal each other’s processes, nor end what holds them apart', async () => {
    const [pid] = processesIn(folder, `/${jobs[0]}/`)
    expect(pid).toBeDefined()
    const [, answer] = await everywhere(
      `kill -9 ${pid} 2>&1; kill -9 1; kill -INT 1; kill -0 1 && echo there`,
    )
    expect(answer).toMatch(/No such process\nthere\n$/)
    expect(processesIn(folder, `/${jobs[0]}/`)).toContain(pid)
  })

  it('see by SSH what their command sees: the same numbers, temporary folders and session', async () => {
    const command =
      'cat /tmp/file0 /dev/shm/file0; pid=$(pgrep sleep); readlink /proc/$pid/cwd | sed "s:.*/::"; [ "$(ps -o sid= -p $$)" -eq $$ ] && echo leads'
    expect((await everywhere(command))[0]).toBe('x\nx\nwork\nleads\n')
  })

  it('end what a login started when its connection drops, and nothing else', async () => {
    const before = processesIn(folder, `/${jobs[0]}/`)
    const login = await loggedIn(jobs[0] ?? '')
    const channel = await opened(login, 'setsid sleep inf & trap "" HUP; echo go; while :; do sleep 1; done')
    await once(channel, 'data')
    expect(processesIn(folder, `/${jobs[0]}/`).length).toBeGreaterThan(before.length)
    login.destroy()
    await expect.poll(() => processesIn(folder, `/${jobs[0]}/`), { timeout: 10_000 }).toEqual(before)
  })

  it('pass a client’s signal on to its program, and tell how that ended', async () => {
    const command = 'trap "echo caught; exit 9" TERM; echo go; while :; do read -t 0.02 < <(:); done'
    const channel = await opened(logins[0], command)
    const exit = once(channel, 'exit')
    await once(channel, 'data')
    channel.signal('TERM')
    expect(await exit).toEqual([9])
    const killed = await opened(logins[0], 'echo go; exec sleep inf')
    const end = once(killed, 'exit')
    await once(killed, 'data')
    killed.signal('KILL')
    expect((await end).slice(0, 2)).toEqual([null, 'SIGKILL'])
  })

  // The last, as it ends one of them.
  it('leave the other alone when one of them is stopped', async () => {
    await clients[1]?.jobs.stop(jobs[1] ?? '')
    await expect.poll(() => processesIn(folder, `/${jobs[1]}/`)).toEqual([])
    for (const id of [jobs[0], jobs[2]]) expect(processesIn(folder, `/${id}/`)).not.toEqual([])
    logins.splice(1, 1)
    expect(await everywhere('ls work; pgrep -c sleep')).toEqual([
      'file0\nprocess_output.log\nup\n1\n',
      'file2\nprocess_output.log\nup\n1\n',
    ])
  })
})

const opened = (client: Client | undefined, command: string): Promise<ClientChannel> =>
  new Promise((resolve, reject) => {
    if (!client) throw new Error('there is no login')
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)))
  })
