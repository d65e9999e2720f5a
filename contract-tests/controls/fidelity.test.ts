import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { fidelityFieldsPage } from '../../openapi/fidelity/fields-page.ts'
import type { FidelityLedger } from '../../openapi/fidelity/ledger.ts'
import { fidelityPage } from '../../openapi/fidelity/page.ts'
import { routes } from '../../openapi/generated/routes.ts'
import { describeRescale } from '../targets.ts'

describeRescale('the fidelity ledger', (target) => {
  const read = async (query = '') => {
    const response = await target().fetch(`/_mock/fidelity/${query}`)
    return (await response.json()) as FidelityLedger
  }

  it('is the same for the client, by a method and over HTTP', async () => {
    const { control, rescale } = target()
    expect(await control.fidelity('submitJob')).toEqual(await read('?operationId=submitJob'))
    expect(await rescale.fidelity('submitJob')).toEqual(await read('?operationId=submitJob'))
    expect(await control.fidelity()).toEqual(await rescale.fidelity())
    expect(await rescale.fidelity('noSuchOperation')).toEqual({ operations: [] })
    expect(await control.fidelity('noSuchOperation')).toEqual({ operations: [] })
  })

  it('grades every operation', async () => {
    const { operations } = await read()
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
      routes.map(({ operationId }) => operationId).sort(),
    )
  })

  it('tells of every operation, status and field what the published pages tell, word for word', async () => {
    const ledger = await read()
    const page = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
    expect(await page('fidelity.md')).toBe(fidelityPage(ledger))
    const fields = await page('fidelity-fields.md')
    expect(fields).toBe(fidelityFieldsPage(ledger))
    const known = ledger.operations.flatMap(({ answers }) => answers)
    expect(known.length).toBeGreaterThan(250)
    const all = known.flatMap(({ fields }) => fields)
    expect(all.length).toBeGreaterThan(1_000)
    for (const { pointer } of all) expect(fields).toContain(pointer)
  })

  it('tells of one operation how its answers and fields are known', async () => {
    const { operations } = await read('?operationId=deleteJob')
    expect(operations).toMatchObject([
      {
        operationId: 'deleteJob',
        grade: 'docs',
        answers: expect.arrayContaining([expect.objectContaining({ status: '204' })]),
      },
    ])
  })
})
