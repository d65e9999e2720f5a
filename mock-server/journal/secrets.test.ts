import { describe, expect, it } from 'vitest'
import { createRescale, type Rescale } from '../index.ts'

const origin = 'http://rescale.test'

/** Each its own, so that whichever is found tells where it got through. */
const canary = (name: string): string =>
  Buffer.from(`canary ${name}`).toString('hex').padEnd(40, '7').slice(0, 40)

const places = [
  'Authorization',
  'Bearer',
  'no scheme',
  'X-Api-Key',
  'other header',
  'query',
  'path',
  'name',
  'command',
  'variable',
  'form file',
  'file name',
  'long file',
  'broken JSON',
] as const

async function withCanaries(rescale: Rescale): Promise<void> {
  const { apiKey } = rescale
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Token ${apiKey}`, ...init.headers }
    const answer = await rescale.fetch(origin + path, { ...init, headers, redirect: 'manual' })
    return answer.text()
  }
  const json = { 'content-type': 'application/json' }
  for (const authorization of [
    `Token ${canary('Authorization')} ${apiKey}`,
    `Bearer ${canary('Bearer')}, ${apiKey}`,
    `${canary('no scheme')} ${apiKey}`,
  ])
    await ask('/api/v2/users/me/', { headers: { authorization } })
  await ask('/api/v2/users/me/', {
    headers: { 'x-api-key': canary('X-Api-Key'), 'x-other': canary('other header') },
  })
  await ask(`/api/v2/jobs/?search=${canary('query')}&token=hunter2hunter2`)
  await ask(`/api/v2/jobs/${canary('path')}`)
  await ask(`/api/v2/jobs/${canary('path')}/`)
  await ask(`/api/v2/users/me/${canary('path')}/`)
  const analysis = {
    analysis: { code: 'user_included', version: '0' },
    command: `curl -H 'Authorization: Token ${canary('command')}' x; export DB_PASSWORD=correct-horse`,
    hardware: { coreType: 'granite', coresPerSlot: 2 },
    envVars: { LICENSE_TOKEN: canary('variable'), MY_SECRET: 'battery staple', PLAIN: 'plain' },
  }
  const body = JSON.stringify({ name: canary('name'), jobanalyses: [analysis] })
  const { id } = JSON.parse(await ask('/api/v2/jobs/', { method: 'POST', headers: json, body })) as {
    id: string
  }
  await ask(`/api/v2/jobs/${id}/`)
  await ask('/api/v2/jobs/')
  await ask('/api/v2/jobs/', { method: 'POST', headers: json, body: `{"MY_TOKEN":"${canary('broken JSON')}` })
  const upload = async (name: string, text: string) => {
    const form = new FormData()
    form.append('file', new Blob([text]), name)
    return JSON.parse(await ask('/api/v2/files/contents/', { method: 'POST', body: form })) as { id: string }
  }
  const small = await upload(`${canary('file name')}.txt`, `key ${canary('form file')} and battery staple`)
  await ask(`/api/v2/files/${small.id}/contents/`)
  await ask(`/api/v2/files/${small.id}/lines/`)
  await ask('/api/v2/files/')
  // So that what is kept ends in the middle of it, in the upload and in the download.
  for (const length of [65_300, 65_500, 65_520]) {
    const long = await upload('long.txt', 'x '.repeat(length / 2) + `${canary('long file')} `.repeat(30))
    await ask(`/api/v2/files/${long.id}/contents/`)
  }
}

/** All that can be read of the journal, by every way out. */
async function everything(rescale: Rescale): Promise<string> {
  const { journal } = rescale.world()
  const ask = async (path: string, token = rescale.apiKey) => {
    const headers = { authorization: `Token ${token}` }
    return (await rescale.fetch(`${origin}/_mock/journal/${path}`, { headers })).text()
  }
  const leaving = new AbortController()
  let events = ''
  for await (const event of journal.events({ after: 0 }, leaving.signal)) {
    events += Buffer.from(event).toString()
    if (events.includes(`id: ${journal.summary().lastNumber}\n`)) break
  }
  const asked = await Promise.all([
    ...['?limit=2000', 'har/', 'curl/', 'lint/', 'lint/?format=text', '1/'].map((path) => ask(path)),
    ask('unclaimed/', rescale.adminToken),
  ])
  const { text, nearest } = await journal.verify({ request: { search: 'canary' }, times: { exactly: 1_000 } })
  return [...asked, events, text, JSON.stringify(nearest), JSON.stringify(rescale.unclaimed.entries())].join(
    '\n',
  )
}

describe('what the journal gives', () => {
  it('holds no key and no secret, wherever it was put', async () => {
    await using rescale = createRescale()
    await withCanaries(rescale)
    const given = await everything(rescale)
    const found = places.filter((place) => given.includes(canary(place).slice(0, 16)))
    expect(found).toEqual([])
    for (const secret of [rescale.apiKey, 'correct-horse', 'battery staple', 'hunter2'])
      expect(given, secret).not.toContain(secret)
    // It is the secrets that are blanked, and not everything.
    expect(given).toContain('\\"PLAIN\\":\\"plain\\"')
    expect(given).toContain('operationId')
  })

  it('is known to hold what is no secret, so that the search means something', async () => {
    await using rescale = createRescale()
    await rescale.fetch(`${origin}/api/v2/jobs/?search=${canary('query').slice(0, 30)}`, {
      headers: { authorization: `Token ${rescale.apiKey}` },
    })
    expect(await everything(rescale)).toContain(canary('query').slice(0, 30))
  })
})
