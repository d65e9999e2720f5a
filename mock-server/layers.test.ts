import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What each folder may import, besides itself and packages. The longest matching folder decides. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'mock-server/domain': [],
  'mock-server/catalogue': ['mock-server/domain'],
  'mock-server/rooms': ['mock-server/domain', 'mock-server/find-program.ts'],
  'mock-server/executors': ['mock-server/domain', 'mock-server/rooms', 'mock-server/process-identity.ts'],
  'mock-server/stores': ['mock-server/domain', 'mock-server/temporary-folders.ts'],
  'mock-server/operations': [
    'mock-server/domain',
    'openapi',
    'mock-server/exchange/http.ts',
    'mock-server/exchange/ranges',
    'mock-server/exchange/content',
    'mock-server/exchange/upload',
    'mock-server/exchange/text-lines',
  ],
  'mock-server/exchange': ['mock-server/domain', 'mock-server/operations', 'openapi'],
  'mock-server/faults': [
    'mock-server/domain',
    'mock-server/exchange',
    'mock-server/pace.ts',
    'mock-server/wall-clock.ts',
    'openapi',
  ],
  'mock-server/throttling': ['mock-server/domain', 'openapi'],
  'mock-server/transports': ['mock-server/exchange', 'mock-server/domain/file-store.ts'],
  'mock-server/ssh': ['mock-server/domain', 'mock-server/rooms', 'mock-server/find-program.ts'],
  'mock-server/control': [
    'mock-server/domain',
    'mock-server/exchange',
    'mock-server/journal',
    'mock-server/linter',
    'mock-server/authorized-keys.ts',
    'mock-server/faults',
    'mock-server/throttling',
    'mock-server/operations/present-time.ts',
    'mock-server/operations/target.ts',
    'mock-server/pace.ts',
    'mock-server/waiters.ts',
    'mock-server/world-time.ts',
    'mock-server/world-wait.ts',
    'mock-server/worlds',
    'openapi',
  ],
  'mock-server/explain': [
    'mock-server/domain',
    'mock-server/exchange',
    'mock-server/operations/target.ts',
    'openapi',
  ],
  'mock-server/journal': [
    'mock-server/domain',
    'mock-server/exchange',
    'mock-server/linter',
    'mock-server/operations/present-time.ts',
    'openapi',
  ],
  'mock-server/linter': ['mock-server/journal/entry.ts'],
  'mock-server/worlds': ['mock-server/domain', 'mock-server/authorized-keys.ts', 'mock-server/pace.ts'],
  'mock-server/seeding': [
    'mock-server/domain',
    'mock-server/catalogue',
    'mock-server/control/unknown-fields.ts',
    'mock-server/exchange',
    'mock-server/operations',
    'mock-server/worlds',
    'openapi',
  ],
  'mock-server/durable': ['mock-server/domain', 'mock-server/authorized-keys.ts', 'mock-server/worlds'],
  'mock-server/logins': [
    'mock-server/domain',
    'mock-server/ssh',
    'mock-server/authorized-keys.ts',
    'mock-server/temporary-folders.ts',
  ],
  client: ['openapi'],
  // Its version.
  'client/cli': ['client', 'openapi', 'package.json'],
  openapi: [],
  // The harness knows the mock as its users do: through its entry, and by the exchange that a transport carries.
  'contract-tests/harness': ['openapi'],
  // Taking a form apart is the same work for who receives it and for who records it.
  'contract-tests/harness/recording': [
    'contract-tests/harness',
    'mock-server/exchange/upload-part.ts',
    'mock-server/exchange/upload-scanner.ts',
    'openapi',
  ],
  // What may knock at a port of this machine is the same for a mock and for a recording.
  'contract-tests/harness/replay': [
    'contract-tests/harness',
    'mock-server/transports/accepted-host.ts',
    'openapi',
  ],
  // Profiles, prices of time and limits are the client's knowledge.
  'contract-tests/harness/live': ['contract-tests/harness', 'client', 'openapi'],
  'contract-tests/harness/targets': [
    'contract-tests/harness',
    'mock-server/index.ts',
    'mock-server/exchange/http.ts',
    'mock-server/transports/answer-body.ts',
    'openapi',
  ],
  // A server of our own is made of the mock, and its account is guarded as any other.
  'contract-tests/harness/second-server': [
    'contract-tests/harness',
    'mock-server/index.ts',
    'mock-server/transports/server.ts',
    'openapi',
  ],
  'contract-tests/scenarios': ['contract-tests/harness', 'openapi'],
  // Its version; and the mock that the self-check spoils.
  'contract-tests/cli': [
    'contract-tests/harness',
    'contract-tests/scenarios',
    'mock-server/index.ts',
    'openapi',
    'package.json',
  ],
}

/** The composition: alone sees everything. */
const composition = /^mock-server\/[\w-]+\.ts$/

