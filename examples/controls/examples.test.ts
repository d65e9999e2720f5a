import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findProgram } from '../../mock-server/find-program.ts'
import { createRescale, type Exchange, listen, type Rescale } from '../../mock-server/index.ts'
import { controlRoutes } from '../../openapi/generated/control-routes.ts'
import { Matcher } from '../../openapi/match.ts'

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

it('are complete: each is there in every language', () => {
  const programs = readdirSync(folder).filter((name) => /\.(ts|py|sh)$/.test(name))
  const expected = [
    ...controls.flatMap((name) => Object.keys(languages).map((language) => `${name}.${language}`)),
  ]
  const own = programs.filter((name) => !shared.includes(name.replace(/\.\w+$/, '')))
  expect(own.toSorted()).toEqual(expected.toSorted())
})

const described = new Matcher(controlRoutes)

/** The same, and every control that is asked for is noted, by its operationId. */
function watched(rescale: Rescale, asked: Set<string>): Rescale {
  const exchange: Exchange = (request) => {
    const match = described.match(request.method, request.target.split('?', 1)[0] ?? '')
    if (match.kind === 'route') asked.add(match.route.operationId)
    return rescale.exchange(request)
  }
  return Object.create(rescale, { exchange: { value: exchange } }) as Rescale
}

async function run(name: string, [program, ...args]: readonly string[]) {
  const asked = new Set<string>()
  let isShutDown = false
  await using rescale = createRescale({
    onShutDown: () => {
      isShutDown = true
    },
  })
  await using listening = await listen(watched(rescale, asked))
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
  return { output: { stdout, stderr, code: code as number }, asked, isShutDown }
}

/** Each is run once, for all who look at what it did. */
const runs = new Map<string, ReturnType<typeof run>>()

function runOf(control: string, language: string, command: readonly string[]): ReturnType<typeof run> {
  const name = `${control}.${language}`
  const running = runs.get(name) ?? run(name, command)
  runs.set(name, running)
  return running
}

describe.each(controls)('the example of %s', (control) => {
  const expected = readFileSync(join(folder, `${control}.txt`), 'utf8')

  it.for(Object.entries(languages))('prints what it should in .%s', async ([language, command], { skip }) => {
    if (!isAbsolute(command[0]) && !findProgram(command[0])) skip(`there is no ${command[0]}`)
    const { output, isShutDown } = await runOf(control, language, command)
    expect(output).toEqual({ stdout: expected, stderr: '', code: 0 })
    expect(isShutDown).toBe(control === 'server')
  })
})

it.for(Object.entries(languages))(
  'ask for every control that there is, in .%s',
  { timeout: 60_000 },
  async ([language, command], { skip }) => {
    if (!isAbsolute(command[0]) && !findProgram(command[0])) skip(`there is no ${command[0]}`)
    const asked = new Set<string>()
    for (const control of controls)
      for (const id of (await runOf(control, language, command)).asked) asked.add(id)
    expect(controlRoutes.map(({ operationId }) => operationId).filter((id) => !asked.has(id))).toEqual([])
  },
)
