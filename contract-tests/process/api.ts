import { setTimeout as delay } from 'node:timers/promises'
import type { Ready } from '../programs/built-server.ts'

/** A call of the API as any program makes it. */
export function call(
  { url, apiKey }: Pick<Ready, 'url' | 'apiKey'>,
  path: string,
  init: RequestInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Token ${apiKey}`)
  return fetch(`${url}/api/v2/${path}`, { ...init, headers })
}

export async function idOf(answer: Promise<Response>): Promise<string> {
  const response = await answer
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
  return (JSON.parse(await response.text()) as { id: string }).id
}

export function upload(
  server: Ready,
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<string> {
  const body = new FormData()
  body.append('file', new Blob([content]), name)
  return idOf(call(server, 'files/contents/', { method: 'POST', body }))
}

export async function submitted(server: Ready, command: string, more: object = {}): Promise<string> {
  const analysis = {
    analysis: { code: 'user_included', version: '0' },
    command,
    hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
    ...more,
  }
  const body = JSON.stringify({ name: command, jobanalyses: [analysis] })
  const headers = { 'content-type': 'application/json' }
  const id = await idOf(call(server, 'jobs/', { method: 'POST', headers, body }))
  await call(server, `jobs/${id}/submit/`, { method: 'POST' })
  return id
}

export async function newestStatus(server: Ready, jobId: string): Promise<string | undefined> {
  const page = (await (await call(server, `jobs/${jobId}/statuses/`)).json()) as {
    results: { status: string }[]
  }
  return page.results[0]?.status
}

/** Looks again and again, as a client does that waits for a process of its own. */
export async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`in vain: ${what}`)
    await delay(20)
  }
}
