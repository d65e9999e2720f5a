import { expect, it } from 'vitest'
import { NotFoundError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { aFile, serveBytes } from '../test-support/files.ts'
import { aPage, aServer, sendJson, type TestServer } from '../test-support/server.ts'

type Rows = readonly (readonly [status: string, reason?: string | null])[]

interface Look {
  readonly job?: Rows | 404
  readonly cluster?: Rows | 404
}

const at = (text: string) => `[2023-09-01T12:00:00Z]: ${text}\n`

/** A platform on which each look at a history gives the next of `looks`, the last one for ever. */
async function aPlatform(looks: readonly Look[], log?: readonly string[]): Promise<TestServer> {
  const count = { job: 0, cluster: 0 }
  const rowsFor = (what: 'job' | 'cluster') => looks[Math.min(count[what]++, looks.length - 1)]?.[what] ?? []
  return aServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const history = { statuses: 'job', cluster_statuses: 'cluster' } as const
    const kind = history[path.split('/').at(-2) as keyof typeof history]
    if (kind) {
      const rows = rowsFor(kind)
      if (rows === 404) sendJson(response, 404, { detail: 'Not found.' })
      else
        sendJson(
          response,
          200,
          aPage(
            rows.map(([status, statusReason = null], index) =>
              entry(status, statusReason, rows.length - index),
            ),
          ),
        )
    } else if (path === '/api/v2/jobs/abc/files/') {
      const names = log ? ['my_process_output.log', 'process_output.log'] : []
      sendJson(response, 200, aPage(names.map((name, index) => ({ id: `file${index}`, name }))))
    } else if (path === '/api/v2/files/file1/lines/') sendJson(response, 200, { lines: log })
    else if (path === '/api/v2/jobs/abc/') sendJson(response, 200, { id: 'abc', jobanalyses: [{}] })
    else sendJson(response, 404, { detail: 'Not found.' })
  })
}

function entry(status: string, statusReason: string | null, second: number) {
  return { status, statusReason, statusDate: `2026-01-01T00:00:0${second}.000000+00:00` }
}

it('waits until the job has the status, even if it has passed it already', async () => {
  await using server = await aPlatform([
    {},
    { job: [['Pending']] },
    { job: [['Completed'], ['Executing'], ['Queued'], ['Pending']] },
  ])
  const client = aClient(server.url, { clock: aClock() })
  const result = await client.jobs.waitFor('abc', 'Executing')
  expect(result).toMatchObject({ reached: true, status: { status: 'Executing' } })
})

it.each(['Completed', 'Force Stop', 'Failed', 'Terminated'])(
  'stops waiting when the job ends with %s',
  async (end) => {
    await using server = await aPlatform([{ job: [['Queued']] }, { job: [[end], ['Queued']] }])
    const client = aClient(server.url, { clock: aClock() })
    const result = await client.jobs.waitFor('abc', ['Executing', 'Stopping'])
    expect(result).toMatchObject({ reached: false, why: 'ended', last: { status: end } })
  },
)

it('waits for a cluster that is not there at first', async () => {
  const executing: Rows = [['Executing']]
  await using server = await aPlatform([
    { job: executing, cluster: 404 },
    { job: executing, cluster: 404 },
    { job: executing, cluster: [['Stopping'], ['Started']] },
    { job: executing, cluster: [['Stopped'], ['Stopping'], ['Started']] },
  ])
  const client = aClient(server.url, { clock: aClock() })
  const seen: string[] = []
  const result = await client.jobs.waitForCluster('abc', 'Stopped', {
    onStatus: ({ status }) => seen.push(status),
  })
  expect(result.reached).toBe(true)
  expect(seen).toEqual(['Started', 'Stopping', 'Stopped'])
})

it('takes no cluster for stopped that was started again', async () => {
  const again: Rows = [['Started'], ['Starting'], ['Stopped'], ['Started']]
  await using server = await aPlatform([{ cluster: again }, { cluster: [['Stopped'], ...again] }])
  const clock = aClock()
  const result = await aClient(server.url, { clock }).jobs.waitForCluster('abc', 'Stopped')
  expect([result.reached, clock.slept.length]).toEqual([true, 1])
})

