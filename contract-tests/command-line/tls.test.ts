import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { aTlsFront } from '../../client/test-support/tls-front.ts'
import { startBuiltServer } from '../programs/built-server.ts'
import { rescale } from './rescale-process.ts'

it('uploads, runs and downloads, through cuts and resets, over TLS of an authority that NODE_EXTRA_CA_CERTS names, and not without', {
  timeout: 120_000,
}, async () => {
  await using server = await startBuiltServer(['--executor', 'shell', '--pace', '3000x'])
  await using front = await aTlsFront()
  front.to(Number(new URL(server.url).port))
  const home = await mkdtemp(join(tmpdir(), 'localscale-rescale-tls-test-'))
  try {
    await writeFile(join(home, 'in.bin'), Buffer.alloc(3_000_000, 7))
    const secure = { url: front.url, apiKey: server.apiKey }
    const run = [
      'run',
      'in.bin',
      '--command',
      'tac in.bin > out.bin',
      '--coretype',
      'granite',
      '--cores',
      '2',
    ]
    const args = [...run, '--walltime', '1', '--interval', '20ms', '--to', 'out']
    const trusted = { NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS }
    const { faults } = createControl({ baseUrl: server.url, apiKey: server.apiKey })
    // The second request goes on where the first was cut, and is reset.
    await faults.plan([
      { operation: 'downloadFile', kind: 'cut', afterBytes: 1_000_000 },
      { operation: 'downloadFile', kind: 'reset', when: 'during', afterBytes: 700_000 },
    ])
    const done = await rescale(args, secure, { home, env: trusted })
    expect([done.code, done.stdout]).toEqual([
      0,
      expect.stringMatching(/out\.bin {2}3\.00 MB {2}SHA-512 verified/),
    ])
    expect(done.stderr).toMatch(/^out\.bin: .*; again at once$/m)
    await faults.assertConsumed()
    expect((await readFile(join(home, 'out/out.bin'))).equals(Buffer.alloc(3_000_000, 7))).toBe(true)
    const untrusted = await rescale(['files', 'upload', 'in.bin'], secure, { home })
    expect([untrusted.code, untrusted.stdout]).toEqual([6, ''])
    expect(untrusted.stderr).toMatch(/certificate/)
  } finally {
    await rm(home, { recursive: true, force: true })
  }
})