const sources = [
  'mock-server',
  'client',
  'openapi',
  'contract-tests/harness',
  'contract-tests/scenarios',
  'contract-tests/cli',
].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter(
      (name) =>
        name.endsWith('.ts') &&
        !/\.(test|suite|fixture|d)\.ts$/.test(name) &&
        !/\/testing\/|\/generated\//.test(name),
    ),
)

function importsOf(source: string): string[] {
  const text = readFileSync(join(root, source), 'utf8')
  const found = text.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)
  return [...found].map(([, path = '']) =>
    relative(root, normalize(join(root, dirname(source), path))).replaceAll('\\', '/'),
  )
}

function folderOf(source: string): string | undefined {
  return Object.keys(mayImport)
    .filter((folder) => source.startsWith(`${folder}/`))
    .sort((one, other) => other.length - one.length)[0]
}

it('finds the sources it judges', () => {
  expect(sources.length).toBeGreaterThan(30)
})

it('lets imports run one way only', () => {
  const wrong = sources
    .filter((source) => !composition.test(source))
    .flatMap((source) => {
      const folder = folderOf(source)
      if (!folder) return [`${source} lies in no known layer`]
      const allowed = [`${folder}/`, ...(mayImport[folder] ?? [])]
      return importsOf(source)
        .filter((imported) => !allowed.some((prefix) => imported.startsWith(prefix)))
        .map((imported) => `${source} must not import ${imported}`)
    })
  expect(wrong).toEqual([])
})

const withMsw = /(?:from|import\()\s*'(?:msw|@mswjs\/[\w-]+)['/]/

const importsMsw = (source: string): boolean => withMsw.test(readFileSync(join(root, source), 'utf8'))

it('uses msw to give handlers of the mock, and to replay, and nowhere else', () => {
  expect(sources.filter(importsMsw).sort()).toEqual([
    'contract-tests/harness/replay/replay-server.ts',
    'mock-server/msw.ts',
    'mock-server/transports/msw.ts',
  ])
})

/** Whatever it imports, whoever that imports, also only when it is called. */
function reachedFrom(source: string, reached = new Set<string>()): Set<string> {
  reached.add(source)
  for (const imported of importsOf(source))
    if (imported.endsWith('.ts') && !reached.has(imported)) reachedFrom(imported, reached)
  return reached
}

it('records in a transport of its own: whatever takes part in it never comes to msw', () => {
  const parts = sources.filter((source) =>
    /^contract-tests\/harness\/(?:recording\/|live\/|redaction\/|undici-transport|targets\/live-target)/.test(
      source,
    ),
  )
  expect(parts).toContain('contract-tests/harness/recording/recorder.ts')
  const reached = new Set(parts.flatMap((source) => [...reachedFrom(source)]))
  expect(reached.size).toBeGreaterThan(parts.length + 20)
  expect([...reached].filter(importsMsw)).toEqual([])
})

it('lets the client know nothing of the mock, not even in its tests', () => {
  const all = readdirSync(join(root, 'client'), { recursive: true, encoding: 'utf8' })
    .map((name) => `client/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts'))
  expect(all.length).toBeGreaterThan(200)
  expect(all.filter((source) => /mock-server\//.test(readFileSync(join(root, source), 'utf8')))).toEqual([])
})

it('keeps the wall clock, chance, timers and the environment out of the domain', () => {
  const forbidden =
    /Date\.now\(|new Date\(\)|Math\.random\(|setTimeout\(|setInterval\(|process\.|from 'node:(?!crypto)/
  const wrong = sources
    .filter((source) => source.startsWith('mock-server/domain/'))
    .filter((source) => forbidden.test(readFileSync(join(root, source), 'utf8')))
  expect(wrong).toEqual([])
})

/** What is loaded along with an entry, before anything is called. */
function loadedWith(entry: string, loaded = new Set<string>()): Set<string> {
  loaded.add(entry)
  const text = readFileSync(join(root, entry), 'utf8')
  for (const [, path = ''] of text.matchAll(
    /^(?:import|export) (?!type\b)[^;]*?from '(\.{1,2}\/[^']+\.ts)'/gm,
  )) {
    const imported = relative(root, normalize(join(root, dirname(entry), path))).replaceAll('\\', '/')
    if (!loaded.has(imported)) loadedWith(imported, loaded)
  }
  return loaded
}

it.each([
  'mock-server/index.ts',
  'mock-server/main.ts',
  'mock-server/serve.ts',
  'client/index.ts',
  'client/cli/main.ts',
  'client/control/index.ts',
  'contract-tests/harness/index.ts',
])('loads no heavy package with %s, only when it is used', (entry) => {
  const heavy =
    /^import (?!type\b)[^\n]*from '(@faker-js\/faker[^']*|msw[^']*|ssh2|classic-level|undici|yauzl|yazl|tar|ajv[^']*)'/m
  const loaded = [...loadedWith(entry)]
  expect(loaded.filter((source) => heavy.test(readFileSync(join(root, source), 'utf8')))).toEqual([])
})
