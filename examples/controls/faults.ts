// Faults for one operation, each met once, two of them together; and one that comes with its request.
import { control, get } from './mock.ts'

const me = async () => console.log((await get('/api/v2/users/me/')).status)
const left = async () => {
  const { faults } = await control.faults.read('flaky')
  console.log(`left: ${faults.reduce((sum, fault) => sum + (fault.left ?? 0), 0)}`)
}
await control.faults.plan(
  [
    { operation: 'getCurrentUser', kind: 'status', status: 503, retryAfter: 7 },
    { operation: 'getCurrentUser', kind: 'none' },
    { operation: 'getCurrentUser', kind: 'expired-key' },
    {
      operation: 'getCurrentUser',
      kind: 'together',
      faults: [
        { kind: 'delay', when: 'before', for: '10ms' },
        { kind: 'status', status: 429, retryAfter: 7 },
      ],
    },
  ],
  { name: 'flaky' },
)
await me()
await me()
await left()
await me()
await left()
await me()
await left()
await control.faults.assertConsumed()
const { RESCALE_URL, RESCALE_KEY } = process.env
const wish = JSON.stringify({ kind: 'status', status: 502 })
const headers = { authorization: `Token ${RESCALE_KEY}`, 'x-mock-plan': wish }
console.log((await fetch(`${RESCALE_URL}/api/v2/users/me/`, { headers })).status)

// One plan is taken back, and another with all that there are.
console.log((await control.faults.list()).map(({ name }) => name).join())
await control.faults.remove('flaky')
console.log((await control.faults.list()).length)
await control.faults.plan([{ operation: '*', kind: 'status', status: 500 }])
await control.faults.clear()
console.log((await control.faults.list()).length)
await me()
