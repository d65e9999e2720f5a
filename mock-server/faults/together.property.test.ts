import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Random } from '../domain/random.ts'
import { ConnectionLostError, type ExchangeAnswer } from '../exchange/http.ts'
import { clashes } from './clashes.ts'
import type { SingleFault } from './fault.ts'
import { FaultPlans } from './fault-plans.ts'

const wall = {
  now: () => 0,
  after: (_: number, call: () => void) => {
    queueMicrotask(call)
    return () => {}
  },
}

const whole = '{"results":[{"id":"a"},{"id":"b"}]}'

const single: fc.Arbitrary<SingleFault> = fc.oneof(
  fc.record({
    kind: fc.constant('status' as const),
    status: fc.constantFrom(429, 500),
    carriedOut: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('delay' as const),
    when: fc.constantFrom('before' as const, 'unanswered' as const, 'during' as const, 'between' as const),
    for: fc.constant('1s'),
  }),
  fc.record({
    kind: fc.constant('reset' as const),
    when: fc.constantFrom('before' as const, 'unanswered' as const, 'during' as const, 'after' as const),
  }),
  fc.record({
    kind: fc.constant('cut' as const),
    afterBytes: fc.nat(20),
    contentLength: fc.constantFrom('honest' as const, 'lying' as const),
  }),
  fc.record({ kind: fc.constant('flip-byte' as const), offset: fc.nat(10) }),
  fc.constantFrom<SingleFault>(
    { kind: 'ignore-range' },
    { kind: 'reorder-items' },
    { kind: 'expired-key' },
    { kind: 'none' },
  ),
)

/** What a client would see, and whether the platform was asked. */
async function seen(faults: readonly SingleFault[]) {
  const plans = new FaultPlans({ random: new Random('seed'), wall })
  plan(plans, faults)
  const headers = { range: 'bytes=0-1' }
  const request = { method: 'GET', target: '/', origin: 'http://x', headers, body: null }
  const strike = plans.strike({ operationId: 'downloadFile', path: {}, query: {}, request })
  let asked = 0
  const look = async (answer: ExchangeAnswer) => ({
    status: answer.status,
    mishap: answer.mishap ?? {},
    body: await bytesOf(answer).catch((error) =>
      error instanceof ConnectionLostError ? 'lost' : Promise.reject(error),
    ),
  })
  const carryOut = (): ExchangeAnswer => {
    asked += 1
    return { status: 200, headers: { 'content-type': 'application/json' }, body: whole }
  }
  const outcome = await strike
    ?.around(carryOut)
    .then(look, (error) => (error instanceof ConnectionLostError ? 'lost' : Promise.reject(error)))
  return { outcome, asked, left: plans.plans()[0]?.faults[0]?.left }
}

const plan = (plans: FaultPlans, faults: readonly SingleFault[]) => {
  const [first] = faults
  const fault = faults.length === 1 && first ? first : { kind: 'together' as const, faults }
  plans.plan([{ operation: '*', ...fault }])
}

async function bytesOf({ body }: ExchangeAnswer): Promise<string> {
  if (body === null || typeof body === 'string') return body ?? ''
  const chunks: Uint8Array[] = []
  for await (const chunk of 'read' in body ? body.read() : [body]) chunks.push(chunk)
  return Buffer.concat(chunks).toString('latin1')
}

it('do the same in whatever order they are planned', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(single, { minLength: 2, maxLength: 4 }), async (faults) => {
      fc.pre(clashes(faults).length === 0)
      expect(await seen(faults)).toEqual(await seen(faults.toReversed()))
    }),
  )
})

it('clash whatever the order, and then are taken in none', () => {
  fc.assert(
    fc.property(fc.array(single, { minLength: 2, maxLength: 4 }), (faults) => {
      const plans = new FaultPlans({ random: new Random('seed'), wall })
      const isTaken = (some: readonly SingleFault[]) => {
        try {
          plan(plans, some)
          return true
        } catch {
          return false
        }
      }
      expect(isTaken(faults)).toBe(clashes(faults).length === 0)
      expect(isTaken(faults.toReversed())).toBe(isTaken(faults))
      expect(plans.plans().length > 0).toBe(isTaken(faults))
    }),
  )
})

it('do what each of them does alone: a delay adds to another fault nothing but time', async () => {
  await fc.assert(
    fc.asyncProperty(
      single,
      fc.constantFrom('before' as const, 'unanswered' as const),
      async (fault, when) => {
        const delay: SingleFault = { kind: 'delay', when, for: '1s' }
        fc.pre(clashes([fault, delay]).length === 0)
        expect(await seen([fault, delay])).toEqual(await seen([fault]))
      },
    ),
  )
})

it('are met all, or left all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(single, { minLength: 2, maxLength: 4 }), async (faults) => {
      fc.pre(clashes(faults).length === 0)
      const { left, outcome } = await seen(faults)
      if (left === 1) expect(outcome).toMatchObject({ status: expect.any(Number), mishap: {} })
      else expect(left).toBe(0)
    }),
  )
})
