import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { expect, it } from 'vitest'
import type { Finding } from '../../client/cli/doctor/finding.ts'
import { examineNetwork } from '../../client/cli/doctor/network.ts'

async function findingsFor(url: string): Promise<Finding[]> {
  const findings: Finding[] = []
  for await (const finding of examineNetwork(new URL(url), new AbortController().signal))
    findings.push(finding)
  return findings
}

it('tells a certificate that nobody trusts from a server that is not there, and a name that is none', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }])
  const server = createServer({ key, cert })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const untrusted = await findingsFor(`https://127.0.0.1:${port}`)
  expect(untrusted.map(({ check, status }) => `${check} ${status}`)).toEqual([
    'dns skipped',
    'connect ok',
    'tls fail',
  ])
  expect(untrusted.at(-1)).toMatchObject({
    exit: 'network',
    remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  })
  await new Promise((resolve) => server.close(resolve))
  const gone = await findingsFor(`https://127.0.0.1:${port}`)
  expect(gone.at(-1)).toMatchObject({ check: 'connect', status: 'fail', exit: 'network' })
  const nowhere = await findingsFor('https://nowhere.invalid')
  expect(nowhere).toMatchObject([{ check: 'dns', status: 'fail', exit: 'network' }])
})
