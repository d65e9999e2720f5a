import { expect, it } from 'vitest'
import { routes } from '../../openapi/generated/routes.ts'
import { describeRescale } from '../targets.ts'

describeRescale('the fidelity ledger', (target) => {
  const read = async (query = '') => {
    const response = await target().fetch(`/_mock/fidelity/${query}`)
    return (await response.json()) as {
      operations: { operationId: string; grade: string; answers: object[] }[]
    }
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
