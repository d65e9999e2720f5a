import { expect, it } from 'vitest'
import { savedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

describeRescale('custom fields of a job', (target) => {
  it('keeps what a company notes about a job, and answers with what was sent, as Nextflow’s plugin wants', async () => {
    const { client } = target()
    const params = { path: { jobId: (await savedJob(target())).id } }
    const path = '/api/v2/jobs/{jobId}/custom-fields/'
    expect((await client.GET(path, { params })).data).toEqual({})
    const sent = {
      Customer: 'ACME',
      'Run Number': 42,
      Approved: true,
      'Load Cases': ['LC1', 'LC2'],
      Note: null,
    }
    const { data, response } = await client.POST(path, { params, body: sent })
    expect([response.status, data]).toEqual([200, sent])
    await client.POST(path, { params, body: { Customer: 'Initech' } })
    const { data: fields } = await client.GET(path, { params })
    expect(Object.entries(fields ?? {}).map(([name, field]) => [name, field.meta.name, field.value])).toEqual(
      [
        ['Customer', 'Customer', 'Initech'],
        ['Run Number', 'Run Number', 42],
        ['Approved', 'Approved', true],
        ['Load Cases', 'Load Cases', ['LC1', 'LC2']],
        ['Note', 'Note', null],
      ],
    )
  })

  it.each([
    [[], { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
    [{ Customer: 'Initech', Approved: { by: 'me' } }, { Approved: ['Not a valid string.'] }],
    [{ ['x'.repeat(256)]: 1 }, { non_field_errors: [expect.stringContaining('255 characters')] }],
  ])('refuses custom fields that cannot be, and keeps those that are: %#', async (wrong, errors) => {
    const { client } = target()
    const params = { path: { jobId: (await savedJob(target())).id } }
    const path = '/api/v2/jobs/{jobId}/custom-fields/'
    await client.POST(path, { params, body: { Customer: 'ACME' } })
    const { error, response } = await client.POST(path, { params, body: wrong as never })
    expect([response.status, error]).toEqual([400, errors])
    expect((await client.GET(path, { params })).data).toEqual({
      Customer: { meta: { name: 'Customer' }, value: 'ACME' },
    })
  })
})
