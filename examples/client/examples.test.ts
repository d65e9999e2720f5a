import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { matches } from '../../contract-tests/command-line/tutorial-page.ts'
import { createRescale, listen, listenSsh } from '../../mock-server/index.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'examples.test.ts')

it.each(names)('%s prints what stands beside it', { timeout: 60_000 }, async (name) => {
  await using rescale = createRescale({ pace: '3000x' })
  await using _ssh = await listenSsh(rescale)
  await using listening = await listen(rescale)
  const env = { ...process.env, RESCALE_API_URL: listening.url, RESCALE_API_KEY: rescale.apiKey }
  const child = spawn(process.execPath, ['--import', 'tsx', join(folder, name)], { env })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  const shown = readFileSync(join(folder, name.replace(/\.ts$/, '.txt')), 'utf8')
    .trimEnd()
    .split('\n')
  expect([code, stderr]).toEqual([0, ''])
  if (!matches(shown, stdout)) expect(stdout).toBe(shown.join('\n'))
})
