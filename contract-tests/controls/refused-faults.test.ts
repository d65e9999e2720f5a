import { expect, it } from 'vitest'
import { describeRescale } from '../targets.ts'

describeRescale('planned faults', (target) => {
  it.each([
    [{ faults: [] }, { faults: ['This list may not be empty.'] }],
    [{ faults: [{ operation: 'getMe', kind: 'none' }] }, { faults: [{ operation: [expect.any(String)] }] }],
    [
      { faults: [{ operation: '*', kind: 'explode' }] },
      { faults: { 0: expect.objectContaining({ kind: ['"explode" is not a valid choice.'] }) } },
    ],
    [
      { faults: [199, 200, 599, 600].map((status) => ({ operation: '*', kind: 'status', status })) },
      { faults: { 0: { status: [expect.any(String)] }, 3: { status: [expect.any(String)] } } },
    ],
    [
      { faults: [{ operation: '*', kind: 'cut', afterBytes: 1, contentlength: 2 }] },
      { faults: [{ contentlength: ['There is no such field.'] }] },
    ],
    [
      { faults: [{ operation: '*', kind: 'delay', when: 'before', for: '1h' }] },
      { faults: [{ for: [expect.any(String)] }] },
    ],
    [
      { faults: [{ operation: '*', kind: 'status', status: 200, headers: { 'Content-Length': '1' } }] },
      { faults: [{ headers: [expect.any(String)] }] },
    ],
    [
      { faults: [{ operation: '*', kind: 'status', status: 200, headers: { 'x-a': 'a\nb' } }] },
      { faults: [{ headers: [expect.any(String)] }] },
    ],
    [
      { faults: [{ operation: '*', kind: 'together', faults: [{ kind: 'none' }] }] },
      { faults: { 0: { faults: [expect.any(String)] } } },
    ],
    [
      {
        faults: [
          {
            operation: '*',
            kind: 'together',
            faults: [{ kind: 'none', when: 'before' }, { kind: 'none' }],
          },
        ],
      },
      { faults: [{ faults: [{ when: ['There is no such field.'] }, {}] }] },
    ],
    [{ name: '../x', faults: [{ operation: '*', kind: 'none' }] }, { name: [expect.any(String)] }],
  ])('refuse the plan %j and keep nothing of it', async (body, errors) => {
    const answer = await target().fetch('/_mock/faults/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect([answer.status, await answer.json()]).toEqual([400, errors])
    expect(target().world.faults.plans()).toEqual([])
  })
})
