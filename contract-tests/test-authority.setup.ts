import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { testCertificates } from './harness/second-server/test-certificates.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** PEM, for `localhost`, 127.0.0.1, and `rescale.test`, which only a proxy knows the way to. */
    testCertificates: { readonly cert: string; readonly key: string }
  }
}

/** Beside the authority, for the next project of the same run. */
const SERVER = 'server.json'

/**
 * Makes an authority for this run of the tests and names it in NODE_EXTRA_CA_CERTS, as a network with an authority of
 * its own does. Node reads that when it starts, so it is done before the processes that run the tests are. Projects have
 * their processes in common, and thus one authority.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const before = process.env.NODE_EXTRA_CA_CERTS
  const known = before && join(dirname(before), SERVER)
  if (known && existsSync(known)) {
    project.provide('testCertificates', JSON.parse(readFileSync(known, 'utf8')))
    return () => undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'localscale-authority-'))
  const file = join(folder, 'ca.pem')
  const { ca, cert, key } = await testCertificates('localhost', '127.0.0.1', 'rescale.test')
  // Node only warns of one that is not there.
  if (before && existsSync(before)) copyFileSync(before, file)
  else writeFileSync(file, '')
  appendFileSync(file, `\n${ca}`)
  writeFileSync(join(folder, SERVER), JSON.stringify({ cert, key }))
  process.env.NODE_EXTRA_CA_CERTS = file
  project.provide('testCertificates', { cert, key })
  return () => rmSync(folder, { recursive: true, force: true })
}
