import { Argument, type Command } from 'commander'
import { readAll } from '../ask.ts'
import { exitOfStatus, UsageError } from '../exit-codes.ts'
import { collect } from '../option-values.ts'
import { printable } from '../printable.ts'
import { readText } from '../read-text.ts'
import type { Session } from '../session.ts'

interface ApiOptions {
  readonly data?: string
  readonly query: readonly string[]
  readonly header: readonly string[]
  readonly include?: boolean
  readonly paginate?: boolean
}

/** What is completed; any other is sent as well. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const MAX_BODY_BYTES = 64 * 1024 * 1024

export function defineApi(command: Command, session: Session): void {
  command
    .addArgument(
      new Argument('<method>', METHODS.join(', ').replace(/, (\w+)$/, ' or $1'))
        .choices(METHODS)
        .argParser(String),
    )
    .argument('<path>', 'such as /api/v2/jobs/ or jobs/')
    .description('any request of the API, with retries where they are safe; prints the answer’s body')
    .option('-d, --data <json>', 'body; @file reads a file, - is stdin')
    .option('--query <name=value>', 'query parameter (repeatable)', collect, [])
    .option('-H, --header <name: value>', 'header (repeatable)', collect, [])
    .option('-i, --include', 'status and headers too')
    .option('--paginate', 'GET all pages of a list, and print its items')
    .action((method: string, path: string, options: ApiOptions) => call(session, method, path, options))
}

async function call(session: Session, method: string, path: string, options: ApiOptions): Promise<void> {
  if (!/^[A-Za-z]+$/.test(method)) throw new UsageError(`${method} is no method`)
  if (options.data !== undefined && /^(GET|HEAD)$/i.test(method))
    throw new UsageError(`${method.toUpperCase()} has no body: --data is for POST, PUT, PATCH and DELETE`)
  const client = await session.client()
  const { signal } = session
  const full = apiPath(path)
  const query = options.query.map(pairOf)
  if (options.paginate) {
    const items = client.listOf(full, { query, signal })
    await session.out.list(items, [{ title: 'item', value: (item) => JSON.stringify(item) }])
    return
  }
  const body = await bodyOf(session, options.data)
  const headers = Object.fromEntries(options.header.map(headerOf))
  const response = await client.request(method.toUpperCase(), full, {
    body,
    headers,
    query,
    signal,
    check: false,
  })
  await show(session, response, options.include === true)
  if (response.ok) return
  session.exit = exitOfStatus(response.status)
  if (!options.include) session.out.note(`HTTP ${response.status} ${response.statusText}`)
}

/** A path of the API as it is, or what comes after `/api/v2/`. */
function apiPath(path: string): string {
  if (/^https?:/.test(path))
    throw new UsageError('A path is needed, not a URL: the platform is that of the profile.')
  return path.startsWith('/') ? path : `/api/v2/${path}`
}

async function show(session: Session, response: Response, withHead: boolean): Promise<void> {
  const { out } = session
  if (withHead) {
    await out.painted(`HTTP ${response.status} ${printable(response.statusText)}\n`)
    for (const [name, value] of response.headers) await out.painted(`${printable(`${name}: ${value}`)}\n`)
    await out.painted('\n')
  }
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  if (isJson && bytes.byteLength > 0) await showJson(out, new TextDecoder().decode(bytes))
  else if (session.io.stdout.isTTY) await out.text(new TextDecoder().decode(bytes))
  else await out.bytes(bytes)
}

async function showJson(out: Session['out'], text: string): Promise<void> {
  try {
    await out.json(JSON.parse(text))
  } catch {
    await out.text(text)
  }
}

async function bodyOf({ io }: Session, data: string | undefined): Promise<string | undefined> {
  if (data === undefined) return undefined
  if (data === '-') return readAll(io, MAX_BODY_BYTES)
  return data.startsWith('@') ? readText(data.slice(1)) : data
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new UsageError(`--query ${text} is not name=value`)
  return [text.slice(0, at), text.slice(at + 1)]
}

function headerOf(text: string): [string, string] {
  const match = /^([\w-]+):\s*(.*)$/.exec(text)
  if (!match) throw new UsageError(`--header ${text} is not name: value`)
  const [, name = '', value = ''] = match
  if (name.toLowerCase() === 'authorization')
    throw new UsageError('The key comes from the profile, RESCALE_API_KEY or --api-key, not from a header.')
  return [name, value]
}
