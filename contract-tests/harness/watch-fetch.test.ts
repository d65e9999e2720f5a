import { afterEach, expect, it } from 'vitest'
import { createRescale, listen, type Rescale } from '../../mock-server/index.ts'
import { countsAsFinding } from './scenario-result.ts'
import { watchFetch } from './watch-fetch.ts'

let rescale: Rescale | undefined
afterEach(() => rescale?.close())

it.each(['in process', 'over a socket'])('watches a client %s, and hands on what it is told', async (way) => {
  rescale = createRescale()
  await using listening = way === 'in process' ? null : await listen(rescale)
  const origin = listening?.url ?? 'http://rescale.test'
  const { fetch, exchanges, findings } = await watchFetch(listening ? globalThis.fetch : rescale.fetch)
  const headers = { authorization: `Token ${rescale.apiKey}` }
  const form = new FormData()
  form.append('file', new Blob(['hello']), 'a.txt')
  const uploaded = await fetch(`${origin}/api/v2/files/contents/`, { method: 'POST', body: form, headers })
  const { id } = (await uploaded.json()) as { id: string }
  const back = await fetch(`${origin}/api/v2/files/${id}/contents/`, { headers })
  expect([uploaded.status, await back.text()]).toEqual([201, 'hello'])
  const gone = await fetch(`${origin}/api/v2/files/${id}/`, { method: 'DELETE', headers })
  expect([gone.status, gone.body]).toEqual([204, null])
  expect(exchanges.map(({ operationId }) => operationId)).toEqual([
    'uploadFile',
    'downloadFile',
    'deleteFile',
  ])
  expect(findings().filter(countsAsFinding)).toEqual([])
})
