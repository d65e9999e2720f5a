#!/usr/bin/env node
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createClient, writeProfile } from '../../client/index.ts'
import type { Context } from './context.ts'
import { stopAll } from './jobs.ts'
import { LastExchange } from './last-exchange.ts'
import { type LocalMock, startMock } from './local-mock.ts'
import { Report, reasonOf } from './report.ts'
import { parseSize } from './size.ts'
import type { StepResult } from './step.ts'
import { steps } from './steps/index.ts'

const USAGE = `npm run tutorial -- [options]

Walks through the Rescale User API tutorial, offline against a mock of its own.

  --size SIZE        size of the large file (default 128MiB; the tutorial's own is 1GiB)
  --json             print the steps as data
  --target PROFILE   run against this profile of your apiconfig instead
  --yes              do not ask before running against a target
  --help`

/** What a mock's world is seeded with (api-facts §13, cell 22). */
const SEEDED_JOB = 'ObMcJc'
const MOCK_INTERVAL_MS = 40

/** The client's JSON calls, and the steps' own, go through the global fetch; transfers have connections of their own. */
const lastExchange = new LastExchange()
globalThis.fetch = lastExchange.watch(globalThis.fetch)

interface Options {
  readonly size: number
  readonly json: boolean
  readonly target: string | undefined
  readonly yes: boolean
}

function readOptions(): Options | null {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: '128MiB' },
      json: { type: 'boolean', default: false },
      target: { type: 'string' },
      yes: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  const size = parseSize(values.size)
  if (size === undefined || size < 1024)
    throw new Error(`--size ${values.size} is no size such as 128MiB or 1GiB`)
  return { size, json: values.json, target: values.target, yes: values.yes }
}

async function main(): Promise<number> {
  const options = readOptions()
  if (options === null) {
    console.log(USAGE)
    return 0
  }
  if (options.target !== undefined && !(await agreed(options, options.target))) return 2
  const folder = await mkdtemp(join(tmpdir(), 'localscale-tutorial-'))
  let mock: LocalMock | undefined
  try {
    if (options.target === undefined) mock = await startMock(join(folder, 'data'))
    return await walk(options, folder, mock)
  } finally {
    await mock?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Against a real platform the tutorial creates, runs and deletes jobs, which costs money. */
async function agreed({ yes, json }: Options, target: string): Promise<boolean> {
  if (yes) return true
  const { baseUrl } = createClient({ profile: target, env: {} }).settings
  if (json || !process.stdin.isTTY) {
    console.error(`This would run jobs on ${baseUrl}, which costs money. Say --yes if you mean it.`)
    return false
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await prompt.question(`Run about ten short jobs on ${baseUrl}? They cost money. [y/N] `)
  prompt.close()
  return /^y(es)?$/i.test(answer.trim())
}

async function walk(options: Options, folder: string, mock: LocalMock | undefined): Promise<number> {
  const startedAt = performance.now()
  const report = new Report(steps.length, options.json)
  const results: StepResult[] = []
  await using client = await clientFor(options, folder, mock)
  const context = await contextFor(options, folder, mock, client)
  report.line(`Tutorial against ${context.url}`)
  for (const [index, step] of steps.entries()) {
    const result = await attempt(index + 1, step, {
      ...context,
      progress: (text) => report.progress(index + 1, step.title, text),
    })
    results.push(result)
    report.step(result)
    if (result.passed) continue
    if (!mock) await stopAll(context)
    break
  }
  const passed = results.filter((result) => result.passed).length
  const seconds = (performance.now() - startedAt) / 1000
  const summary = `tutorial: ${passed}/${steps.length} steps passed in ${seconds.toFixed(1)} s`
  if (options.json)
    console.log(
      JSON.stringify({ url: context.url, passed, total: steps.length, seconds, steps: results }, null, 2),
    )
  else report.line(summary)
  return passed === steps.length ? 0 : 1
}

async function attempt(
  number: number,
  { title, run }: (typeof steps)[number],
  context: Context,
): Promise<StepResult> {
  const started = performance.now()
  const startedAt = new Date().toISOString()
  const result = (passed: boolean, outcome: string): StepResult => ({
    number,
    title,
    passed,
    outcome,
    startedAt,
    seconds: (performance.now() - started) / 1000,
  })
  try {
    return result(true, await run(context))
  } catch (error) {
    return result(false, reasonOf(error, lastExchange))
  }
}

async function clientFor({ target }: Options, folder: string, mock: LocalMock | undefined) {
  if (!mock) return createClient({ ...(target !== undefined && { profile: target, env: {} }) })
  const configFile = join(folder, 'apiconfig')
  for (const profile of ['default', 'mock'])
    await writeProfile(configFile, profile, { baseUrl: mock.url, apiKey: mock.apiKey })
  return createClient({ configFile, profile: 'mock', env: {} })
}

async function contextFor(
  { size, target }: Options,
  folder: string,
  mock: LocalMock | undefined,
  client: Context['client'],
): Promise<Context> {
  await mkdir(join(folder, 'outputs'), { recursive: true })
  const { baseUrl, apiKey, configFile } = client.settings
  return {
    client,
    url: baseUrl,
    mock,
    apiKey: apiKey.reveal(),
    configFile: configFile ?? '',
    profile: target ?? 'default',
    folder,
    inputFolder: fileURLToPath(new URL('../../examples/tutorial/job-inputs', import.meta.url)),
    size,
    // On a real platform the client's own way: from one second to thirty.
    waiting: mock ? { intervalMs: MOCK_INTERVAL_MS } : {},
    knownJobId: mock ? SEEDED_JOB : undefined,
    startedAt: new Date(),
    progress: () => {},
    lastStatus: () => lastExchange.status,
    made: { jobIds: [] },
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(reasonOf(error))
  return 1
})
