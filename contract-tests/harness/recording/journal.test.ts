import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { KnownSecrets } from '../redaction/known-secrets.ts'
import { Journal, readJournal } from './journal.ts'
import type { StoredExchange } from './stored-exchange.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'localscale-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const head = { scenario: 'a/b', marker: 'm', begunAt: '2026-01-01T00:00:00.000Z' }

const exchange = (seq: number): StoredExchange => ({
  seq,
  operationId: 'getApiRoot',
  phase: 'scenario',
  caller: 'owner',
  request: { method: 'GET', url: '{base}/api/v2/', headers: [], body: null },
  response: { status: 200, headers: [], body: null },
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
})

it('can be read while it is written, and after a crash in the middle of a line', () => {
  const path = join(folder, 'a.journal.jsonl')
  const journal = new Journal(path, head, new KnownSecrets([]))
  journal.append({ exchange: exchange(1), names: { 'job#1': { like: 'aaaaa' } } })
  journal.append({ exchange: exchange(2), names: {} })
  expect(readJournal(path)).toMatchObject({
    head,
    torn: false,
    entries: [{ exchange: { seq: 1 } }, { exchange: { seq: 2 } }],
  })
  appendFileSync(path, '{"exchange":{"seq":3,"oper')
  expect(readJournal(path)).toMatchObject({
    torn: true,
    entries: [{ exchange: { seq: 1 } }, { exchange: { seq: 2 } }],
  })
  journal.close()
})

it('of an earlier try is put aside, not written over', () => {
  const path = join(folder, 'a.journal.jsonl')
  const first = new Journal(path, head, new KnownSecrets([]))
  first.append({ exchange: exchange(1), names: {} })
  first.close()
  new Journal(path, { ...head, begunAt: '2026-01-02T00:00:00.000Z' }, new KnownSecrets([])).close()
  expect(readJournal(path).entries).toEqual([])
  const [aside] = readdirSync(folder).filter((name) => name.endsWith('.unfinished'))
  expect(readJournal(join(folder, aside ?? '')).entries).toHaveLength(1)
})
