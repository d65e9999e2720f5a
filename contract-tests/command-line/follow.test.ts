import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { Job } from '../../client/index.ts'
import type { Recipe } from '../../mock-server/executors/simulated/recipe.ts'
import { simulatedExecutor } from '../../mock-server/executors/simulated/simulated-executor.ts'
import { aCommandLine } from './call.ts'

const LINES = 40

const numbered = (what: string): string[] => Array.from({ length: LINES }, (_, number) => `${what} ${number}`)

/** Writes into its log and a file below all the time until its end. */
const growing: Recipe = {
  name: 'a run that writes until its end',
  matches: ({ jobName }) => jobName === 'growing',
  plan: ({ runId }) => ({
    duration: '10m',
    log: numbered(`log of run ${runId}:`),
    files: [
      {
        path: 'out/residuals',
        content: numbered(`run ${runId}:`).join('\n').concat('\n'),
        from: '0s',
        after: '10m',
      },
    ],
  }),
}

/** A study of two runs, half done unless told otherwise, and its time. */
async function aStudy(recipe: Recipe = growing, done = '5m') {
  const line = await aCommandLine({
    pace: 'still',
    executor: (files) => simulatedExecutor({ files, recipes: [recipe] }),
  })
  await writeFile(line.in('cases.csv'), 'x\n1\n2\n')
  const [cases] = await line.json<{ id: string }[]>(['files', 'upload', line.in('cases.csv')])
  const hardware = { coreType: 'granite', coresPerSlot: 2, slots: 2, walltime: 1 }
  const analysis = { analysis: { code: 'user_included', version: '0' }, command: 'solve', hardware }
  const definition = { name: 'growing', paramFile: { id: cases?.id }, jobanalyses: [analysis] }
  const create = ['jobs', 'create', '--file', '-', '--submit']
  const { id } = await line.json<Job>(create, { stdin: JSON.stringify(definition) })
  const world = line.rescale.world()
  world.advanceTo({ job: id, status: 'Executing' })
  world.advance(done)
  return Object.assign(line, { id, world })
}

it.each([
  ['1', 'out/residuals', 'run 1:'],
  ['2', 'out/residuals', 'run 2:'],
  ['1', 'process_output.log', 'log of run 1:'],
  ['2', 'process_output.log', 'log of run 2:'],
])(
  'follows run %s in %s to its last line, though the run ends between two looks',
  async (run, file, what) => {
    await using study = await aStudy()
    let isOver = false
    const { code, stdout } = await study.call(
      ['jobs', 'tail', study.id, file, '--run', run, '--follow', '--interval', '1ms'],
      {
        onOutput() {
          if (!isOver) study.world.settle()
          isOver = true
        },
      },
    )
    expect(code).toBe(0)
    const own = stdout.split('\n').flatMap((text) => text.match(/(log of )?run \d: \d+$/)?.[0] ?? [])
    expect(own).toEqual(numbered(what))
  },
)

const MANY_LINES = 24_000
/** Between two looks, and before the first: more than a look at the end shows. */
const GROWTH = MANY_LINES / 3
/** More than there are at the first look, and fewer than would show a second one where the first has ended. */
const FIRST = GROWTH + 500

/** As `growing`, by far more lines than a look at the end shows; `text` makes them. */
const torrent = (text: (line: number) => string): Recipe => ({
  ...growing,
  plan: () => ({
    duration: '10m',
    files: [
      { path: 'out/residuals', content: linesOf(text).join('\n').concat('\n'), from: '0s', after: '10m' },
    ],
  }),
})

const linesOf = (text: (line: number) => string) =>
  Array.from({ length: MANY_LINES }, (_, line) => text(line))

/** Follows a file that grows by `GROWTH` between two looks. `answer` may stand in for the platform's answer. */
async function followed(
  study: Awaited<ReturnType<typeof aStudy>>,
  args: readonly string[],
  answer: (url: URL) => Response | undefined = () => undefined,
) {
  const asked: string[] = []
  const called = await study.call(
    ['jobs', 'tail', study.id, 'out/residuals', '--follow', '--interval', '1ms', ...args],
    {
      fetch: async (request) => {
        const url = new URL(request.url)
        // The question whether it was submitted, which comes once, is no look yet.
        if (url.pathname.endsWith('/statuses/') && url.searchParams.get('page_size') !== '1')
          study.world.advance('200s')
        if (url.pathname.includes('/tail/')) asked.push(url.search)
        return answer(url) ?? study.rescale.fetch(request)
      },
    },
  )
  return { ...called, asked }
}

it.each([
  ['all different', (line: number) => `residual ${line}`],
  ['of which a hundred are different', (line: number) => `residual ${line % 100}`],
  ['all the same', () => 'residual'],
])('shows every line of a file, %s, that grows faster than a look at its end shows', async (_, text) => {
  await using study = await aStudy(torrent(text), '0s')
  const { code, stdout, stderr, asked } = await followed(study, ['--lines', String(FIRST)])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe(linesOf(text).join('\n').concat('\n'))
  expect(asked).toContain('')
})

