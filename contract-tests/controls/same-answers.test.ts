import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { createRescale, type Rescale } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'

/** The tutorial's script, with fewer rounds, and a large file besides. */
const inputs = [
  [
    'calculate_pi.py',
    'import sys\nprint(sum(4 * (-1) ** k / (2 * k + 1) for k in range(int(open(sys.argv[1]).read()))))\n',
  ],
  ['range.inp', '1000\n'],
  ['large.bin', 'x'.repeat(3_000_000)],
] as const

/** Everything that an answer is made of. */
class Transcript {
  readonly lines: string[] = []
  readonly #rescale: Rescale

  constructor(rescale: Rescale) {
    this.#rescale = rescale
  }

  async ask(
    method: string,
    path: string,
    init: RequestInit = {},
  ): Promise<{ id: string; results: { id: string }[] }> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Token ${this.#rescale.apiKey}`)
    const answer = await this.#rescale.fetch(`http://rescale.test${path}`, { ...init, method, headers })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const heads = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
    this.lines.push(
      `${method} ${path}\n${answer.status}\n${heads}\n${createHash('sha256').update(bytes).digest('hex')}\n${bytes.subarray(0, 5_000)}`,
    )
    return bytes[0] === 0x7b ? JSON.parse(bytes.toString()) : { id: '', results: [] }
  }

  json(method: string, path: string, body: unknown) {
    return this.ask(method, path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  }
}

/** What the tutorial asks for, in its order: user, catalogue, files, a job and its outputs, searches, sharing, an end. */
async function tutorial(rescale: Rescale): Promise<string[]> {
  const it = new Transcript(rescale)
  const files: string[] = []
  await it.ask('GET', '/api/v2/users/me/')
  await it.ask('GET', '/api/v2/jobs/?page_size=5')
  await it.ask('GET', '/api/v2/jobs/ObMcJc/')
  await it.ask('GET', '/api/v2/coretypes/?isPrimary=true')
  await it.ask('GET', '/api/v2/analyses/?search=open')
  for (const [name, content] of inputs) {
    const form = new FormData()
    form.append('file', new Blob([content]), name)
    files.push((await it.ask('POST', '/api/v2/files/contents/', { body: form })).id)
  }
  const job = await it.json('POST', '/api/v2/jobs/', aJob({ inputs: files.map((id) => ({ id })) }))
  await it.ask('POST', `/api/v2/jobs/${job.id}/submit/`)
  for (const minutes of ['10s', '5m', '4m', '10m']) {
    rescale.world().advance(minutes)
    for (const part of ['statuses', 'cluster_statuses', 'runs', 'instances'])
      await it.ask('GET', `/api/v2/jobs/${job.id}/${part}/`)
  }
  rescale.world().settle()
  const outputs = await it.ask('GET', `/api/v2/jobs/${job.id}/files/`)
  for (const { id } of outputs.results) await it.ask('GET', `/api/v2/files/${id}/contents/`)
  await it.ask('GET', `/api/v2/files/${files[2]}/contents/`, { headers: { range: 'bytes=1000-2000' } })
  await it.ask('GET', '/api/v2/files/?search=range')
  await it.json('POST', `/api/v2/jobs/${job.id}/tags/`, { name: 'tutorial' })
  await it.json('POST', `/api/v2/jobs/${job.id}/share/`, { email: 'a.colleague@example.com' })
  const next = await it.json('POST', '/api/v2/jobs/', aJob({ command: 'sleep 1000' }))
  await it.ask('POST', `/api/v2/jobs/${next.id}/submit/`)
  rescale.world().advance('9m')
  await it.ask('POST', `/api/v2/jobs/${next.id}/stop/`)
  rescale.world().settle()
  await it.ask('GET', `/api/v2/jobs/${next.id}/statuses/`)
  await it.ask('DELETE', `/api/v2/jobs/${job.id}/`)
  await it.ask('DELETE', `/api/v2/files/${files[0]}/`)
  await it.ask('GET', `/api/v2/files/${files[0]}/`)
  return it.lines
}

it('gives the same bytes for the same seed and the same requests', async () => {
  await using one = createRescale()
  await using other = createRescale()
  const first = await tutorial(one)
  expect(first.filter((line) => /^\w+ \S+\n5/.test(line))).toEqual([])
  expect(first.length).toBeGreaterThan(35)
  expect(await tutorial(other)).toEqual(first)
  await one.world().reset()
  expect(await tutorial(one)).toEqual(first)
})

it('gives others for another seed', async () => {
  await using one = createRescale()
  await using other = createRescale({ seed: 'another' })
  expect(await tutorial(other)).not.toEqual(await tutorial(one))
})
