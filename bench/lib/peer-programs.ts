import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './children.ts'
import type { BenchContext } from './context.ts'
import { answers, freePort } from './ports.ts'
import { endServer, pidOf, recentText, type Server } from './servers.ts'
import { pinned } from './tools.ts'

export interface PeerProgram {
  readonly name: string
  readonly install: string
  /** Below node_modules. */
  readonly script: string
  /** Goals of performance.md §8. */
  readonly goals: readonly ('4' | '6')[]
  readonly path: string
  /** Writes what it serves into the folder, and gives its arguments. */
  arguments(port: number, folder: string, page: { results: object[] }): string[]
}

export const peerPrograms: readonly PeerProgram[] = [
  {
    name: 'Prism',
    install: '@stoplight/prism-cli@5.16.0',
    script: '@stoplight/prism-cli/dist/index.js',
    goals: ['4', '6'],
    path: '/jobs',
    arguments: (port, folder, page) => {
      const content = { 'application/json': { schema: { type: 'object' }, example: page } }
      const get = { responses: { 200: { description: 'a page', content } } }
      const description = {
        openapi: '3.0.3',
        info: { title: 'page', version: '1' },
        paths: { '/jobs': { get } },
      }
      return ['mock', '-p', String(port), '-h', '127.0.0.1', '-v', 'error', write(folder, description)]
    },
  },
  {
    name: 'Mockoon',
    install: '@mockoon/cli@9.9.0',
    script: '@mockoon/cli/bin/run.js',
    goals: ['4'],
    path: '/jobs',
    arguments: (port, folder, page) => {
      const file = write(folder, mockoonEnvironment(port, page))
      return ['start', '--data', file, '--port', String(port), '--repair', '--disable-log-to-file']
    },
  },
  {
    name: 'json-server 0.17',
    install: 'json-server@0.17.4',
    script: 'json-server/lib/cli/bin.js',
    goals: ['4'],
    path: '/jobs?_page=1&_limit=25',
    arguments: (port, folder, page) => {
      const file = write(folder, { jobs: page.results })
      return ['--port', String(port), '--host', '127.0.0.1', '--quiet', file]
    },
  },
  {
    name: 'Azurite',
    install: 'azurite@3.37.0',
    script: 'azurite/dist/src/blob/main.js',
    goals: ['6'],
    // Answers 400 without a signature: an answer all the same.
    path: '/account',
    arguments: (port, folder) => {
      return [
        '--blobPort',
        String(port),
        '--blobHost',
        '127.0.0.1',
        '--location',
        folder,
        '--silent',
        '--skipApiVersionCheck',
      ]
    },
  },
]

function write(folder: string, value: object): string {
  const file = join(folder, 'served.json')
  writeFileSync(file, JSON.stringify(value))
  return file
}

function mockoonEnvironment(port: number, page: object): object {
  const [route, headers] = [randomUUID(), [{ key: 'content-type', value: 'application/json' }]]
  const response = {
    uuid: randomUUID(),
    body: JSON.stringify(page),
    statusCode: 200,
    default: true,
    disableTemplating: true,
    headers,
  }
  return {
    uuid: randomUUID(),
    // Known to 9.9; an older number starts migrations of fields that are not here.
    lastMigration: 33,
    name: 'page',
    port,
    hostname: '127.0.0.1',
    routes: [{ uuid: route, type: 'http', method: 'get', endpoint: 'jobs', responses: [response] }],
    rootChildren: [{ type: 'route', uuid: route }],
  }
}

/** They say in many ways, or not at all, that they are ready: asked until one answers. */
export async function startPeer(
  context: BenchContext,
  peer: PeerProgram,
  script: string,
  folder: string,
  page: { results: object[] },
): Promise<Server> {
  const port = await freePort()
  const args = [script, ...peer.arguments(port, folder, page)]
  const child = startChild(...pinned(context.tools, 0, process.execPath, args))
  const errors = recentText(child.stderr)
  child.stdout?.resume()
  const url = `http://127.0.0.1:${port}`
  await answers(url + peer.path)
  return {
    url,
    pid: pidOf(child),
    headers: {},
    stop: async () => void (await endServer(child, errors, 1_000)),
  }
}