it('begins with so many lines as were asked for, and shows every one that comes then', async () => {
  const text = (line: number) => `residual ${line}`
  await using study = await aStudy(torrent(text), '0s')
  const { stdout } = await followed(study, ['--lines', '10', '-o', 'ndjson'])
  const shown = stdout.split('\n').slice(0, -1)
  const all = linesOf(text).map((line) => JSON.stringify({ line }))
  expect(shown).toEqual(all.slice(-shown.length))
  // What was there at first, but for ten lines, is left out.
  const left = MANY_LINES - shown.length
  expect([left > GROWTH - 11, left < FIRST]).toEqual([true, true])
})

it('shows every line once though the file is cut off as it is read', async () => {
  const text = (line: number) => `residual ${line}`
  await using study = await aStudy(torrent(text), '0s')
  let cuts = 0
  const cutOnce = (url: URL) => {
    if (!url.pathname.includes('/tail/') || url.search !== '' || cuts++ > 0) return undefined
    const body = new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode(linesOf(text).slice(0, 20).join('\n')))
      },
      pull: (stream) => stream.error(new TypeError('terminated')),
    })
    return new Response(body, { headers: { 'content-type': 'text/plain' } })
  }
  const { code, stdout } = await followed(study, ['--lines', String(FIRST), '-o', 'json'], cutOnce)
  expect([code, cuts > 1, JSON.parse(stdout)]).toEqual([0, true, { lines: linesOf(text) }])
})

it.each([
  ['followed', ['--follow', '--interval', '1ms']],
  ['as it is', []],
])('shows all of a long log that is still written to, %s', async (_, flags) => {
  const log = linesOf((line) => `iteration ${line}`)
  await using study = await aStudy({ ...growing, plan: () => ({ duration: '10m', log }) }, '8m')
  let isOver = flags.length === 0
  const { code, stdout } = await study.call(['jobs', 'logs', study.id, ...flags], {
    onOutput() {
      if (!isOver) study.world.settle()
      isOver = true
    },
  })
  const shown = stdout.split('\n').flatMap((line) => line.match(/iteration \d+$/)?.[0] ?? [])
  expect([code, shown]).toEqual([0, log.slice(0, shown.length)])
  expect(shown.length).toBeGreaterThan(flags.length > 0 ? MANY_LINES - 1 : MANY_LINES / 2)
})

it('shows a log that was saved as it comes, not when all of it has', async () => {
  // A connection gathers a MiB before it hands it over.
  const log = Array.from({ length: 300 }, (_, number) => `${number} ${'x'.repeat(10_000)}`)
  await using study = await aStudy({ ...growing, plan: () => ({ duration: '1m', log }) })
  study.world.settle()
  let seen = () => {}
  const shown = new Promise<void>((resolve) => {
    seen = resolve
  })
  const asked: string[] = []
  const { code, stdout } = await study.call(['jobs', 'logs', study.id], {
    onOutput: () => seen(),
    fetch: async (request) => {
      asked.push(new URL(request.url).pathname)
      const answer = await study.rescale.fetch(request)
      return request.url.includes('/contents/') ? halfUntil(shown, answer) : answer
    },
  })
  const lines = stdout.split('\n').flatMap((line) => line.match(/\d+ x{10000}$/)?.[0] ?? [])
  expect([code, lines]).toEqual([0, log])
  expect(asked.filter((path) => path.endsWith('/lines/'))).toEqual([])
})

/** The second half of the bytes comes when `shown` is. */
async function halfUntil(shown: Promise<void>, answer: Response): Promise<Response> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const half = Math.ceil(bytes.byteLength / 2)
  async function* parts() {
    yield bytes.subarray(0, half)
    await shown
    yield bytes.subarray(half)
  }
  return new Response(ReadableStream.from(parts()), { headers: answer.headers })
}

it('says that what came last is not known where a run has left no such file', async () => {
  const recipe: Recipe = {
    ...growing,
    plan: () => ({
      duration: '10m',
      files: [{ path: 'scratch', content: 'one\ntwo\nthr', from: '0s', after: '1m' }],
    }),
  }
  await using study = await aStudy(recipe)
  const { code, stdout, stderr } = await study.call(
    ['jobs', 'tail', study.id, 'scratch', '--follow', '--interval', '1ms'],
    {
      fetch: async (request) => {
        const { pathname } = new URL(request.url)
        if (pathname.endsWith('/runs/1/files/'))
          return Response.json({ count: 0, next: null, previous: null, results: [] })
        const answer = await study.rescale.fetch(request)
        if (pathname.includes('/tail/')) study.world.settle()
        return answer
      },
    },
  )
  expect([code, stdout]).toEqual([0, 'one\ntwo\nthr\n'])
  expect(stderr).toContain('run 1 has left no scratch: what came after the last line here is not known')
})
