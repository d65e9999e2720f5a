import { appendFileSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { testCertificates } from './harness/second-server/test-certificates.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** PEM, for `localhost`, 127.0.0.1, and `rescale.test`, which only a proxy knows the way to. */
    testCertificates: { readonly cert: string; readonly key: string }
  }
}

/**
 * Makes an authority for this run of the tests and names it in NODE_EXTRA_CA_CERTS, as a network with an authority of
 * its own does. Node reads that when it starts, so it is done before the processes that run the tests are.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'localscale-authority-'))
  const file = join(folder, 'ca.pem')
  const { ca, cert, key } = await testCertificates('localhost', '127.0.0.1', 'rescale.test')
  const before = process.env.NODE_EXTRA_CA_CERTS
  // Node only warns of one that is not there.
  if (before && existsSync(before)) copyFileSync(before, file)
  else writeFileSync(file, '')
  appendFileSync(file, `\n${ca}`)
  process.env.NODE_EXTRA_CA_CERTS = file
  project.provide('testCertificates', { cert, key })
  return () => rmSync(folder, { recursive: true, force: true })
}
