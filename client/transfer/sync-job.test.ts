import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { aClient } from '../test-support/client.ts'
import { aFile, serveBytes } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { aPage, aServer, sendJson } from '../test-support/server.ts'

const RUNS = ['1', '2']
/** What each run has in its work folder, and leaves as an output. */
const NAMES = ['log.txt', 'post/field.dat', 'unwritable\u0007', 'long.bin']
const LONG = 'x'.repeat(5_000)

const contentOf = (run: string, name: string) => (name === 'long.bin' ? LONG : `${name} of run ${run}`)

const outputs = RUNS.flatMap((run) =>
  NAMES.filter((name) => !name.startsWith('unwritable')).map((name, index) => ({
    bytes: Buffer.from(contentOf(run, name)),
    file: {
      ...aFile(Buffer.from(contentOf(run, name)), name.split('/').at(-1), `r${run}f${index}`),
      relativePath: name,
      path: `user/user_1/output/job_abc/run${run}/${name}`,
    },
  })),
)

/** A job of two runs, which executes for three looks. What a run writes is sent without a length. */
function aPlatform() {
  let looks = 0
  return aServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
    const [, below = ''] = /^\/api\/v2\/jobs\/abc\/(.*)$/.exec(decodeURIComponent(pathname)) ?? []
    const [, run = '', path = ''] = /^runs\/(\d)\/tail\/(.*)$/.exec(below) ?? []
    if (below === 'statuses/') {
      const statuses = ++looks > 3 ? ['Completed', 'Executing'] : ['Executing']
      const entry = (status: string) => ({ status, statusDate: '2026-01-01T00:00:00Z', statusReason: null })
      sendJson(response, 200, aPage(statuses.map(entry)))
    } else if (below === 'runs/')
      sendJson(response, 200, aPage(RUNS.map((id) => ({ id, dateCompleted: null }))))
    else if (/^runs\/\d\/directory-contents\/$/.test(below))
      sendJson(
        response,
        200,
        NAMES.map((name) => ({ path: name })),
      )
    else if (run && searchParams.has('lines')) sendJson(response, 200, { lines: [`look ${looks}`] })
    else if (run) {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
      response.end(contentOf(run, path))
    } else if (below === 'files/') sendJson(response, 200, aPage(outputs.map(({ file }) => file)))
    else {
      const found = outputs.find(({ file }) => pathname.includes(`/${file.id}/`))
      if (found) serveBytes(found.bytes, request, response)
      else sendJson(response, 404, { detail: 'Not found.' })
    }
  })
}

const textIn = (folder: TestFolder, ...names: string[]) => readFile(folder.in(...names), 'utf8')

it('gives each of several runs a folder of its own, while they are under way and at the end', async () => {
  await using folder = await aFolder()
  await using server = await aPlatform()
  const live: string[] = []
  const { status, results } = await aClient(server.url).jobs.sync('abc', {
    folder: folder.path,
    maxLiveBytes: 1_000,
    onLive: ({ runId, path }) => live.push(`${runId} ${path}`),
  })
  expect(status).toBe('Completed')
  // Neither the one that is too long, as its bytes show, nor the one that has no name to write to.
  expect([...new Set(live)].sort()).toEqual([
    '1 log.txt',
    '1 post/field.dat',
    '2 log.txt',
    '2 post/field.dat',
  ])
  expect(results.map(({ outcome }) => outcome)).toHaveLength(6)
  for (const run of RUNS)
    for (const name of ['log.txt', 'post/field.dat', 'long.bin'])
      expect(await textIn(folder, `run${run}`, name)).toBe(contentOf(run, name))
  const left = await readdir(folder.path, { recursive: true })
  expect(left.filter((name) => !/^run\d($|.(log\.txt|post(.field\.dat)?|long\.bin)$)/.test(name))).toEqual([])
})
