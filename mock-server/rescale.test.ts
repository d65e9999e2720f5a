import { expect, it } from 'vitest'
import type { Finding } from './index.ts'
import { createRescale } from './index.ts'

it.each(['/api/v2/users/me/', '/api/v2/jobs/'])(
  'finds nothing wrong with an answer to HEAD %s, whose body is not sent',
  async (path) => {
    const findings: Finding[] = []
    await using rescale = createRescale({ onFinding: (finding) => findings.push(finding) })
    const headers = { authorization: `Token ${rescale.apiKey}` }
    const response = await rescale.fetch(`http://localhost${path}`, { method: 'HEAD', headers })
    expect([response.status, await response.text(), findings]).toEqual([200, '', []])
  },
)
