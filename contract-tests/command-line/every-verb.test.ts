import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { CommandLine } from './call.ts'
import { aLine, calls, commands, type Words } from './verb-calls.ts'

/** Bytes or a script as they are, whatever form is asked for. */
const raw = ['files cat', 'completion']
/** Over SSH; process.test.ts has `exec` and `cp` in three forms over a real cluster, and `ssh`, a terminal, has none. */
const onClusters = ['ssh', 'exec', 'cp']

it('has a row for every verb that there is', async () => {
  expect([...(await commands()).keys()].sort()).toEqual([...Object.keys(calls), ...raw, ...onClusters].sort())
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: how a bar is drawn.
const PROGRESS = /\r|\u001b\[K|^(up|down)load .*(\[[#-]+\]|\d%|[kMG]?B\/s)/m

async function called(line: CommandLine, make: Words, form: string) {
  // A job that is run comes to its end by itself.
  const args = await make(line)
  if (args[0] === 'run') line.rescale.world().setPace('settled')
  const { code, stdout, stderr } = await line.call([...args, '-o', form])
  expect([code, stderr]).toEqual([0, stderr])
  expect(stdout).not.toMatch(PROGRESS)
  return stdout
}

it.each(Object.entries(calls))('%s shows data in each form, and nothing else on stdout', async (_, make) => {
  await using line = await aLine()
  const human = await called(line, make, 'human')
  expect(human.trim()).not.toBe('')
  expect(typeof JSON.parse(await called(line, make, 'json'))).toBe('object')
  const lines = (await called(line, make, 'ndjson')).split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.length).toBeGreaterThan(0)
  for (const text of lines) expect(typeof JSON.parse(text)).toBe('object')
})

it('draws its bars on stderr only, on a terminal too', async () => {
  await using line = await aLine()
  const { id } = (await line.json<{ id: string }[]>(['files', 'upload', await bigFile(line)]))[0] ?? {
    id: '',
  }
  const download = ['files', 'download', id, '--to', line.in('to')]
  for (const args of [['files', 'upload', line.in('big.bin')], download]) {
    const { code, stdout, stderr } = await line.call(args, { isTerminal: true })
    expect([code, PROGRESS.test(stderr), PROGRESS.test(stdout)]).toEqual([0, true, false])
  }
})

async function bigFile(line: CommandLine): Promise<string> {
  await writeFile(line.in('big.bin'), Buffer.alloc(3_000_000, 7))
  return line.in('big.bin')
}