it('waits for no cluster of a job that ended without one, or is deleted', async () => {
  await using ended = await aPlatform([
    { job: [['Completed', 'Could not allocate compute resources']], cluster: 404 },
  ])
  const client = aClient(ended.url, { clock: aClock() })
  expect(await client.jobs.waitForCluster('abc', 'Stopped')).toMatchObject({ reached: false, why: 'ended' })
  await using gone = await aPlatform([{ job: 404, cluster: 404 }])
  const failure = await failureOf(
    aClient(gone.url, { clock: aClock() }).jobs.waitForCluster('abc', 'Stopped'),
  )
  expect(failure).toBeInstanceOf(NotFoundError)
  await using deleted = await aPlatform([
    { job: [['Executing']], cluster: 404 },
    { job: 404, cluster: 404 },
  ])
  const late = await aClient(deleted.url, { clock: aClock() }).jobs.waitForCluster('abc', 'Stopped')
  expect(late).toMatchObject({ reached: false, why: 'deleted' })
})

const LAUNCHED = at('Launching ./run, Working dir: /enc/uprod_abc/work.  Process output follows:')

it.each([
  [[LAUNCHED, at('3.14'), at('Exited with code 0'), at('')], 'ok', 0],
  [[LAUNCHED, at("can't open file"), at('Exited with code 2'), at('')], 'failed', 2],
  [undefined, 'unknown', undefined],
] as const)('judges a completed job by its log', async (log, verdict, exitCode) => {
  await using server = await aPlatform(
    [{ job: [['Completed', 'Completed successfully'], ['Executing']] }],
    log,
  )
  expect(await aClient(server.url).jobs.outcome('abc')).toMatchObject({ verdict, exitCode })
})

it('reads the log, and no other file whose name is like it', async () => {
  await using server = await aPlatform([], [LAUNCHED, at('3.14')])
  const log = await aClient(server.url).jobs.log('abc')
  expect(log?.file.id).toBe('file1')
  expect(log?.lines[1]).toBe(at('3.14'))
  expect(log?.analyses[0]?.output).toEqual(['3.14'])
  await using empty = await aPlatform([])
  expect(await aClient(empty.url).jobs.log('abc')).toBeUndefined()
})

it('reads a log and its exit code from its bytes where the platform gives no lines of it', async () => {
  const text = [LAUNCHED, at('3.14'), at('Exited with code 3')].join('')
  await using server = await aServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    if (path.endsWith('/lines/')) return sendJson(response, 400, { detail: 'This file is too large.' })
    if (path.endsWith('/contents/')) return response.end(text)
    if (path.endsWith('/files/')) {
      const log = { id: 'file1', name: 'process_output.log' }
      return sendJson(response, 200, aPage([log]))
    }
    if (path.endsWith('/statuses/')) return sendJson(response, 200, aPage([entry('Completed', null, 1)]))
    sendJson(response, 200, { id: 'abc', jobanalyses: [{}] })
  })
  const { jobs } = aClient(server.url)
  expect((await jobs.log('abc'))?.lines).toEqual([LAUNCHED, at('3.14'), at('Exited with code 3')])
  expect(await jobs.outcome('abc')).toMatchObject({ verdict: 'failed', exitCode: 3 })
})

