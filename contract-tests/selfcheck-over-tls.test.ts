import { expect, it } from 'vitest'
import { description } from '../openapi/testing/description.ts'
import { contractCommand } from './cli/testing/contract-command.ts'
import { allDeviations } from './harness/selfcheck/corpus.ts'
import { inapplicable } from './harness/selfcheck/inapplicable.ts'
import { variations } from './harness/selfcheck/variations.ts'

it('finds every deviation that a proxy seeds into a platform behind TLS, and is silent about what is harmless', async () => {
  const { code, out, err } = await contractCommand('selfcheck')
  const all = allDeviations(description).length - inapplicable.size
  expect(out + err).toBe(
    `${all} of ${all} deviations found, ${variations.length} of ${variations.length} harmless variations passed in silence\n`,
  )
  expect(code).toBe(0)
}, 300_000)
