import { readFile, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { CallOptions, CommandLine } from './call.ts'
import { aLine, calls, commands, ofRunningJob, type Words, words } from './verb-calls.ts'

const APICONFIG = '.config/rescale/apiconfig'

const losingAKey =
  (call: string): Words =>
  async (line) => {
    const profiles = '[default]\napikey = mine\n[other]\napikey = theirs\n'
    await writeFile(line.in(APICONFIG), profiles)
    return call.split(' ')
  }

/** Calls that end, delete or lose something, with the `--yes` that they need. */
const rows: readonly (readonly [string, Words])[] = [
  ['jobs stop', ofRunningJob('stop', '--yes')],
  ['jobs stop', ofRunningJob('stop', '--force', '--yes')],
  ['jobs stop', ofRunningJob('stop', '--run', '1', '--yes')],
  ['jobs delete', calls['jobs delete'] ?? words('')],
  ['files rm', calls['files rm'] ?? words('')],
  ['profile init', losingAKey('profile init other --url https://rescale.test --yes')],
  ['profile use', losingAKey('profile use other --yes')],
]

interface Sent {
  readonly method: string
  readonly path: string
}

/** What a call did that cannot be taken back. */
async function done(line: CommandLine, args: readonly string[], options: CallOptions = {}) {
  const before = await readFile(line.in(APICONFIG), 'utf8')
  const sent: Sent[] = []
  const called = await line.call(args, {
    ...options,
    async fetch(request) {
      sent.push({ method: request.method, path: new URL(request.url).pathname })
      return line.rescale.fetch(request)
    },
  })
  const ended = sent.filter(({ method, path }) => method === 'DELETE' || /\/(force_)?stop\/?$/.test(path))
  const after = await readFile(line.in(APICONFIG), 'utf8')
  const keys = [...before.matchAll(/^apikey = (.*)$/gm)].map(([, key = '']) => key)
  return { ...called, destroyed: [...ended, ...keys.filter((key) => !after.includes(key))] }
}

const answering = (answer: string): CallOptions => ({
  isTerminal: true,
  answer: (text) => (text.endsWith('? [y/N] ') ? answer : undefined),
})

it('is every verb that takes --yes, and there is a row here for each', async () => {
  const asking = [...(await commands())].filter(([, { options }]) =>
    options.some(({ long }) => long === '--yes'),
  )
  expect([...new Set(rows.map(([verb]) => verb))].sort()).toEqual(asking.map(([verb]) => verb).sort())
})

it.each(Object.entries(calls))('%s destroys nothing, or takes --yes', async (verb, make) => {
  await using line = await aLine()
  const args = await make(line)
  if (args[0] === 'run') line.rescale.world().setPace('settled')
  const { code, destroyed } = await done(line, args)
  expect(code).toBe(0)
  if (destroyed.length > 0) expect(rows.map(([name]) => name)).toContain(verb)
})

it.each(rows)('%s does nothing without a yes, and asks for one where somebody is', async (_, make) => {
  await using line = await aLine()
  const args = (await make(line)).filter((word) => word !== '--yes')
  const unasked = await done(line, args)
  expect(unasked).toMatchObject({ code: 2, stdout: '', destroyed: [] })
  expect(unasked.stderr).toContain('Say --yes if you mean it.')
  for (const no of ['\n', 'no\n'])
    expect(await done(line, args, answering(no))).toMatchObject({ code: 130, stdout: '', destroyed: [] })
  const agreed = await done(line, args, answering('y\n'))
  expect([agreed.code, agreed.destroyed.length]).toEqual([0, 1])
})

it.each(rows)('%s does not ask with --yes', async (_, make) => {
  await using line = await aLine()
  const { code, stderr, destroyed } = await done(line, await make(line))
  expect([code, destroyed.length]).toEqual([0, 1])
  expect(stderr).not.toContain('[y/N]')
})