it('goes through a long log as it comes for the verdict, and refuses to make a list of one that is too long', async () => {
  const filling = `${at('x'.repeat(1_000_000))}`
  const text = Buffer.from([LAUNCHED, ...Array(9).fill(filling), at('Exited with code 3')].join(''))
  const log = { ...aFile(text, 'process_output.log', 'file1') }
  const found = [log, { ...log, id: 'file2', decryptedSize: 300 * 1024 ** 2 }]
  await using server = await aServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    if (path.endsWith('/contents/')) return serveBytes(text, request, response)
    if (path.includes('/huge/files/')) return sendJson(response, 200, aPage(found.slice(1)))
    if (path.endsWith('/files/')) return sendJson(response, 200, aPage(found.slice(0, 1)))
    if (path.endsWith('/statuses/')) return sendJson(response, 200, aPage([entry('Completed', null, 1)]))
    sendJson(response, 200, { id: 'abc', jobanalyses: [{}] })
  })
  await using client = aClient(server.url)
  expect(await client.jobs.outcome('abc')).toMatchObject({ verdict: 'failed', exitCode: 3 })
  const split = await client.jobs.splitVerdict('abc', { sha512: 'x' })
  expect(split).toEqual({ verdict: 'unknown', sha512: undefined })
  await expect(client.jobs.log('huge')).rejects.toMatchObject({ hint: expect.stringContaining('sink') })
  expect(server.seen.filter(({ url }) => url.includes('/lines/'))).toEqual([])
})

it('asks to delete input files in the spelling that Rescale is known to take', async () => {
  await using server = await aServer((_, response) => response.writeHead(204).end())
  const { jobs } = aClient(server.url)
  await jobs.delete('abc', { deleteInputFiles: true })
  await jobs.delete('abc')
  expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'DELETE /api/v2/jobs/abc/?deleteInputFiles=True',
    'DELETE /api/v2/jobs/abc/',
  ])
})

it('uses the path and method that the API has for each operation', async () => {
  await using server = await aServer((request, response) => {
    const isList = /files\/|runs\/$|instances\/$|statuses\/$/.test((request.url ?? '').split('?')[0] ?? '')
    sendJson(response, 200, isList ? aPage([]) : { connectionDetails: [], lines: [] })
  })
  const { jobs } = aClient(server.url)
  const body = { name: 'x', jobanalyses: [] }
  const calls = [
    () => jobs.get('abc'),
    () => jobs.update('abc', { name: 'x' }),
    () => jobs.replace('abc', body),
    () => jobs.submit('abc'),
    () => jobs.stop('abc'),
    () => jobs.forceStop('abc'),
    () => jobs.instances('abc').toArray(),
    () => jobs.connectionDetails('abc'),
    () => jobs.files('abc', { search: 'output' }).toArray(),
    () => jobs.share('abc', { email: 'you@example.org' }),
    () => jobs.tags.list('abc'),
    () => jobs.tags.add('abc', 'mine'),
    () => jobs.tags.remove('abc', 'mine'),
    () => jobs.customFields.get('abc'),
    () => jobs.customFields.set('abc', { Customer: 'ACME' }),
    () => jobs.assignProject('abc', { organizationCode: 'acme', projectId: 'pCTMk' }),
    () => jobs.runs.list('abc').toArray(),
    () => jobs.runs.get('abc', '1'),
    () => jobs.runs.files('abc', '1').toArray(),
    () => jobs.runs.directory('abc', '1'),
    () => jobs.runs.stop('abc', '1'),
    () => jobs.runs.snapshot('abc', '1'),
  ]
  for (const call of calls) await call()
  expect(server.seen.map(({ method, url }) => `${method} ${url.replace('/api/v2/jobs/abc/', '')}`)).toEqual([
    'GET ',
    'PATCH ',
    'PUT ',
    'GET statuses/?page_size=1',
    'POST submit/',
    'POST stop/',
    'POST force_stop/',
    'GET instances/',
    'GET connection_details/',
    'GET files/?search=output',
    'POST share/',
    'GET tags/',
    'POST tags/',
    'DELETE tags/?name=mine',
    'GET custom-fields/',
    'POST custom-fields/',
    'POST /api/v2/organizations/acme/jobs/abc/project-assignment/',
    'GET runs/',
    'GET runs/1/',
    'GET runs/1/files/',
    'GET runs/1/directory-contents/',
    'POST runs/1/stop/',
    'POST runs/1/snapshot/',
  ])
})
