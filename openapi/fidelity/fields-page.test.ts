import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { description } from '../testing/description.ts'
import { fidelityFieldsPage } from './fields-page.ts'
import { fidelityLedger } from './ledger.ts'

/** What the page says of each field, as `operation status pointer: grade`. */
function fieldsOn(page: string): string[] {
  let [operation, status] = ['', '']
  return page.split('\n').flatMap((line) => {
    operation = /^## (\w+)/.exec(line)?.[1] ?? operation
    status = /^- (\w+): /.exec(line)?.[1] ?? status
    const [, grade, pointers = ''] = /^ {2}- ([\w-]+).*?: (`.*)/.exec(line) ?? []
    return [...pointers.matchAll(/`([^`]+)`/g)].map(
      ([, pointer]) => `${operation} ${status} ${pointer}: ${grade}`,
    )
  })
}

it('lists every field of the ledger once, with its grade', () => {
  const ledger = fidelityLedger(description)
  const graded = ledger.operations.flatMap(({ operationId, answers }) =>
    answers.flatMap(({ status, fields }) =>
      fields.map(({ pointer, grade }) => `${operationId} ${status} ${pointer}: ${grade}`),
    ),
  )
  expect(fieldsOn(fidelityFieldsPage(ledger)).sort()).toEqual(graded.sort())
  expect(graded.length).toBeGreaterThan(2_000)
})

it('stays a page that a browser shows at once', async () => {
  const page = await readFile(new URL('../../docs/fidelity-fields.md', import.meta.url))
  expect(page.length).toBeLessThan(200_000)
})
