import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import { itWith } from '../../client/test-support/programs.ts'
import { createRescale, listen } from '../../mock-server/index.ts'
import { aJob, uploadedFile } from '../fixtures.ts'
import { inProcessTarget } from '../targets.ts'

async function run(script: string, key: string): Promise<string> {
  const shell = spawn('sh', [], { env: { ...process.env, RESCALE_API_KEY: key } })
  shell.stdin.end(script)
  return text(shell.stdout)
}

itWith('curl')('curl sends again what the journal had, byte by byte', async () => {
  await using rescale = createRescale()
  await using listening = await listen(rescale)
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(listening.url + path, {
      ...init,
      headers: { authorization: `Token ${rescale.apiKey}`, ...init.headers },
    })
  const json = { 'content-type': 'application/json' }
  const job = JSON.stringify(aJob({ name: `it's "$HOME" \`date\` \\ [1-3] {a,b} π` }))
  await ask('/api/v2/jobs/', {
    method: 'POST',
    body: job,
    headers: { ...json, 'x-empty': '', 'x-odd': "'$(id)'" },
  })
  await ask('/api/v2/jobs/?search=[1-3]%20{a,b}')
  await uploadedFile(await inProcessTarget(rescale), 'x', 'y')
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array([0, 39, 255, 10, 13])]), 'in.bin')
  await ask('/api/v2/files/contents/', { method: 'POST', body: form })
  const { journal } = rescale.world()
  const before = journal.entries({ order: 'oldest', path: '/api/v2/**' })
  const { lastNumber } = journal.summary()
  const overHttp = before.filter(({ request }) => request.url.startsWith(listening.url))
  for (const { number } of overHttp) await run([...journal.curl({ number })].join(''), rescale.apiKey)
  const told = ({ operationId, request, answer }: (typeof before)[number]) => ({
    operationId,
    url: request.url,
    sha256: request.body?.sha256,
    status: answer?.status,
    own: [request.headers['x-empty'], request.headers['x-odd'], request.headers['content-type']],
  })
  expect(journal.entries({ order: 'oldest', after: lastNumber }).map(told)).toEqual(overHttp.map(told))
  expect(overHttp).toHaveLength(3)
})
