import { randomBytes } from 'node:crypto'

/** A certificate of a host name, signed by an authority that nobody knew before. All PEM. */
export interface TestCertificates {
  /** What a client has to trust. */
  readonly ca: string
  readonly cert: string
  readonly key: string
}

// As RFC 5280, 4.2.1.6 numbers them.
const DNS_NAME = 2
const IP_ADDRESS = 7

/** Makes an authority and a certificate for `host` (and `address`, and the other `names`), both good for a day. Takes some 30 ms. */
export async function testCertificates(
  host: string,
  address?: string,
  ...names: readonly string[]
): Promise<TestCertificates> {
  const { generate } = await import('selfsigned')
  // Whoever trusts several looks for the one that signed by its name.
  const name = `LocalScale test authority ${randomBytes(8).toString('hex')}`
  const authority = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const altNames = [
    ...[host, ...names].map((value) => ({ type: DNS_NAME, value }) as const),
    ...(address === undefined ? [] : [{ type: IP_ADDRESS, ip: address } as const]),
  ]
  const server = await generate([{ name: 'commonName', value: host }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: 'subjectAltName', altNames }],
  })
  return { ca: authority.cert, cert: server.cert, key: server.private }
}
