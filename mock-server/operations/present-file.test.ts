import { expect, it } from 'vitest'
import { createRescale } from '../index.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly downloadUrl: string
}

it('shows every caller the row that suits their own origin, and a changed file as it is now', async () => {
  const rescale = createRescale()
  const ask = async (origin: string, path: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { ...init.headers, authorization: `Token ${rescale.apiKey}` }
    const response = await rescale.fetch(`${origin}/api/v2/files/${path}`, { ...init, headers })
    return JSON.parse(await response.text())
  }
  const form = new FormData()
  form.append('file', new Blob(['x']), 'first.txt')
  const { id } = (await ask('http://one.test', 'contents/', { method: 'POST', body: form })) as Row
  const row = async (origin: string): Promise<Row | undefined> =>
    ((await ask(origin, '')) as { results: Row[] }).results.find((file) => file.id === id)
  for (const origin of ['http://one.test', 'http://other.test', 'http://other.test', 'http://one.test'])
    expect((await row(origin))?.downloadUrl).toBe(`${origin}/api/v2/files/${id}/contents/`)
  await ask('http://one.test', `${id}/`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"second.txt"}',
  })
  expect((await row('http://one.test'))?.name).toBe('second.txt')
  expect(await ask('http://one.test', `${id}/`)).toEqual(await row('http://one.test'))
  await rescale.close()
})
