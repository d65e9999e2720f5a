import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findProgram } from '../../mock-server/find-program.ts'
import { createRescale, listen } from '../../mock-server/index.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const root = join(folder, '../..')

/** How programs are run, by the ending of their names. Python writes no cache beside them. */
const languages = {
  ts: [process.execPath, '--import', 'tsx'],
  py: ['python3', '-B'],
  sh: ['bash'],
} as const satisfies Record<string, readonly string[]>

/** Every control `x` has `x.ts`, `x.py` and `x.sh`, which all print what is in `x.txt`. */
const controls = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.slice(0, -'.txt'.length))

const shared = ['mock', 'examples.test']

it('are complete: each control has one in every language', () => {
  const programs = readdirSync(folder).filter((name) => /\.(ts|py|sh)$/.test(name))
  const expected = [
    ...controls.flatMap((name) => Object.keys(languages).map((language) => `${name}.${language}`)),
  ]
  const own = programs.filter((name) => !shared.includes(name.replace(/\.\w+$/, '')))
  expect(own.toSorted()).toEqual(expected.toSorted())
})

async function run(name: string, [program, ...args]: readonly string[]) {
  await using rescale = createRescale()
  await using listening = await listen(rescale)
  const env = {
    ...process.env,
    RESCALE_URL: listening.url,
    RESCALE_KEY: rescale.apiKey,
    RESCALE_ADMIN_TOKEN: rescale.adminToken,
  }
  const child = spawn(program ?? '', [...args, join(folder, name)], { cwd: root, env })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { stdout, stderr, code: code as number }
}

describe.each(controls)('the example of %s', (control) => {
  const expected = readFileSync(join(folder, `${control}.txt`), 'utf8')

  it.for(Object.entries(languages))('prints what it should in .%s', async ([language, command], { skip }) => {
    if (!isAbsolute(command[0]) && !findProgram(command[0])) skip(`there is no ${command[0]}`)
    expect(await run(`${control}.${language}`, command)).toEqual({ stdout: expected, stderr: '', code: 0 })
  })
})
