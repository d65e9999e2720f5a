import { expect } from 'vitest'
import type { Target } from '../targets.ts'

type Json = Record<string, unknown>

/** What clients do with a GET, also one without its slash: follow it, and read JSON. */
export async function readJson<Value = Json>(target: Target, path: string): Promise<Value> {
  const response = await target.fetch(`/api/v2/${path}`, { redirect: 'follow' })
  expect([path, response.status]).toEqual([path, 200])
  expect(response.headers.get('content-type')).toBe('application/json')
  return (await response.json()) as Value
}

export const sendJson = (target: Target, method: string, path: string, body: unknown): Promise<Response> =>
  target.fetch(`/api/v2/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

/** A POST without a body, as curl and most libraries send it. */
export const post = (target: Target, path: string): Promise<Response> =>
  target.fetch(`/api/v2/${path}`, { method: 'POST' })

/** All pages, by absolute `next`, which clients call as it is. */
export async function allPages<Row = Json>(target: Target, path: string): Promise<Row[]> {
  const rows: Row[] = []
  let next: string | null = path
  while (next !== null) {
    const page: { next: string | null; results: Row[] } = await readJson(target, next)
    rows.push(...page.results)
    // IL takes the base URL off the front, and is lost when it is not there.
    if (page.next !== null) expect(page.next.startsWith(`${target.origin}/api/v2/`)).toBe(true)
    next = page.next?.slice(`${target.origin}/api/v2/`.length) ?? null
  }
  return rows
}
