import fc from 'fast-check'
import { expect, it } from 'vitest'
import { routes } from '../../openapi/generated/routes.ts'
import { aJob } from '../fixtures.ts'
import { Served } from './served.ts'

/** What a request names: things that are there, and things that are not. */
type Known = 'file' | 'saved' | 'running' | 'finished'

interface FuzzedRequest {
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    'null',
    'true',
    '__proto__',
    'constructor',
    '../..',
    '\0',
    'ObMcJc',
    '1',
    '🚀',
  ),
)

/** What stands in a path: mostly the right kind of thing, sometimes another kind, sometimes anything. */
const known: Readonly<Record<string, readonly string[]>> = {
  jobId: ['<saved>', '<running>', '<finished>', 'ObMcJc'],
  fileId: ['<file>'],
  runId: ['1'],
  code: ['user_included', 'freefem'],
  path: ['process_output.log', 'shared/out.log'],
}

const segment = (name: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...(known[name] ?? ['1'])) },
    { weight: 1, arbitrary: fc.constantFrom(...Object.values(known).flat()) },
    { weight: 1, arbitrary: oddText.map((text) => encodeURIComponent(text)) },
  )

const parametersOf = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')

const filledPath = (template: string): fc.Arbitrary<string> =>
  fc.tuple(...parametersOf(template).map(segment)).map((values) => {
    let index = 0
    return template.replace(/\{\w+\}/g, () => values[index++] ?? '1')
  })

/** Described paths, now and then cut or stretched, and mostly by their own method. */
const line = fc
  .constantFrom(...routes)
  .chain(({ method, path }) =>
    fc.tuple(
      fc.oneof(
        { weight: 12, arbitrary: fc.constant<string>(method) },
        { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS') },
      ),
      filledPath(path),
      fc.oneof(
        { weight: 20, arbitrary: fc.constant((filled: string) => filled) },
        { weight: 1, arbitrary: fc.constant((filled: string) => filled.replace(/\/$/, '')) },
        {
          weight: 1,
          arbitrary: fc.constantFrom('/', 'x/', '%2F').map((more) => (filled: string) => filled + more),
        },
      ),
    ),
  )
  .map(([method, path, change]) => ({ method, path: change(path) }))

const query = fc.array(
  fc.tuple(
    fc.constantFrom(
      'page',
      'page_size',
      'search',
      'state',
      'job_status',
      't',
      'lines',
      'deleteInputFiles',
      'isActive',
      'name',
      '__proto__',
    ),
    fc.oneof(oddText, fc.constantFrom('completed', 'COMPLETED', '2', '1000', 'last', 'True')),
  ),
  { maxLength: 2 },
)

const leafPaths = (value: unknown, at: readonly (string | number)[] = []): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? [[...at], ...Object.entries(value).flatMap(([key, inner]) => leafPaths(inner, [...at, key]))]
    : [[...at]]

function replaced(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) return by
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >
  copy[first] = replaced(copy[first], rest, by)
  return copy
}

const base = aJob({
  isLowPriority: true,
  inputs: [{ id: '<file>', decompress: true }],
  projectId: null,
  description: '',
  tags: [],
  paramFile: { id: '<file>' },
  jobvariables: [],
  envVars: { A: 'b' },
})

/** Nearly a job: up to three of its parts are something else. */
const oddJob = fc
  .array(fc.tuple(fc.constantFrom(...leafPaths(base)), fc.oneof(fc.jsonValue({ maxDepth: 3 }), oddText)), {
    maxLength: 3,
  })
  .map((changes) => JSON.stringify(changes.reduce((job, [at, by]) => replaced(job, at, by), base as unknown)))

const headers = fc.record(
  {
    range: fc.constantFrom('bytes=0-1', 'bytes=-1', 'bytes=9-', 'bytes=1-0', 'x'),
    'if-none-match': fc.constantFrom('*', '"x"', 'W/"x"'),
    'if-range': fc.constantFrom('"x"', 'Thu, 01 Jan 1970 00:00:00 GMT'),
    accept: fc.constantFrom('*/*', 'text/html', 'application/xml'),
  },
  { requiredKeys: [] },
)

const form = oddText.map(
  (name) =>
    `--b\r\nContent-Disposition: form-data; name="file"; filename="${name.replace(/["\r\n]/g, '')}"\r\n\r\nx\r\n--b--\r\n`,
)

/** Bodies with the type that they are sent as. */
const bodyFor = (
  path: string,
): fc.Arbitrary<{ readonly type: string; readonly body: string | undefined }> => {
  const isUpload = path.endsWith('/files/contents/')
  const fitting = isUpload
    ? form.map((body) => ({ type: 'multipart/form-data; boundary=b', body }))
    : fc.oneof(oddJob, fc.constantFrom(...smallBodies)).map((body) => ({ type: 'application/json', body }))
  const odd = fc.record({
    type: fc.constantFrom(
      'application/json',
      'application/json;charset=utf-8',
      'text/plain',
      'multipart/form-data',
      'x',
    ),
    body: fc.oneof(fc.json(), fc.string({ unit: 'binary', maxLength: 200 }), fc.constant(undefined)),
  })
  return fc.oneof({ weight: 6, arbitrary: fitting }, { weight: 1, arbitrary: odd })
}

const smallBodies = ['{"name":"tag"}', '{"email":"a@example.com"}', '{"name":"b.txt","typeId":2}', '{}']

const request: fc.Arbitrary<FuzzedRequest> = fc
  .tuple(line, query, headers)
  .chain(([{ method, path }, query, headers]) =>
    bodyFor(path).map(({ type, body }) => ({
      method,
      path,
      query,
      headers: { ...headers, 'content-type': type },
      body,
    })),
  )

/** Virtual seconds before a request, in which jobs go on. */
const pause = fc.constantFrom(0, 0, 0, 20, 300, 4_000)

const safe: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

function namesIn(served: Served): (text: string) => string {
  const ids: Record<Known, string> = {
    file: served.fileId,
    saved: served.savedJobId,
    running: served.runningJobId,
    finished: served.finishedJobId,
  }
  return (text) => text.replace(/<(file|saved|running|finished)>/g, (_, name: Known) => ids[name])
}

async function send(
  served: Served,
  { method, path, query, headers, body }: FuzzedRequest,
): Promise<Response> {
  const named = namesIn(served)
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString()
  const response = await fetch(`${served.url}${named(path)}${search && `?${search}`}`, {
    method,
    headers: { ...headers, ...served.headers },
    redirect: 'manual',
    ...(body !== undefined && method !== 'GET' && method !== 'HEAD' && { body: named(body) }),
  })
  const text = await response.text()
  if (response.headers.get('content-type') === 'application/json' && method !== 'HEAD') JSON.parse(text)
  return response
}

it('answers any request with something described, and changes nothing when it refuses', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(request, pause), { minLength: 10, maxLength: 30 }),
      async (requests) => {
        const served = new Served()
        await served.open()
        try {
          for (const [one, seconds] of requests) {
            served.rescale.world().advance(seconds * 1000)
            const before = await served.state()
            const { status } = await send(served, one)
            expect(status).toBeLessThan(500)
            if (status >= 300 || safe.has(one.method)) expect(await served.state()).toEqual(before)
          }
          served.rescale.world().settle()
          await served.state()
          await served.check()
        } finally {
          await served.close()
        }
      },
    ),
    { numRuns: 20, seed: 20_261_122 },
  )
})
